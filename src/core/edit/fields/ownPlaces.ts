import type { Thing } from '../../model';
import type { Location } from '../../text';

/** Places of what a thing says of itself, in its own file. */
export function ownPlaces(thing: Thing): readonly Location[] {
  const places = placesOf(thing).flatMap((place) => place ?? []);
  const { file, start, end } = thing.location;
  return places.filter((at) => at.file === file && at.start >= start && at.end <= end);
}

function placesOf(thing: Thing): readonly (Location | readonly Location[] | undefined)[] {
  switch (thing.kind) {
    case 'bead':
      return [
        thing.priority,
        thing.blockedBy,
        thing.doneWhen,
        thing.ifItFails,
        thing.owner,
        thing.estimate,
        thing.statusAt,
        thing.type,
        thing.evidence,
        thing.what,
      ];
    case 'phase':
      return [thing.dependsOn, thing.objective, thing.doneMeans, thing.status, thing.constraints];
    case 'scenario':
      return [thing.detection, thing.recovery];
    case 'gate':
      return [thing.blockedBy, thing.blocks, thing.decision];
  }
}
