import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphBlocks, startMarker } from '../../../../src/core/documentGraph/blocks';
import { insertedGraph, updateGraphs } from '../../../../src/core/documentGraph/update';
import { applyEdits } from '../../../../src/core/edit/planEdits';
import { extentOf } from '../../../../src/core/flowchart/limits';
import { schedule } from '../../../../src/core/schedule/schedule';
import { layeredPlan } from '../../../support/layeredPlan';
import { type BeadSketch, buildPlan, type PlanSketch } from '../../../support/planBuilder';
import { readPlan } from '../../../support/readPlans';

const snapshotOf = (sketch: PlanSketch) => {
  const plan = buildPlan(sketch);
  return { plan, schedule: schedule(plan) };
};

const bakery: PlanSketch = {
  phases: [
    { id: '1', title: 'Oven' },
    { id: '2', title: 'Bread', dependsOn: ['1'] },
  ],
  beads: [
    { id: 'b-1', title: 'Buy the oven', phase: '1' },
    { id: 'b-2', title: 'Bake a loaf', phase: '2', blockedBy: ['b-1'] },
  ],
};

function updated(text: string, sketch: PlanSketch = bakery): string {
  return applyEdits(text, updateGraphs(text, snapshotOf(sketch)).edits);
}

const around = (inside: string, words = '') =>
  `# Plan\n\nBefore.\n\n<!-- phasewise:graph${words} -->\n${inside}<!-- /phasewise:graph -->\n\nAfter.\n`;

test('an empty place gets the graph, and everything around it stays', () => {
  const text = updated(around(''));
  expect(text).toMatch(
    /^# Plan\n\nBefore\.\n\n<!-- phasewise:graph -->\n```mermaid\nflowchart TB\n[\s\S]*\n```\n<!-- \/phasewise:graph -->\n\nAfter\.\n$/,
  );
  expect(text).toContain('Buy the oven');
});

test('what is up to date is not touched', () => {
  const text = updated(around(''));
  expect(updateGraphs(text, snapshotOf(bakery))).toMatchObject({ edits: [], troubles: [], count: 1 });
});

