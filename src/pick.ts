import * as vscode from 'vscode';
import type { Plan, Thing } from './core/model';
import { refTo, type ThingRef } from './core/thingRef';
import type { Services } from './services';

interface ThingItem extends vscode.QuickPickItem {
  readonly ref?: ThingRef;
}

/** Lets the user choose among the things of these kinds in all plans. Undefined when there are none or they dismissed it. */
export async function pickThing(
  services: Services,
  kinds: readonly ThingRef['kind'][],
  title: string,
): Promise<ThingRef | undefined> {
  await services.index.whenScanned();
  const items = services.index.plans().flatMap(({ plan }) => itemsOf(plan, kinds));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No plan in this workspace has one to choose.'));
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
  return chosen?.ref;
}

function itemsOf(plan: Plan, kinds: readonly ThingRef['kind'][]): readonly ThingItem[] {
  const things: readonly Thing[] = [...plan.phases, ...plan.gates, ...plan.beads, ...plan.scenarios];
  const wanted = things.filter(({ kind }) => kinds.includes(kind));
  const items: ThingItem[] = wanted.map((thing) => ({
    label: thing.title.value,
    description: thing.id,
    ref: refTo(plan, thing),
  }));
  if (kinds.includes('plan')) items.unshift({ label: plan.title, ref: refTo(plan) });
  if (items.length === 0) return [];
  return [{ label: plan.title, kind: vscode.QuickPickItemKind.Separator }, ...items];
}
