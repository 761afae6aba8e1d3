import type { Reference, ThingKind } from '../../model';
import { isNone } from '../values';
import type { NamedDraft, Value } from './drafts';
import { BLANKED } from './inline';
import { cut, type Run } from './run';
import { locationOf, type Origin, splitList } from './values';

/** What finds the id of a thing that is called so. */
export type ByTitle = (title: string) => string | undefined;

/** Ids by title, for things that have none of their own: `Depends on: Model`. Of two called the same, neither counts. */
export function idsByTitle(things: readonly (readonly [title: string, id: string])[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const [title, id] of things) {
    const key = titleKey(title);
    if (key !== '') ids.set(key, ids.has(key) && ids.get(key) !== id ? '' : id);
  }
  return ids;
}

export function titleKey(title: string): string {
  return title
    .replaceAll(BLANKED, '')
    .replace(/[\s.:]+$/, '')
    .trim()
    .toLowerCase();
}

export function titleTextOf({ title }: NamedDraft): string {
  return title?.run.text ?? '';
}

/** The things that a value names by their titles, one after the other. */
export function referencesByTitle(value: Value, kind: ThingKind, find: ByTitle, origin: Origin): readonly Reference[] {
  if (isNone(value.run.text)) return [];
  return splitList(value).flatMap((part) => {
    const id = find(part.run.text);
    return id === undefined || id === '' ? [] : [{ ...locationOf(part, origin), value: id, kind }];
  });
}

const IN_BRACKETS = /\s*\((?:after|depends on|blocked by|needs|requires)\s+([^()]{1,80})\)$/i;

/** `Docs (after View)`: what stands in brackets, and the title without it. */
export function waitInTitle({ run, at }: Value): { readonly title: Value; readonly wait: Value } | undefined {
  if (!run.text.endsWith(')')) return undefined;
  const [whole, inner = ''] = IN_BRACKETS.exec(run.text) ?? [];
  if (whole === undefined) return undefined;
  const start = run.text.length - whole.length;
  const from = start + whole.lastIndexOf(inner);
  const part = (begin: number, end: number): Run => cut(run, begin, end);
  return { title: { run: part(0, start), at }, wait: { run: part(from, from + inner.length), at } };
}
