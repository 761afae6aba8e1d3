import { describe, expect, test } from 'vitest';
import type { ActionOutcome, ActionSource } from '../../../../src/core/actions/action';
import { openScenarios, recordRecoveryStep, scenarioRun, startScenario } from '../../../../src/core/actions/scenarios';
import type { Scenario } from '../../../../src/core/model';
import { actionSource, beadIn, editsOf, filesAfter, TOMAS } from '../../../support/actions';
import { planText } from '../../../support/planText';

const FORMS = {
  'a file that does not exist yet': '',
  'a list': '# Progress\n\n- 2026-05-01 · B1 · closed · @maria · 3 pages\n',
  'a list with the newest on top':
    '# Log\n\n- **2026-05-02** — B1 — closed — @maria\n- **2026-05-01** — B1 — started — @maria\n',
  'a table':
    '| Date | Bead | What happened | Who | Evidence |\n| - | - | - | - | - |\n| 2026-05-01 | B1 | closed | @maria | 3 pages |\n',
  'headings by date': '# Journal\n\n## 2026-05-01\n\n- B1 · closed · @maria\n',
  'headings by date, the newest on top':
    '# Journal\n\n## 2026-05-02\n\n- B1 · closed\n\n## 2026-05-01\n\n- B1 · started\n',
  YAML: 'progress_entries:\n  - date: 2026-05-01\n    bead: B1\n    what: closed\n',
} as const;

const files = (progress: string) => {
  const file = progress.startsWith('progress_entries') ? 'progress.yaml' : 'progress.md';
  return {
    'PLAN.md': planText('x').replace('plan: x\n', `plan: x\nmode: executing\nprogress: ${file}\n`),
    [file]: progress,
  };
};

const sourceWith = (now: Readonly<Record<string, string>>) =>
  actionSource(now, { progress: 'progress.yaml' in now ? 'progress.yaml' : 'progress.md' });
const f1 = ({ snapshot }: ActionSource) => snapshot.plan.find('F1', 'scenario') as Scenario;
const refused = (outcome: ActionOutcome) => ('refused' in outcome ? outcome.refused.message : 'done');

describe.each(Object.entries(FORMS))('in %s', (_, progress) => {
  test('a run is logged step by step, and read back', () => {
    let now: Record<string, string> = files(progress);
    const act = (what: (source: ActionSource) => ActionOutcome) => {
      now = filesAfter(now, editsOf(what(sourceWith(now))));
    };
    expect(scenarioRun(sourceWith(now), f1(sourceWith(now)))).toBeUndefined();
    act((source) => startScenario(source, f1(source), TOMAS, { bead: beadIn(source, 'B3') }));
    let source = sourceWith(now);
    expect(scenarioRun(source, f1(source))).toMatchObject({
      state: 'running',
      bead: 'B3',
      tried: [],
      next: { number: 1 },
    });
    expect(refused(startScenario(source, f1(source), TOMAS))).toMatch(/is being gone through already/);
    expect(refused(recordRecoveryStep(source, f1(source), TOMAS, { outcome: 'failed', step: 2 }))).toBe(
      'Step 1 comes next, not step 2.',
    );
    act((each) => recordRecoveryStep(each, f1(each), TOMAS, { outcome: 'failed', note: 'still down | after 10 min' }));
    source = sourceWith(now);
    expect(scenarioRun(source, f1(source))).toMatchObject({
      tried: [{ number: 1, outcome: 'failed', text: 'Try again after 10 minutes.' }],
      next: { number: 2, text: 'Publish from another machine.' },
    });
    expect(openScenarios(source).map(({ scenario }) => scenario.id)).toEqual(['F1']);
    act((each) => recordRecoveryStep(each, f1(each), TOMAS, { outcome: 'worked' }));
    source = sourceWith(now);
    expect(scenarioRun(source, f1(source))?.state).toBe('recovered');
    expect(openScenarios(source)).toEqual([]);
    expect(refused(recordRecoveryStep(source, f1(source), TOMAS, { outcome: 'worked' }))).toBe(
      'Scenario F1 has recovered.',
    );
    // It can fail again.
    act((each) => startScenario(each, f1(each), TOMAS));
    act((each) => recordRecoveryStep(each, f1(each), TOMAS, { outcome: 'failed' }));
    act((each) => recordRecoveryStep(each, f1(each), TOMAS, { outcome: 'failed' }));
    source = sourceWith(now);
    expect(scenarioRun(source, f1(source))).toMatchObject({
      state: 'exhausted',
      tried: [{ number: 1 }, { number: 2 }],
    });
    expect(now['PLAN.md']).toBe(files(progress)['PLAN.md']);
  });
});

test('nothing is started while planning, or where nothing would remember it', () => {
  const planning = { ...files(''), 'PLAN.md': files('')['PLAN.md'].replace('executing', 'planning') };
  expect(refused(startScenario(sourceWith(planning), f1(sourceWith(planning)), TOMAS))).toMatch(/mode planning/);
  const source = actionSource({ 'PLAN.md': planText('x') });
  expect(refused(startScenario(source, f1(source), TOMAS))).toMatch(/names no progress file/);
});
