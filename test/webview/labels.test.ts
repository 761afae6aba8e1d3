import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shorten, visible } from '../../src/core/flowchart/text';
import { buildPlan } from '../support/planBuilder';
import { openPanel, type Panel } from './harness';
import { chartOf } from './plans';

const hostile: readonly string[] = [
  'Say "hello" to `code` and \'quotes\'',
  'Brackets [a] (b) {c} <d> [[e]] ((f)) {{g}} [/h/]',
  'end',
  'subgraph end direction TB',
  'graph TD; a-->b',
  '# heading; with a #35; reference &amp; &lt;b&gt;',
  '<b>bold</b> <i>it</i> <br/> <img src=x onerror="window.hit = true"> <script>window.hit = true</script>',
  '**strong** *em* _em_ __strong__ ~~gone~~ `code`',
  '1. first',
  '2) second',
  '- item',
  '+ item',
  '* item',
  '> quote',
  '# title',
  '---',
  '[link](https://example.com) https://example.com www.example.com a@b.example',
  '![picture](https://example.com/x.png)',
  '$$x^2$$ and $x$',
  'fa:fa-check fab:fa-github icon',
  '%% comment %%{init: {"theme": "dark"}}%%',
  'style a fill:#f00; and classDef b fill:#0f0;',
  'linkStyle 0 stroke:red; click a "javascript:alert(1)"',
  'line\\nbreak \\\\n and \\t',
  'ﬂ°°60¶ß and ﬂ°amp¶ß',
  'emoji 👩‍👩‍👧‍👦 🏳️‍🌈 ✅ 🚧',
  'שלום עולם with English and العربية',
  '\u202Eoverridden\u202C',
  'null \0 bell \u0007 escape \u001b[31m',
  '\ud800 alone',
  'tabs\tand\nlines',
  'x'.repeat(500),
  'word '.repeat(100),
  '👩‍👩‍👧‍👦'.repeat(120),
  '@{ shape: circle }',
  ':::closed',
  'A --> B |text| -.- C',
  '|pipes| ~tildes~ ^carets^ =equals= +plus+ !bang!',
  'javascript:alert(1)',
  '{{ "a" }} {% b %} ${c}',
  '&nbsp;&#10;&quot;',
  'constructor',
  '__proto__',
];

test('titles of every kind show literally, wherever they stand', async () => {
  await expectLiteral(await openPanel(), hostile);
});

test('any text shows literally', async () => {
  const panel = await openPanel();
  const titles = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), { numRuns: 40, seed: 20 });
  const words = fc.constantFrom(
    ...'"[](){}<>#;:&*_`~$%\\|/@!^+-=.,1. style classDef end fa:fa-x \\n --> '.split(''),
    ' ',
    'a',
  );
  const punctuation = fc.sample(fc.array(words, { minLength: 1, maxLength: 60 }), { numRuns: 80, seed: 21 });
  await expectLiteral(panel, [...titles, ...punctuation.map((each) => each.join(''))]);
});

/** Each title as a bead, a bead with parts, a phase and a gate of each form. */
async function expectLiteral(panel: Panel, titles: readonly string[]): Promise<void> {
  const plan = buildPlan({
    phases: titles.map((title, index) => ({ id: `p${index}`, title })),
    beads: titles.flatMap((title, index) => [
      { id: `b${index}`, title, phase: `p${index}` },
      { id: `b${index}-part`, title, phase: `p${index}`, parent: `b${index}` },
    ]),
    gates: titles.map((title, index) => ({
      id: `g${index}`,
      title,
      phase: `p${index}`,
      type: (['decision', 'human', 'external'] as const)[index % 3] ?? 'decision',
    })),
  });
  const chart = chartOf(plan);
  await panel.send(chart);
  await panel.page
    .locator('#stage g.node')
    .or(panel.page.locator('#notice', { hasText: 'could not' }))
    .first()
    .waitFor();
  expect(await panel.page.locator('#notice').textContent()).toBe('');
  const shown = (await panel.page.evaluate(`Object.fromEntries(
    [...document.querySelectorAll('#stage [data-node]')].map((node) => [
      node.dataset.node,
      node.querySelector(':scope > .label, :scope > .cluster-label').textContent,
    ]),
  )`)) as Readonly<Record<string, string>>;
  const lengths = { box: 80, group: 80, decision: 50, human: 60, external: 60 };
  for (const node of chart.nodes) {
    const progress = node.progress === undefined ? '' : `${node.progress.closed}/${node.progress.total}`;
    const title = shorten(node.title, lengths[node.form]);
    const expected = [node.name, title, progress].map(visible).filter((part) => part !== '');
    expect(folded(shown[node.id]), JSON.stringify(node.title)).toBe(folded(expected.join('')));
  }
  expect(await panel.page.evaluate('window.hit')).toBeUndefined();
  expect(panel.complaints).toEqual([]);
  expect(panel.messages).not.toContainEqual(expect.objectContaining({ type: 'problem' }));
}

/** Spaces fold in HTML, and between the parts of a label there may or may not be one. */
function folded(text: string | undefined): string {
  return (text ?? '').replaceAll(/\s+/g, '');
}
