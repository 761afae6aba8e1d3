import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import { setContext } from '../contextKeys';
import type { Services } from '../services';
import { PlansView } from './plans/view';
import { ReadyView } from './ready';
import { StatusBar } from './statusBar';
import { registerThingCommands } from './thingCommands';

/** The side bar and the status bar. */
export function register(services: Services): void {
  const { context, index, log } = services;
  const plans = new PlansView(services);
  const ready = new ReadyView(services);
  context.subscriptions.push(
    plans,
    ready,
    new StatusBar(services),
    registerThingCommands(services, (ref) => plans.show(ref)),
    registerCommand('phasewise.openSample', async () => (await import('./openSample')).openSample(services)),
    registerCommand('phasewise.newPlan', async () => (await import('./newPlan')).newPlan()),
    registerCommand('phasewise.refresh', () => index.rescan()),
    registerCommand('phasewise.followCursor', () => followCursor(true)),
    registerCommand('phasewise.unfollowCursor', () => followCursor(false)),
    registerCommand('phasewise.collapseAll', () =>
      vscode.commands.executeCommand('workbench.actions.treeView.phasewise.plans.collapseAll'),
    ),
    registerCommand('phasewise.showReady', () => ready.focus()),
    registerCommand('phasewise.showLog', () => log.show()),
    index.onDidStartScan(() => void showProgress(services)),
    index.onDidChange(() => setContext('phasewise.hasPlans', index.plans().length > 0)),
  );
  setContext('phasewise.scanned', false);
}

/** A bar in the view's header while the workspace is looked through. */
async function showProgress({ index }: Services): Promise<void> {
  const location = { viewId: 'phasewise.plans' };
  await vscode.window.withProgress({ location }, () => index.whenScanned());
  setContext('phasewise.scanned', true);
}

function followCursor(follow: boolean): Thenable<void> {
  return vscode.workspace
    .getConfiguration('phasewise')
    .update('followCursor', follow, vscode.ConfigurationTarget.Global);
}
