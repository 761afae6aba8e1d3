import type { PlanPart, Thing } from '../model';

/** Every thing of a file, in no order. */
export function* thingsIn({ phases, beads, gates, scenarios }: PlanPart): Iterable<Thing> {
  yield* phases;
  yield* beads;
  yield* gates;
  yield* scenarios;
}

/** The innermost thing that an offset is in, or that ended with nothing but blank space up to there. Linear. */
export function thingAround(part: PlanPart, offset: number): Thing | undefined {
  let innermost: Thing | undefined;
  const blankFrom = offset - trailingBlank(part.text, offset);
  for (const thing of thingsIn(part)) {
    const { start, end } = thing.location;
    if (start > offset || end < blankFrom) continue;
    if (innermost === undefined || start >= innermost.location.start) innermost = thing;
  }
  return innermost;
}

function trailingBlank(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  return offset - at;
}
