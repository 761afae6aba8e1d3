import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActionOutcome, ActionSource } from '../../../../src/core/actions/action';
import { claimBead, closeBead, deferBead, releaseBead, reopenBead } from '../../../../src/core/actions/beads';
import { approvalHash } from '../../../../src/core/approval/approvedText';
import { firstUnintended } from '../../../../src/core/edit/exactly';
import { applyEdits } from '../../../../src/core/edit/planEdits';
import type { Bead, Plan } from '../../../../src/core/model';
import { beadIn, editsOf, MARIA } from '../../../support/actions';
import { sourcesOf } from '../../../support/planSource';

const ACTS: Readonly<Record<string, readonly [(source: ActionSource, bead: Bead) => ActionOutcome, Bead['status']]>> = {
  claim: [(source, bead) => claimBead(source, bead, MARIA), 'in_progress'],
  release: [(source, bead) => releaseBead(source, bead, MARIA, { force: true }), 'open'],
  close: [
    (source, bead) => closeBead(source, bead, MARIA, { evidence: ['p95 = 31 ms: ok'], override: 'tried' }),
    'closed',
  ],
  reopen: [(source, bead) => reopenBead(source, bead, MARIA), 'open'],
  defer: [(source, bead) => deferBead(source, bead, MARIA), 'deferred'],
};

const root = join(import.meta.dirname, '../../../..');
const plans = [
  ...readdirSync(join(root, 'test/unit/core/readings'))
    .filter((file) => /(?<!expected)\.(?:md|ya?ml)$/.test(file) && !file.includes('expected'))
    .map((file) => join(root, 'test/unit/core/readings', file)),
  join(root, 'samples/finetune/PLAN-finetune-qwen.md'),
  join(root, 'samples/golf-round-finder/golf-round-finder.plan.yaml'),
];

/** The plan of a text, read from scratch. */
function sourceOfText(file: string, text: string): ActionSource | undefined {
  return sourcesOf({ [file]: text })[0];
}

/** What is different about the plan after an action; nothing when it is what was meant. */
function wrong(before: Plan, after: Plan, bead: Bead, status: Bead['status']): string | undefined {
  const now = after.find(bead.id, 'bead') as Bead;
  const { owner, evidence } = now;
  // What is put off stays so when nobody has it any more.
  const meant = bead.status === 'deferred' && status === 'open' && bead.owner !== undefined ? now.status : status;
  const saysBlocked = meant === bead.status ? bead.saysBlocked : undefined;
  return firstUnintended(before, after, new Map([[bead, { status: meant, owner, evidence, saysBlocked }]]));
}

function tried(file: string, text: string, id: string, act: string): string {
  const source = sourceOfText(file, text);
  if (source === undefined) return 'no plan';
  const [action, status] = ACTS[act] ?? [];
  const bead = beadIn(source, id);
  const outcome = action?.(source, bead);
  if (outcome === undefined || status === undefined || !('edits' in outcome)) return 'refused';
  const after = applyEdits(text, outcome.edits.get(file) ?? []);
  const read = sourceOfText(file, after);
  expect([...outcome.edits.keys()]).toEqual([file]);
  expect(
    read === undefined ? 'gone' : wrong(source.snapshot.plan, read.snapshot.plan, bead, status),
    `${act} ${id}:\n${after}`,
  ).toBeUndefined();
  if (read === undefined) return 'gone';
  const again = action?.(read, beadIn(read, id));
  expect(again !== undefined && 'refused' in again, `${act} ${id} twice`).toBe(true);
  expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
  return 'done';
}

describe('an action over a plan that people wrote says exactly what was meant, or is refused', () => {
  test.each(plans.map((path) => [path.slice(root.length + 1), path]))(
    '%s',
    (_, path) => {
      const text = readFileSync(path, 'utf8');
      const file = path.slice(path.lastIndexOf('/') + 1);
      const beads = sourceOfText(file, text)?.snapshot.plan.beads ?? [];
      const chosen = beads.filter((_bead, index) => index < 3 || index % 9 === 0).slice(0, 8);
      for (const { id } of chosen) for (const act of Object.keys(ACTS)) tried(file, text, id, act);
    },
    60_000,
  );
});

