import type { PlanPart } from '../model';
import { addsToPlan, holdsPlan, planFileSteps, readPlanFile } from '../notation/read';
import { schedule } from '../schedule/schedule';
import type { PlanSnapshot } from '../snapshot';
import type { Steps } from '../steps';
import { joinPlan } from './joinPlan';
import { type OtherPlans, outsidePlans } from './references';

export interface PlanChanges {
  readonly changed: readonly PlanSnapshot[];
  /** Keys of plans that are gone. */
  readonly removed: readonly string[];
}

interface StoredFile {
  readonly root: string;
  /** Of root and path: files of one folder under one root are read together. */
  readonly folder: string;
  readonly name: string;
  readonly part: PlanPart;
  readonly holds: boolean;
  readonly isPromptLog: boolean;
}

/**
 * Files as they come and go, and the plans that they make. Files under one root that give the same plan id are one plan
 * (plan-format: which files are plan files). A file is read when it is set; plans are joined when somebody asks for
 * them, and only those that a changed file belongs to.
 */
export class PlanStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #folders = new Map<string, Set<string>>();
  readonly #promptLogs = new Map<string, Set<string>>();
  readonly #keys = new Map<string, string>();
  readonly #filesOfPlan = new Map<string, Set<string>>();
  readonly #snapshots = new Map<string, PlanSnapshot>();
  /** By key: ids of other plans that this one waits for, in lower case. */
  readonly #outside = new Map<string, ReadonlySet<string>>();
  readonly #others = new Map<string, OtherPlans>();
  #byId: ReadonlyMap<string, ReadonlySet<PlanSnapshot>> | undefined;
  #sorted: readonly PlanSnapshot[] | undefined;

  #ahead: PlanPart | undefined;
  readonly #dirtyFiles = new Set<string>();
  readonly #dirtyFolders = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #gone = new Set<string>();
  /** Keys of plans that were told of in `takeChanges` and not yet told to be gone. */
  readonly #told = new Set<string>();

  /**
   * Reads a text in steps, so that others can have a turn. It counts once it is `set`, which then costs little; whatever
   * was set in the meantime stays.
   */
  *readAhead(file: string, text: string): Steps<void> {
    const before = this.#files.get(file)?.part;
    if (before?.text !== text) this.#ahead = yield* planFileSteps(file, text, before);
  }

  /** Reads the file, when its text is not what it was. `root` is the workspace folder or directory it was found in. */
  set(file: string, text: string, root: string): void {
    const before = this.#files.get(file);
    if (before?.part.text === text && before.root === root) return;
    const ahead = this.#ahead;
    this.#ahead = undefined;
    const isAhead = ahead?.file === file && ahead.text === text;
    const part = isAhead ? ahead : readPlanFile(file, text, before?.part);
    const slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    const folder = `${root}\n${file.slice(0, Math.max(slash, 0))}`;
    const name = file.slice(slash + 1);
    const isPromptLog = PROMPT_LOG.test(name);
    if (before !== undefined && before.folder !== folder) this.#leaveFolder(before, file);
    this.#files.set(file, { root, folder, name, part, holds: holdsPlan(part), isPromptLog });
    setOf(this.#folders, folder).add(file);
    if (isPromptLog) setOf(this.#promptLogs, folder).add(file);
    this.#dirtyFiles.add(file);
    this.#dirtyFolders.add(folder);
  }

  delete(file: string): void {
    const before = this.#files.get(file);
    if (before === undefined) return;
    this.#files.delete(file);
    this.#leaveFolder(before, file);
    this.#dirtyFiles.add(file);
  }

  part(file: string): PlanPart | undefined {
    return this.#files.get(file)?.part;
  }

  /** Plans that changed since this was last asked; one that came and went in between is in neither list. */
  takeChanges(): PlanChanges {
    this.#update();
    const changed = [...this.#changed].flatMap((key) => this.#snapshots.get(key) ?? []);
    const removed = [...this.#gone].filter((key) => this.#told.has(key) && !this.#snapshots.has(key));
    this.#changed.clear();
    this.#gone.clear();
    for (const key of removed) this.#told.delete(key);
    for (const { plan } of changed) this.#told.add(plan.key);
    return { changed, removed };
  }

  /** In a stable order: by root, then by the path of the main file. */
  plans(): readonly PlanSnapshot[] {
    this.#update();
    this.#sorted ??= [...this.#snapshots.values()].sort(
      (a, b) => compare(this.#rootOf(a), this.#rootOf(b)) || compare(a.plan.files[0] ?? '', b.plan.files[0] ?? ''),
    );
    return this.#sorted;
  }

  planOfFile(file: string): PlanSnapshot | undefined {
    this.#update();
    const key = this.#keys.get(file);
    return key === undefined ? undefined : this.#snapshots.get(key);
  }

  #update(): void {
    if (this.#dirtyFiles.size === 0) return;
    const dirtyPlans = new Set<string>();
    for (const file of this.#dirtyFiles) {
      this.#file(file, dirtyPlans);
      const key = this.#keys.get(file);
      if (key !== undefined) dirtyPlans.add(key);
    }
    for (const folder of this.#dirtyFolders) {
      for (const log of this.#promptLogs.get(folder) ?? []) this.#file(log, dirtyPlans);
    }
    this.#dirtyFiles.clear();
    this.#dirtyFolders.clear();
    const changedIds = new Set<string>();
    for (const key of dirtyPlans) this.#join(key, changedIds);
    this.#sorted = undefined;
    this.#byId = undefined;
    for (const [key, ids] of this.#outside) {
      if (!dirtyPlans.has(key) && [...ids].some((id) => changedIds.has(id))) this.#scheduleAgain(key);
    }
  }

  /** Puts a file where it belongs now. */
  #file(file: string, dirtyPlans: Set<string>): void {
    const before = this.#keys.get(file);
    const stored = this.#files.get(file);
    const belongs = stored !== undefined && (stored.holds || addsToPlan(stored.part));
    const now = belongs ? this.#keyFor(file, stored) : undefined;
    if (before === now) return;
    if (before !== undefined) {
      dirtyPlans.add(before);
      this.#filesOfPlan.get(before)?.delete(file);
      this.#keys.delete(file);
    }
    if (now !== undefined) {
      dirtyPlans.add(now);
      setOf(this.#filesOfPlan, now).add(file);
      this.#keys.set(file, now);
    }
  }

  #keyFor(file: string, stored: StoredFile): string {
    const id = stored.part.head.planId?.value;
    if (id !== undefined) return `${stored.root}#${id}`;
    return (stored.isPromptLog ? this.#planBeside(stored) : undefined) ?? file;
  }

  /** The plan whose prompts a file logs: `PLAN-x.md` for `PLAN-x-prompts.md`, or the only plan in the folder. */
  #planBeside(log: StoredFile): string | undefined {
    const about = PROMPT_LOG.exec(log.name)?.[1]?.toLowerCase();
    const keys = new Set<string>();
    for (const file of this.#folders.get(log.folder) ?? []) {
      const stored = this.#files.get(file);
      if (stored === undefined || !stored.holds || stored.isPromptLog) continue;
      const key = this.#keyFor(file, stored);
      if (/^PLAN-(.+)\.(?:md|markdown)$/i.exec(stored.name)?.[1]?.toLowerCase() === about) return key;
      keys.add(key);
    }
    const [only, another] = keys;
    return about === 'user' && another === undefined ? only : undefined;
  }

  #join(key: string, changedIds: Set<string>): void {
    const before = this.#snapshots.get(key);
    if (before !== undefined) changedIds.add(before.plan.id.toLowerCase());
    const stored = [...(this.#filesOfPlan.get(key) ?? [])].flatMap((file) => this.#files.get(file) ?? []);
    const root = stored.find(({ holds }) => holds)?.root;
    if (root === undefined) {
      if (stored.length === 0) this.#filesOfPlan.delete(key);
      this.#outside.delete(key);
      this.#snapshots.delete(key);
      this.#gone.add(key);
      return;
    }
    const plan = joinPlan(
      key,
      stored.map(({ part }) => part),
      before?.plan,
    );
    changedIds.add(plan.id.toLowerCase());
    const others = this.#othersUnder(root);
    this.#snapshots.set(key, { plan, schedule: schedule(plan, others, before), others });
    const outside = outsidePlans(plan);
    if (outside.size > 0) this.#outside.set(key, outside);
    else this.#outside.delete(key);
    this.#changed.add(key);
  }

  /** For a plan that waits for another one which changed. */
  #scheduleAgain(key: string): void {
    const before = this.#snapshots.get(key);
    if (before === undefined) return;
    this.#snapshots.set(key, { ...before, schedule: schedule(before.plan, before.others) });
    this.#changed.add(key);
  }

  /** The same object for all plans under a root; a plan under that root goes before others with the same id. */
  #othersUnder(root: string): OtherPlans {
    const known = this.#others.get(root);
    if (known !== undefined) return known;
    const others: OtherPlans = {
      planById: (id) => {
        this.#byId ??= this.#snapshotsById();
        const plans = [...(this.#byId.get(id.toLowerCase()) ?? [])];
        return (plans.find((snapshot) => this.#rootOf(snapshot) === root) ?? plans[0])?.plan;
      },
    };
    this.#others.set(root, others);
    return others;
  }

  #snapshotsById(): ReadonlyMap<string, ReadonlySet<PlanSnapshot>> {
    const byId = new Map<string, Set<PlanSnapshot>>();
    for (const snapshot of this.#snapshots.values()) setOf(byId, snapshot.plan.id.toLowerCase()).add(snapshot);
    return byId;
  }

  #rootOf({ plan }: PlanSnapshot): string {
    return this.#files.get(plan.files[0] ?? '')?.root ?? '';
  }

  #leaveFolder({ folder }: StoredFile, file: string): void {
    this.#dirtyFolders.add(folder);
    for (const files of [this.#folders, this.#promptLogs]) {
      files.get(folder)?.delete(file);
      if (files.get(folder)?.size === 0) files.delete(folder);
    }
  }
}

const PROMPT_LOG = /^PLAN-(.+)-prompts\.(?:md|markdown)$/i;

function setOf<K, V>(sets: Map<K, Set<V>>, key: K): Set<V> {
  const known = sets.get(key);
  if (known !== undefined) return known;
  const set = new Set<V>();
  sets.set(key, set);
  return set;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
