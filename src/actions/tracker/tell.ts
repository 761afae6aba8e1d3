import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { setContext } from '../../contextKeys';
import type { TrackerChange } from '../../core/actions/trackerChange';
import { type Told, tellTracker } from '../../tracker/tellTracker';

/** Milliseconds without a sign of it: most changes take less. */
const UNSEEN = 500;

/** Has `bd` make a change; where that takes its time, the user sees it and can stop it. */
export async function tellBd(change: TrackerChange, path: string): Promise<Told> {
  const stop = new AbortController();
  const telling = tellTracker(change, { path, signal: stop.signal });
  const isDone = await Promise.race([telling.then(() => true), sleep(UNSEEN, false, { ref: false })]);
  if (!isDone) {
    const title = vscode.l10n.t('Waiting for Beads to change {0}', change.id);
    const location = vscode.ProgressLocation.Notification;
    await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
      token.onCancellationRequested(() => stop.abort());
      return telling;
    });
  }
  const told = await telling;
  setContext('phasewise.hasBd', told.ended !== 'refused' || told.refused.code !== 'no-bd');
  return told;
}
