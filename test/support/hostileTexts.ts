const MANY = 100_000;
const MB = 1024 * 1024;

/** A plan that says a little of everything. */
export const PLAN_MD = `---
plan: shop
---
# Shop

## Phase 1: Base

- [ ] **B1** Dig | P1 | done when: 3 of 3
- [ ] **B2** Build | blocked by: B1

## Prompt 1 — Go

> Go.

**Key decisions:**

- Now → B1
`;

const markdown: Record<string, () => string> = {
  '100,000 list items, nested 70 deep': () =>
    Array.from({ length: MANY }, (_, at) => `${'  '.repeat(at % 70)}- [ ] T${at} x`).join('\n'),
  'list items, 2,000 deep': () =>
    Array.from({ length: 2000 }, (_, at) => `${'  '.repeat(at)}- [ ] T${at} x`).join('\n'),
  '100,000 list items nested on one line': () => '- '.repeat(MANY),
  'one line of 20 MB': () => `- [ ] T1 ${'word '.repeat(4 * MB)}`,
  'one line of 20 MB in a prompt': () => `${PLAN_MD}- ${'word → B1 '.repeat(2 * MB)}\n> ${'x'.repeat(MB)}\n`,
  'one line of 20 MB in a table of critiques': () =>
    `- [ ] B1 x\n\n## Feedback\n\n| # | Critique | Verdict |\n|-|-|-|\n| 1 | ${'a '.repeat(10 * MB)}| no |\n`,
  'one line of white space, a megabyte long, in every log': () =>
    ['Prompt 1', 'Feedback', 'Readiness', 'Progress', 'Insights']
      .map((title) => `## ${title}\n\n- ${' '.repeat(MB)}x\n${'-'.repeat(MB)}x\n|${' '.repeat(MB)}x\n`)
      .join('\n'),
  '50,000 columns': () => `${'|a'.repeat(50_000)}|\n${'|-'.repeat(50_000)}|\n${`${'|b'.repeat(50_000)}|\n`.repeat(3)}`,
  '9,000 columns and 3,000 rows, of a log': () =>
    `- [ ] B1 x\n\n## Progress\n\n${'|a'.repeat(9000)}|date|bead|\n${'|-'.repeat(9002)}|\n${'|2026-05-02|B1|\n'.repeat(3000)}`,
  '4,000 prompts in prompts': () => '## Prompt 1\n\n> x\n\n'.repeat(4_000),
  '4,000 headings in each other': () =>
    Array.from(
      { length: 4_000 },
      (_, at) => `${'#'.repeat(1 + (at % 6))} Prompts ${at}\n\n- **Prompt ${at}** x\n`,
    ).join(''),
  '4,000 critiques, 4,000 passes, 4,000 events': () =>
    `- [ ] B1 x\n\n## Feedback\n\n${'- C1: too slow — rejected\n'.repeat(4_000)}\n## Readiness\n\n| Pass | New gaps |\n|-|-|\n${'| 1 | a; b |\n'.repeat(4_000)}\n## Progress\n\n${'- 2026-05-02 · B1 · closed · @li · x\n'.repeat(4_000)}`,
  'dividers and nothing else': () =>
    `## Progress\n\n- 2026-05-02 ${'· '.repeat(MANY)}\n- 2026-05-02 ${' -'.repeat(MANY)}`,
  'arrows and nothing else': () =>
    `- [ ] B1 x\n\n## Prompt 1\n\nKey decisions:\n\n- ${'→ '.repeat(9000)}\n- ${'- >'.repeat(6000)}\n`,
  'fences and comments that are never closed': () => `${PLAN_MD}${'<!-- \n```\n'.repeat(MANY)}`,
  'a plan that is approved 2,000 times, each time in vain': () =>
    `${'Approved by: @maria (sha256:00000000)\n'.repeat(2000)}\n${PLAN_MD}`,
};

