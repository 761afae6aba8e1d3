import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  builtInTemplates,
  builtInTexts,
  placeholders,
  type TemplateName,
  templateNames,
  templatesWith,
} from '../../../../src/core/prompt/templates';

const docs = readFileSync(new URL('../../../../docs/prompts.md', import.meta.url), 'utf8');

/** The placeholders that docs/prompts.md lists after a line which begins like this. */
function documented(introduction: string): string[] {
  const [, after = ''] = docs.split(`\n${introduction}`);
  const [, table = ''] = after.split('| --- | --- |\n');
  return [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name]) => name ?? '');
}

const everywhere = documented('In every template');
const ofPhases = documented('In `phase.md`, `operations.md` and `handoff.md`');

test.each<[TemplateName, boolean]>([
  ['phase', true],
  ['bead', false],
  ['gate', false],
  ['operations', true],
  ['handoff', true],
  ['readiness', false],
  ['critique', false],
])('the documentation lists every placeholder of %s.md, and no other', (name, isOfPhase) => {
  const listed = [...everywhere, ...(isOfPhase ? ofPhases : []), ...documented(`Also in \`${name}.md\``)];
  expect(listed.toSorted()).toEqual([...placeholders[name]].sort());
});

test('the documentation lists every template', () => {
  for (const name of templateNames) expect(docs).toContain(`| \`${name}.md\` |`);
});

test('a template of the workspace takes the place of the built-in one', () => {
  const { templates, diagnostics } = templatesWith([{ name: 'bead', file: 'bead.md', text: '{{bead.id}}' }]);
  expect(diagnostics).toEqual([]);
  expect(templates.bead).not.toBe(builtInTemplates.bead);
  expect(templates.phase).toBe(builtInTemplates.phase);
});

test('a template with a mistake is reported, and the built-in one is kept', () => {
  const { templates, diagnostics } = templatesWith([{ name: 'bead', file: 'own/bead.md', text: 'x\n{{bead.idd}}\n' }]);
  expect(templates.bead).toBe(builtInTemplates.bead);
  expect(diagnostics).toMatchObject([
    {
      code: 'broken-template',
      location: { file: 'own/bead.md', start: 2 },
      message: expect.stringContaining('bead.id'),
    },
  ]);
});

test('a placeholder of another template is not known', () => {
  expect(templatesWith([{ name: 'gate', file: 'gate.md', text: '{{verification}}' }]).diagnostics).toHaveLength(1);
});

test('the built-in texts are themselves valid overrides', () => {
  const files = templateNames.map((name) => ({ name, file: `${name}.md`, text: builtInTexts[name] }));
  expect(templatesWith(files).diagnostics).toEqual([]);
});
