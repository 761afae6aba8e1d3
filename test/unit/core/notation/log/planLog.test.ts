import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../../../src/core/model';
import { readPlan, readSample } from '../../../../support/readPlans';
import { placesIn } from './places';

const MARKDOWN = `- [ ] B1 — Scan the database
- [x] B2 — Scan the archive
- [ ] B3 — Write the manual

## Prompt 1 — More data

**Date:** 2026-04-20

> Scan everything. Decide nothing → B3
>
> And soon.

**Key decisions:**

- All sources are scanned → B1, B2
- Old scores are left out
- Pictures are kept → B9

## Prompt 2 — Wait

> Not today.

## Feedback

| # | Critique | Source | Verdict | Reason | Plan change |
| --- | --- | --- | --- | --- | --- |
| 1 | Too large | @li | adopt | it is | B1, B2 |
| 2 | Too small | | reject | — | |
| 3 | Too late | | | | |

## Readiness passes

| Pass | Date | Reviewer | Rating | New gaps | What changed |
| --- | --- | --- | --- | --- | --- |
| 1 | 2026-04-21 | @noor | not ready | order; rollback | B2 split |
| 2 | | @noor | ready | none | |
| 3 | | @noor | ready | 2 new gaps | |

## Progress

- 2026-04-27 · B2 · closed · @tomas · 9 of 9 answered; \`docs/notes.md\` · twice
- a line without a date is no event
`;

const YAML = `beads:
  - { id: B1, title: Scan the database }
  - { id: B3, title: Write the manual }
prompts:
  - number: 1
    title: More data
    date: 2026-04-20
    words: |
      Scan everything.

      And soon.
    key_decisions:
      - All sources are scanned → B1
      - "Old scores are left out"
      - { decision: The manual comes last, covered_by: [B3] }
      - Nothing is bought: [B1, B3]
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
    what_changed: B1
progress_entries:
  - date: 2026-04-27
    bead: B1
    what: closed
    who: "@tomas"
    evidence: 9 of 9 answered
  - { bead: B1, what: without a date }
insights:
  - A cache would help.
  - { tier: 1, text: Facts are a must. }
`;

const decisions = ({ prompts }: Plan) =>
  prompts.flatMap((prompt) =>
    prompt.decisions.map(({ text, coveredBy }) => [text.value, coveredBy.map(({ value }) => value)]),
  );
const critiques = (plan: Plan) =>
  plan.critiques.map(({ id, source, verdict, reason, landed }) =>
    [id, source, verdict, reason, landed].map((field) => field?.value),
  );
const entries = (plan: Plan) =>
  plan.progressEntries.map(({ date, about, what, who, evidence }) =>
    [date, about, what, who, evidence].map((field) => field?.value),
  );

describe('Markdown', () => {
  const { plan } = readPlan({ 'PLAN.md': MARKDOWN });

  test('gives prompts with their words and decisions', () => {
    expect(plan.prompts.map(({ number, title, date }) => [number?.value, title?.value, date?.value])).toEqual([
      ['1', 'More data', '2026-04-20'],
      ['2', 'Wait', undefined],
    ]);
    expect(plan.prompts.map(({ words }) => words.map(({ value }) => value))).toEqual([
      ['Scan everything. Decide nothing → B3\n\nAnd soon.'],
      ['Not today.'],
    ]);
    expect(decisions(plan)).toEqual([
      ['All sources are scanned', ['B1', 'B2']],
      ['Old scores are left out', []],
      ['Pictures are kept', ['B9']],
    ]);
  });

  test('gives critiques, readiness passes and progress', () => {
    expect(critiques(plan)).toEqual([
      ['1', '@li', 'adopted', 'it is', 'B1, B2'],
      ['2', undefined, 'rejected', undefined, undefined],
      ['3', undefined, undefined, undefined, undefined],
    ]);
    expect(plan.readinessPasses.map(({ newGaps, gapCount }) => [newGaps.map(({ value }) => value), gapCount])).toEqual([
      [['order', 'rollback'], 2],
      [[], 0],
      [[], 2],
    ]);
    expect(plan.readinessPasses[0]).toMatchObject({
      number: { value: '1' },
      date: { value: '2026-04-21' },
      reviewer: { value: '@noor' },
      rating: { value: 'not ready' },
      changed: { value: 'B2 split' },
    });
    expect(entries(plan)).toEqual([
      ['2026-04-27', 'B2', 'closed', '@tomas', '9 of 9 answered; `docs/notes.md` · twice'],
    ]);
  });

  test('knows where every value stands', () => {
    expect(placesIn(plan)).toMatchSnapshot();
  });

  test('says the same with other line ends and a byte order mark', () => {
    const words = ({ prompts }: Plan) => prompts.map((each) => each.words.map(({ value }) => value));
    for (const text of [MARKDOWN.replaceAll('\n', '\r\n'), MARKDOWN.replaceAll('\n', '\r'), `\uFEFF${MARKDOWN}`]) {
      const other = readPlan({ 'PLAN.md': text }).plan;
      expect([words(other), decisions(other), critiques(other), entries(other)]).toEqual([
        words(plan),
        decisions(plan),
        critiques(plan),
        entries(plan),
      ]);
      expect(placesIn(other)).toEqual(placesIn(plan));
    }
  });

  test('gives critiques in lists', () => {
    const listed = readPlan({
      'PLAN.md':
        '- [ ] B1 — Go\n\n## Criticism\n\n- **C1** Too large — adopted: it is\n- C2: Too small (rejected: no gain)\n- Too late\n\n**Minor ones, all adopted:**\n\n- Typos in the text\n',
    }).plan;
    expect(listed.critiques.map(({ id, verdict, reason }) => [id?.value, verdict?.value, reason?.value])).toEqual([
      ['C1', 'adopted', 'it is'],
      ['C2', 'rejected', 'no gain'],
      [undefined, undefined, undefined],
      [undefined, 'adopted', 'Typos in the text'],
    ]);
  });

  test('gives prompts in lists, tables, fences and prose', () => {
    const log = readPlan({
      'PLAN.md': `- [ ] B1 — Go

## Prompts

- **Prompt 1 — Pace:**
  > Slowly, please.
  - Decisions: no rush → B1

### Prompt 2

\`\`\`
Build it.
## Prompt 9 — not one
\`\`\`

### Prompt 3 — Costs
Date: 2026-05-01
Keep it cheap.
Very cheap.

#### Key decisions

- one server → B1

## User prompts

| # | Date | Words | Key decisions |
| --- | --- | --- | --- |
| 4 | 2026-05-02 | "Faster" | two servers → B1; no cache |
`,
    }).plan;
    expect(log.prompts.map(({ number, words }) => [number?.value, words.map(({ value }) => value)])).toEqual([
      ['1', ['Slowly, please.']],
      ['2', ['Build it.\n## Prompt 9 — not one']],
      ['3', ['Keep it cheap.\nVery cheap.']],
      ['4', ['Faster']],
    ]);
    expect(decisions(log)).toEqual([
      ['no rush', ['B1']],
      ['one server', ['B1']],
      ['two servers', ['B1']],
      ['no cache', []],
    ]);
  });

  test('says nothing in fences and comments', () => {
    const { prompts, critiques: none } = readPlan({
      'PLAN.md':
        '- [ ] B1 — Go\n\n```md\n## Prompt 1 — More\n```\n\n<!--\n## Feedback\n- C1 bad\n-->\n\n~~~~\n```\n## Prompt 2\n~~~~\n',
    }).plan;
    expect([prompts, none]).toEqual([[], []]);
  });

  test('reads the front matter, too', () => {
    const { plan: fronted } = readPlan({
      'PLAN.md':
        '---\nplan: shop\nprompts:\n  - { number: 1, words: Sell., key_decisions: [Shelves first → B1] }\n---\n\n- [ ] B1 — Go\n',
    });
    expect(decisions(fronted)).toEqual([['Shelves first', ['B1']]]);
    expect(fronted.textOf('PLAN.md')?.slice(fronted.prompts[0]?.decisions[0]?.text.start).slice(0, 13)).toBe(
      'Shelves first',
    );
  });
});

