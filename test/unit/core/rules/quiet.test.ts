import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../../../src/core/rules/check';
import { isMeasurable } from '../../../../src/core/rules/measurable';
import { RULE_IDS } from '../../../../src/core/rules/table';
import { readPlan, readSample } from '../../../support/readPlans';

const found = (text: string, file = 'PLAN.md') => checkPlan(readPlan({ [file]: text }));
const codes = (text: string, file?: string) => found(text, file).map(({ code }) => code);

describe('what can be measured or shown', () => {
  test.each([
    '≥ 80 % of the examples get facts',
    'at least half of the prompts are answered',
    'zero errors in the log',
    '`make check` passes',
    'docs/notes.md names each of them',
    'package.json holds the new script',
    'the page says "Saved"',
    'readSpecContext is covered by tests',
    'DATABASE_URL is gone',
    'every service account has an owner',
    'the pull request is merged',
    'all tests pass',
    'the server returns an error for a wrong password',
    'npm run index',
    'users can sign in by e-mail',
    'the store survives a restart',
  ])('%s', (text) => {
    expect(isMeasurable(text)).toBe(true);
  });

  test.each([
    'it works well',
    'the code is clean',
    'training data is prepared',
    'everybody is happy',
    'looks good',
    'performance is acceptable',
    'all is well',
    'as discussed',
    'der Code ist sauber',
  ])('not: %s', (text) => {
    expect(isMeasurable(text)).toBe(false);
  });

  test('is looked for in bounded time', () => {
    for (const text of [
      'a-'.repeat(200_000),
      '/'.repeat(200_000),
      '`'.repeat(200_000),
      'a_'.repeat(200_000),
      ' '.repeat(200_000),
    ]) {
      isMeasurable(text);
    }
  });
});

