import * as vscode from 'vscode';
import type { Outcome } from '../core/edit/planEdits';
import { renameId, renameTargetAt } from '../core/edit/rename';
import { onFreshFiles, toWorkspaceEdit } from '../planEdits';
import type { PlanIndex } from '../planIndex';
import { PlanDocument } from './planDocument';

const markdownExtension = 'vscode.markdown-language-features';

/**
 * Of several providers the editor asks the one first that came last, and Markdown's own would rename whole headings. So
 * this one comes again once a Markdown file of a plan is in sight and Markdown's own extension is up.
 */
export function registerRename(index: PlanIndex, selector: vscode.DocumentSelector): vscode.Disposable {
  const provider = new PlanRename(index);
  let registered = vscode.languages.registerRenameProvider(selector, provider);
  let isLast = false;
  const comeLast = async (editors: readonly vscode.TextEditor[]): Promise<void> => {
    const isWanted = editors.some(({ document }) => document.languageId === 'markdown' && index.planOf(document.uri));
    const markdown = vscode.extensions.getExtension(markdownExtension);
    if (isLast || !isWanted || markdown === undefined) return;
    isLast = true;
    await markdown.activate();
    registered.dispose();
    registered = vscode.languages.registerRenameProvider(selector, provider);
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors((editors) => void comeLast(editors)),
    index.onDidChange(() => void comeLast(vscode.window.visibleTextEditors)),
    new vscode.Disposable(() => registered.dispose()),
  );
}

/** Gives a thing another id wherever its plan names it, as one edit that can be undone. */
class PlanRename implements vscode.RenameProvider {
  readonly #index: PlanIndex;

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  /** Throws where nothing can be renamed: other providers of the file may then offer what they know. */
  prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): { range: vscode.Range; placeholder: string } | undefined {
    const plan = PlanDocument.of(this.#index, document);
    if (plan === undefined) return undefined;
    const target = renameTargetAt(plan.source, plan.file, plan.offsetAt(position));
    if (target === undefined) throw new Error(vscode.l10n.t('Place the cursor on the id of a thing of the plan.'));
    return { range: plan.range(target.at), placeholder: target.thing.id };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
  ): Promise<vscode.WorkspaceEdit | undefined> {
    const outcome = await onFreshFiles(this.#index, () => this.#rename(document, position, newName));
    if (outcome === undefined) return undefined;
    if ('refused' in outcome) {
      // An error would hand the new name on to the next provider, and the one of Markdown would put it in place of the
      // whole heading.
      void vscode.window.showWarningMessage(outcome.refused);
      return new vscode.WorkspaceEdit();
    }
    return toWorkspaceEdit(this.#index, outcome.edits);
  }

  #rename(document: vscode.TextDocument, position: vscode.Position, newName: string): Outcome | undefined {
    const sources = this.#index.freshSources();
    const plan = PlanDocument.of(this.#index, document);
    const target = plan && renameTargetAt(plan.source, plan.file, plan.offsetAt(position));
    const own = sources.find(({ snapshot }) => snapshot.plan === target?.plan);
    if (target === undefined || own === undefined) return undefined;
    const others = sources.filter((source) => source !== own);
    return renameId(own, target.thing, newName.trim(), others);
  }
}
