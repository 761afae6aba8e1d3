import * as vscode from 'vscode';
import { setContext } from '../../contextKeys';
import { isExport } from '../../core/notation/export';
import type { PlanSnapshot } from '../../core/snapshot';
import { messageOf } from '../../log';
import type { Services } from '../../services';

/** Looks whether the command of the Beads tracker is there, once there is an export: its rows offer actions then. */
export function followBd({ index, log }: Services): vscode.Disposable {
  const hasExport = (plans: readonly PlanSnapshot[]) => plans.some(({ plan }) => plan.files.some(isExport));
  const look = () => lookForBd().catch((error: unknown) => log.error(`bd: ${messageOf(error)}`));
  if (hasExport(index.plans())) {
    void look();
    return vscode.Disposable.from();
  }
  const waiting = index.onDidChange(({ changed }) => {
    if (!hasExport(changed)) return;
    waiting.dispose();
    void look();
  });
  return waiting;
}

export async function lookForBd(): Promise<boolean> {
  const { findBd } = await import('../../tracker/bd');
  const isThere = (await findBd()) !== undefined;
  setContext('phasewise.hasBd', isThere);
  return isThere;
}