const yaml: Record<string, () => string> = {
  'anchors that explode': () =>
    `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
      .split('')
      .map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]}, `.repeat(9)}]`)
      .join('\n')}\nphases: *j\nbeads:\n  - { id: B1, done_when: *j }\n`,
  'anchors that explode in a log': () =>
    `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
      .split('')
      .map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]}, `.repeat(9)}]`)
      .join('\n')}\nbeads: [{ id: B1 }]\nprompts:\n  - { number: 1, words: *j, decisions: *j }\ncritiques: *j\n`,
  'merges that explode': () =>
    `m0: &m0 { id: B1, title: x }\n${Array.from({ length: 60 }, (_, at) => `m${at + 1}: &m${at + 1} { <<: [*m${at}, *m${at}] }`).join('\n')}\nbeads:\n  - *m60\n`,
  'an alias of what it stands in': () => 'beads: &b\n  - id: B1\n    beads: *b\n    steps: *b\nphases: *b\n',
  '4,000 aliases, each of the one before': () =>
    `a0: &a0 x\n${Array.from({ length: 4_000 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]`).join('\n')}\nbeads:\n  - { id: B1, what: *a4000 }\n`,
  '4,000 aliases of one thing': () => `x: &x { id: B1 }\nbeads:\n${'  - *x\n'.repeat(4_000)}`,
  'flow lists, 100,000 deep': () => `beads: ${'['.repeat(MANY)}`,
  'flow mappings, 100,000 deep': () => `beads: ${'{a: '.repeat(MANY)}`,
  'block lists, 5,000 deep': () =>
    `beads:\n${Array.from({ length: 5000 }, (_, at) => `${' '.repeat(at)}-`).join('\n')}`,
  'beads in beads, 1,000 deep': () =>
    Array.from(
      { length: 1000 },
      (_, at) => `${'  '.repeat(2 * at)}beads:\n${'  '.repeat(2 * at + 1)}- id: b${at}`,
    ).join('\n'),
  'one line of 20 MB': () => `beads:\n  - id: B1\n    what: ${'word '.repeat(4 * MB)}\n`,
  'one block of 20 MB': () => `beads:\n  - id: B1\n    what: |\n${'      word\n'.repeat(2 * MB)}`,
  '4,000 keys': () => `beads: [{ id: B1 }]\n${Array.from({ length: 4_000 }, (_, at) => `k${at}: 1\n`).join('')}`,
  'keys in keys': () => `beads:\n  ${'? '.repeat(3000)}x\n`,
  'tabs and colons and nothing else': () => `beads:\n${'\t: \t- '.repeat(4_000)}`,
  'quotes that are never closed': () => `beads:\n  - id: "${'x\n'.repeat(MANY)}`,
  'a tag that nobody knows, and one for bytes': () =>
    'beads:\n  - !evil { id: B1 }\n  - { id: !!binary aGk=, title: !!js/function x }\n',
  'documents, 4,000 of them': () => 'beads: [{ id: B1 }]\n---\n'.repeat(4_000),
};

const jsonl: Record<string, () => string> = {
  'lists in lists, 100,000 deep': () => `{"id":"a","title":"x","labels":${'['.repeat(MANY)}${']'.repeat(MANY)}}\n`,
  'one line of 20 MB': () => `{"id":"a","title":"x","description":"${'word '.repeat(4 * MB)}"}\n`,
  'one line of 20 MB that breaks off': () => `{"id":"a","title":"x","description":"${'word '.repeat(4 * MB)}`,
  '4,000 line breaks in a text': () => `{"id":"a","title":"x","acceptance_criteria":"${'- a\\n'.repeat(4_000)}"}\n`,
  '4,000 issues, each the parent of the next': () =>
    Array.from({ length: 4_000 }, (_, at) => `{"id":"b${at}","title":"x","parent":"b${at - 1}"}\n`).join(''),
  '4,000 issues, each blocked by the next, in a ring': () =>
    Array.from(
      { length: 4_000 },
      (_, at) =>
        `{"id":"b${at}","title":"x","dependencies":[{"depends_on_id":"b${(at + 1) % 4_000}","type":"blocks"}]}\n`,
    ).join(''),
  '4,000 dependencies of one issue': () =>
    `{"id":"a","title":"x","dependencies":[${'{"depends_on_id":"b","type":"waits-for","metadata":"{\\"gate\\":\\"any-children\\"}"},'.repeat(4_000)}1]}\n{"id":"b.1","title":"y","parent":"b"}\n`,
  '4,000 bad lines': () => '{"id":\n'.repeat(4_000),
  'an id of dots and digits': () => `{"id":"${'1.'.repeat(MANY)}1","title":"x"}\n`,
};

/** Texts that cost a careless program its stack, its memory or the square of their length: by file, then by name. */
export const hostileTexts: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'PLAN.md': markdown,
  'plan.yaml': yaml,
  '.beads/issues.jsonl': jsonl,
};
