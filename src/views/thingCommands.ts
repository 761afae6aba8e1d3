import * as vscode from 'vscode';
import { type CommandTarget, refOf, registerCommand } from '../commands';
import type { Location } from '../core/text';
import { type ThingRef, thingOf } from '../core/thingRef';
import { pickThing } from '../pick';
import type { Services } from '../services';
import { sourceOf } from '../sourcePlace';

const allKinds: readonly ThingRef['kind'][] = ['plan', 'phase', 'bead', 'gate', 'scenario'];

/** Commands on one thing; without one they ask which. */
export function registerThingCommands(services: Services, show: (ref: ThingRef) => Promise<void>): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('phasewise.revealSource', async (target) => {
      const ref = await askFor(services, target, vscode.l10n.t('Go to Source'));
      if (ref !== undefined) await revealSource(services, ref);
    }),
    registerCommand('phasewise.revealInTree', async (target) => {
      const from = refOf(target) ?? thingAtCursor(services);
      const ref = await askFor(services, from, vscode.l10n.t('Reveal in Plans View'));
      if (ref === undefined) return;
      await vscode.commands.executeCommand('phasewise.plans.focus');
      await show(ref);
    }),
    registerCommand('phasewise.copyId', async (target) => {
      const ref = await askFor(services, target ?? services.selection.current, vscode.l10n.t('Copy ID'));
      if (ref === undefined) return;
      await vscode.env.clipboard.writeText(ref.id);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', ref.id), 3_000);
    }),
  );
}

async function askFor(
  services: Services,
  target: CommandTarget | undefined,
  title: string,
): Promise<ThingRef | undefined> {
  return refOf(target) ?? (await pickThing(services, allKinds, title));
}

function thingAtCursor({ index }: Services): ThingRef | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && index.thingAt(editor.document.uri, editor.document.offsetAt(editor.selection.active));
}

async function revealSource({ index }: Services, ref: ThingRef): Promise<void> {
  const place = sourceOf(index, headOf(index.planByKey(ref.plan)?.plan, ref));
  if (place === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is no longer in the plan.', ref.id));
    return;
  }
  const selection = new vscode.Range(place.position, place.position);
  await vscode.window.showTextDocument(place.uri, { selection });
}

function headOf(plan: Parameters<typeof thingOf>[0] | undefined, ref: ThingRef): Location | undefined {
  if (plan === undefined) return undefined;
  if (ref.kind !== 'plan') return thingOf(plan, ref)?.head;
  const file = plan.files[0];
  return plan.head.title ?? (file === undefined ? undefined : { file, start: 0, end: 0 });
}
