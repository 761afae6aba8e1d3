import type { Plan, PlanPart, Reference, Thing, ThingKind } from '../model';
import { fieldOf } from '../notation/fields';
import { isStrongId, TOKEN } from '../notation/ids';
import { expandRange } from '../plan/referenceRanges';
import { isOutside, resolve } from '../plan/references';
import type { Location, Range } from '../text';
import { lineAt, lineBelow, linesAround } from './lines';
import type { PlanSource } from './planSource';
import { cellsOf, columnsAbove } from './tableColumns';
import { type WrittenId, writtenIdsBetween } from './writtenIds';
import { zoneAt } from './zones';

/** A place where a thing of this or another plan is named; exactly the characters of its id. */
export interface Mention extends Location {
  /** `name`: the thing is written here. `reference`: a field means it. `mention`: prose speaks of it. */
  readonly role: 'name' | 'reference' | 'mention';
  readonly thing: Thing;
  readonly plan: Plan;
  /** The field's reference; two mentions share one where it is a range. */
  readonly reference?: Reference;
  /** For a name or reference: the thing that it belongs to. */
  readonly by?: Thing;
}

interface Meant {
  readonly thing: Thing;
  readonly plan: Plan;
}

/** The mention around an offset; its end counts, as for a cursor behind the last letter. Looks at one line only. */
export function mentionAt(source: PlanSource, file: string, offset: number): Mention | undefined {
  const around = mentionsBetween(source, file, offset, offset);
  const touching = around.filter(({ start, end }) => start <= offset && offset <= end);
  return touching.find(({ end }) => offset < end) ?? touching[0];
}

/** The same, where the word in front of an id counts as well: all of `Gate G1` is about G1, and is the range. */
export function mentionWithWordAt(source: PlanSource, file: string, offset: number): (Location & Meant) | undefined {
  const mention = mentionAt(source, file, offset);
  if (mention !== undefined) return mention;
  const text = source.part(file)?.text ?? '';
  for (const { start, end, thing, plan } of mentionsBetween(source, file, offset, offset)) {
    const word = KIND_WORD.exec(text.slice(Math.max(0, start - LONGEST_WORD), start))?.[0];
    if (word !== undefined && start - word.length <= offset && offset < start) {
      return { file, start: start - word.length, end, thing, plan };
    }
  }
  return undefined;
}

const KIND_WORD = /\b(?:phase|stage|milestone|bead|task|gate|scenario|failure)[ \t]+$/i;
const LONGEST_WORD = 20;

/** All mentions on the lines that the stretch touches, in their order. */
export function mentionsBetween(source: PlanSource, file: string, from: number, to: number): readonly Mention[] {
  const part = source.part(file);
  if (part === undefined) return [];
  const { start, end } = linesAround(part.text, from, to);
  const written = writtenIdsBetween(part, start, end).filter(({ at }) => at.start >= start && at.end <= end);
  const taken = written.map(({ at }) => at);
  const mentions = [
    ...written.flatMap((id) => mentionsOf(source, part, id)),
    ...homesInTables(source, part, { start, end }),
    ...spokenOf(source, part, { start, end }, taken),
  ];
  return mentions.sort((a, b) => a.start - b.start).filter(isFirstAtItsPlace);
}

function isFirstAtItsPlace(mention: Mention, index: number, all: readonly Mention[]): boolean {
  const before = all[index - 1];
  return before === undefined || before.start !== mention.start || before.end !== mention.end;
}

// ── what the readers found ──────────────────────────────────────────────────────────────────────────────────────────

function mentionsOf(source: PlanSource, part: PlanPart, written: WrittenId): readonly Mention[] {
  const { plan } = source.snapshot;
  if (written.role === 'name') {
    const thing = thingNamedAt(plan, written.at, written.thing);
    return thing === undefined ? [] : [{ ...placeOf(written.at), role: 'name', thing, plan, by: thing }];
  }
  const { reference, by, likely } = written;
  if (reference.through !== undefined) return rangeEnds(plan, part, written);
  const found = resolveAnywhere(source, reference, likely);
  return found === undefined ? [] : [{ ...placeOf(reference), role: 'reference', ...found, reference, by }];
}

