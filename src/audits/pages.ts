import { posix } from 'node:path';
import * as vscode from 'vscode';
import { toUri } from '../convert';
import type { LinkTo } from '../core/audit/report';
import type { PlanSnapshot } from '../core/snapshot';
import type { PlanIndex } from '../planIndex';
import type { Services } from '../services';

export const auditScheme = 'phasewise-audit';

export interface AuditRef {
  /** The plan's key. */
  readonly plan: string;
  readonly kind: 'prompts' | 'critiques' | 'readiness';
}

/** Read-only documents with what an audit finds now; they follow the plan. */
export class AuditPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #index: PlanIndex;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #listening: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor({ index }: Services) {
    this.#index = index;
    this.#listening = index.onDidChange(({ changed, removed }) => {
      const plans = new Set([...changed.map(({ plan }) => plan.key), ...removed]);
      for (const { uri } of vscode.workspace.textDocuments) {
        const ref = uri.scheme === auditScheme ? refIn(uri) : undefined;
        if (ref !== undefined && plans.has(ref.plan)) this.#changed.fire(uri);
      }
    });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const ref = refIn(uri);
    if (ref === undefined) return '';
    await this.#index.whenScanned();
    const snapshot = this.#index.planByKey(ref.plan);
    if (snapshot === undefined)
      return vscode.l10n.t('The plan is not there any more. This page comes back when it is.');
    return await this.#report(ref, snapshot);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  async #report({ kind }: AuditRef, snapshot: PlanSnapshot): Promise<string> {
    const linkTo: LinkTo = ({ file, start }) => {
      const line = this.#index.linesOf(file)?.positionAt(start).line ?? 0;
      return `${pathInPreview(toUri(file))}#L${line + 1}`;
    };
    const { auditCritiques, auditPrompts, planReadiness } = await import('./reports');
    switch (kind) {
      case 'prompts':
        return auditPrompts(snapshot, linkTo);
      case 'critiques':
        return auditCritiques(snapshot, linkTo);
      case 'readiness': {
        const [main] = snapshot.plan.files;
        return planReadiness(snapshot, linkTo, main === undefined ? undefined : toUri(main));
      }
    }
  }
}

/** Shows the page as people read Markdown, or as text where no preview of Markdown is installed. */
export async function openAudit(ref: AuditRef, title: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: auditScheme, path: `/${title}.md`, query: JSON.stringify(ref) });
  try {
    // Asking for it starts the extension that has it; before that it is in no list of commands.
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }
}

/**
 * The preview of Markdown takes no link with a scheme. It takes a path that begins with a slash as one from the first
 * folder of the workspace, also for pages that are no files.
 */
function pathInPreview(uri: vscode.Uri): string {
  const first = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (first === undefined || first.scheme !== uri.scheme || first.authority !== uri.authority) return uri.toString();
  const path = posix.relative(first.path, uri.path);
  return `/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function refIn({ query }: vscode.Uri): AuditRef | undefined {
  try {
    const { plan, kind } = JSON.parse(query) as Partial<Record<keyof AuditRef, unknown>>;
    const isKind = kind === 'prompts' || kind === 'critiques' || kind === 'readiness';
    return typeof plan === 'string' && isKind ? { plan, kind } : undefined;
  } catch {
    return undefined;
  }
}
