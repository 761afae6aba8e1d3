import { mentionAt } from '../language/mentions';
import { occurrencesOf, rangesAround } from '../language/occurrences';
import type { PlanSource } from '../language/planSource';
import { zoneAt } from '../language/zones';
import type { Plan, PlanPart, Reference, Thing, ThingKind } from '../model';
import { TOKEN, withoutLeadingZeros } from '../notation/ids';
import { expandRange } from '../plan/referenceRanges';
import { outsidePlans } from '../plan/references';
import type { Location, Range, TextEdit } from '../text';
import { firstDifference, meaningOf } from './meaning';
import { inOrder, type Outcome, type PlanEdits, planAfter, whyNotWritten } from './planEdits';

/** What would be renamed at an offset, and the characters to type over. */
export interface RenameTarget {
  readonly thing: Thing;
  readonly plan: Plan;
  readonly at: Location;
}

/** Undefined where no id stands; a title or a label that names something is none. */
export function renameTargetAt(source: PlanSource, file: string, offset: number): RenameTarget | undefined {
  const mention = mentionAt(source, file, offset);
  const part = source.part(file);
  if (mention === undefined || part === undefined || mention.thing.idAt === undefined) return undefined;
  const { thing, plan, start, end } = mention;
  if (!namesById(part, thing, mention)) return undefined;
  return { thing, plan, at: { file, start, end } };
}

/**
 * Gives a thing another id, everywhere in its plan's files and in `others`, the plans that may refer to it. What people
 * said word for word (block quotes) stays. The plan is read again as it would be then: when it would say anything else
 * than before under the new name, nothing is changed.
 */
export function renameId(source: PlanSource, thing: Thing, newId: string, others: readonly PlanSource[] = []): Outcome {
  const { plan } = source.snapshot;
  const wrong = whyNotId(plan, thing, newId);
  if (wrong !== undefined) return { refused: wrong };
  if (newId === thing.id) return { edits: new Map() };
  const edits = new Map<string, readonly TextEdit[]>();
  for (const each of [source, ...others.filter((other) => refersTo(other, plan))]) {
    for (const [file, changes] of editsIn(each, plan, thing, newId)) edits.set(file, changes);
  }
  for (const file of edits.keys()) {
    const part = [source, ...others].map((each) => each.part(file)).find((each) => each !== undefined);
    const reason = part === undefined ? undefined : whyNotWritten(part);
    if (reason !== undefined) return { refused: reason };
  }
  return changesMeaning(source, thing, newId, edits) ?? { edits };
}

const ID = new RegExp(`^${TOKEN}$`, 'u');
const LONGEST_ID = 60;

function whyNotId(plan: Plan, thing: Thing, newId: string): string | undefined {
  if (thing.idAt === undefined) return `This ${thing.kind} has no id in its file yet. Write one in front of its title.`;
  if (newId.length > LONGEST_ID || !ID.test(newId)) {
    return `“${newId.slice(0, LONGEST_ID)}” is no id. Use one word of letters, digits, dots and dashes, such as ${thing.id}.`;
  }
  const holder = plan.find(newId);
  if (holder === undefined || holder === thing) return undefined;
  const title = holder.title.value === '' ? '' : ` (${holder.title.value.slice(0, 60)})`;
  return `The ${holder.kind} ${holder.id}${title} has this id already. Choose another one.`;
}

function refersTo(other: PlanSource, plan: Plan): boolean {
  return other.snapshot.plan !== plan && outsidePlans(other.snapshot.plan).has(plan.id.toLowerCase());
}

