import type { Bead, PlanPart, Thing, ThingKind } from '../../model';
import { parseReferences } from '../../notation/references';
import type { Range } from '../../text';
import type { PlanSource } from '../planSource';
import { writtenIds } from '../writtenIds';
import type { Completion } from './completion';
import { closesCycle } from './cycles';
import type { CompletionPlace } from './place';

/** The word that is being written. */
export interface TypedWord extends Range {
  /** Where it ends behind the cursor. */
  readonly replaceEnd: number;
}

export function wordAt(text: string, from: number, offset: number): TypedWord {
  const typed = /[\p{L}\p{N}][\p{L}\p{N}_.'’-]*$/u.exec(text.slice(from, offset))?.[0].length ?? 0;
  const rest = /^[\p{L}\p{N}_.'’-]*/u.exec(text.slice(offset, offset + 100))?.[0].length ?? 0;
  return { start: offset - typed, end: offset, replaceEnd: offset + rest };
}

/** What each field of references leads to; kinds in the order in which they are offered. */
const KINDS: Readonly<Record<string, readonly ThingKind[]>> = {
  'phase dependsOn': ['phase', 'gate', 'bead'],
  'bead blockedBy': ['bead', 'gate', 'phase'],
  'bead blocks': ['bead', 'gate', 'phase'],
  'bead ifItFails': ['scenario'],
  'bead phase': ['phase'],
  'bead parent': ['bead'],
  'gate blockedBy': ['bead', 'gate', 'phase'],
  'gate blocks': ['phase', 'bead', 'gate'],
  'gate phase': ['phase'],
};

/** Undefined for a field that holds no references. */
export function idsForField(
  source: PlanSource,
  part: PlanPart,
  place: CompletionPlace & { readonly kind: 'value' },
  offset: number,
): readonly Completion[] | undefined {
  const kinds = KINDS[`${place.owner} ${place.field}`];
  if (kinds === undefined) return undefined;
  const { thing, field } = place;
  const { plan } = source.snapshot;
  const word = wordAt(part.text, place.from, offset);
  const rest = place.value.slice(0, word.start - place.from) + place.value.slice(word.replaceEnd - place.from);
  const all = place.otherItems === undefined ? rest : `${place.otherItems}\n${rest}`;
  const present = new Set(
    parseReferences(all.replace(/^[ \t]*[-*+][ \t]+/gm, '').replaceAll('\n', ', '), {
      file: part.file,
      start: 0,
      end: 0,
    }).map(({ value }) => value.toLowerCase()),
  );
  const isBlocker = field === 'blockedBy' || field === 'dependsOn' || field === 'blocks';
  const isWaitable = thing !== undefined && thing.kind !== 'scenario' && isBlocker;
  const closes = isWaitable ? closesCycle(plan, thing, field === 'blocks' ? 'blocks' : 'blockedBy') : () => false;
  const lead = part.text.slice(place.from, word.start);
  const wordOf = wordsBefore(source, part, place, lead);
  const home = thing?.kind === 'bead' ? thing.phase : undefined;
  const candidates = kinds.flatMap((kind) => orderFor(source, kind, home));
  const left = candidates.filter((other) => other !== thing && !present.has(other.id.toLowerCase()));
  const offered = left.map((other) => idCompletion(other, wordOf(other), word, closes(other)));
  return [...offered.filter(({ against }) => against === undefined), ...offered.filter(({ against }) => against)];
}

/** Ids behind a word such as `Gate`. */
export function idsOfKind(
  source: PlanSource,
  part: PlanPart,
  kind: ThingKind,
  from: number,
  offset: number,
): readonly Completion[] {
  const word = wordAt(part.text, from, offset);
  return orderFor(source, kind, undefined).map((thing) => idCompletion(thing, '', word, false));
}

function idCompletion(
  thing: Thing,
  before: string,
  { start, end, replaceEnd }: TypedWord,
  closes: boolean,
): Completion {
  const { id, title } = thing;
  return {
    kind: 'id',
    label: id,
    detail: title.value,
    newText: before + id,
    range: { start, end },
    replaceEnd,
    filterText: `${before}${id} ${title.value}`,
    thing,
    ...(closes && { against: 'cycle' as const }),
  };
}

/** What can still be waited for first, of the same phase before others; in the order of the plan. */
function orderFor(
  { snapshot: { plan, schedule } }: PlanSource,
  kind: ThingKind,
  home: string | undefined,
): readonly Thing[] {
  const named = (things: readonly Thing[]) => things.filter(({ idAt }) => idAt !== undefined);
  if (kind === 'phase') return named(plan.phases);
  if (kind === 'gate') return named(plan.gates);
  if (kind === 'scenario') return named(plan.scenarios);
  const rank = (bead: Bead) =>
    schedule.beadState(bead.id) === 'closed' ? 2 : home !== undefined && bead.phase === home ? 0 : 1;
  const groups: Bead[][] = [[], [], []];
  for (const bead of plan.beads) if (bead.idAt !== undefined) groups[rank(bead)]?.push(bead);
  return groups.flat();
}

/** What is written before an id so that it is understood: `Phase ` before `2`, `see Scenario ` where nothing stands yet. */
function wordsBefore(
  { snapshot: { plan } }: PlanSource,
  part: PlanPart,
  { owner, field }: CompletionPlace & { readonly kind: 'value' },
  lead: string,
): (thing: Thing) => string {
  const kindWord = /(phase|gate|scenario|bead|task)s?\s*$/i.test(lead);
  if (kindWord || field === 'phase' || field === 'parent') return () => '';
  if (field === 'ifItFails') {
    const see = part.notation === 'markdown' && lead.trim() === '' ? 'see ' : '';
    return () => `${see}Scenario `;
  }
  if (part.notation !== 'markdown') return () => '';
  const phaseWord = owner !== 'phase' || writesPhaseWord(part) ? 'Phase ' : '';
  return ({ kind, id }) =>
    kind !== 'phase' ? '' : plan.find(id)?.kind === 'phase' && /\p{L}.*\d/u.test(id) ? '' : phaseWord;
}

/** Whether the file writes `Depends on: Phase 1` rather than `Depends on: 1`. The first phase that depends on one decides. */
function writesPhaseWord(part: PlanPart): boolean {
  for (const written of writtenIds(part)) {
    if (written.role !== 'reference' || written.by.kind !== 'phase') continue;
    return /phases?\s+$/i.test(part.text.slice(Math.max(0, written.at.start - 12), written.at.start));
  }
  return true;
}
