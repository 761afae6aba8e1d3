import type { PlanSnapshot, ReadyItem } from '../core/snapshot';

export interface PlanItem {
  readonly snapshot: PlanSnapshot;
  readonly item: ReadyItem;
}

/** After all that have a priority, as in a single plan. */
const noPriority = 5;

interface Queue {
  readonly snapshot: PlanSnapshot;
  at: number;
  /** Of the item at the front; smaller comes first. */
  urgency: number;
}

/**
 * The first `most` items of what is next in all plans: each plan's own order stays, and between plans the more urgent
 * comes first, then what unblocks more. Time is `most` × plans.
 */
export function upNext(snapshots: readonly PlanSnapshot[], most: number): readonly PlanItem[] {
  const queues = snapshots.map((snapshot) => advance({ snapshot, at: -1, urgency: 0 }));
  const merged: PlanItem[] = [];
  while (merged.length < most) {
    let best: Queue | undefined;
    for (const queue of queues) {
      if (frontOf(queue) !== undefined && (best === undefined || comesBefore(queue, best))) best = queue;
    }
    const item = best && frontOf(best);
    if (best === undefined || item === undefined) break;
    merged.push({ snapshot: best.snapshot, item });
    advance(best);
  }
  return merged;
}

export function countNext(snapshots: readonly PlanSnapshot[]): number {
  return snapshots.reduce((count, { schedule }) => count + schedule.next.length, 0);
}

function frontOf({ snapshot, at }: Queue): ReadyItem | undefined {
  return snapshot.schedule.next[at];
}

function comesBefore(a: Queue, b: Queue): boolean {
  return (a.urgency - b.urgency || (frontOf(b)?.unblocks ?? 0) - (frontOf(a)?.unblocks ?? 0)) < 0;
}

/** A gate has no priority: it is taken for as urgent as what its plan puts before it. */
function advance(queue: Queue): Queue {
  queue.at++;
  const item = frontOf(queue);
  if (item?.kind === 'bead') queue.urgency = item.bead.priority?.value ?? noPriority;
  return queue;
}
