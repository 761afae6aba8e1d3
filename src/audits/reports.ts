import * as vscode from 'vscode';
import { auditCritiques } from '../core/audit/critiques';
import { auditPrompts } from '../core/audit/prompts';
import { planReadiness as readinessOf } from '../core/audit/readiness';
import type { LinkTo } from '../core/audit/report';
import { levelsOf } from '../core/rules/severities';
import type { PlanSnapshot } from '../core/snapshot';

export { auditCritiques, auditPrompts };

/** With rules as severe as the settings say for this file. */
export function planReadiness(snapshot: PlanSnapshot, linkTo: LinkTo, scope: vscode.Uri | undefined): string {
  return readinessOf(snapshot, linkTo, levelsOf(vscode.workspace.getConfiguration('phasewise', scope).get('rules')));
}
