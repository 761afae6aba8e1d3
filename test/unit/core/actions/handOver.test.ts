import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handOver, LONGEST_HANDOVER } from '../../../../src/core/actions/handOver';
import { startScenario } from '../../../../src/core/actions/scenarios';
import type { Scenario } from '../../../../src/core/model';
import { actionSource, editsOf, filesAfter, sampleWithLog, TOMAS } from '../../../support/actions';
import { planText } from '../../../support/planText';

test('the sample is handed over', () => {
  const document = handOver(sampleWithLog(), { name: 'tomas' });
  expect(document.length).toBeLessThan(LONGEST_HANDOVER);
  expect(document).toContain('# Handoff: Fine-tune Qwen to write history exam questions\n');
  expect(document).toMatch(
    /## In hand\n\n- ft-0001\.8c — Remove images, keep their text \(PLAN-finetune-qwen\.md, line 3\d\d\), with @tomas\n {2}- Done when: /,
  );
  expect(document).toContain('  - Steps left: Drop questions that cannot be answered without the picture');
  expect(document).toMatch(/- 2026-05-08 · ft-0001\.8c · started · @tomas · link removal/);
  expect(document).toContain('## Gates to decide\n\n- G2 — ');
  expect(document).toContain('`data/progress.md` (from its end)');
});

describe('it tells', () => {
  const files = {
    'PLAN.md': planText('x').replace('plan: x\n', 'plan: x\nmode: executing\nprogress: progress.md\n'),
    'progress.md': '',
  };

  test('what to take when nothing is in hand, and what is failing', () => {
    const source = actionSource(files, { progress: 'progress.md' });
    const scenario = source.snapshot.plan.find('F1', 'scenario') as Scenario;
    const failing = filesAfter(files, editsOf(startScenario(source, scenario, TOMAS)));
    const document = handOver(actionSource(failing, { progress: 'progress.md' }), {});
    expect(document).toContain('Nothing is in progress. Take the first of what is ready');
    expect(document).toMatch(
      /## Failing, and being recovered\n\n- F1 — The registry is down \(PLAN\.md, line \d+\)\n {2}- now step 1: Try again after 10 minutes\.\n/,
    );
    expect(document).toMatch(/## Ready next\n\n- B2a — Read one file/);
    expect(handOver(source, { phase: '2', fileName: (file) => `docs/${file}` })).toMatch(
      /^# Handoff: Phase 2 — Ship of The x plan\n/,
    );
  });

  test('that a plan is only planned', () => {
    const planning = { ...files, 'PLAN.md': files['PLAN.md'].replace('executing', 'planning') };
    expect(handOver(actionSource(planning), {})).toContain('**Plan only.**');
  });
});

test('it is short, whatever the size of the plan', () => {
  const long = fc.integer({ min: 0, max: 3000 }).map((length) => 'a long text, '.repeat(length / 10));
  const token = fc.constantFrom('x'.repeat(500), 'B', 'ü-'.repeat(40));
  fc.assert(
    fc.property(fc.nat(30), long, token, fc.boolean(), fc.nat(100), (count, text, id, isBegun, entries) => {
      const beads = Array.from(
        { length: count },
        (_, index) =>
          `### ${id}${index} — ${text}\n\nStatus: ${isBegun ? 'in progress' : 'open'}\nOwner: @tomas\nDone when: ${text}\nIf it fails: ${text}\n\n- [ ] ${text}\n`,
      );
      const gates = Array.from({ length: count }, (_, index) => `- **Gate G${index}: ${text}**\n`);
      const plan = `---\nplan: x\nprogress: ${'deep/'.repeat(50)}progress.md\n---\n\n# ${text}\n\n## Phase 1 — ${text}\n\n${beads.join('\n')}\n## Gates\n\n${gates.join('')}\n`;
      const progress = `- 2026-05-01 · ${id}1 · closed · ${text}\n`.repeat(entries);
      const files = { 'PLAN.md': plan, 'progress.md': progress };
      const document = handOver(actionSource(files, { progress: 'progress.md' }), {
        name: 'tomas',
        fileName: (file) => `${text}/${file}`,
      });
      expect(document.length).toBeLessThan(LONGEST_HANDOVER);
      expect(document).toMatch(/## Then\n/);
    }),
    { numRuns: 8 },
  );
}, 120_000);
