import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import { onceThereArePlans } from '../onDemand';
import type { Services } from '../services';
import { registerCopyCommands } from './copy';
import { registerPreview } from './preview';

/** Prompts of phases, beads and gates: copied, previewed, and made from templates that a workspace can replace. */
export function register(services: Services): void {
  const templatesChanged = new vscode.EventEmitter<void>();
  services.context.subscriptions.push(
    templatesChanged,
    registerCopyCommands(services),
    registerPreview(services, templatesChanged.event),
    registerCommand('phasewise.editTemplate', async () => (await import('./editTemplate')).editTemplate()),
  );
  onceThereArePlans(services, async () => {
    const { OwnTemplates } = await import('./ownTemplates');
    const templates = new OwnTemplates();
    templates.onDidChange(() => templatesChanged.fire());
    services.context.subscriptions.push(templates);
    templates.start();
  });
}
