import type { PlanPart } from '../../model';
import { type FieldOwner, fieldOf } from '../../notation/fields';
import { SYNONYMS } from '../../notation/fieldTable';
import { thingsIn } from '../enclosing';

/** How a file writes the names of fields. */
export interface Spelling {
  /** `Done when`, `done_when`, or whatever the file uses for it. */
  name(owner: FieldOwner, field: string): string;
  /** The name with its emphasis and colon, and the value: `**Done when:** 3 pages`. */
  line(owner: FieldOwner, field: string, value: string): string;
  /** Whether blank lines stand between fields. */
  readonly isSpaced: boolean;
}

type Emphasis = 'none' | 'colon inside' | 'colon outside';

const known = new WeakMap<PlanPart, Spelling>();

/** Worked out once for each reading, from at most the first 2,000 lines. */
export function spellingOf(part: PlanPart): Spelling {
  const before = known.get(part);
  if (before !== undefined) return before;
  const spelling = part.notation === 'markdown' ? markdownSpelling(part) : yamlSpelling(part);
  known.set(part, spelling);
  return spelling;
}

const MOST_LINES = 2000;
const FIELD_LINE = /^[ \t]*(?:[-*+][ \t]+)?(\*\*|__)?([A-Za-z][A-Za-z /&'-]{0,40}?)(\*\*|__)?:(\*\*|__)?(?=\s|$)/;
const LATER_FIELD = /[|·][ \t]+(?:\*\*|__)?([A-Za-z][A-Za-z /&'-]{0,40}?)(?:\*\*|__)?:/g;

function markdownSpelling(part: PlanPart): Spelling {
  const counts = new NameCounts(part);
  const emphases = new Map<Emphasis, number>();
  const spacing = { spaced: 0, dense: 0 };
  let isBelowField = false;
  for (const [line, at] of linesOf(part.text)) {
    const match = FIELD_LINE.exec(line);
    const name = match?.[2];
    const isField = name !== undefined && isAnyField(name);
    if (isField) {
      counts.add(name, at);
      count(emphases, match?.[1] === undefined ? 'none' : match[4] === undefined ? 'colon outside' : 'colon inside');
      if (isBelowField) spacing.dense++;
      for (const later of line.includes('|') || line.includes('·') ? line.matchAll(LATER_FIELD) : []) {
        if (isAnyField(later[1] ?? '')) counts.add(later[1] ?? '', at);
      }
    } else if (isBelowField && line.trim() === '') spacing.spaced++;
    isBelowField = isField;
  }
  const emphasis = mostFrequent(emphases) ?? 'none';
  const nameOf = namesIn(counts, (name) => name.charAt(0).toUpperCase() + name.slice(1));
  return {
    name: nameOf,
    line: (owner, field, value) => {
      const name = nameOf(owner, field);
      const behind = value === '' ? '' : ` ${value}`;
      if (emphasis === 'none') return `${name}:${behind}`;
      return emphasis === 'colon inside' ? `**${name}:**${behind}` : `**${name}**:${behind}`;
    },
    isSpaced: spacing.spaced > spacing.dense && emphasis !== 'none',
  };
}

const KEY = /^[ \t]*(?:-[ \t]+)*(?:["']?)([A-Za-z][\w -]{0,40})(?:["']?)[ \t]*:(?=\s|$)/;

function yamlSpelling(part: PlanPart): Spelling {
  const counts = new NameCounts(part);
  for (const [line, at] of linesOf(part.text)) {
    const name = KEY.exec(line)?.[1];
    if (name !== undefined && isAnyField(name)) counts.add(name, at);
  }
  const nameOf = namesIn(counts, (name) => name.replaceAll(' ', '_'));
  return {
    name: nameOf,
    line: (owner, field, value) => `${nameOf(owner, field)}:${value === '' ? '' : ` ${value}`}`,
    isSpaced: false,
  };
}

/** How often names are written, for each kind of thing that they stand below. */
class NameCounts {
  readonly #heads: readonly (readonly [start: number, owner: FieldOwner])[];
  readonly #byOwner = new Map<FieldOwner, Map<string, number>>();
  readonly #all = new Map<string, number>();
  #next = 0;
  #owner: FieldOwner = 'plan';

  constructor(part: PlanPart) {
    this.#heads = [...thingsIn(part)].map(({ head, kind }) => [head.start, kind] as const).sort((a, b) => a[0] - b[0]);
  }

  /** Names come in the order of the file; `at` is where the line begins. */
  add(name: string, at: number): void {
    for (let head = this.#heads[this.#next]; head !== undefined && head[0] <= at; head = this.#heads[++this.#next]) {
      this.#owner = head[1];
    }
    const own = this.#byOwner.get(this.#owner) ?? new Map<string, number>();
    this.#byOwner.set(this.#owner, own);
    count(own, name);
    count(this.#all, name);
  }

  /** For what is no thing of its own, all names of the file. */
  of(owner: FieldOwner): ReadonlyMap<string, number> {
    return this.#byOwner.get(owner) ?? (isThing(owner) ? NO_COUNTS : this.#all);
  }
}

const NO_COUNTS: ReadonlyMap<string, number> = new Map();

function isThing(owner: FieldOwner): boolean {
  return owner === 'plan' || owner === 'phase' || owner === 'bead' || owner === 'gate' || owner === 'scenario';
}

function namesIn(counts: NameCounts, usual: (name: string) => string): Spelling['name'] {
  const names = new Map<string, string>();
  return (owner, field) => {
    const key = `${owner} ${field}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    let best: string | undefined;
    let most = 0;
    for (const [name, times] of counts.of(owner)) {
      if (times <= most || fieldOf(owner, name) !== field) continue;
      best = name;
      most = times;
    }
    const synonyms: readonly string[] = (SYNONYMS[owner] as Record<string, readonly string[]>)[field] ?? [];
    const name = best ?? usual(synonyms[0] ?? field);
    names.set(key, name);
    return name;
  };
}

const OWNERS: readonly FieldOwner[] = ['bead', 'phase', 'gate', 'scenario', 'plan', 'operations', 'workspace'];
const anyFields = new Map<string, boolean>();

function isAnyField(name: string): boolean {
  const known = anyFields.get(name);
  if (known !== undefined) return known;
  const isField = OWNERS.some((owner) => fieldOf(owner, name) !== undefined);
  if (anyFields.size > 2000) anyFields.clear();
  anyFields.set(name, isField);
  return isField;
}

function* linesOf(text: string): Iterable<readonly [line: string, at: number]> {
  let from = 0;
  for (let line = 0; line < MOST_LINES && from <= text.length; line++) {
    const end = text.indexOf('\n', from);
    yield [text.slice(from, end < 0 ? text.length : end), from];
    if (end < 0) return;
    from = end + 1;
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostFrequent<K>(counts: ReadonlyMap<K, number>): K | undefined {
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
