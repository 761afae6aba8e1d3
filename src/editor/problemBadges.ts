import * as vscode from 'vscode';
import type { Services } from '../services';
import { problemsOf, refOfUri, thingScheme } from '../thingProblems';

/** How many errors and warnings a thing has, at its row of the tree. */
export class ProblemBadges implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #index: Services['index'];
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #listening: vscode.Disposable;

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor({ index }: Services) {
    this.#index = index;
    this.#listening = vscode.Disposable.from(
      vscode.window.registerFileDecorationProvider(this),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => index.planOf(uri) !== undefined)) this.#changed.fire(undefined);
      }),
    );
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const ref = uri.scheme === thingScheme ? refOfUri(uri) : undefined;
    const problems = ref === undefined ? [] : problemsOf(this.#index, ref);
    const [worst] = problems;
    if (worst === undefined) return undefined;
    const isError = worst.severity === vscode.DiagnosticSeverity.Error;
    const color = new vscode.ThemeColor(isError ? 'list.errorForeground' : 'list.warningForeground');
    const badge = problems.length > 9 ? '9+' : String(problems.length);
    const tooltip = problems.length === 1 ? vscode.l10n.t('1 problem') : vscode.l10n.t('{0} problems', problems.length);
    return new vscode.FileDecoration(badge, tooltip, color);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}
