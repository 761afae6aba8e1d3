import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlanStore } from '../../../../src/core/plan/planStore';
import { finish } from '../../../../src/core/steps';
import { generateMarkdown, generateYaml } from '../../../support/generatePlan';

const md = (id: string | undefined, ...beads: string[]) =>
  `${id === undefined ? '' : `---\nplan: ${id}\n---\n\n`}# Plan\n\n## Phase 1 — One\n\n${beads
    .map((bead) => `- [ ] **${bead}** Do ${bead} | P1`)
    .join('\n')}\n`;
const PROMPTS = '# Prompts\n\n### Prompt 1 — First\n\n> do it\n\n**Key decisions:**\n\n- Yes\n';

function storeOf(files: Readonly<Record<string, string>>, root = '/w'): PlanStore {
  const store = new PlanStore();
  for (const [file, text] of Object.entries(files)) store.set(file, text, root);
  return store;
}

const grouped = (store: PlanStore) => store.plans().map(({ plan }) => [plan.id, ...plan.files]);
const changes = (store: PlanStore) => {
  const { changed, removed } = store.takeChanges();
  return { changed: changed.map(({ plan }) => plan.id), removed };
};

describe('files become plans', () => {
  test('with the same plan id one, without an id one each, by root and path', () => {
    const store = new PlanStore();
    store.set('/b/x.md', md('shop', 'b-1'), '/b');
    store.set('/a/z.md', md(undefined, 'z-1'), '/a');
    store.set('/a/two.plan.yaml', 'plan: shop\nbeads: [{id: s-2, title: Two}]\n', '/a');
    store.set('/a/one.md', md('shop', 's-1'), '/a');
    store.set('/a/README.md', '# Nothing\n\nto see here\n', '/a');
    expect(grouped(store)).toEqual([
      ['shop', '/a/one.md', '/a/two.plan.yaml'],
      ['z', '/a/z.md'],
      ['shop', '/b/x.md'],
    ]);
    expect(store.planOfFile('/a/two.plan.yaml')?.plan.beads.map((bead) => bead.id)).toEqual(['s-1', 's-2']);
    expect(store.planOfFile('/a/README.md')).toBeUndefined();
    expect(store.part('/a/README.md')?.text).toContain('to see here');
    expect(new Set(store.plans().map(({ plan }) => plan.key)).size).toBe(3);
  });

  test('a log of prompts belongs to the plan that it is called after', () => {
    const files = { 'd/PLAN-a.md': md('a', 'a-1'), 'd/PLAN-b.md': md(undefined, 'b-1') };
    expect(grouped(storeOf({ ...files, 'd/PLAN-b-prompts.md': PROMPTS }))).toEqual([
      ['a', 'd/PLAN-a.md'],
      ['PLAN-b', 'd/PLAN-b.md', 'd/PLAN-b-prompts.md'],
    ]);
    expect(grouped(storeOf({ ...files, 'd/PLAN-user-prompts.md': PROMPTS }))).toEqual([
      ['a', 'd/PLAN-a.md'],
      ['PLAN-b', 'd/PLAN-b.md'],
      ['PLAN-user-prompts', 'd/PLAN-user-prompts.md'],
    ]);
  });

  test('the user’s prompts belong to the only plan in the folder, as long as it is the only one', () => {
    const store = storeOf({ 'd/PLAN-user-prompts.md': PROMPTS, 'e/PLAN-b.md': md(undefined, 'b-1') });
    expect(grouped(store)).toEqual([
      ['PLAN-user-prompts', 'd/PLAN-user-prompts.md'],
      ['PLAN-b', 'e/PLAN-b.md'],
    ]);
    store.set('d/PLAN-a.md', md('a', 'a-1'), '/w');
    expect(grouped(store)[0]).toEqual(['a', 'd/PLAN-a.md', 'd/PLAN-user-prompts.md']);
    store.set('d/PLAN-c.md', md(undefined, 'c-1'), '/w');
    expect(grouped(store).map(([id]) => id)).toEqual(['a', 'PLAN-c', 'PLAN-user-prompts', 'PLAN-b']);
    store.delete('d/PLAN-c.md');
    store.delete('d/PLAN-a.md');
    expect(grouped(store)[0]).toEqual(['PLAN-user-prompts', 'd/PLAN-user-prompts.md']);
  });
});

