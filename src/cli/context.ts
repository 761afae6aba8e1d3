import type { PlanSnapshot } from '../core/snapshot';
import { phasePlaceOf } from './phasePlace';
import { choosePlans, type LoadedPlans, PlanSession } from './plans';
import type { Terminal } from './terminal';
import type { Call } from './usage';

/** What every command gets. */
export interface Context {
  readonly call: Call;
  readonly cwd: string;
  readonly terminal: Terminal;
  readonly session: PlanSession;
  /** As read when the command began. */
  readonly loaded: LoadedPlans;
  /** The one plan that is meant, where one is: by `--plan`, or by the worktree of a phase. */
  readonly planId: string | undefined;
  /** Id of the phase whose worktree this is. */
  readonly phaseId: string | undefined;
}

/** What a command has to say. */
export interface Answer {
  readonly data: object;
  /** The same for people. */
  readonly text: string;
  /** 0 where nothing else is said. */
  readonly exitCode?: number;
}

export interface OpenedSession extends Pick<Context, 'session' | 'planId' | 'phaseId'> {}

/** Where plans are looked for: in the worktree of a phase, when nothing else is named, where that phase's plan is. */
export async function openSession(paths: readonly string[], cwd: string): Promise<OpenedSession> {
  const place = paths.length === 0 ? await phasePlaceOf(cwd) : undefined;
  return {
    session: new PlanSession(place?.paths ?? paths, cwd),
    planId: place?.record.plan,
    phaseId: place?.record.phase,
  };
}

export function chosenPlans({ planId }: Context, { snapshots }: LoadedPlans): readonly PlanSnapshot[] {
  return choosePlans(snapshots, planId);
}
