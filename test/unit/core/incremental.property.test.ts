import { describe, expect, test, vi } from 'vitest';
import { PlanStore } from '../../../src/core/plan/planStore';
import { generateExport } from '../../fuzz/generateExport';
import { anyChange, type Change, changed, Dice } from '../../fuzz/mutations';
import { isSame } from '../../fuzz/same';
import { readOn, shown } from '../../fuzz/trial';
import { generateMarkdown, generateYaml } from '../../support/generatePlan';
import { planText } from '../../support/planText';

vi.setConfig({ testTimeout: 180_000 });

const LOG = '---\nplan: shop\n---\n\n# Prompts\n\n## Prompt 1 — Go\n\n> Go.\n\n**Key decisions:**\n\n- Now → B1\n';

/** `trials` times from the text, each time with up to twelve changes: thousands of edits in all. */
function trialsOf(file: string, text: string, trials: number): number {
  let count = 0;
  for (let seed = 1; seed <= trials; seed++) {
    const dice = new Dice(seed);
    const changes: Change[] = [];
    let now = text;
    for (let left = 4 + dice.below(9); left > 0; left--) {
      const change = anyChange(now, [text], dice);
      changes.push(change);
      now = changed(now, change);
    }
    expect(() => readOn({ file, text, changes, offset: 0 }), `seed ${seed}`).not.toThrow();
    count += changes.length;
  }
  return count;
}

describe('reading on after random edits gives what reading anew gives', () => {
  test.each([
    ['PLAN.md', planText('shop'), 100],
    ['PLAN.md', generateMarkdown({ beads: 12, phases: 3 }), 40],
    ['plan.yaml', generateYaml({ beads: 6, phases: 2 }), 70],
    ['.beads/issues.jsonl', generateExport({ issues: 12 }), 120],
  ])('%s', (file, text, trials) => {
    expect(trialsOf(file, text, trials)).toBeGreaterThan(trials * 4);
  });
});

test('a plan of several files, edited here and there, is the one that a fresh start finds', () => {
  const originals: Readonly<Record<string, string>> = {
    'PLAN-shop.md': planText('shop'),
    'PLAN-shop-prompts.md': LOG,
    'more.plan.yaml':
      'plan: shop\nphases:\n  - id: 3\n    title: Rest\n    beads:\n      - { id: B9, blocked_by: [B3] }\n',
    'progress.md': '---\nplan: shop\n---\n\n# Progress\n\n- 2026-05-02 · B1 · closed\n',
    '.beads/issues.jsonl': generateExport({ issues: 6 }),
  };
  const names = Object.keys(originals);
  for (let seed = 1; seed <= 40; seed++) {
    const dice = new Dice(seed);
    const texts = new Map(Object.entries(originals));
    const store = new PlanStore();
    for (const [file, text] of texts) store.set(file, text, '');
    for (let left = 10; left > 0; left--) {
      const file = dice.of(names);
      const text = texts.get(file) ?? '';
      texts.set(file, changed(text, anyChange(text, [...texts.values()], dice)));
      store.set(file, texts.get(file) ?? '', '');
      if (dice.below(3) > 0) store.takeChanges();
    }
    const fresh = new PlanStore();
    for (const [file, text] of texts) fresh.set(file, text, '');
    expect(isSame(shown(store), shown(fresh)), `seed ${seed}`).toBe(true);
  }
});
