import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanSource } from '../../src/core/language/planSource';
import { PlanStore } from '../../src/core/plan/planStore';
import type { Range } from '../../src/core/text';
import type { Files } from './temporary';

/** Stands for the cursor in texts of tests. */
export const CURSOR = '█';

/** The only plan that these files hold, with its files. */
export function sourceOf(files: Files): PlanSource {
  const [source, ...others] = sourcesOf(files);
  if (source === undefined || others.length > 0) throw new Error(`${others.length + (source ? 1 : 0)} plans`);
  return source;
}

/** Every plan that these files hold, in the order of their files. */
export function sourcesOf(files: Files): readonly PlanSource[] {
  const store = new PlanStore();
  for (const [path, text] of Object.entries(files)) store.set(path, text.replace(CURSOR, ''), '');
  return store.plans().map((snapshot) => ({
    snapshot,
    part: (file) => (snapshot.plan.files.includes(file) ? store.part(file) : undefined),
  }));
}

/** A plan of one file, and where the cursor stands in it. */
export function atCursor(file: string, text: string): { source: PlanSource; file: string; offset: number } {
  const offset = text.indexOf(CURSOR);
  if (offset < 0) throw new Error('no cursor');
  return { source: sourceOf({ [file]: text }), file, offset };
}

/** The characters of a place, with some before and behind: `see [F1].` */
export function shown(source: PlanSource, { file, start, end }: Range & { readonly file: string }, around = 0): string {
  const { text = '' } = source.part(file) ?? {};
  const [before, inside, behind] = [
    text.slice(start - around, start),
    text.slice(start, end),
    text.slice(end, end + around),
  ];
  return around === 0 ? inside : `${before}[${inside}]${behind}`;
}

/** The plan of a sample, with its files. */
export function sampleSource(name: 'finetune' | 'golf-round-finder'): PlanSource {
  const folder = join(import.meta.dirname, '../../samples', name);
  const files = readdirSync(folder).filter((file) => /^PLAN.*\.md$|\.plan\.ya?ml$/.test(file));
  return sourceOf(Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')])));
}
