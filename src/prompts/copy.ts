import * as vscode from 'vscode';
import { type CommandTarget, refOf, registerCommand, runCommand } from '../commands';
import { pickThing } from '../pick';
import { hasPrompt, type PromptKind, type PromptRef, promptKinds } from '../promptRef';
import type { Services } from '../services';
import { missingOf, nameOfPrompt, sizeOf } from './words';

export function registerCopyCommands(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('phasewise.copyPhasePrompt', async (target) => {
      const ref = await askFor(services, target, ['phase'], vscode.l10n.t('Copy Phase Prompt'));
      if (ref !== undefined) await copyPrompt(services, ref);
    }),
    registerCommand('phasewise.copyBeadPrompt', async (target) => {
      const ref = await askFor(services, target, ['bead'], vscode.l10n.t('Copy Bead Prompt'));
      if (ref !== undefined) await copyPrompt(services, ref);
    }),
    registerCommand('phasewise.copyGateCheck', async (target) => {
      const ref = await askFor(services, target, ['gate'], vscode.l10n.t('Copy Gate Check'));
      if (ref !== undefined) await copyPrompt(services, ref);
    }),
  );
}

/** What the command was called on, else what is selected, else what the user picks. */
export async function askFor(
  services: Services,
  target: CommandTarget | undefined,
  kinds: readonly PromptKind[],
  title: string,
): Promise<PromptRef | undefined> {
  const candidates = [refOf(target), target === undefined ? services.selection.current : undefined];
  const given = candidates.find((ref) => kinds.some((kind) => kind === ref?.kind));
  const ref = given ?? (await pickThing(services, kinds, title));
  return hasPrompt(ref) ? ref : undefined;
}

export const anyPrompt: readonly PromptKind[] = promptKinds;

async function copyPrompt(services: Services, ref: PromptRef): Promise<void> {
  const { promptFor } = await import('../promptFor');
  const prompt = await promptFor(services, ref);
  const name = nameOfPrompt(services, ref);
  if (prompt === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is no longer in the plan.', name));
    return;
  }
  await vscode.env.clipboard.writeText(prompt.text);
  const copied =
    ref.kind === 'gate'
      ? vscode.l10n.t('Copied the check of {0} ({1}).', name, sizeOf(prompt))
      : vscode.l10n.t('Copied the prompt of {0} ({1}).', name, sizeOf(prompt));
  if (prompt.missing.length === 0) {
    void vscode.window.showInformationMessage(copied);
    return;
  }
  const missing = vscode.l10n.t('The plan gives {0}: the prompt asks for it instead.', missingOf(prompt));
  const open = openLabel(ref);
  void vscode.window.showInformationMessage(`${copied} ${missing}`, open).then((chosen) => {
    if (chosen === open) void runCommand('phasewise.revealSource', ref);
  });
}

function openLabel({ kind }: PromptRef): string {
  switch (kind) {
    case 'phase':
      return vscode.l10n.t('Open Phase');
    case 'bead':
      return vscode.l10n.t('Open Bead');
    case 'gate':
      return vscode.l10n.t('Open Gate');
  }
}
