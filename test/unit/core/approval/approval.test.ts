import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { approvalHash, approvedText, isApproved } from '../../../../src/core/approval/approvedText';
import { sha256 } from '../../../../src/core/approval/sha256';
import type { Phase } from '../../../../src/core/model';
import { checkPlan } from '../../../../src/core/rules/check';
import { readPlan } from '../../../support/readPlans';

test('sha256 is what everybody else computes', () => {
  const others = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(others(text));
    }),
  );
  const long = 'ü'.repeat(100_000);
  expect(sha256(long)).toBe(others(long));
});

const phase = (text: string, file = 'PLAN.md'): readonly [string, string] => {
  const { plan } = readPlan({ [file]: text });
  const first = plan.phases[0] as Phase;
  return [approvedText(plan, first), approvalHash(plan, first)];
};

const TEXT = `## Phase 1 — Try

Objective: Know whether it works.

### B1 — Measure

Priority: P0
Done when: 20 of 20 files are read.

- [ ] Read them

- [ ] B2 — Report

### Gate G1 — Works?

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| Files | 20 | 15 | fewer |
`;

describe('what is done while a plan is executed leaves an approval as it is:', () => {
  const [, hash] = phase(TEXT);

  test.each([
    ['an approval', TEXT.replace('works.\n', 'works.\n\n**Approved by:** @maria on 2026-05-02 (sha256:1a2b3c4d)\n')],
    ['a status', TEXT.replace('P0\n', 'P0\nStatus: in progress\n')],
    ['a status on the line of another field', TEXT.replace('P0\n', 'P0 | Status: closed\n')],
    ['an owner and evidence', TEXT.replace('read.\n', 'read.\n**Owner:** @joon\n**Evidence:** 20 in data/report.md\n')],
    ['a check mark', TEXT.replace('- [ ] B2', '- [x] B2')],
    ['a step', TEXT.replace('- [ ] Read', '- [x] Read')],
    ['a decision', `${TEXT}\nDecision: Pass · 2026-05-02 · @maria · 20 files\n`],
    ['white space', TEXT.replaceAll('\n', '\r\n')],
  ])('%s', (_, text) => {
    expect(phase(text)).toEqual([phase(TEXT)[0], hash]);
  });

  test.each([
    ['a condition', TEXT.replace('20 of 20', '19 of 20')],
    ['a threshold', TEXT.replace('| 15 |', '| 10 |')],
    ['a priority', TEXT.replace('P0', 'P1')],
    ['a bead', TEXT.replace('### Gate', '- [ ] B3 — More\n\n### Gate')],
  ])('but not %s', (_, text) => {
    expect(phase(text)[1]).not.toBe(hash);
  });

  test('a list of evidence', () => {
    const text = '## Phase 1 — Try\n\n### B1 — Measure\n\nDone when: 1.\n\n### B2 — Report\n\nDone when: 2.\n';
    expect(phase(text.replace('1.\n', '1.\n\n**Evidence:**\n\n- 20 in data/report.md\n- 3 tests\n'))).toEqual(
      phase(text),
    );
  });

  test('also in YAML', () => {
    const yaml =
      'phases:\n  - id: A\n    title: Try\n    beads:\n      - id: B1\n        title: Measure\n        priority: P0\n';
    const done = yaml
      .replace('title: Try\n', 'title: Try\n    approvals:\n      - "@maria on 2026-05-02"\n')
      .replace('P0\n', 'P0\n        status: closed\n        owner: "@joon"\n        evidence: 20 files\n');
    expect(phase(done, 'plan.yaml')).toEqual(phase(yaml, 'plan.yaml'));
    const flow = yaml.replace(
      'title: Try\n',
      'title: Try\n    approvals:\n      - { by: "@maria", date: 2026-05-02 }\n',
    );
    expect(phase(flow, 'plan.yaml')).toEqual(phase(yaml, 'plan.yaml'));
  });
});

test('a change outside of a phase does not concern its approval, but that of the plan', () => {
  const before = readPlan({ 'PLAN.md': TEXT }).plan;
  const after = readPlan({ 'PLAN.md': `${TEXT}\n## Phase 2 — Build\n\n- [ ] B9 — Build\n` }).plan;
  expect(isApproved(after, after.phases[0], approvalHash(before, before.phases[0]))).toBe(true);
  expect(isApproved(after, undefined, approvalHash(before))).toBe(false);
});

test('what is logged of the progress does not concern any approval', () => {
  const files = { 'PLAN.md': `---\nplan: shop\n---\n\n${TEXT}` };
  const hash = approvalHash(readPlan(files).plan);
  const entry = '\n- 2026-05-02 · B1 · closed · 3 of 3\n';
  const log = `---\nplan: shop\n---\n\n# Progress\n${entry}`;
  for (const progress of [log, `${log}- 2026-05-03 · B2 · claimed\n`]) {
    const { plan } = readPlan({ ...files, 'progress.md': progress });
    expect(plan.files).toEqual(['PLAN.md', 'progress.md']);
    expect(isApproved(plan, undefined, hash)).toBe(true);
  }
  const within = (more: string) => readPlan({ 'PLAN.md': `${TEXT}\n## Progress\n${entry}${more}` }).plan;
  expect(approvalHash(within(''))).toBe(approvalHash(within('- 2026-05-03 · B2 · claimed\n')));
});

describe('the rule on stale approvals', () => {
  const approved = (hash: string, text = TEXT) =>
    text.replace('works.\n', `works.\n\nApproved by: @maria on 2026-05-02 (sha256:${hash})\n`);
  const stale = (text: string) =>
    checkPlan(readPlan({ 'PLAN.md': text })).filter(({ code }) => code === 'stale-approval');

  test('is silent while the text is what was approved', () => {
    expect(stale(approved(phase(TEXT)[1]))).toEqual([]);
    expect(stale(TEXT.replace('works.\n', 'works.\n\nApproved by: @maria on 2026-05-02\n'))).toEqual([]);
  });

  test('tells of an approval whose text was changed since, with the hash of now', () => {
    const text = approved(phase(TEXT)[1], TEXT.replace('20 of 20', '19 of 20'));
    const [only, ...others] = stale(text);
    expect(others).toEqual([]);
    expect(only?.message).toContain(`sha256:${phase(TEXT.replace('20 of 20', '19 of 20'))[1]}`);
    expect(only && text.slice(only.location.start, only.location.end)).toContain('@maria');
  });
});
