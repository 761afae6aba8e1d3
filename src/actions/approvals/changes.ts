import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { CommandTarget } from '../../commands';
import { toUri } from '../../convert';
import { isApproved } from '../../core/approval/approvedText';
import type { Approval, Gate, Phase, Plan } from '../../core/model';
import type { ThingRef } from '../../core/thingRef';
import { approvedVersion } from '../../git/approvedVersion';
import { gitFromSettings } from '../../gitAccess';
import { messageOf } from '../../log';
import { nameOf } from '../../planWords';
import type { Services } from '../../services';
import { approvableOf } from './approvable';
import { textUri } from './texts';

/** Shows what was approved beside what stands there now. The approved text comes from git's history. */
export async function showChangesSinceApproval(services: Services, target: CommandTarget | undefined): Promise<void> {
  const title = vscode.l10n.t('Show Changes Since Approval');
  const found = await approvableOf(services, target, title, (plan, thing) => approvalsOf(plan, thing).length > 0);
  if (found === undefined) return;
  const { snapshot, thing, ref } = found;
  const { plan } = snapshot;
  const name = thing === undefined ? plan.title : nameOf(thing);
  const approval = approvalsOf(plan, thing).at(-1);
  if (approval === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} was not approved yet.', name));
    return;
  }
  if (approval.hash === undefined) {
    const message = vscode.l10n.t(
      '{0} was approved by {1} without a hash, so nobody can tell which text was meant. Approve it again.',
      name,
      approval.by,
    );
    void vscode.window.showWarningMessage(message);
    return;
  }
  if (isApproved(plan, thing, approval.hash)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is as {1} approved it.', name, approval.by));
    return;
  }
  await showDifference(services, ref, plan, thing, { ...approval, hash: approval.hash }, name);
}

export function approvalsOf(plan: Plan, thing: Phase | Gate | undefined): readonly Approval[] {
  return thing === undefined ? plan.head.approvals : thing.approvals;
}

async function showDifference(
  services: Services,
  ref: ThingRef,
  plan: Plan,
  thing: Phase | Gate | undefined,
  approval: Approval & { readonly hash: string },
  name: string,
): Promise<void> {
  const uris = plan.files.map(toUri);
  if (uris.some(({ scheme }) => scheme !== 'file')) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The approved text is looked for in git, and this plan is not on a disk.'),
    );
    return;
  }
  const wanted = {
    hash: approval.hash,
    files: uris.map(({ fsPath }) => fsPath),
    ...(thing === undefined ? {} : { thing: { kind: thing.kind, id: thing.id } }),
  };
  const location = { viewId: 'phasewise.plans' };
  const search = () => approvedVersion(gitFromSettings(services.log), wanted);
  const version = await vscode.window.withProgress({ location }, search).then(undefined, (error: unknown) => {
    services.log.warn(messageOf(error));
    return undefined;
  });
  if (version === undefined) {
    const message = vscode.l10n.t(
      'The text of {0} that {1} approved (sha256:{2}) is in no commit of its file, so it cannot be shown. Commit a plan before it is approved.',
      name,
      approval.by,
      approval.hash,
    );
    void vscode.window.showWarningMessage(message);
    return;
  }
  const title = vscode.l10n.t('{0}: approved {1} ↔ now', name, approval.date ?? version.date);
  if (thing !== undefined) {
    const [[file, text] = ['', '']] = version.texts;
    const left = textUri({ file: basename(file), text, label: version.commit.slice(0, 8) });
    await vscode.commands.executeCommand('vscode.diff', left, textUri({ file: basename(file), ref }), title);
    return;
  }
  const pairs = uris.map((uri): readonly [vscode.Uri, vscode.Uri, vscode.Uri] => {
    const text = version.texts.get(uri.fsPath) ?? '';
    return [uri, textUri({ file: basename(uri.path), text, label: version.commit.slice(0, 8) }), uri];
  });
  const changed = pairs.filter(([uri]) => version.texts.get(uri.fsPath) !== plan.textOf(uri.toString()));
  const [only, ...others] = changed;
  if (only !== undefined && others.length === 0)
    await vscode.commands.executeCommand('vscode.diff', only[1], only[2], title);
  else await vscode.commands.executeCommand('vscode.changes', title, changed);
}
