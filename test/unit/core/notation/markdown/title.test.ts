import { expect, test } from 'vitest';
import { readPlanFile } from '../../../../../src/core/notation/read';

const body = '# Search\n\n## Phase 1 — First\n\n### B1 — Try it\n\nPriority: P0\n';

test.each([
  ['nothing', ''],
  ['a blank line', '\n'],
  ['front matter', '---\nplan: search\n---\n\n'],
  ['a paragraph', 'Some words.\n\n'],
])('the title of a plan is its heading, with %s before it', (_, before) => {
  const text = before + body;
  const { title } = readPlanFile('PLAN.md', text).head;
  expect(title?.value).toBe('Search');
  expect(text.slice(title?.start, title?.end)).toBe('Search');
});
