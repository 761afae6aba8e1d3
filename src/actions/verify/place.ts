import * as vscode from 'vscode';
import { toUri } from '../../convert';
import type { Phase, Plan } from '../../core/model';
import { headOf } from '../../git/repository';
import { gitFromSettings } from '../../gitAccess';
import type { Services } from '../../services';

/** Where the work of a plan's phase happens on this machine: its workspace, else the folder that the plan is open in. */
export function folderOf({ phaseDecorations }: Services, plan: Plan, phase: Phase | undefined): string | undefined {
  const own = phase === undefined ? undefined : phaseDecorations.describe(plan.key, phase.id)?.folder;
  if (own !== undefined) return own;
  const [main] = plan.files;
  const root = main === undefined ? undefined : vscode.workspace.getWorkspaceFolder(toUri(main))?.uri;
  return root?.scheme === 'file' ? root.fsPath : undefined;
}

/** The first digits of the commit that is checked out; undefined outside of git. */
export async function commitAt({ log }: Services, folder: string): Promise<string | undefined> {
  const { commit } = await headOf(gitFromSettings(log), folder).catch(() => ({ commit: undefined }));
  return commit?.slice(0, 8);
}