/** Of two different things with one id, the one that is written there; a thing told twice is one. */
function thingNamedAt(plan: Plan, at: Location, { id, kind }: Thing): Thing | undefined {
  const first = plan.find(id, kind);
  if (first === undefined || isPlaceOf(first, at)) return first;
  const things: readonly Thing[] = { phase: plan.phases, bead: plan.beads, gate: plan.gates, scenario: plan.scenarios }[
    kind
  ];
  return things.find((thing) => thing.id === id && isPlaceOf(thing, at)) ?? first;
}

function isPlaceOf({ idAt }: Thing, { file, start }: Location): boolean {
  return idAt?.file === file && idAt.start === start;
}

/** The two ends of `B1–B4`, each at its own characters. */
function rangeEnds(
  plan: Plan,
  part: PlanPart,
  { reference, by, likely }: WrittenId & { role: 'reference' },
): Mention[] {
  const { file, start, end, value, through = '' } = reference;
  const ids = expandRange(reference, { has: (id) => plan.find(id) !== undefined, insertedPhases: [] });
  const places: readonly (readonly [string | undefined, Range, string])[] = [
    [ids[0]?.value, { start, end: start + value.length }, value],
    [ids.at(-1)?.value, { start: end - through.length, end }, through],
  ];
  return places.flatMap(([id, at, text]) => {
    if (id === undefined || part.text.slice(at.start, at.end) !== text) return [];
    const thing = resolve(plan, { ...reference, value: id }, likely);
    return thing === undefined ? [] : [{ file, ...at, role: 'reference' as const, thing, plan, reference, by }];
  });
}

function resolveAnywhere(
  { snapshot: { plan, others } }: PlanSource,
  reference: Reference,
  likely?: ThingKind,
): Meant | undefined {
  const isElsewhere = isOutside(plan, reference);
  const home = isElsewhere && reference.plan !== undefined ? others?.planById(reference.plan) : plan;
  const thing = home === undefined ? undefined : resolve(home, { ...reference, plan: home.id }, likely);
  return home === undefined || thing === undefined ? undefined : { thing, plan: home };
}

function placeOf({ file, start, end }: Location): Location {
  return { file, start, end };
}

// ── what tables say ─────────────────────────────────────────────────────────────────────────────────────────────────

/** The phase or whole that a row of beads names in a column of its own: there, a number alone is an id. */
function homesInTables(source: PlanSource, part: PlanPart, { start, end }: Range): readonly Mention[] {
  if (part.notation !== 'markdown') return [];
  const { plan } = source.snapshot;
  const mentions: Mention[] = [];
  for (let line: number | undefined = start; line !== undefined && line <= end; line = lineBelow(part.text, line)) {
    if (part.text[line] !== '|') continue;
    const columns = columnsAbove(part, line) ?? [];
    let at = line + 1;
    for (const [index, cell] of cellsOf(lineAt(part.text, line)).entries()) {
      const field = fieldOf('bead', columns[index] ?? '');
      const kind = field === 'phase' ? 'phase' : field === 'parent' ? 'bead' : undefined;
      const id = cell.trim().replace(/^(?:phase|bead)\s+/i, '');
      const thing = kind === undefined ? undefined : findExactly(plan, id, kind);
      const from = at + cell.lastIndexOf(id);
      if (thing !== undefined) {
        mentions.push({ file: part.file, start: from, end: from + id.length, role: 'mention', thing, plan });
      }
      at += cell.length + 1;
    }
  }
  return mentions;
}

// ── what prose says ─────────────────────────────────────────────────────────────────────────────────────────────────