test('a new state changes only the lines that tell of it', () => {
  const text = updated(around(''));
  const [first, second] = bakery.beads as readonly [BeadSketch, BeadSketch];
  const { edits } = updateGraphs(text, snapshotOf({ ...bakery, beads: [{ ...first, status: 'closed' }, second] }));
  expect(edits).toHaveLength(1);
  const [edit] = edits;
  expect(text.slice(0, edit?.range.start)).toMatch(/```mermaid\nflowchart TB\n$/);
  expect(text.slice(edit?.range.end)).toMatch(/^ {2}classDef|^```|\n```\n<!-- \/phasewise:graph -->/m);
  expect(text.slice(edit?.range.end).startsWith('```mermaid')).toBe(false);
});

test('level, phase and direction are asked for in the marker', () => {
  expect(updated(around('', ' level=overview'))).not.toContain('Buy the oven');
  const phase = updated(around('', ' level=phase phase="1" direction=LR'));
  expect(phase).toContain('flowchart LR');
  expect(phase).toContain('Buy the oven');
});

test('line ends, indentation and other mermaid blocks stay', () => {
  const windows = around('').replaceAll('\n', '\r\n');
  expect(updated(windows).replaceAll('\r\n', '')).not.toContain('\n');
  const other = '```mermaid\nflowchart LR\n  mine --> yours\n```\n\n';
  expect(updated(other + around(''))).toContain(other);
  const inList = updated('- item\n\n  <!-- phasewise:graph -->\n  <!-- /phasewise:graph -->\n');
  expect(inList).toContain('\n  ```mermaid\n  flowchart TB\n');
  expect(inList).toContain('\n  ```\n  <!-- /phasewise:graph -->');
});

describe('left as they are, with a reason, are', () => {
  test.each([
    ['a place with somebody’s text in it', around('This is mine.\n\n'), 'would be lost'],
    ['a place with another kind of code', around('```sh\nls\n```\n'), 'would be lost'],
    ['a place with two blocks', around('```mermaid\na\n```\n```mermaid\nb\n```\n'), 'would be lost'],
    [
      'a marker without an end',
      '<!-- phasewise:graph -->\n\nText.\n',
      'there is no <!-- /phasewise:graph --> after it',
    ],
    [
      'an end without a beginning',
      'Text.\n<!-- /phasewise:graph -->\n',
      'there is no <!-- phasewise:graph --> before it',
    ],
    ['an unknown level', around('', ' level=everything'), 'level is one of overview, phase, waves, all'],
    ['an unknown phase', around('', ' level=phase phase=3'), 'there is no phase 3'],
    ['a level that needs a phase', around('', ' level=phase'), 'needs the id of a phase'],
    ['words that are none', around('', ' please'), '“please” is not understood'],
  ])('%s', (_, text, why) => {
    const { edits, troubles } = updateGraphs(text, snapshotOf(bakery));
    expect(edits).toEqual([]);
    expect(troubles.map((trouble) => trouble.why).join()).toContain(why);
  });
});

test('markers that are shown as code are no markers', () => {
  const text = `\`\`\`md\n${around('')}\`\`\`\n\n~~~~\n${around('')}~~~~\n`;
  expect(updateGraphs(text, snapshotOf(bakery))).toMatchObject({ edits: [], troubles: [], count: 0 });
});

test('the graph in a plan is no part of the plan', () => {
  const plan = '# Bakery\n\n## Phase 1 — Oven\n\n- [ ] b-1 — Buy the oven | P0 | done when: it stands\n';
  const snapshot = readPlan({ 'PLAN.md': plan });
  const edit = insertedGraph(plan, plan.indexOf('## Phase'), snapshot, {});
  const text = applyEdits(plan, [edit]);
  const after = readPlan({ 'PLAN.md': text });
  expect(after.plan.beads.map(({ id }) => id)).toEqual(['b-1']);
  expect(after.plan.phases.map(({ id }) => id)).toEqual(['1']);
  expect(updateGraphs(text, after)).toMatchObject({ edits: [], troubles: [], count: 1 });
});

test('an inserted graph stands on lines of its own', () => {
  const snapshot = snapshotOf(bakery);
  const text = 'One.\nTwo.\n';
  const inserted = applyEdits(text, [insertedGraph(text, text.indexOf('wo'), snapshot, { level: 'overview' })]);
  expect(inserted).toMatch(
    /^One\.\n\n<!-- phasewise:graph level=overview -->\n```mermaid\n[\s\S]*```\n<!-- \/phasewise:graph -->\n\nTwo\.\n$/,
  );
});

test('what other renderers would refuse gives way to the overview, and says so', () => {
  const large = layeredPlan({ beads: 600 });
  const text = updated(around('', ' level=all'), large);
  expect(text).toMatch(
    /%% The graph has \d+ edges and \d+ characters, more than Mermaid draws by default: this is the overview\./,
  );
  const source = /```mermaid\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  expect(extentOf(source).isUsual).toBe(true);
  // Nobody asked for all of it here.
  expect(updated(around(''), large)).not.toContain('%%');
});

test('whatever is written in a document: nothing is thrown, and what is written is up to date', () => {
  const piece = fc.constantFrom(
    '<!-- phasewise:graph -->',
    '<!-- phasewise:graph level=overview -->',
    '  <!-- phasewise:graph level=phase phase="2" -->',
    '<!-- /phasewise:graph -->',
    '```mermaid',
    '```',
    '~~~',
    'flowchart TB',
    '',
    'Some text',
    '<!-- phasewise:graph level="',
  );
  const document = fc
    .tuple(fc.array(piece, { maxLength: 14 }), fc.constantFrom('\n', '\r\n'))
    .map(([lines, end]) => lines.join(end));
  const snapshot = snapshotOf(bakery);
  fc.assert(
    fc.property(document, (text) => {
      const { edits } = updateGraphs(text, snapshot);
      const after = applyEdits(text, edits);
      expect(updateGraphs(after, snapshot).edits).toEqual([]);
      expect(graphBlocks(after).broken.map(({ why }) => why)).toEqual(graphBlocks(text).broken.map(({ why }) => why));
    }),
    { numRuns: 500 },
  );
});

test('a marker can be read back, whatever the phase is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'J', '0', '.', ' ', '-', '"', '>', 'é') }), (id) => {
      const { blocks, broken } = graphBlocks(
        `${startMarker({ level: 'phase', phase: id })}\n<!-- /phasewise:graph -->\n`,
      );
      if (/["> ]|--/.test(id) || id === '') expect(blocks.length + broken.length).toBeGreaterThan(0);
      else expect(blocks[0]?.request).toEqual({ level: 'phase', phase: id });
    }),
  );
});
