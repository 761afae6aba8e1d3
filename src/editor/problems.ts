import * as vscode from 'vscode';
import { toRange, toSeverity, toUri } from '../convert';
import type { Diagnostic } from '../core/model';
import { checkPlan } from '../core/rules/check';
import { levelsOf, type RuleLevels } from '../core/rules/severities';
import type { PlanSnapshot } from '../core/snapshot';
import type { Location } from '../core/text';
import { nextTurn, Stretch } from '../planFiles/turns';
import type { PlanIndex } from '../planIndex';
import type { Services } from '../services';
import { type RulePages, rulePages } from './rulePages';
import { PlanSurroundings } from './surroundings';

/** Milliseconds that typing rests before problems are worked out again. */
const restingTime = 120;

/** How long problems are worked out before others get a turn, in milliseconds. */
const sliceLength = 6;

/** Keeps the Problems view in step with the plans. */
export class Problems implements vscode.Disposable {
  readonly #index: PlanIndex;
  readonly #log: Services['log'];
  readonly #pages: Promise<RulePages>;
  readonly #shown = vscode.languages.createDiagnosticCollection('phasewise');
  readonly #surroundings: PlanSurroundings;
  readonly #listening: vscode.Disposable;
  /** The plan that a file's problems were found in, by file: a file can go over to another plan. */
  readonly #planOfFile = new Map<string, string>();
  /** By plan: the files that it has problems in. */
  readonly #filesOfPlan = new Map<string, readonly string[]>();
  /** Plans to look at again. A scan brings many at once, and others want their turn in between. */
  readonly #waiting = new Map<string, PlanSnapshot>();
  #timer: NodeJS.Timeout | undefined;
  #isWorking = false;
  #isDisposed = false;

  constructor({ index, context, log }: Services) {
    this.#log = log;
    this.#index = index;
    this.#pages = rulePages(context.extensionUri);
    this.#surroundings = new PlanSurroundings(log);
    const listening = index.onDidChange(({ changed, removed }) => {
      for (const key of removed) {
        this.#waiting.delete(key);
        this.#surroundings.forget(key);
        this.#clear(key, () => false);
        this.#filesOfPlan.delete(key);
      }
      for (const snapshot of changed) this.#waiting.set(snapshot.plan.key, snapshot);
      this.#workSoon();
    });
    const configured = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('phasewise.rules')) this.#lookAtAll();
    });
    const around = this.#surroundings.onDidChange((key) => {
      const snapshot = index.planByKey(key);
      if (snapshot === undefined) return;
      this.#waiting.set(key, snapshot);
      this.#workSoon();
    });
    this.#listening = vscode.Disposable.from(listening, configured, around, this.#surroundings);
    this.#lookAtAll();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#listening.dispose();
    this.#shown.dispose();
  }

  #lookAtAll(): void {
    for (const snapshot of this.#index.plans()) this.#waiting.set(snapshot.plan.key, snapshot);
    void this.#work();
  }

  #workSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), restingTime);
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    const pages = await this.#pages;
    if (this.#isDisposed) return;
    const slice = new Stretch(sliceLength);
    for (const [key, snapshot] of this.#waiting) {
      this.#waiting.delete(key);
      this.#lookAt(key, snapshot, pages);
      if (!slice.isOver()) continue;
      await nextTurn();
      if (this.#isDisposed) return;
      slice.restart();
    }
    this.#isWorking = false;
  }

  /** A rule that trips over one plan must not keep the others from being looked at. */
  #lookAt(key: string, snapshot: PlanSnapshot, pages: RulePages): void {
    try {
      this.#show(key, byFile(checkPlan(snapshot, levelsFor(snapshot), this.#surroundings.of(snapshot))), pages);
    } catch (error) {
      this.#log.error(error instanceof Error ? error : String(error));
    }
  }

  #show(key: string, found: ReadonlyMap<string, readonly Diagnostic[]>, pages: RulePages): void {
    this.#clear(key, (file) => found.has(file));
    for (const [file, diagnostics] of found) {
      this.#planOfFile.set(file, key);
      this.#shown.set(
        toUri(file),
        diagnostics.flatMap((diagnostic) => this.#problem(diagnostic, pages)),
      );
    }
    if (found.size === 0) this.#filesOfPlan.delete(key);
    else this.#filesOfPlan.set(key, [...found.keys()]);
  }

  #clear(key: string, isKept: (file: string) => boolean): void {
    for (const file of this.#filesOfPlan.get(key) ?? []) {
      if (isKept(file) || this.#planOfFile.get(file) !== key) continue;
      this.#planOfFile.delete(file);
      this.#shown.delete(toUri(file));
    }
  }

  /** Nothing when the file is gone meanwhile. */
  #problem({ code, severity, message, location, related }: Diagnostic, pages: RulePages): readonly vscode.Diagnostic[] {
    const lines = this.#index.linesOf(location.file);
    if (lines === undefined) return [];
    const problem = new vscode.Diagnostic(toRange(lines, location), message, toSeverity(severity));
    problem.source = 'Phasewise';
    problem.code = { value: code, target: pages(code) };
    problem.relatedInformation = related?.flatMap((place) => this.#related(place.location, place.message));
    return [problem];
  }

  #related(location: Location, message: string): readonly vscode.DiagnosticRelatedInformation[] {
    const lines = this.#index.linesOf(location.file);
    if (lines === undefined) return [];
    const place = new vscode.Location(toUri(location.file), toRange(lines, location));
    return [new vscode.DiagnosticRelatedInformation(place, message)];
  }
}

/** As the settings of the plan's folder say. */
export function levelsFor({ plan }: PlanSnapshot): RuleLevels {
  const [main] = plan.files;
  const scope = main === undefined ? undefined : toUri(main);
  return levelsOf(vscode.workspace.getConfiguration('phasewise', scope).get('rules'));
}

function byFile(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { file } = diagnostic.location;
    const known = files.get(file);
    if (known === undefined) files.set(file, [diagnostic]);
    else known.push(diagnostic);
  }
  return files;
}
