import * as vscode from 'vscode';
import { toUri } from '../convert';
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
    range: vscode.Range,
    { diagnostics, only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] | undefined {
    const wantsSingle = only === undefined || only.intersects(vscode.CodeActionKind.QuickFix);
    const shown = wantsSingle ? diagnostics.filter(({ source }) => source === 'Phasewise') : [];
    const wantsAll = only?.intersects(vscode.CodeActionKind.SourceFixAll) === true;
    const plan = wantsSingle || wantsAll ? PlanDocument.of(this.#index, document) : undefined;
    if (plan === undefined) return undefined;
    const isOnEdge = wantsSingle && shown.length === 0 && isRelated(plan, document, range);
    if (shown.length === 0 && !isOnEdge && !wantsAll) return undefined;
    const all = this.#problemsOf(plan.source.snapshot);
    const problems = all.filter(({ location }) => location.file === plan.file);
    const actions = [
      ...shown.flatMap((problem) => this.#fixesFor(plan, problems, problem)),
      ...(isOnEdge ? this.#edgesAt(plan, all, range) : []),
    ];
    const together = wantsAll || actions.length > 0 ? this.#all(plan, problems, wantsAll) : undefined;
    return together === undefined ? actions : [...actions, together];
  }

  /** Of the plan as it is now. Worked out once for each snapshot. */
  #problemsOf(snapshot: PlanSnapshot): readonly Diagnostic[] {
    const known = this.#found.get(snapshot);
    const all = known ?? checkPlan(snapshot, levelsFor(snapshot));
    this.#found.set(snapshot, all);
    return all;
  }

  /** A circle is shown where it begins; it can be opened at each of its dependencies. */
  #edgesAt(plan: PlanDocument, problems: readonly Diagnostic[], range: vscode.Range): vscode.CodeAction[] {
    const circles = problems.filter(({ code }) => code === 'dependency-cycle');
    return circles.flatMap((circle) => {
      const edges = (circle.related ?? []).map(({ location }) => location);
      const here = edges.filter(
        (edge) => edge.file === plan.file && plan.range(edge).intersection(range) !== undefined,
      );
      if (here.length === 0) return [];
      const fixes = fixesOf({ ...circle, related: here.map((location) => ({ location, message: '' })) }, plan.source);
      return fixes.map(({ title, file, edits }) => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.edit = this.#edit(file, edits);
        return action;
      });
    });
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

/** Whether a problem of the plan names this place as a part of it. */
function isRelated({ source }: PlanDocument, { uri }: vscode.TextDocument, range: vscode.Range): boolean {
  const shown = source.snapshot.plan.files.flatMap((file) => vscode.languages.getDiagnostics(toUri(file)));
  return shown.some(({ relatedInformation }) =>
    relatedInformation?.some(
      ({ location }) => location.uri.toString() === uri.toString() && location.range.intersection(range) !== undefined,
    ),
  );
}
