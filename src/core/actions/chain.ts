import type { Bead, Gate } from '../model';
import type { Blocker, PlanSnapshot } from '../snapshot';

const DEEPEST = 6;
const MOST_NAMED = 3;

/**
 * Why a bead has to wait, to its root: `blocked by ft-0001.7, which waits for Gate G1, due`. Of many reasons the first
 * few are named. Empty when nothing has to come first, whatever the bead itself says.
 */
export function chainOf(snapshot: PlanSnapshot, bead: Bead): string {
  return chain(snapshot, snapshot.schedule.blockersOfWork(bead, DEEPEST), bead.phase);
}

/** The same for a gate that is not due. */
export function chainOfGate(snapshot: PlanSnapshot, gate: Gate): string {
  return chain(snapshot, snapshot.schedule.blockersOf(gate, DEEPEST), undefined);
}

function chain(snapshot: PlanSnapshot, reasons: readonly Blocker[], home: string | undefined): string {
  if (reasons.length === 0) return '';
  const [first, ...others] = reasons.slice(0, MOST_NAMED).map((reason) => reasonOf(snapshot, reason, home));
  const left = reasons.length - MOST_NAMED;
  return [`blocked by ${first}`, ...others, ...(left > 0 ? [`${left} more`] : [])].join('; by ');
}

function reasonOf(snapshot: PlanSnapshot, blocker: Blocker, home: string | undefined): string {
  const [next] = blocker.because;
  const name = nameOfBlocker(snapshot, blocker, home);
  return next === undefined
    ? name
    : `${name}, which waits for ${reasonOf(snapshot, next, blocker.kind === 'phase' ? blocker.id : home)}`;
}

function nameOfBlocker(
  { plan, schedule }: PlanSnapshot,
  { kind, id, because }: Blocker,
  home: string | undefined,
): string {
  switch (kind) {
    case 'missing':
      return `${id}, which is not in the plan`;
    case 'unnamed':
      return 'something that it does not name';
    case 'cycle':
      return `${id}, which waits for this one in turn`;
    case 'gate':
      return because.length > 0 ? `Gate ${id}` : `Gate ${id}, ${gateWord(schedule.gateState(id))}`;
    case 'phase': {
      const phase = plan.find(id, 'phase');
      const isHome = phase?.kind === 'phase' && home === phase.id;
      if (!isHome || phase.kind !== 'phase') return `Phase ${id}`;
      const [last] = phase.approvals.slice(-1);
      return last === undefined
        ? `the approval of Phase ${id}`
        : `the approval of Phase ${id}, which was changed since ${last.by} approved it`;
    }
    case 'bead': {
      const state = schedule.beadState(id);
      return because.length > 0 || plan.find(id, 'bead') === undefined ? id : `${id}, ${state.replace('_', ' ')}`;
    }
  }
}

function gateWord(state: string): string {
  return state === 'adjusted' ? 'to be adjusted' : state;
}