describe('what changed', () => {
  test('is told once, and only of plans that a changed file belongs to', () => {
    const store = storeOf({ 'a.md': md('a', 'a-1'), 'b.md': md('b', 'b-1'), 'b2.md': md('b', 'b-2') });
    expect(changes(store)).toEqual({ changed: ['a', 'b'], removed: [] });
    expect(changes(store)).toEqual({ changed: [], removed: [] });
    const [a, b] = store.plans();
    store.set('b2.md', md('b', 'b-2', 'b-3'), '/w');
    expect(changes(store)).toEqual({ changed: ['b'], removed: [] });
    expect(store.plans()[0]).toBe(a);
    expect(store.plans()[1]).not.toBe(b);
    store.set('b2.md', md('b', 'b-2', 'b-3'), '/w');
    expect(changes(store)).toEqual({ changed: [], removed: [] });
  });

  test('names the keys of plans that are gone; one that came and went is not spoken of', () => {
    const store = storeOf({ 'a.md': md('a', 'a-1') });
    const key = store.takeChanges().changed[0]?.plan.key;
    store.set('b.md', md('b', 'b-1'), '/w');
    store.plans();
    store.delete('b.md');
    store.delete('a.md');
    store.delete('never.md');
    expect(changes(store)).toEqual({ changed: [], removed: [key] });
    expect(changes(store)).toEqual({ changed: [], removed: [] });
  });

  test('a file that gets another plan id moves from one plan to the other', () => {
    const store = storeOf({ 'a.md': md('a', 'a-1'), 'b.md': md('b', 'b-1') });
    const key = store.takeChanges().changed[1]?.plan.key;
    store.set('b.md', md('a', 'b-1'), '/w');
    expect(changes(store)).toEqual({ changed: ['a'], removed: [key] });
    expect(grouped(store)).toEqual([['a', 'a.md', 'b.md']]);
  });

  test('takes in plans that wait for another one which changed', () => {
    const waiting = '---\nplan: app\n---\n\n## Phase 1 — One\n\n### a-1 — Use it\n\nBlocked by: infra/net-1\n';
    const store = storeOf({ 'app.md': waiting, 'other.md': md('other', 'o-1') });
    const state = () => store.planOfFile('app.md')?.schedule.beadState('a-1');
    expect(state()).toBe('blocked');
    store.takeChanges();
    store.set('infra.md', '---\nplan: infra\n---\n\n## Phase 1 — One\n\n- [x] **net-1** Build it | P0\n', '/w');
    expect(changes(store)).toEqual({ changed: ['infra', 'app'], removed: [] });
    expect(state()).toBe('ready');
    store.delete('infra.md');
    expect(state()).toBe('blocked');
  });

  test('comes to the same in whatever order files come and go', () => {
    const texts = [md('a', 'a-1'), md('b', 'b-1'), md(undefined, 'c-1'), PROMPTS, 'no plan', ''];
    const names = ['d/PLAN-a.md', 'd/PLAN-b.md', 'd/PLAN-user-prompts.md', 'd/PLAN-a-prompts.md', 'e/PLAN-a.md'];
    const step = fc.record({
      file: fc.constantFrom(...names),
      text: fc.option(fc.constantFrom(...texts)),
      ask: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const store = new PlanStore();
        const last = new Map<string, string>();
        const heard = new Map<string, readonly string[]>();
        const hear = () => {
          const { changed, removed } = store.takeChanges();
          for (const key of removed) expect(heard.delete(key), key).toBe(true);
          for (const { plan } of changed) heard.set(plan.key, plan.files);
        };
        for (const { file, text, ask } of steps) {
          if (text === null) {
            store.delete(file);
            last.delete(file);
          } else {
            store.set(file, text, '/w');
            last.set(file, text);
          }
          if (ask) hear();
        }
        hear();
        const fresh = storeOf(Object.fromEntries([...last].sort()));
        expect(grouped(store)).toEqual(grouped(fresh));
        expect([...heard.values()].map(String).sort()).toEqual(
          fresh
            .plans()
            .map(({ plan }) => String(plan.files))
            .sort(),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('a progress log', () => {
  const LOG = '---\nplan: shop\n---\n\n# Progress\n\n- 2026-05-02 · s-1 · closed\n';

  test('belongs to the plan whose id it names, and is none by itself', () => {
    const store = storeOf({ '/w/progress.md': LOG });
    expect(grouped(store)).toEqual([]);
    store.set('/w/one.md', md('shop', 's-1'), '/w');
    expect(grouped(store)).toEqual([['shop', '/w/one.md', '/w/progress.md']]);
    expect(store.plans()[0]?.plan.progressEntries.map(({ about }) => about?.value)).toEqual(['s-1']);
    store.set('/w/progress.md', LOG.replace('- 2026-05-02 · s-1 · closed', 'Nothing yet.'), '/w');
    expect(grouped(store)).toEqual([['shop', '/w/one.md']]);
    store.set('/w/progress.md', LOG, '/w');
    expect(grouped(store)).toEqual([['shop', '/w/one.md', '/w/progress.md']]);
    store.delete('/w/one.md');
    expect(grouped(store)).toEqual([]);
    store.set('/w/one.md', md('shop', 's-1'), '/w');
    expect(grouped(store)).toEqual([['shop', '/w/one.md', '/w/progress.md']]);
  });
});

describe('reading ahead', () => {
  const files = [
    ['/w/a.md', generateMarkdown({ beads: 200 })],
    ['/w/a.yaml', generateYaml({ beads: 200 })],
  ] as const;

  test.each(files)('goes in steps, one for a few beads, and changes nothing until it is set: %s', (file, text) => {
    const store = new PlanStore();
    const steps = [...store.readAhead(file, text)];
    expect(steps.length).toBeGreaterThan(200 / 8);
    expect(store.plans()).toEqual([]);
    store.set(file, text, '/w');
    const atOnce = storeOf({ [file]: text });
    expect(store.part(file)).toEqual(atOnce.part(file));
    expect(store.plans()[0]?.plan.beads).toHaveLength(200);
  });

  test('goes in steps inside a section, too: while it is parsed, read and made', () => {
    const text = generateMarkdown({ beads: 200, phases: 1 });
    expect([...new PlanStore().readAhead('/w/a.md', text)].length).toBeGreaterThan((3 * 200) / 8);
  });

  test.each(files)('comes to the same wherever another text was set in between: %s', (file, text) => {
    const before = text.replaceAll('Done when', 'Met when');
    const between = text.replace('Phase 1', 'Phase 1a');
    for (let pause = 1; pause < 120; pause += 29) {
      const store = storeOf({ [file]: between });
      store.set(file, before, '/w');
      const steps = store.readAhead(file, text);
      for (let step = 0; step < pause; step++) steps.next();
      store.set(file, between, '/w');
      finish(steps);
      store.set(file, text, '/w');
      expect(store.part(file)).toEqual(storeOf({ [file]: text }).part(file));
    }
  });

  test.each(files)('counts for nothing when another text was set in the meantime: %s', (file, text) => {
    const store = new PlanStore();
    const steps = store.readAhead(file, text);
    steps.next();
    const edited = text.replaceAll('Done when', 'Met when');
    store.set(file, edited, '/w');
    finish(steps);
    expect(store.part(file)?.text).toBe(edited);
    store.set('/w/other.md', text, '/w');
    store.set(file, text, '/w');
    expect(store.part(file)).toEqual(storeOf({ [file]: text }).part(file));
  });
});
