import * as vscode from 'vscode';
import type { CommandTarget } from '../../commands';
import { toUri } from '../../convert';
import type { Prompt } from '../../core/prompt/prompt';
import { critiquePrompt, readinessPrompt } from '../../core/prompt/reviews';
import { levelsOf } from '../../core/rules/severities';
import type { PlanSnapshot } from '../../core/snapshot';
import { nameInPrompt, templatesOfPlan } from '../../promptTemplates';
import type { Services } from '../../services';
import { planOf } from '../subject';

export async function copyReadinessPrompt(services: Services, target: CommandTarget | undefined): Promise<void> {
  await copy(services, target, vscode.l10n.t('Copy Readiness Prompt'), async (snapshot) => {
    const { templates } = await templatesOfPlan(snapshot.plan);
    const [main] = snapshot.plan.files;
    const scope = main === undefined ? undefined : toUri(main);
    const levels = levelsOf(vscode.workspace.getConfiguration('phasewise', scope).get('rules'));
    return readinessPrompt(snapshot, templates, nameInPrompt, levels);
  });
}

export async function copyCritiquePrompt(services: Services, target: CommandTarget | undefined): Promise<void> {
  await copy(services, target, vscode.l10n.t('Copy Critique Prompt'), async (snapshot) => {
    const { templates } = await templatesOfPlan(snapshot.plan);
    return critiquePrompt(snapshot, templates, nameInPrompt);
  });
}

async function copy(
  services: Services,
  target: CommandTarget | undefined,
  title: string,
  make: (snapshot: PlanSnapshot) => Promise<Prompt>,
): Promise<void> {
  const snapshot = await planOf(services, target, title);
  if (snapshot === undefined) return;
  const { text, characters } = await make(snapshot);
  await vscode.env.clipboard.writeText(text);
  const count = new Intl.NumberFormat(vscode.env.language).format(characters);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Copied the prompt ({0} characters). Give it to a fresh session, or to somebody from another team.',
      count,
    ),
  );
}