describe('YAML', () => {
  const { plan } = readPlan({ 'plan.yaml': YAML });

  test('gives the same', () => {
    expect(plan.prompts.map(({ number, title, words }) => [number?.value, title?.value, words[0]?.value])).toEqual([
      ['1', 'More data', 'Scan everything.\n\nAnd soon.'],
    ]);
    expect(decisions(plan)).toEqual([
      ['All sources are scanned', ['B1']],
      ['Old scores are left out', []],
      ['The manual comes last', ['B3']],
      ['Nothing is bought', ['B1', 'B3']],
    ]);
    expect(critiques(plan)).toEqual([
      ['C1', undefined, 'adopted', 'it is', 'B1'],
      ['C2', undefined, 'rejected', undefined, undefined],
      ['C3', undefined, undefined, undefined, undefined],
    ]);
    expect(plan.readinessPasses.map(({ newGaps }) => newGaps.map(({ value }) => value))).toEqual([
      ['order'],
      ['rollback', 'money'],
    ]);
    expect(entries(plan)).toEqual([['2026-04-27', 'B1', 'closed', '@tomas', '9 of 9 answered']]);
    expect(plan.unrankedInsights.map(({ start, end }) => YAML.slice(start, end))).toEqual(['A cache would help.']);
  });

  test('knows where every value stands', () => {
    expect(placesIn(plan)).toMatchSnapshot();
  });

  test('gives it in flow style, below a key for the plan, by key and through aliases', () => {
    for (const text of [
      '{ beads: [{ id: B1 }], prompts: [{ number: 1, key_decisions: [Go → B1] }] }',
      'plan:\n  id: x\n  beads: [{ id: B1 }]\n  prompts:\n    - number: 1\n      decisions: [Go → B1]\n',
      'beads: [{ id: B1 }]\nprompts:\n  1:\n    decisions: Go → B1\n',
      'beads: [{ id: B1 }]\nx-all: &all [Go → B1]\nprompts:\n  - number: 1\n    decisions: *all\n',
    ]) {
      const read = readPlan({ 'plan.yaml': text }).plan;
      expect([read.prompts.map(({ number }) => number?.value), decisions(read)], text).toEqual([
        ['1'],
        [['Go', ['B1']]],
      ]);
    }
  });
});

describe('the samples', () => {
  test('log what their files say', () => {
    const finetune = readSample('finetune').plan;
    expect(finetune.prompts.length).toBe(finetune.prompts.filter(({ words }) => words.length > 0).length);
    expect([finetune.prompts.length, finetune.critiques.length]).toEqual([13, 10]);
    expect(finetune.critiques.every(({ verdict, reason, landed }) => verdict && reason && landed)).toBe(true);
    const golf = readSample('golf-round-finder').plan;
    expect([golf.prompts.length, golf.critiques.length, golf.readinessPasses.length]).toEqual([4, 5, 2]);
  });
});
