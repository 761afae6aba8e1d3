import * as vscode from 'vscode';
import { runCommand } from '../commands';
import type { PlanSnapshot } from '../core/snapshot';
import { refTo } from '../core/thingRef';

/** Whether the plan is past planning. If not, says why this is off, with the way on. */
export function mayExecute({ plan }: PlanSnapshot, action: string): boolean {
  if (plan.mode !== 'planning' || plan.head.mode === undefined) return true;
  const start = vscode.l10n.t('Start Executing…');
  const message = vscode.l10n.t(
    '{0} is off: “{1}” is being planned (mode: planning), and nothing of it is executed yet.',
    action,
    plan.title,
  );
  void vscode.window.showWarningMessage(message, start).then((answer) => {
    if (answer === start) void runCommand('phasewise.startExecuting', refTo(plan));
  });
  return false;
}