const KINDS: ReadonlyMap<string, ThingKind> = new Map([
  ['phase', 'phase'],
  ['stage', 'phase'],
  ['milestone', 'phase'],
  ['bead', 'bead'],
  ['task', 'bead'],
  ['gate', 'gate'],
  ['scenario', 'scenario'],
  ['failure', 'scenario'],
]);
const WORD = new RegExp(TOKEN, 'gu');
const DIVIDER = /^\s*(?:[,;/&+–—-]|and|or|to|through|,\s*and|,\s*or)\s*$/;
/** Between `Phase` and its id: `Phase J`, `phase: "J"`, `**Phase** J`. */
const BEHIND_KIND = /^[\s:"'`*_]{1,6}$/;

interface Word extends Range {
  readonly text: string;
}

/** Ids in text that is no reference of any field. `taken` are those that are, in their order. */
function spokenOf(source: PlanSource, part: PlanPart, range: Range, taken: readonly Range[]): readonly Mention[] {
  const { text, file } = part;
  const { plan } = source.snapshot;
  const mentions: Mention[] = [];
  let kind: ThingKind | undefined;
  let before: Word | undefined;
  /** Whether the word before is a kind's name, or a name that such a word leads up to. */
  let isLed = false;
  let next = 0;
  for (const word of wordsBetween(text, range)) {
    const gap = before === undefined ? '' : text.slice(before.end, word.start);
    const named = KINDS.get(word.text.toLowerCase().replace(/s$/, ''));
    if (named !== undefined) {
      kind = named;
      isLed = true;
      before = word;
      continue;
    }
    if (/^(?:and|or|to|through)$/.test(word.text) && isLed) continue;
    const follows: boolean = isLed && (BEHIND_KIND.test(gap) || DIVIDER.test(gap));
    while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= word.start) next++;
    const isKnownPlace = (taken[next]?.start ?? Number.POSITIVE_INFINITY) < word.end;
    const found: Meant | undefined = isKnownPlace
      ? undefined
      : meant(source, part, word, follows ? kind : undefined, before);
    if (found !== undefined) mentions.push({ file, start: word.start, end: word.end, role: 'mention', ...found });
    isLed = follows && (found !== undefined || isKnownPlace || plan.find(word.text, kind) !== undefined);
    before = word;
  }
  return mentions;
}

/** Words that may be ids; `B1-B4` is two where no id is written so. */
function* wordsBetween(text: string, { start, end }: Range): Iterable<Word> {
  for (const match of text.slice(start, end).matchAll(WORD)) {
    const word = match[0].replace(/['’]s$/, '');
    const at = start + match.index;
    yield { text: word, start: at, end: at + word.length };
  }
}

function meant(
  source: PlanSource,
  part: PlanPart,
  word: Word,
  kind: ThingKind | undefined,
  before: Word | undefined,
): Meant | undefined {
  const { plan, others } = source.snapshot;
  const { text } = part;
  const zone = zoneAt(part, word.start);
  if (zone !== undefined && zone.kind !== 'quote' && !isStrongId(word.text)) return undefined;
  const [previous = '', next = ''] = [text[word.start - 1], text[word.end]];
  if (/[@$\\=]/.test(previous) || next === '\\') return undefined;
  if (previous === '/' && before !== undefined && before.end === word.start - 1) {
    const other = others?.planById(before.text);
    const thing = other === undefined ? undefined : findExactly(other, word.text);
    if (other !== undefined && thing !== undefined) return { thing, plan: other };
    if (findExactly(plan, before.text) === undefined) return undefined;
  } else if (previous === '/') return undefined;
  if (next === '/' && findExactly(plan, nextWord(text, word.end + 1)) === undefined) return undefined;
  const thing = kind === undefined ? undefined : findExactly(plan, word.text, kind);
  if (thing !== undefined) return { thing, plan };
  const alone = speaksForItself(word.text) ? findExactly(plan, word.text) : undefined;
  return alone === undefined ? undefined : { thing: alone, plan };
}

function findExactly(plan: Plan, id: string, kind?: ThingKind): Thing | undefined {
  const thing = id === '' ? undefined : plan.find(id, kind);
  return thing?.id === id && thing.idAt !== undefined ? thing : undefined;
}

function nextWord(text: string, from: number): string {
  const [match] = text.slice(from, from + 120).matchAll(WORD);
  return match?.index === 0 ? match[0] : '';
}

/** Numbers, priorities, single letters and words in capitals are ids only where a word such as `Phase` leads up to them. */
function speaksForItself(id: string): boolean {
  if (/^P[0-4]$/.test(id) || !/\p{L}/u.test(id)) return false;
  return /\d/.test(id) || /^\p{Lu}[\p{Lu}\d]*[-_][\p{Lu}\d_-]+$/u.test(id);
}
