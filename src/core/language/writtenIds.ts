import type { PlanPart, Reference, Thing, ThingKind } from '../model';
import type { Location } from '../text';

/** An id that a file gives to a thing, or a reference that its readers found. */
export type WrittenId =
  | { readonly role: 'name'; readonly at: Location; readonly thing: Thing }
  | {
      readonly role: 'reference';
      readonly at: Location;
      readonly reference: Reference;
      /** Whose field it stands in. */
      readonly by: Thing;
      /** What the field suggests where the reference names no kind. */
      readonly likely?: ThingKind;
    };

const known = new WeakMap<PlanPart, readonly WrittenId[]>();

/** In the order of the file. Worked out once for each reading. */
export function writtenIds(part: PlanPart): readonly WrittenId[] {
  const before = known.get(part);
  if (before !== undefined) return before;
  const ids = collect(part).sort((a, b) => a.at.start - b.at.start || b.at.end - a.at.end);
  known.set(part, ids);
  return ids;
}

/** Those that touch the stretch; the others cost a binary search. */
export function writtenIdsBetween(part: PlanPart, from: number, to: number): readonly WrittenId[] {
  const ids = writtenIds(part);
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle]?.at.end ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const found: WrittenId[] = [];
  for (let index = low; index < ids.length; index++) {
    const id = ids[index];
    if (id === undefined || id.at.start > to) break;
    found.push(id);
  }
  return found;
}

function collect({ phases, beads, gates, scenarios }: PlanPart): WrittenId[] {
  const ids: WrittenId[] = [];
  const refer = (by: Thing, references: readonly Reference[], likely?: ThingKind) => {
    for (const reference of references) {
      ids.push({ role: 'reference', at: reference, reference, by, ...(likely && { likely }) });
    }
  };
  for (const thing of [...phases, ...beads, ...gates, ...scenarios]) {
    if (thing.idAt !== undefined) ids.push({ role: 'name', at: thing.idAt, thing });
  }
  for (const phase of phases) refer(phase, phase.dependsOn, 'phase');
  for (const bead of beads) {
    refer(bead, bead.blockedBy);
    refer(bead, bead.failureScenarios, 'scenario');
  }
  for (const gate of gates) {
    refer(gate, gate.blockedBy);
    refer(gate, gate.blocks);
  }
  return ids;
}
