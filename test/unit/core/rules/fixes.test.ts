import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../../src/core/edit/planEdits';
import { checkPlan } from '../../../../src/core/rules/check';
import type { Fix } from '../../../../src/core/rules/fixes/fix';
import { fixesOf } from '../../../../src/core/rules/fixes/fixes';
import { RULE_IDS, RULES, type RuleId } from '../../../../src/core/rules/table';
import { sourceOf } from '../../../support/planSource';

interface Found {
  readonly messages: readonly string[];
  readonly fixes: readonly Fix[];
}

const find = (code: RuleId, text: string, file: string): Found => {
  const source = sourceOf({ [file]: text });
  const found = checkPlan(source.snapshot).filter((each) => each.code === code);
  return { messages: found.map(({ message }) => message), fixes: found.flatMap((each) => fixesOf(each, source)) };
};

/** The text with the first fix (or the one with this title) of the first finding. */
const fixed = (code: RuleId, text: string, file = 'PLAN.md', title?: string): string => {
  const { fixes } = find(code, text, file);
  const fix = title === undefined ? fixes[0] : fixes.find((each) => each.title === title);
  if (fix === undefined) throw new Error(`no fix, only ${JSON.stringify(fixes.map((each) => each.title))}`);
  return applyEdits(text, fix.edits);
};

const fileOf = (id: RuleId) => (RULES[id].notation === 'yaml' ? 'plan.yaml' : 'PLAN.md');

describe('a rule with a fix', () => {
  const fixable = RULE_IDS.filter((id) => RULES[id].fix !== undefined);

  test.each(fixable)('%s is solved by each of its fixes', (id) => {
    const { example } = RULES[id];
    const before = find(id, example, fileOf(id));
    expect(before.fixes.length).toBeGreaterThan(0);
    for (const fix of before.fixes) {
      const text = applyEdits(example, fix.edits);
      expect(find(id, text, fileOf(id)).messages.length, text).toBeLessThan(before.messages.length);
    }
  });

  test.each(RULE_IDS.filter((id) => RULES[id].fix === undefined))('%s has none', (id) => {
    expect(find(id, RULES[id].example, fileOf(id)).fixes).toEqual([]);
  });
});

describe('a reference', () => {
  test('is changed to the nearest id, and nothing else is', () => {
    const text = '## Phase A\n\n- [ ] B-10 — Read\n- [ ] B-20 — Write | blocked by: B-10, **B-11** (later) | P1\n';
    expect(fixed('unknown-reference', text)).toBe(text.replace('B-11', 'B-10'));
  });

  test.each([
    ['the first of a list', 'blocked by: B2, B1', 'blocked by: B1'],
    ['the last of a list', 'blocked by: B1, B2', 'blocked by: B1'],
    ['one with a word before it', 'blocked by: B1, bead B2', 'blocked by: B1'],
    ['one in bold', 'blocked by: **B2**, B1', 'blocked by: B1'],
    ['one in code', 'blocked by: B1 and `B2`', 'blocked by: B1'],
    ['a link', 'blocked by: [B2](#b2), B1', 'blocked by: B1'],
    ['the only one', 'blocked by: B2', 'blocked by: none'],
  ])('to the thing itself is taken out: %s', (_, before, after) => {
    const text = `- [ ] B1 — Read\n- [ ] B2 — Write | ${before} | P1\n`;
    expect(fixed('self-dependency', text)).toBe(text.replace(before, after));
  });

  test.each([
    ['a list in brackets', 'blocked_by: [B2, B1]', 'blocked_by: [B1]'],
    ['quotes', 'blocked_by: ["B1", "B2"]', 'blocked_by: ["B1"]'],
    ['the only one in brackets', 'blocked_by: [B2]', 'blocked_by: []'],
    ['the only one', 'blocked_by: B2', 'blocked_by: []'],
    ['a list of lines', 'blocked_by:\n      - B1\n      - B2', 'blocked_by:\n      - B1'],
    ['the only line', 'blocked_by:\n      - B2', 'blocked_by:'],
  ])('to the thing itself is taken out of YAML: %s', (_, before, after) => {
    const text = `beads:\n  - id: B1\n    title: Read\n  - id: B2\n    title: Write\n    ${before}\n    priority: P1\n`;
    expect(fixed('self-dependency', text, 'plan.yaml')).toBe(text.replace(before, after));
  });

  test('of a circle is taken out, whichever of them', () => {
    const text =
      '- [ ] B1 — Read | blocked by: B2\n- [ ] B2 — Write | blocked by: B3\n- [ ] B3 — Go | blocked by: B1\n';
    const { fixes } = find('dependency-cycle', text, 'PLAN.md');
    expect(fixes.map(({ title }) => title)).toEqual([
      'Take B2 out of what Bead B1 waits for',
      'Take B3 out of what Bead B2 waits for',
      'Take B1 out of what Bead B3 waits for',
    ]);
    for (const { edits } of fixes)
      expect(find('dependency-cycle', applyEdits(text, edits), 'PLAN.md').messages).toEqual([]);
  });
});

