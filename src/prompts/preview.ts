import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import type { Prompt } from '../core/prompt/prompt';
import { nameOf } from '../planWords';
import { hasPrompt, type PromptRef } from '../promptRef';
import type { Services } from '../services';
import { anyPrompt, askFor } from './copy';
import { missingOf, nameOfPrompt, sizeOf } from './words';

export const previewScheme = 'phasewise-prompt';

/** Read-only documents that show a prompt as it would be copied now. */
export function registerPreview(services: Services, onDidChangeTemplates: vscode.Event<void>): vscode.Disposable {
  const preview = new PromptPreview(services, onDidChangeTemplates);
  return vscode.Disposable.from(
    preview,
    vscode.workspace.registerTextDocumentContentProvider(previewScheme, preview),
    vscode.languages.registerCodeLensProvider({ scheme: previewScheme }, preview),
    registerCommand('phasewise.previewPrompt', async (target) => {
      const ref = await askFor(services, target, anyPrompt, vscode.l10n.t('Preview Prompt'));
      if (ref !== undefined) await open(ref, nameOfPrompt(services, ref));
    }),
  );
}

class PromptPreview implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable {
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #listening: vscode.Disposable;

  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;

  constructor(services: Services, onDidChangeTemplates: vscode.Event<void>) {
    this.#services = services;
    this.#listening = vscode.Disposable.from(
      services.index.onDidChange(({ changed, removed }) => {
        const plans = new Set([...changed.map(({ plan }) => plan.key), ...removed]);
        this.#refresh((ref) => plans.has(ref.plan));
      }),
      onDidChangeTemplates(() => this.#refresh(() => true)),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const ref = refIn(uri);
    if (ref === undefined) return '';
    await this.#services.index.whenScanned();
    const prompt = await this.#promptOf(ref);
    return (
      prompt?.text ?? vscode.l10n.t('{0} is not in the plan any more. This page comes back when it is.', nameOf(ref))
    );
  }

  /** The size and what is missing stand above the text, not in it. */
  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const ref = refIn(document.uri);
    const prompt = ref && (await this.#promptOf(ref));
    if (ref === undefined || prompt === undefined) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const lenses = [
      new vscode.CodeLens(top, { title: sizeOf(prompt), command: '' }),
      new vscode.CodeLens(top, { title: vscode.l10n.t('Copy'), command: copyCommands[ref.kind], arguments: [ref] }),
    ];
    if (prompt.missing.length > 0) {
      const title = vscode.l10n.t('The plan gives {0}', missingOf(prompt));
      lenses.push(new vscode.CodeLens(top, { title, command: 'phasewise.revealSource', arguments: [ref] }));
    }
    return lenses;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
    this.#lensesChanged.dispose();
  }

  async #promptOf(ref: PromptRef): Promise<Prompt | undefined> {
    const { promptFor } = await import('../promptFor');
    return promptFor(this.#services, ref);
  }

  #refresh(isConcerned: (ref: PromptRef) => boolean): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      const ref = uri.scheme === previewScheme ? refIn(uri) : undefined;
      if (ref !== undefined && isConcerned(ref)) this.#changed.fire(uri);
    }
    this.#lensesChanged.fire();
  }
}

const copyCommands = {
  phase: 'phasewise.copyPhasePrompt',
  bead: 'phasewise.copyBeadPrompt',
  gate: 'phasewise.copyGateCheck',
} as const;

/** Beside what is in use, in its place where that is nothing, or where it is open already. */
async function open(ref: PromptRef, name: string): Promise<void> {
  const uri = previewUri(ref, name);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const document = await vscode.workspace.openTextDocument(uri);
  const isEmpty = vscode.window.tabGroups.activeTabGroup.tabs.length === 0;
  const free = isEmpty ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? free,
    preserveFocus: true,
    preview: true,
  });
}

/** The path is the title of the tab, and its end makes the text Markdown; the query says what is meant. */
function previewUri(ref: PromptRef, name: string): vscode.Uri {
  const title = vscode.l10n.t('Prompt of {0}', name).replaceAll(/[/\\]/g, '-');
  return vscode.Uri.from({ scheme: previewScheme, path: `/${title}.md`, query: JSON.stringify(ref) });
}

function refIn({ query }: vscode.Uri): PromptRef | undefined {
  try {
    const { plan, kind, id } = JSON.parse(query) as Partial<Record<keyof PromptRef, unknown>>;
    if (typeof plan !== 'string' || typeof id !== 'string') return undefined;
    const ref = { plan, kind, id } as PromptRef;
    return hasPrompt(ref) ? ref : undefined;
  } catch {
    return undefined;
  }
}
