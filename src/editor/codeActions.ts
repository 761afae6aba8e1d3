import * as vscode from 'vscode';
import { fixAll } from '../core/edit/fixAll';
import type { Diagnostic } from '../core/model';
import { checkPlan } from '../core/rules/check';
import { fixesOf } from '../core/rules/fixes/fixes';
import type { PlanSnapshot } from '../core/snapshot';
import type { TextEdit } from '../core/text';
import { toWorkspaceEdit } from '../planEdits';
import type { PlanIndex } from '../planIndex';
import { PlanDocument } from './planDocument';
import { levelsFor } from './problems';

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('phasewise');

/** Fixes for what the Problems view shows, one by one and all at once. */
export class PlanFixes implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
  };
  readonly #index: PlanIndex;
  readonly #found = new WeakMap<PlanSnapshot, readonly Diagnostic[]>();

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics, only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] | undefined {
    const wantsSingle = only === undefined || only.intersects(vscode.CodeActionKind.QuickFix);
    const shown = wantsSingle ? diagnostics.filter(({ source }) => source === 'Phasewise') : [];
    const wantsAll = only?.intersects(vscode.CodeActionKind.SourceFixAll) === true;
    if (shown.length === 0 && !wantsAll) return undefined;
    const plan = PlanDocument.of(this.#index, document);
    if (plan === undefined) return undefined;
    const problems = this.#problemsOf(plan);
    const actions = shown.flatMap((problem) => this.#fixesFor(plan, problems, problem));
    const together = wantsAll || actions.length > 0 ? this.#all(plan, problems, wantsAll) : undefined;
    return together === undefined ? actions : [...actions, together];
  }

  /** Of the plan as it is now, in this file. Worked out once for each snapshot. */
  #problemsOf({ source: { snapshot }, file }: PlanDocument): readonly Diagnostic[] {
    const known = this.#found.get(snapshot);
    const all = known ?? checkPlan(snapshot, levelsFor(snapshot));
    this.#found.set(snapshot, all);
    return all.filter(({ location }) => location.file === file);
  }

  #fixesFor(plan: PlanDocument, problems: readonly Diagnostic[], shown: vscode.Diagnostic): vscode.CodeAction[] {
    const problem = problems.find(
      ({ message, location }) => message === shown.message && plan.range(location).isEqual(shown.range),
    );
    if (problem === undefined) return [];
    return fixesOf(problem, plan.source).map(({ title, file, edits, preferred }) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.edit = this.#edit(file, edits);
      action.diagnostics = [shown];
      action.isPreferred = preferred;
      return action;
    });
  }

  /** Offered beside single fixes only where it solves more than one of them. */
  #all(plan: PlanDocument, problems: readonly Diagnostic[], isAsked: boolean): vscode.CodeAction | undefined {
    const edits = fixAll(plan.source, plan.file, problems);
    if (edits.length < (isAsked ? 1 : 2)) return undefined;
    const title = vscode.l10n.t('Fix all problems of this file that need no decision');
    const action = new vscode.CodeAction(title, isAsked ? fixAllKind : vscode.CodeActionKind.QuickFix);
    action.edit = this.#edit(plan.file, edits);
    return action;
  }

  #edit(file: string, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
    return toWorkspaceEdit(this.#index, new Map([[file, edits]]));
  }
}
