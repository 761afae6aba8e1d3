import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { toUri } from '../convert';
import type { Phase, Plan } from '../core/model';
import { exists } from '../git/places';
import type { Repository } from '../git/repository';
import type { Git, GitCall } from '../git/runGit';
import { gitFromSettings } from '../gitAccess';
import { messageOf } from '../log';
import type { PhaseDecoration, PhaseDecorator } from '../phaseDecorations';
import type { Services } from '../services';
import { decorationOf } from './decoration';
import { homeOf } from './home';
import { workspaceNames } from './naming';
import type { PhaseWorkspace } from './phaseWorkspace';
import { mainFile } from './places';
import { type RecordedWorktree, recordedWorktrees, worktreeOfPhase } from './recorded';
import { Repositories } from './repositories';
import { workspaceSettings } from './settings';
import { type Standing, standingOf } from './standing';
import { GitWatcher } from './watch';

interface RepositoryState {
  readonly repository: Repository;
  readonly worktrees: readonly RecordedWorktree[];
  /** By path of the worktree. */
  readonly standings: ReadonlyMap<string, Standing>;
}

/** At most this many runs of git at a time while looking at worktrees. */
const concurrency = 2;
/** Milliseconds without news before a look: plans come by the hundred in a scan, changes in git folders in flurries. */
const quiet = 300;

/** Knows the phases' worktrees of all plans, for the tree. Looks when something happens; never polls. */
export class PhaseWorkspaces implements PhaseDecorator, vscode.Disposable {
  readonly #services: Services;
  readonly #repositories = new Repositories();
  readonly #watcher = new GitWatcher(() => this.refreshSoon());
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listening: vscode.Disposable;