function editsIn(source: PlanSource, plan: Plan, thing: Thing, newId: string): PlanEdits {
  const edits = new Map<string, TextEdit[]>();
  const add = ({ file, start, end }: Location, newText: string) => {
    const list = edits.get(file) ?? [];
    list.push({ range: { start, end }, newText });
    edits.set(file, list);
  };
  const ranges: Reference[] = [];
  const isFirst = plan.find(thing.id, thing.kind) === thing;
  if (source.snapshot.plan === plan && isFirst) {
    for (const file of plan.files) {
      const part = source.part(file);
      for (const { reference, ids } of rangesAround(source, file, thing)) {
        ranges.push(reference);
        if (part !== undefined) add(reference, renamedRange(part, plan, reference, ids, thing, newId));
      }
    }
  }
  for (const mention of occurrencesOf(source, plan, thing)) {
    const part = source.part(mention.file);
    if (part !== undefined && !namesById(part, thing, mention)) continue;
    const isVerbatim = part !== undefined && zoneAt(part, mention.start)?.kind === 'quote';
    const isInRange = ranges.some((range) => range.file === mention.file && holds(range, mention));
    if (!isVerbatim && !isInRange) add(mention, newId);
  }
  return new Map([...edits].map(([file, list]) => [file, inOrder(list)]));
}

/** Not by its title, nor by a label such as `US1`: these stay what they are. */
function namesById({ text }: PlanPart, { id }: Thing, { start, end }: Range): boolean {
  const word = withoutLeadingZeros(text.slice(start, end).toLowerCase());
  return id.toLowerCase().includes(word);
}

function holds(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** `B1–B4` with B2 called X: `B1, X, B3–B4`. It stays a range where one still says the same. */
function renamedRange(
  { text }: PlanPart,
  plan: Plan,
  reference: Reference,
  ids: readonly string[],
  { id, kind }: Thing,
  newId: string,
): string {
  const { start, end, value, through = '' } = reference;
  const between = text.slice(start + value.length, end - through.length);
  const wanted = ids.map((each) => (each === id ? newId : each));
  const scope = {
    has: (each: string) => each === newId || (each !== id && plan.indexOf(each, kind) >= 0),
    insertedPhases: plan.phases.map((phase) => phase.id).filter((each) => each.includes('.')),
  };
  const stands = (from: string, to: string, list: readonly string[]) => {
    const expanded = expandRange({ ...reference, value: from, through: to }, scope).map((each) => each.value);
    return expanded.join('\n') === list.join('\n');
  };
  const [from = '', to = ''] = [wanted[0], wanted.at(-1)];
  const shortEnd = to === wanted.at(-1) && id !== ids.at(-1) ? through : to;
  for (const last of [shortEnd, to]) if (stands(from, last, wanted)) return from + between + last;
  const place = wanted.indexOf(newId);
  const piece = (list: readonly string[]): string => {
    const [first = '', last = ''] = [list[0], list.at(-1)];
    return list.length > 2 && stands(first, last, list) ? first + between + last : list.join(', ');
  };
  return [wanted.slice(0, place), [newId], wanted.slice(place + 1)]
    .map(piece)
    .filter((each) => each !== '')
    .join(', ');
}

function changesMeaning(source: PlanSource, thing: Thing, newId: string, edits: PlanEdits): Outcome | undefined {
  const { plan } = source.snapshot;
  const isFirst = plan.find(thing.id, thing.kind) === thing;
  // Of two things with one id, the second gets a name that nothing refers to yet: there is nothing to hold it against.
  if (!isFirst) return undefined;
  const hasTwin = plan[LISTS[thing.kind]].some((each) => each !== thing && each.id === thing.id);
  if (hasTwin) return undefined;
  const renamed = (kind: ThingKind | undefined, id: string) => (kind === thing.kind && id === thing.id ? newId : id);
  const different = firstDifference(meaningOf(plan, { renamed }), meaningOf(planAfter(source, edits)));
  if (different === undefined) return undefined;
  const about = different.id === newId ? '' : ` (${different.kind} ${different.id})`;
  return {
    refused: `With the id ${newId} the plan would no longer say the same${about}. Choose an id that is built like the others, such as ${thing.id}.`,
  };
}

const LISTS = { phase: 'phases', bead: 'beads', gate: 'gates', scenario: 'scenarios' } as const;
