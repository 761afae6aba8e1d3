import { commands, type PlanCommand } from './commands';
import { type Answer, type Context, chosenPlans, type OpenedSession, openSession } from './context';
import type { LoadedPlans } from './plans';
import { problemOf } from './problem';
import { showText } from './showText';
import { type Terminal, visible } from './terminal';
import type { Options } from './usage';
import { UsageError } from './usageError';

/** A plan as a list of resources tells it. */
export interface ListedPlan {
  readonly id: string;
  readonly title: string;
  readonly phases: readonly { readonly id: string; readonly title: string }[];
  readonly beads: readonly string[];
  readonly gates: readonly string[];
}

/** What an agent was refused, or got wrong. */
export interface AgentProblem {
  readonly code: string;
  readonly message: string;
  readonly advice: string | null;
}

export interface ConnectionOptions {
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly plan: string | undefined;
}

/** Nobody watches; what a command says beside its answer is not for agents. */
const silent: Terminal = { out: () => undefined, err: () => undefined, hasColour: false };

/** The plans of one server, read anew for each call; calls are answered one after the other. */
export class AgentConnection {
  /** Who acts, when a call does not say. */
  actor: string | undefined;
  readonly #options: ConnectionOptions;
  #opened: Promise<OpenedSession> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Throws what the command throws. */
  answer(command: PlanCommand, words: readonly string[], options: Options): Promise<Answer> {
    return this.#inTurn(command, words, options, async (context) => {
      if (context.loaded.snapshots.length === 0) throw noPlan(context.loaded);
      return await commands[command](context);
    });
  }

  plans(): Promise<readonly ListedPlan[]> {
    return this.#inTurn('show', [], {}, async (context) =>
      chosenPlans(context, context.loaded).map(({ plan }) => ({
        id: plan.id,
        title: visible(plan.title),
        phases: plan.phases.map(({ id, title }) => ({ id, title: visible(title.value) })),
        beads: plan.beads.map(({ id }) => id),
        gates: plan.gates.map(({ id }) => id),
      })),
    );
  }

  /** One plan with all states, for people. */
  overview(plan: string): Promise<string> {
    return this.#inTurn('show', [], { plan }, async (context) =>
      chosenPlans(context, context.loaded)
        .map((snapshot) => showText(context.terminal, snapshot))
        .join('\n\n'),
    );
  }

  /** What was wrong with a call. A fault of the program is thrown again. */
  problemOf(error: unknown): AgentProblem {
    const problem = problemOf(error, this.#options.cwd);
    if (problem === undefined) throw error;
    const { code, message, advice = null } = problem;
    return { code, message, advice };
  }

  #inTurn<T>(
    command: PlanCommand,
    words: readonly string[],
    options: Options,
    work: (context: Context) => Promise<T>,
  ): Promise<T> {
    const result = this.#last.then(async () => work(await this.#context(command, words, options)));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #context(command: PlanCommand, words: readonly string[], options: Options): Promise<Context> {
    const { paths, cwd, plan } = this.#options;
    this.#opened ??= openSession(paths, cwd);
    const { session, planId, phaseId } = await this.#opened;
    const as = options.as ?? this.actor;
    const call = { command, words, paths, options: { ...options, ...(as !== undefined && { as }) } };
    const loaded = await session.load();
    return { call, cwd, terminal: silent, session, loaded, planId: options.plan ?? plan ?? planId, phaseId };
  }
}

function noPlan({ troubles }: LoadedPlans): UsageError {
  const why = troubles.map(({ path, why }) => ` ${path}: ${why}.`).join('');
  return new UsageError(`no plan was found in the folder of the server.${why}`, 'no-plan');
}