describe('what is told from the other end', () => {
  test('is not taken out where the other thing is named', () => {
    const text =
      '### B1 — Read\n\nBlocks: B2\n\n### B2 — Write\n\nBlocks: B3\n\n### B3 — Go\n\nPriority: P1 | Blocks: B1\n';
    const { messages, fixes } = find('dependency-cycle', text, 'PLAN.md');
    expect([messages.length, fixes]).toEqual([1, []]);
  });
});

describe('an id', () => {
  test('that two things have is counted on for the second', () => {
    const text = '### ft-0001.8a — Read the docs\n\nPriority: P0\n\n### ft-0001.8a — Deploy it\n\nPriority: P1\n';
    expect(fixed('duplicate-id', text)).toBe(text.replace('8a — Deploy', '8b — Deploy'));
  });

  test('is written in front of a title', () => {
    const text = '## Phase 1 — Build\n\n### B1 — Read\n\nPriority: P0\n\n### **Write it**\n\nPriority: P1\n';
    expect(fixed('missing-id', text)).toBe(text.replace('**Write', '**B2 — Write'));
  });

  test('is written for all check boxes of a phase at once', () => {
    const text = '## Phase 1 — Build\n\n- [ ] Read the docs\n- [x] Write the parser\n- [ ] Ship it\n';
    expect(fixed('missing-id', text)).toBe(
      '## Phase 1 — Build\n\n- [ ] B1 — Read the docs\n- [x] B2 — Write the parser\n- [ ] B3 — Ship it\n',
    );
  });

  test('is a key in YAML', () => {
    const text = 'beads:\n  - id: B1\n    title: Read\n  - title: Write\n    priority: P1\n  - { title: Go }\n';
    expect(fixed('missing-id', text, 'plan.yaml')).toBe(text.replace('- title: Write', '- id: B2\n    title: Write'));
  });
});

