import * as vscode from 'vscode';
import { findThings, type PlanSymbol, symbolsOf } from '../core/language/symbols';
import type { Thing } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import type { PlanIndex } from '../planIndex';
import { joined, labelOf, stateWordOf } from '../planWords';
import { PlanDocument, toLocation } from './planDocument';

/** The things of a file, and of all plans. */
export class PlanSymbols implements vscode.DocumentSymbolProvider, vscode.WorkspaceSymbolProvider {
  readonly #index: PlanIndex;

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] | undefined {
    const plan = PlanDocument.of(this.#index, document);
    return plan && symbolsOf(plan.part).map((symbol) => documentSymbol(plan, symbol));
  }

  provideWorkspaceSymbols(query: string): vscode.SymbolInformation[] {
    return findThings(this.#index.plans(), query).flatMap(({ snapshot, thing, at }) => {
      const location = toLocation(this.#index, at);
      if (location === undefined) return [];
      const container = joined([stateWordOf(snapshot, thing), snapshot.plan.title]);
      return [new vscode.SymbolInformation(labelOf(thing), symbolKinds[thing.kind], container, location)];
    });
  }
}

function documentSymbol(
  plan: PlanDocument,
  { kind, thing, step, range, selection, children }: PlanSymbol,
): vscode.DocumentSymbol {
  const name = thing === undefined ? (step?.text.value ?? '') : labelOf(thing);
  const detail = thing === undefined ? (step?.done === true ? '✓' : '') : detailOf(plan.source.snapshot, thing);
  const symbol = new vscode.DocumentSymbol(
    name || '…',
    detail,
    symbolKinds[kind],
    plan.range(range),
    plan.range(selection),
  );
  symbol.children = children.map((child) => documentSymbol(plan, child));
  return symbol;
}

function detailOf(snapshot: PlanSnapshot, thing: Thing): string {
  return stateWordOf(snapshot, thing).toLocaleLowerCase();
}

const symbolKinds = {
  phase: vscode.SymbolKind.Module,
  bead: vscode.SymbolKind.Object,
  gate: vscode.SymbolKind.Interface,
  scenario: vscode.SymbolKind.Event,
  step: vscode.SymbolKind.Field,
} as const;
