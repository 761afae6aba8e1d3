import * as vscode from 'vscode';
import type { Services } from '../services';
import { PlanFixes } from './codeActions';
import { completionTriggers, PlanCompletion } from './completion';
import { updateGraphsOnSave } from './documentGraphs';
import { PlanFolding } from './folding';
import { PlanHover } from './hover';
import { PlanInlayHints } from './inlayHints';
import { PlanLenses } from './lenses';
import { PlanLinks } from './links';
import { PlanNavigation } from './navigation';
import { PlanSymbols } from './outline';
import { anyNotation, writtenByPeople } from './planDocument';
import { ProblemBadges } from './problemBadges';
import { Problems } from './problems';
import { registerRename } from './rename';
import { PlanTokens, tokenLegend } from './semanticTokens';

/** What the editor knows about plan files; of no use before there is a plan. */
export function registerLanguageFeatures(services: Services): vscode.Disposable {
  const { index } = services;
  const { languages } = vscode;
  const navigation = new PlanNavigation(index);
  const symbols = new PlanSymbols(index);
  const lenses = new PlanLenses(services);
  const hints = new PlanInlayHints(index);
  return vscode.Disposable.from(
    new Problems(services),
    new ProblemBadges(services),
    updateGraphsOnSave(services),
    languages.registerHoverProvider(anyNotation, new PlanHover(index)),
    languages.registerCompletionItemProvider(writtenByPeople, new PlanCompletion(index), ...completionTriggers),
    languages.registerDefinitionProvider(anyNotation, navigation),
    languages.registerReferenceProvider(anyNotation, navigation),
    languages.registerDocumentHighlightProvider(anyNotation, navigation),
    languages.registerCodeActionsProvider(writtenByPeople, new PlanFixes(index), PlanFixes.metadata),
    registerRename(index, writtenByPeople),
    languages.registerDocumentSymbolProvider(writtenByPeople, symbols, { label: vscode.l10n.t('Plan') }),
    languages.registerWorkspaceSymbolProvider(symbols),
    languages.registerFoldingRangeProvider({ language: 'markdown' }, new PlanFolding(index)),
    languages.registerDocumentLinkProvider(writtenByPeople, new PlanLinks(index)),
    lenses,
    languages.registerCodeLensProvider(writtenByPeople, lenses),
    hints,
    languages.registerInlayHintsProvider(writtenByPeople, hints),
    languages.registerDocumentRangeSemanticTokensProvider(writtenByPeople, new PlanTokens(index), tokenLegend),
  );
}
