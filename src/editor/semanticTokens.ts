import * as vscode from 'vscode';
import { type Token, tokensBetween } from '../core/language/tokens';
import type { PlanIndex } from '../planIndex';
import { PlanDocument } from './planDocument';

const types: Readonly<Record<Token['type'], string>> = {
  phase: 'planPhase',
  bead: 'planBead',
  gate: 'planGate',
  scenario: 'planScenario',
  field: 'planField',
};
const typeNames = Object.values(types);

/** As package.json declares them. */
export const tokenLegend = new vscode.SemanticTokensLegend(typeNames, ['declaration', 'planDone']);

/** Ids and names of fields in colours of their own. Only what is in sight is worked out. */
export class PlanTokens implements vscode.DocumentRangeSemanticTokensProvider {
  readonly #index: PlanIndex;

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  get onDidChangeSemanticTokens(): vscode.Event<void> {
    return (listener, thisArg, disposables) =>
      this.#index.onDidChange(() => listener.call(thisArg), undefined, disposables);
  }

  provideDocumentRangeSemanticTokens(
    document: vscode.TextDocument,
    range: vscode.Range,
  ): vscode.SemanticTokens | undefined {
    const plan = PlanDocument.of(this.#index, document);
    if (plan === undefined) return undefined;
    const builder = new vscode.SemanticTokensBuilder(tokenLegend);
    const { start, end } = plan.stretch(range);
    for (const token of tokensBetween(plan.source, plan.file, start, end)) {
      const modifiers = [...(token.isName ? ['declaration'] : []), ...(token.isDone ? ['planDone'] : [])];
      builder.push(plan.range(token), types[token.type], modifiers);
    }
    return builder.build();
  }
}
