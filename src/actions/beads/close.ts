import * as vscode from 'vscode';
import type { CommandTarget } from '../../commands';
import { closeBead } from '../../core/actions/beads';
import { type Act, type Actions, act, sentenceOf, tell } from '../actions';
import { mayExecute } from '../planMode';
import { subjectOf } from '../subject';
import { beadIn } from '../thingIn';
import { askEvidence } from './evidence';

/** Closes a bead with evidence. Something that still blocks it needs a reason, which is written down. */
export async function close(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const { services } = actions;
  const title = vscode.l10n.t('Close Bead');
  const isOpen = (
    { schedule }: { readonly schedule: { beadState(id: string): string } },
    { id }: { readonly id: string },
  ) => ['in_progress', 'ready'].includes(schedule.beadState(id));
  const subject = await subjectOf(services, target, ['bead'], title, isOpen);
  if (subject === undefined || !mayExecute(subject.snapshot, title)) return;
  const evidence = await askEvidence(services, subject);
  if (evidence === undefined) return;
  const { ref } = subject;
  const closing =
    (override?: string): Act =>
    (source, actor) =>
      beadIn(source, ref, (bead) =>
        closeBead(source, bead, actor, { evidence, ...(override === undefined ? {} : { override }) }),
      );
  let performed = await act(actions, ref, closing());
  if ('refused' in performed && performed.refused.code === 'blocked') {
    const anyway = vscode.l10n.t('Close Anyway…');
    if ((await vscode.window.showWarningMessage(performed.refused.message, anyway)) !== anyway) return;
    const reason = await vscode.window.showInputBox({
      title: vscode.l10n.t('Close {0}', subject.thing.id),
      prompt: vscode.l10n.t('Why is it closed although something that blocks it is open? The plan keeps these words.'),
      ignoreFocusOut: true,
    });
    if (reason === undefined || reason.trim() === '') return;
    performed = await act(actions, ref, closing(reason.trim()));
  }
  if ('refused' in performed) {
    void vscode.window.showWarningMessage(sentenceOf(performed.refused));
    return;
  }
  tell(performed);
}
