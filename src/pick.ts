import * as vscode from 'vscode';
import type { Thing } from './core/model';
import type { PlanSnapshot } from './core/snapshot';
import { refTo, sameRef, type ThingRef } from './core/thingRef';
import { iconOf, planIcon, themeIcon } from './planIcons';
import { joined, labelOf, placeOf, progressText, stateWordOf } from './planWords';
import type { Services } from './services';

interface ThingItem extends vscode.QuickPickItem {
  /** Absent in separators. */
  readonly ref?: ThingRef;
}

/**
 * Lets the user choose among the things of these kinds in all plans, as far as they fit, starting at the selected one. Undefined when
 * there are none or the user gave up.
 */
export async function pickThing(
  services: Services,
  kinds: readonly ThingRef['kind'][],
  title: string,
  fits: (snapshot: PlanSnapshot, thing: Thing) => boolean = () => true,
): Promise<ThingRef | undefined> {
  await services.index.whenScanned();
  const items = services.index.plans().flatMap((snapshot) => itemsOf(snapshot, kinds, fits));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is nothing to choose from in the plans of this workspace.'),
    );
    return undefined;
  }
  return choose(items, title, services.selection.current);
}

/** `showQuickPick` cannot start at an item. */
function choose(
  items: readonly ThingItem[],
  title: string,
  current: ThingRef | undefined,
): Promise<ThingRef | undefined> {
  const pick = vscode.window.createQuickPick<ThingItem>();
  pick.title = title;
  pick.matchOnDescription = true;
  pick.items = items;
  // An empty list would leave the pick without an active item, and Enter without an effect.
  const active = items.find(({ ref }) => ref !== undefined && sameRef(ref, current));
  if (active !== undefined) pick.activeItems = [active];
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.ref);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function itemsOf(
  snapshot: PlanSnapshot,
  kinds: readonly ThingRef['kind'][],
  fits: (snapshot: PlanSnapshot, thing: Thing) => boolean,
): readonly ThingItem[] {
  const { plan, schedule } = snapshot;
  const things: readonly Thing[] = [...plan.phases, ...plan.gates, ...plan.beads, ...plan.scenarios];
  const items: ThingItem[] = things
    .filter((thing) => kinds.includes(thing.kind) && fits(snapshot, thing))
    .map((thing) => ({
      label: labelOf(thing),
      description: descriptionOf(snapshot, thing),
      iconPath: themeIcon(iconOf(snapshot, thing)),
      ref: refTo(plan, thing),
    }));
  if (kinds.includes('plan')) {
    const description = progressText(schedule.progress());
    items.unshift({ label: plan.title, description, iconPath: themeIcon(planIcon), ref: refTo(plan) });
  }
  if (items.length === 0) return [];
  return [{ label: plan.title, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function descriptionOf(snapshot: PlanSnapshot, thing: Thing): string {
  const state = stateWordOf(snapshot, thing);
  switch (thing.kind) {
    case 'phase':
      return joined([state, progressText(snapshot.schedule.progress(thing.id))]);
    case 'bead':
    case 'gate':
      return joined([state, placeOf(snapshot.plan, thing)]);
    case 'scenario':
      return state;
  }
}