test('most of what is tried is done', () => {
  let [done, all] = [0, 0];
  for (const path of plans) {
    const text = readFileSync(path, 'utf8');
    const file = path.slice(path.lastIndexOf('/') + 1);
    const source = sourceOfText(file, text);
    for (const bead of source?.snapshot.plan.beads.slice(0, 3) ?? []) {
      if (source === undefined || source.snapshot.plan.childrenOf(bead.id).length > 0 || bead.status === 'closed')
        continue;
      if (source.snapshot.plan.head.mode?.value === 'planning') continue;
      all++;
      if ('edits' in closeBead(source, bead, MARIA, { evidence: ['3 pages'], override: 'tried' })) done++;
    }
  }
  expect(all).toBeGreaterThan(80);
  expect(done / all).toBeGreaterThan(0.95);
}, 60_000);

describe('one action after the other', () => {
  const forms: Readonly<Record<string, (id: string, extra: string) => string>> = {
    'PLAN-h.md': (id, extra) =>
      `### ${id} — Do ${id}\n\n**Priority:** P1${extra === '' ? '' : ` | ${extra}`}\n\n**Done when:** 3 of 3.\n\n`,
    'PLAN-i.md': (id, extra) => `- [ ] **${id}** Do ${id} | P1${extra === '' ? '' : ` | ${extra}`}\n`,
    'PLAN-t.md': (id, extra) => `| ${id} | Do ${id} | P1 | ${extra.replace(/^.*: /, '')} |\n`,
    'p.plan.yaml': (id, extra) =>
      `  - id: ${id}\n    title: Do ${id}\n${extra === '' ? '' : `    ${extra.toLowerCase()}\n`}`,
  };
  const heads: Readonly<Record<string, string>> = {
    'PLAN-h.md': '# P\n\n## Phase 1 — One\n\n',
    'PLAN-i.md': '# P\n\n## Phase 1 — One\n\n',
    'PLAN-t.md': '# P\n\n## Phase 1 — One\n\n| ID | Bead | Priority | Status |\n| --- | --- | --- | --- |\n',
    'p.plan.yaml': 'plan: p\nbeads:\n',
  };

  test.each(Object.keys(forms))(
    'in %s leaves everything else as it was',
    (file) => {
      const status = fc.constantFrom('', 'Status: open', 'Status: todo', 'Status: Pending');
      const step = fc.tuple(fc.nat(3), fc.constantFrom(...Object.keys(ACTS)));
      fc.assert(
        fc.property(
          fc.array(status, { minLength: 4, maxLength: 4 }),
          fc.array(step, { maxLength: 8 }),
          fc.boolean(),
          (statuses, steps, isWindows) => {
            const text = heads[file] + statuses.map((extra, index) => forms[file]?.(`B${index + 1}`, extra)).join('');
            let now = isWindows ? text.replaceAll('\n', '\r\n') : text;
            const first = sourceOfText(file, now)?.snapshot.plan as Plan;
            for (const [index, act] of steps) {
              const source = sourceOfText(file, now) as ActionSource;
              const bead = source.snapshot.plan.beads[index] as Bead;
              const [action, wanted] = ACTS[act] ?? [];
              const outcome = action?.(source, bead);
              if (outcome === undefined || wanted === undefined) continue;
              if ('refused' in outcome) {
                expect(outcome.refused.code, outcome.refused.message).toBe('state');
                continue;
              }
              now = applyEdits(now, editsOf(outcome).get(file) ?? []);
              const { plan } = (sourceOfText(file, now) as ActionSource).snapshot;
              expect(wrong(source.snapshot.plan, plan, bead, wanted), now).toBeUndefined();
              expect(approvalHash(plan), now).toBe(approvalHash(first));
            }
            if (isWindows) expect(now.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
          },
        ),
        { numRuns: 25 },
      );
    },
    60_000,
  );
});
