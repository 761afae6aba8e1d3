import * as vscode from 'vscode';
import type { PlanSnapshot } from '../core/snapshot';

/** Whether the plan is past planning. If not, says why this is off. */
export function mayExecute({ plan }: PlanSnapshot, action: string): boolean {
  if (plan.mode !== 'planning' || plan.head.mode === undefined) return true;
  const message = vscode.l10n.t(
    '{0} is off: “{1}” is being planned (mode: planning), and nothing of it is executed yet.',
    action,
    plan.title,
  );
  void vscode.window.showWarningMessage(message);
  return false;
}
