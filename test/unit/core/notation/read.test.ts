import { expect, test } from 'vitest';
import { holdsPlan, readPlanFile } from '../../../../src/core/notation/read';

const MARKDOWN = '# The plan\n\n## Phase 1 — One\n\n- [ ] **b-1** Do it | P1\n';
const YAML = '# The plan\nphases:\n  - id: A\n';
const BEADS = '{"id":"b-1","title":"Do it"}\n{"id":"b-2","title":"Do more"}\n';

test.each([
  ['plan.md', MARKDOWN, 'markdown'],
  ['plan.Markdown', MARKDOWN, 'markdown'],
  ['a.b/plan.yml', YAML, 'yaml'],
  ['.beads/issues.jsonl', BEADS, 'beads'],
  ['plan', MARKDOWN, 'markdown'],
  ['plan', `---\nplan: x\n---\n\n${MARKDOWN}`, 'markdown'],
  ['plan.txt', YAML, 'yaml'],
  ['plan', '---\nplan: x\nphases: [{id: A}]\n', 'yaml'],
  ['plan', BEADS, 'beads'],
  ['plan', '{\n  "phases": [{"id": "A"}]\n}\n', 'yaml'],
] as const)('%s is read in its notation: %j', (file, text, notation) => {
  const part = readPlanFile(file, text);
  expect([part.notation, holdsPlan(part)]).toEqual([notation, true]);
});

test('what looks like nothing holds no plan, and is no error', () => {
  for (const text of ['', 'words\n', '\0\0', '{', '---\n', '[]']) {
    const part = readPlanFile('plan', text);
    expect([holdsPlan(part), part.diagnostics]).toEqual([false, []]);
  }
});

test('a file that is renamed to another notation is read anew', () => {
  const part = readPlanFile('plan.md', MARKDOWN);
  expect(readPlanFile('plan.yaml', YAML, part).phases.map((phase) => phase.id)).toEqual(['A']);
});