describe('a field is added as the plan writes fields:', () => {
  test.each([
    [
      'lines',
      '### B1 — Read\n\nPriority: P0\nDone when: 3 pages.\nOwner: @a\n\n### B2 — Write\n\nPriority: P1\nOwner: @b\n\nSome prose.\n',
      'Owner: @b\n',
      'Owner: @b\nDone when: TODO\n',
    ],
    [
      'paragraphs in bold',
      '### B1 — Read\n\n**Priority:** P0\n\n**Acceptance criteria:** 3 pages.\n\n### B2 — Write\n\n**Priority:** P1\n\n**What:** all of it.\n',
      'all of it.\n',
      'all of it.\n\n**Acceptance criteria:** TODO\n',
    ],
    [
      'list items',
      '### B1 — Read\n\n- **Priority**: P0\n- **Done when**: 3 pages.\n\n### B2 — Write\n\n- **Priority**: P1\n',
      'P1\n',
      'P1\n- **Done when**: TODO\n',
    ],
    [
      'one line',
      '- [ ] **B1** Read | P0 | done when: 3 pages\n- [ ] **B2** Write | P1\n',
      'Write | P1\n',
      'Write | P1 | done when: TODO\n',
    ],
    [
      'lines below an item',
      '- [ ] B1 — Read\n  Priority: P0\n  Done when: 3 pages\n- [ ] B2 — Write\n  Priority: P1\n  - [ ] a step\n',
      'Priority: P1\n',
      'Priority: P1\n  Done when: TODO\n',
    ],
    [
      'a cell',
      '| ID | Bead | Done when |\n| --- | --- | --- |\n| B1 | Read | 3 pages |\n| B2 | Write | |\n',
      '| Write | |',
      '| Write | TODO |',
    ],
    [
      'keys',
      'beads:\n  - id: B1\n    title: Read\n    done_when: 3 pages\n  - id: B2\n    title: Write\n    priority: P1\n',
      'priority: P1\n',
      'priority: P1\n    done_when: TODO\n',
    ],
    [
      'keys on one line',
      'beads:\n  - { id: B1, title: Read, done_when: 3 pages }\n  - { id: B2, title: Write }\n',
      'title: Write }',
      'title: Write, done_when: TODO }',
    ],
  ])('%s', (_, text, before, after) => {
    const file = text.startsWith('beads:') ? 'plan.yaml' : 'PLAN.md';
    expect(fixed('missing-done-when', text, file)).toBe(text.replace(before, after));
  });

  test('the line ends of Windows stay', () => {
    const text =
      '### B1 — Read\r\n\r\nPriority: P0\r\nDone when: 3 pages.\r\n\r\n### B2 — Write\r\n\r\nPriority: P1\r\n';
    expect(fixed('missing-done-when', text)).toBe(`${text.slice(0, -2)}\r\nDone when: TODO\r\n`);
  });

  test('a table gets a column where it has none', () => {
    const text = '| ID | Bead |\n| --- | --- |\n| B1 | Read |\n| B2 | Write |\n\n### B3 — Go\n\nDone when: 3 pages.\n';
    expect(fixed('missing-done-when', text)).toBe(
      '| ID | Bead | Done when |\n| --- | --- | --- |\n| B1 | Read | TODO |\n| B2 | Write |   |\n\n### B3 — Go\n\nDone when: 3 pages.\n',
    );
  });

  test('a gate gets all columns that are missing', () => {
    const text = '## Gate G1 — Ready?\n\n| Criterion | Pass |\n| --- | --- |\n| p95 | under 4096 |\n';
    expect(fixed('missing-verdict-column', text)).toBe(
      '## Gate G1 — Ready?\n\n| Criterion | Pass | Adjust | Abort |\n| --- | --- | --- | --- |\n| p95 | under 4096 | TODO | TODO |\n',
    );
  });

  test('a gate gets them for all its criteria at once', () => {
    const text =
      '## Gate G1 — Ready?\n\n| Criterion | Pass | Abort |\n| --- | --- | --- |\n| p95 | 1 | |\n| p99 | 2 | |\n';
    const { messages } = find('missing-verdict-column', text, 'PLAN.md');
    expect(messages).toEqual([
      'Gate G1 does not say when to adjust or abort. Give each criterion a Pass, an Adjust and an Abort.',
    ]);
    expect(fixed('missing-verdict-column', text)).toBe(
      '## Gate G1 — Ready?\n\n| Criterion | Pass | Abort | Adjust |\n| --- | --- | --- | --- |\n| p95 | 1 | TODO | TODO |\n| p99 | 2 | TODO | TODO |\n',
    );
  });

  test('a criterion in YAML gets its keys', () => {
    const text =
      'gates:\n  - id: G1\n    title: Ready?\n    criteria:\n      - criterion: p95\n        pass: under 4096\n      - { criterion: max, pass: "under 5000", adjust: more, abort: "no" }\n';
    expect(fixed('missing-verdict-column', text, 'plan.yaml')).toBe(
      text.replace('pass: under 4096\n', 'pass: under 4096\n        adjust: TODO\n        abort: TODO\n'),
    );
  });
});

describe('nothing is offered', () => {
  test('for an export of the tracker', () => {
    const text = `${JSON.stringify({ id: 'b-1', title: 'Read', status: 'open', priority: 1, issue_type: 'task' })}\n`;
    const source = sourceOf({ '.beads/issues.jsonl': text });
    const found = checkPlan(source.snapshot);
    expect(found.map(({ code }) => code)).toContain('missing-done-when');
    expect(found.flatMap((each) => fixesOf(each, source))).toEqual([]);
  });

  test('for a file that does not parse', () => {
    const text = 'beads:\n  - id: B1\n    title: Read\n    blocked_by: [B1]\nphases: "\n';
    const source = sourceOf({ 'plan.yaml': text });
    const found = checkPlan(source.snapshot);
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['malformed-file', 'self-dependency']));
    expect(found.flatMap((each) => fixesOf(each, source))).toEqual([]);
  });
});
