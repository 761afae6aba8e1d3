import * as vscode from 'vscode';
import { type CommandTarget, refOf, registerCommand } from '../commands';
import { pickThing } from '../pick';
import type { Services } from '../services';
import { AuditPages, type AuditRef, auditScheme, openAudit } from './pages';

/** Reports on whether a plan holds what went into it, and whether it is fit to be executed. */
export function register(services: Services): void {
  const pages = new AuditPages(services);
  const { l10n } = vscode;
  const audit = (kind: AuditRef['kind'], title: string) => async (target?: CommandTarget) => {
    const plan = await planFor(services, target, title);
    if (plan !== undefined) await openAudit({ plan, kind }, title);
  };
  services.context.subscriptions.push(
    pages,
    vscode.workspace.registerTextDocumentContentProvider(auditScheme, pages),
    registerCommand('phasewise.auditPrompts', audit('prompts', l10n.t('Audit of Prompts'))),
    registerCommand('phasewise.auditCritiques', audit('critiques', l10n.t('Audit of Critiques'))),
    registerCommand('phasewise.checkPlan', audit('readiness', l10n.t('Readiness of the Plan'))),
  );
}

/** The key of the plan that is meant: of what was clicked, of the editor, the only one, or the one that is chosen. */
async function planFor(services: Services, target: unknown, title: string): Promise<string | undefined> {
  const { index } = services;
  const clicked = refOf(target)?.plan;
  if (clicked !== undefined) return clicked;
  await index.whenScanned();
  const editor = vscode.window.activeTextEditor;
  const edited = editor === undefined ? undefined : index.planOf(editor.document.uri);
  if (edited !== undefined) return edited.plan.key;
  const [only, ...others] = index.plans();
  if (only !== undefined && others.length === 0) return only.plan.key;
  return (await pickThing(services, ['plan'], title))?.plan;
}
