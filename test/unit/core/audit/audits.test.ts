import { describe, expect, test } from 'vitest';
import { auditCritiques } from '../../../../src/core/audit/critiques';
import { auditPrompts } from '../../../../src/core/audit/prompts';
import { planReadiness } from '../../../../src/core/audit/readiness';
import { checkPlan } from '../../../../src/core/rules/check';
import type { PlanSnapshot } from '../../../../src/core/snapshot';
import type { Location } from '../../../../src/core/text';
import { readPlan, readSample } from '../../../support/readPlans';

const linkTo = ({ file, start }: Location) => `${file}#${start}`;
const cut = ({ plan }: PlanSnapshot, { file, start, end }: Location) => plan.textOf(file)?.slice(start, end);
const auditCodes = (snapshot: PlanSnapshot) =>
  checkPlan(snapshot)
    .filter(({ code }) => /^(?:prompt-uncovered|contradicted|critique|rejected|unranked|readiness)/.test(code))
    .map((found) => [found.code, cut(snapshot, found.location)]);

const MARKDOWN = `- [ ] B1 — Scan the database
- [x] B2 — Scan the archive
- [ ] B3 — Write the manual

## Prompt 1 — More data

**Date:** 2026-04-20

> Scan everything. Decide nothing → B3

**Key decisions:**

- All sources are scanned → B1, B2
- Old scores are left out
- Pictures are kept → B9

## Prompt 2 — Wait

> Not today.

## Feedback

| # | Critique | Verdict | Reason | Plan change |
| --- | --- | --- | --- | --- |
| 1 | Too large | adopt | it is | B1, B2 |
| 2 | Too small | reject | — | |
| 3 | Too late | | | |

## Readiness passes

| Pass | Reviewer | Rating | New gaps |
| --- | --- | --- | --- |
| 1 | @noor | not ready | order; rollback |
| 2 | @noor | ready | none |
`;

const YAML = `beads:
  - { id: B1, title: Scan the database }
  - { id: B3, title: Write the manual }
prompts:
  - number: 1
    title: More data
    words: |
      Scan everything.
    key_decisions:
      - All sources are scanned → B1
      - "Old scores are left out"
critiques:
  - { id: C1, text: Too large, verdict: adopted, reason: it is, landed_in: B1 }
  - { id: C2, text: Too small, verdict: rejected }
  - id: C3
    text: Too late
readiness_passes:
  - { number: 1, reviewer: "@noor", rating: not ready, new_gaps: [order] }
  - number: 2
    reviewer: "@noor"
    new_gaps: [rollback, money]
insights:
  - A cache would help.
  - { tier: 1, text: Facts are a must. }
`;

describe('rules find in the log', () => {
  test('of Markdown what nobody covers, answers or reasons', () => {
    expect(auditCodes(readPlan({ 'PLAN.md': MARKDOWN }))).toEqual([
      ['prompt-uncovered', 'Old scores are left out'],
      ['prompt-uncovered', 'Pictures are kept → B9'],
      ['prompt-uncovered', '## Prompt 2 — Wait'],
      ['rejected-without-reason', '| 2 | Too small | reject | — | |'],
      ['critique-without-verdict', '| 3 | Too late | | | |'],
    ]);
  });

  test('of YAML the same, and passes that find more than before', () => {
    expect(auditCodes(readPlan({ 'plan.yaml': YAML }))).toEqual([
      ['prompt-uncovered', 'Old scores are left out'],
      ['rejected-without-reason', '{ id: C2, text: Too small, verdict: rejected }'],
      ['critique-without-verdict', 'id: C3\n    text: Too late'],
      ['readiness-not-stable', 'number: 2'],
      ['unranked-insight', 'A cache would help.'],
    ]);
  });

  test('a value that a later prompt changed, unless that is said', () => {
    const plan = (remark: string) =>
      readPlan({
        'PLAN.md': `- [ ] B1 — Evaluate\n\n## Prompt 1 — A\n\n**Key decisions:**\n\n- Success target of 95 % on the test set${remark} → B1\n- Run the test set 3 times → B1\n\n## Prompt 2 — B\n\n**Key decisions:**\n\n- Success target of 99 % on the test set → B1\n- A drill takes 5 minutes → B1\n`,
      });
    expect(auditCodes(plan(''))).toEqual([['contradicted-decision', 'Success target of 95 % on the test set → B1']]);
    expect(auditCodes(plan(', replaced by Prompt 2'))).toEqual([]);
  });

  test('one thing only, where no decision names beads', () => {
    const decisions = ['Scan all', 'Filter most', 'Keep some'].map((text) => `- ${text}\n`).join('');
    const { plan, ...rest } = readPlan({
      'PLAN.md': `- [ ] B1 — Go\n\n## Prompt 1 — A\n\n**Key decisions:**\n\n${decisions}`,
    });
    const found = checkPlan({ plan, ...rest }).filter(({ code }) => code === 'prompt-uncovered');
    expect(found.map(({ severity, related }) => [severity, related?.length])).toEqual([['info', 2]]);
  });
});

