import type { PlanSource } from '../../language/planSource';
import type { PlanPart, Thing } from '../../model';

/** One place where a thing is told, as its file alone tells it. */
export interface Told<T extends Thing = Thing> {
  readonly part: PlanPart;
  readonly thing: T;
}

const LISTS = { phase: 'phases', bead: 'beads', gate: 'gates', scenario: 'scenarios' } as const;

/** Every telling of a thing, the one that counts as its place first. */
export function tellingsOf<T extends Thing>({ snapshot, part: partOf }: PlanSource, thing: T): readonly Told<T>[] {
  const { file, start } = thing.location;
  const isPlace = (told: Told<T>) => told.part.file === file && told.thing.location.start === start;
  const all = snapshot.plan.files.flatMap((each) => {
    const part = partOf(each);
    const things = (part?.[LISTS[thing.kind]] ?? []) as readonly T[];
    return part === undefined ? [] : things.flatMap((same) => (same.id === thing.id ? { part, thing: same } : []));
  });
  const place = all.filter(isPlace);
  // An id that the reader made up says nothing about another one made up elsewhere.
  return thing.idAt === undefined ? place : [...place, ...all.filter((told) => !isPlace(told))];
}
