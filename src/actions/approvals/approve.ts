import * as vscode from 'vscode';
import type { CommandTarget } from '../../commands';
import { approve as approveIn } from '../../core/actions/approve';
import { approvalHash } from '../../core/approval/approvedText';
import { thingOf } from '../../core/thingRef';
import { nameOf } from '../../planWords';
import { type Actions, actAndTell } from '../actions';
import { approvableOf } from './approvable';
import { approvalsOf } from './changes';

/** Records who approved the plan, a phase or a gate, when, and the hash of what was approved. */
export async function approve(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const { services } = actions;
  const { l10n } = vscode;
  const found = await approvableOf(services, target, l10n.t('Approve'));
  if (found === undefined) return;
  const { ref, snapshot, thing } = found;
  const name = thing === undefined ? l10n.t('“{0}”', snapshot.plan.title) : nameOf(thing);
  const who = await services.user.of(snapshot.plan);
  const before = approvalsOf(snapshot.plan, thing).at(-1);
  const hash = approvalHash(snapshot.plan, thing);
  const yes = l10n.t('Approve');
  const detail = [
    l10n.t('The plan records {0}, the date and the hash of this text: sha256:{1}.', who, hash),
    ...(before === undefined ? [] : [l10n.t('{0} approved it before.', before.by)]),
    l10n.t('Status, owners, evidence and decisions do not count: any other change makes the approval stale.'),
  ].join('\n\n');
  const answer = await vscode.window.showInformationMessage(l10n.t('Approve {0}?', name), { modal: true, detail }, yes);
  if (answer !== yes) return;
  await actAndTell(actions, ref, (source, actor) => {
    const now = ref.kind === 'plan' ? undefined : thingOf(source.snapshot.plan, ref);
    return approveIn(source, now?.kind === 'phase' || now?.kind === 'gate' ? now : undefined, actor);
  });
}