describe('reports', () => {
  test('of prompts begin with the gaps', () => {
    const report = auditPrompts(readPlan({ 'PLAN.md': MARKDOWN }), linkTo);
    expect(report).toContain('2 prompts, 3 decisions, **3 gaps**.');
    expect(report.indexOf('## Gaps')).toBeLessThan(report.indexOf('## All prompts'));
    expect(report).toContain(
      `- [Prompt 1](<PLAN.md#${MARKDOWN.indexOf('Pictures')}>): Pictures are kept (names B9, not in the plan)`,
    );
    expect(report).toContain('- [Prompt 2](<PLAN.md#');
    expect(report).toContain(
      `- All sources are scanned → [Bead B1](<PLAN.md#6>) (ready), [Bead B2](<PLAN.md#${MARKDOWN.indexOf('B2')}>) (closed)`,
    );
    expect(report).toContain('- Old scores are left out → **no bead**');
    expect(report).toMatch(/## Beads that no decision names\n\n- \[Bead B3\]/);
  });

  test('of the samples have no gaps', () => {
    for (const name of ['finetune', 'golf-round-finder'] as const) {
      expect(auditPrompts(readSample(name), linkTo)).toContain('**no gaps**');
      expect(auditCodes(readSample(name))).toEqual([]);
      expect(planReadiness(readSample(name), linkTo)).toContain('**Fit to be executed as written:**');
    }
    expect(auditCritiques(readSample('finetune'), linkTo)).toContain(
      '10 critiques: 8 adopted, 2 rejected, 0 without a verdict.',
    );
    expect(auditCritiques(readSample('golf-round-finder'), linkTo)).toMatch(/Pass 2.*1 new gap\n/);
  });

  test('of readiness name the places that they are about', () => {
    const report = planReadiness(
      readPlan({ 'PLAN.md': `---\nplan: p\n---\n${MARKDOWN}`, 'more.md': '---\nplan: p\n---\n\n- [x] B4 — Go\n' }),
      linkTo,
    );
    expect(report).toContain('- [Line 5](<PLAN.md#51>): Bead B2 is closed');
    expect(report).toContain('- [more.md, line 5](<more.md#');
  });

  test('of critiques tell open ones first', () => {
    const report = auditCritiques(readPlan({ 'PLAN.md': MARKDOWN }), linkTo);
    expect(report).toContain('3 critiques: 1 adopted, 1 rejected, 1 without a verdict.');
    expect([...report.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'Without a verdict',
      'Rejected without a reason',
      'Adopted',
      'Readiness passes',
    ]);
  });

  test('of a plan say what to do where nothing is logged', () => {
    const snapshot = readPlan({ 'PLAN.md': '- [ ] B1 — Go\n' });
    expect(auditPrompts(snapshot, linkTo)).toContain('This plan logs no prompts.');
    expect(auditCritiques(snapshot, linkTo)).toContain('This plan records no critiques.');
  });

  test('of readiness say what is missing, ambiguous and solid', () => {
    const report = planReadiness(
      readPlan({
        'PLAN.md':
          '### B1 — Read\n\nPriority: P0\nDone when: 3 pages.\n\n### B2 — Write\n\nPriority: P1\nDone when: it is good.\nBlocked by: B9\n',
      }),
      linkTo,
    );
    expect(report).toContain('**Not fit to be executed as written:** 1 error');
    expect(report).toMatch(/## Missing or wrong\n\n### unknown-reference \(1\)/);
    expect(report).toMatch(/## Ambiguous\n\n### vague-done-when \(1\)/);
    expect(report).toContain('- 1 of 2 beads say when they are done, and it can be measured or shown');
  });

  test('say plan text as words, whatever it is', () => {
    const report = auditPrompts(
      readPlan({
        'PLAN.md':
          '- [ ] B1 — Go\n\n## Prompt 1 — [x](command:evil) <script>\n\n**Key decisions:**\n\n- **bold** `code` [x](y) → B1\n',
      }),
      linkTo,
    );
    expect(report).not.toMatch(/[^\\]\[x\]\(|<script>/);
  });
});
