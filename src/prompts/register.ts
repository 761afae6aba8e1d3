import type { Services } from '../services';
import { registerCopyCommands } from './copy';
import { registerEditTemplate } from './editTemplate';
import { OwnTemplates } from './ownTemplates';
import { registerPreview } from './preview';

/** Prompts of phases, beads and gates: copied, previewed, and made from templates that a workspace can replace. */
export function register(services: Services): void {
  const templates = new OwnTemplates();
  services.context.subscriptions.push(
    templates,
    registerCopyCommands(services),
    registerPreview(services, templates.onDidChange),
    registerEditTemplate(),
  );
  // Files are looked at after activation, and only where there is a plan to make prompts of.
  const started = services.index.onDidChange(() => {
    started.dispose();
    templates.start();
  });
  services.context.subscriptions.push(started);
}
