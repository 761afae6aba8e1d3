import * as vscode from 'vscode';
import { foldsOf } from '../core/language/folding';
import type { PlanIndex } from '../planIndex';
import { PlanDocument } from './planDocument';

/** Folds that Markdown's own do not have. YAML folds by indentation, which a provider would turn off. */
export class PlanFolding implements vscode.FoldingRangeProvider {
  readonly #index: PlanIndex;

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] | undefined {
    const plan = PlanDocument.of(this.#index, document);
    return (
      plan &&
      foldsOf(plan.part).map((fold) => {
        const { start, end } = plan.range(fold);
        return new vscode.FoldingRange(start.line, end.line);
      })
    );
  }
}