describe('nothing is said of', () => {
  test.each(['finetune', 'golf-round-finder'] as const)('the sample %s', (name) => {
    expect(checkPlan(readSample(name)).map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });

  test('what a closed bead leaves out, but for evidence', () => {
    const text =
      '### B1 — Read\n\nPriority: P0\nDone when: 3 pages.\nIf it fails: ask @maria.\nStatus: closed\nEvidence: 3 pages\n\n### B2 — Write\n\nStatus: closed\nEvidence: 20 files\n';
    expect(codes(text)).toEqual([]);
  });

  test('a parent, whose parts say it all', () => {
    const text =
      '### B1 — Read\n\nOwner: @joon\n\n#### B1a — One\n\nPriority: P0\nDone when: 1.\nIf it fails: ask.\n\n#### B1b — Two\n\nPriority: P0\nDone when: 2.\nIf it fails: ask.\n';
    expect(codes(text)).toEqual([]);
  });

  test('a dash in a column of a gate: there is nothing to adjust', () => {
    const gate = (adjust: string) =>
      `- [ ] B1 — Try | P0 | done when: 1 | if it fails: ask\n\n## Gate G1 — Go?\n\n| Criterion | Pass | Adjust | Abort |\n| --- | --- | --- | --- |\n| errors | 0 | ${adjust} | 1 |\n`;
    expect(codes(gate('—'))).toEqual([]);
    expect(codes(gate(''))).toEqual(['missing-verdict-column']);
  });

  test('a gate that has passed', () => {
    const text =
      '- [x] B1 — Try | P0 | done when: 1 | evidence: 1\n\n## Gate G1 — Good?\n\nDecision: Pass · 2026-05-02 · @maria\n';
    expect(codes(text)).toEqual([]);
  });

  test('a scenario that a gate, a phase or prose names', () => {
    const scenario = '\n## Scenario F1 — Down\n\nDetection: code 1.\n\n1. Again.\n';
    const bead = '- [ ] B1 — Try | P0 | done when: 1 | if it fails: ask\n';
    expect(codes(bead + scenario)).toEqual(['unused-scenario']);
    expect(codes(`${bead}\nWhen it is down, follow F1.\n${scenario}`)).toEqual([]);
    expect(codes(`${bead}\nF10 and F1b are others.\n${scenario}`)).toEqual(['unused-scenario']);
  });

  test('what the format of an export has no field for', () => {
    const issue = { id: 'b-1', title: 'Read', status: 'open', priority: 1, issue_type: 'task' };
    const text = `${JSON.stringify({ ...issue, acceptance_criteria: '3 pages' })}\n`;
    expect(codes(text, '.beads/issues.jsonl')).toEqual([]);
  });
});

describe('what a plan leaves out by habit', () => {
  const beads = (count: number, fields: string) =>
    Array.from({ length: count }, (_, index) => `- [ ] B${index + 1} — Task${fields}\n`).join('');

  test('is told once, with all places, and not as a warning', () => {
    const [done, ...others] = found(beads(40, ' | P0')).filter(({ code }) => code === 'missing-done-when');
    expect(others).toEqual([]);
    expect(done).toMatchObject({ severity: 'info', message: expect.stringContaining('40 open beads') });
    expect(done?.related?.length).toBeGreaterThan(10);
    const hints = found(beads(40, ' | P0')).filter(({ code }) => code === 'missing-failure-pointer');
    expect(hints.map(({ severity }) => severity)).toEqual(['hint']);
  });

  test('is told of each where the plan does it otherwise', () => {
    const text = `${beads(8, ' | P0 | done when: 1')}- [ ] C1 — More | P0\n- [ ] C2 — More | P0\n`;
    const own = found(text).filter(({ code }) => code === 'missing-done-when');
    expect(own.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(own.map(({ location }) => text.slice(location.start, location.end))).toEqual(['C1', 'C2']);
  });

  test('never floods: no rule says the same of a hundred beads', () => {
    const text = `${beads(30, ' | P0 | done when: 1')}${beads(100, '').replaceAll('B', 'C')}`;
    const counts = new Map<string, number>();
    for (const { code } of found(text)) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(20);
  });
});

describe('work that went another way than the plan', () => {
  test('is told at the mark that says so, with what is not done', () => {
    const text = '- [ ] B1 — Read\n- [x] B2 — Write | blocked by: B1\n';
    const [only] = found(text).filter(({ code }) => code === 'closed-while-blocked');
    expect(only && text.slice(only.location.start - 1, only.location.end + 1)).toBe('[x]');
    expect(only?.related?.map(({ message }) => message)).toEqual(['Bead B1 is not done']);
  });

  test.each(['- [x] ~~B2 — Write~~', '- [-] B2 — Write: dropped', '- B2 — Write | status: cancelled'])(
    'is not told of what nobody does any more: %s',
    (item) => {
      const told = codes(`## Phase 1 — A\n\n- [ ] B1 — Read\n${item} | blocked by: B1\n`);
      expect(told).not.toContain('closed-while-blocked');
      expect(told).not.toContain('claimed-while-blocked');
    },
  );

  test('is told once of a gate, however many beads went past it', () => {
    const text =
      '## Phase 1 — Try\n\n- [x] B1 — Measure\n\n### Gate G1 — Works?\n\n| Criterion | Pass | Adjust | Abort |\n| --- | --- | --- | --- |\n| Files | 20 | 15 | 9 |\n\n## Phase 2 — Build\n\n- [x] B2 — One\n- [x] B3 — Two\n- [/] B4 — Three\n- [ ] B5 — Four\n';
    const own = found(text).filter(({ code }) => code === 'gate-skipped');
    expect(own).toHaveLength(1);
    expect(own[0]?.message).toContain('Bead B2, Bead B3, Bead B4.');
  });

  test('is told of phases that are checked off too early', () => {
    const text = '## ✅ Phase 1 — Try\n\n- [x] B1 — Measure\n- [ ] B2 — Report\n';
    expect(codes(text)).toContain('closed-with-open-parts');
    expect(codes(text.replace('[ ]', '[x]'))).not.toContain('closed-with-open-parts');
  });

  test('is told of a phase behind an aborted gate, and not before', () => {
    const text = (verdict: string) =>
      `## Phase 1 — Try\n\n- [x] B1 — Measure\n\n## Gate G1 — Works?\n\nBlocked by: B1\n${verdict}\n## Phase 2 — Build\n\n- [ ] B2 — One\n\n## Phase 3 — Ship\n\nDepends on: Phase 2\n\n- [ ] B3 — Two\n`;
    const unreachable = (verdict: string) =>
      found(text(verdict)).flatMap(({ code, message }) => (code === 'unreachable-phase' ? message : []));
    expect(unreachable('Decision: Abort · 2026-05-02\n')).toEqual([
      'Phase 2 can never begin: Gate G1 was aborted. Change what it waits for, or take it out.',
      'Phase 3 can never begin: Gate G1 was aborted. Change what it waits for, or take it out.',
    ]);
    expect(unreachable('')).toEqual([]);
  });
});

test('ids of rules are words that comments and settings can hold', () => {
  for (const id of RULE_IDS) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
});

describe('a file for one thing waits for what other files tell', () => {
  const unknown = (text: string) =>
    found(text).flatMap(({ code, severity }) => (code === 'unknown-reference' ? [severity] : []));

  test.each([
    ['one bead', '# 07 — Keep addresses\n\n**Blocked by:** 02 — Publish\n\n**Status:** open\n', ['warning']],
    ['one phase', '# Phase 6: Lamps\n\n**Depends on:** Phase 5\n\n- [ ] L-1 Hang them\n', ['warning']],
    ['a plan of its own', '# Quay\n\n## Phase 6: Lamps\n\n**Depends on:** Phase 5\n\n- [ ] L-1 Hang them\n', ['error']],
    ['two beads', '# Quay\n\n- [ ] L-1 Hang them\n- [ ] L-2 Light them (blocked by: L-7)\n', ['error']],
  ])('%s', (_, text, expected) => {
    expect(unknown(text)).toEqual(expected);
  });
});

describe('one slip is told of once', () => {
  const OPEN_PARTS =
    '- [x] **Phase 1: Base**\n- [ ] **Phase 2: Top**\n\n## Phase 1: Base\n\n- [ ] **B1** Dig | P1\n- [ ] **B3** Fill | P1\n\n## Phase 2: Top\n\nDepends on: Phase 1\n\n- [x] **B2** Build | P1\n';

  test('a phase that is marked as done while a bead in it is open', () => {
    const about = codes(OPEN_PARTS).filter((code) => /while-blocked|open-parts|interfaces/.test(code));
    expect(about).toEqual(['closed-with-open-parts']);
    expect(codes(OPEN_PARTS.replace('[x] **Phase 1', '[ ] **Phase 1'))).toContain('claimed-while-blocked');
  });

  test('a key that holds what others merge in is none that is left out', () => {
    const yaml = (first: string) => `${first}plan: p\nphases: [{id: A, beads: [{id: a-1, title: x}]}]\n`;
    expect(codes(yaml('common: &c {priority: P1}\n'), 'p.plan.yaml')).not.toContain('unknown-field');
    expect(codes(yaml('common: {priority: P1}\n'), 'p.plan.yaml')).toContain('unknown-field');
  });

  test('the only heading above all beads needs no id; one of several does', () => {
    expect(codes('# P\n\n## Ledger\n\n- [ ] **B1** Dig | P1\n')).not.toContain('missing-id');
    expect(codes('# P\n\n## Ledger\n\n- [ ] **B1** Dig | P1\n\n## Rest\n\n- [ ] **B2** Fill | P1\n')).toContain(
      'missing-id',
    );
  });
});