  /** By the shared git folder. */
  #states: ReadonlyMap<string, RepositoryState> = new Map();
  /** The shared git folder of each plan, by plan key, with what that was found from. */
  #homes: ReadonlyMap<string, { readonly home: string | undefined; readonly from: string }> = new Map();
  #running: { readonly done: Promise<void>; readonly stop: AbortController } | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  readonly onDidChange = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    this.#listening = vscode.Disposable.from(
      services.index.onDidChange(() => this.#plansChanged()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.refreshSoon();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.refreshSoon()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.refreshSoon()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('phasewise.workspaces') && !event.affectsConfiguration('git.path')) return;
        this.#repositories.forget();
        this.refreshSoon();
      }),
    );
    this.refreshSoon();
  }

  describe(planKey: string, phaseId: string): PhaseDecoration | undefined {
    const workspace = this.find(planKey, phaseId);
    return workspace === undefined ? undefined : decorationOf(workspace);
  }

  /** From memory. */
  find(planKey: string, phaseId: string): PhaseWorkspace | undefined {
    const state = this.#states.get(this.#homes.get(planKey)?.home ?? '');
    const plan = this.#services.index.planByKey(planKey)?.plan;
    const phase = plan?.find(phaseId, 'phase');
    if (state === undefined || plan === undefined || phase?.kind !== 'phase') return undefined;
    const branch = () => branchesOf(plan, state.repository)(phase);
    const found = worktreeOfPhase(state.worktrees, plan.id, phase.id, branch);
    if (found === undefined) return undefined;
    const standing = state.standings.get(found.worktree.path);
    return { ...found, repository: state.repository, ...(standing === undefined ? {} : { standing }) };
  }

  /** Once it is quiet, and no scan is under way. */
  refreshSoon(): void {
    if (this.#disposed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#services.index.whenScanned().then(() => this.refresh()), quiet);
  }

  /** Looks again at all worktrees. A call during a run makes it run once more. */
  refresh(): Promise<void> {
    if (this.#disposed) return Promise.resolve();
    if (this.#running !== undefined) {
      this.#again = true;
      return this.#running.done;
    }
    const stop = new AbortController();
    const done = this.#look(stop.signal)
      .catch((error: unknown) => this.#services.log.warn(`Phase workspaces: ${messageOf(error)}`))
      .then(async () => {
        this.#running = undefined;
        if (!this.#again) return;
        this.#again = false;
        await this.refresh();
      });
    this.#running = { done, stop };
    return done;
  }

  dispose(): void {
    this.#disposed = true;
    this.#running?.stop.abort();
    clearTimeout(this.#timer);
    this.#listening.dispose();
    this.#watcher.dispose();
    this.#changed.dispose();
  }

  /** A plan that was not there before, or names another repository, has to be looked at; any other change not. */
  #plansChanged(): void {
    const plans = this.#services.index.plans();
    if (plans.some(({ plan }) => this.#homes.get(plan.key)?.from !== originOf(plan))) this.refreshSoon();
  }

  async #look(signal: AbortSignal): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    await this.#repositories.lookAgain();
    const git = gitFromSettings(this.#services.log);
    const homes = new Map<string, { home: string | undefined; from: string }>();
    const repositories = new Map<string, { readonly repository: Repository; readonly plans: Plan[] }>();
    for (const { plan } of this.#services.index.plans()) {
      const repository = await this.#repositories.of(git, plan, { signal });
      homes.set(plan.key, { home: repository?.commonDir, from: originOf(plan) });
      if (repository === undefined) continue;
      const known = repositories.get(repository.commonDir);
      if (known === undefined) repositories.set(repository.commonDir, { repository, plans: [plan] });
      else known.plans.push(plan);
    }
    const states = new Map<string, RepositoryState>();
    for (const [home, { repository, plans }] of repositories) {
      const state = await this.#lookAt(git, repository, plans, { signal }).catch((error: unknown) => {
        this.#services.log.warn(`${home}: ${messageOf(error)}`);
        return undefined;
      });
      if (state !== undefined) states.set(home, state);
    }
    if (signal.aborted) return;
    await this.#watcher.watch([...repositories.keys()]);
    const before = [this.#homes, this.#states];
    this.#homes = homes;
    this.#states = states;
    if (!isDeepStrictEqual(before, [homes, states])) this.#changed.fire();
  }

  async #lookAt(git: Git, repository: Repository, plans: readonly Plan[], call: GitCall): Promise<RepositoryState> {
    const worktrees = await recordedWorktrees(git, repository, call);
    const wanted = worktreesOf(plans, worktrees, repository);
    const standings = new Map<string, Standing>();
    const look = async (): Promise<void> => {
      for (let next = wanted.pop(); next !== undefined; next = wanted.pop()) {
        const { path } = next.worktree;
        if (!(await exists(path))) continue;
        const standing = await standingOf(git, path, next.record?.base, call).catch(() => undefined);
        if (standing !== undefined) standings.set(path, standing);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, look));
    return { repository, worktrees, standings };
  }
}

/** Those that belong to a phase; the others cost nothing more than their line in git's list. */
function worktreesOf(
  plans: readonly Plan[],
  worktrees: readonly RecordedWorktree[],
  repository: Repository,
): RecordedWorktree[] {
  if (worktrees.length === 0) return [];
  const found = new Set<RecordedWorktree>();
  for (const plan of plans) {
    const branch = branchesOf(plan, repository);
    for (const phase of plan.phases) {
      const own = worktreeOfPhase(worktrees, plan.id, phase.id, () => branch(phase));
      if (own !== undefined) found.add(own);
    }
  }
  return [...found];
}

/** What decides which repository a plan belongs to. */
function originOf(plan: Plan): string {
  return `${mainFile(plan)}\n${plan.head.repository?.value ?? ''}`;
}

/** The branch that a workspace of a phase would have; undefined when the plan or the settings name none that can be. */
function branchesOf(plan: Plan, repository: Repository): (phase: Phase) => string | undefined {
  const file = mainFile(plan);
  const templates = file === undefined ? undefined : workspaceSettings(toUri(file));
  return (phase) => {
    try {
      return templates && workspaceNames(plan, phase, homeOf(repository), templates).branch;
    } catch {
      // Opening the phase says what is wrong with its branch.
      return undefined;
    }
  };
}
