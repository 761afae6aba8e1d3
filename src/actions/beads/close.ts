import * as vscode from 'vscode';
import { type CommandTarget, runCommand } from '../../commands';
import { closeBead } from '../../core/actions/beads';
import type { Bead } from '../../core/model';
import { refTo } from '../../core/thingRef';
import { nameOf } from '../../planWords';
import { type Act, type Actions, act } from '../actions';
import { mayExecute } from '../planMode';
import { type Subject, subjectOf } from '../subject';
import { tell } from '../telling';
import { beadIn } from '../thingIn';
import { mayChange } from '../tracker/mayChange';
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
  if (subject === undefined || !mayExecute(subject.snapshot, title) || !(await mayChange(subject.thing))) return;
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
  tell(performed);
  if ('said' in performed) await tellWhatIsDue(actions, subject);
}

/** A gate that became due by what was closed is the next thing to do. */
async function tellWhatIsDue({ services }: Actions, { snapshot: before, ref }: Subject<Bead>): Promise<void> {
  const source = services.index.freshSource(ref.plan);
  const gates = source?.snapshot.schedule.next.flatMap((item) => (item.kind === 'gate' ? [item.gate] : [])) ?? [];
  const gate = gates.find(({ id }) => before.schedule.gateState(id) === 'waiting');
  if (source === undefined || gate === undefined) return;
  const decide = vscode.l10n.t('Decide Gate…');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('{0} is due.', nameOf(gate)), decide);
  if (answer === decide) await runCommand('phasewise.decideGate', refTo(source.snapshot.plan, gate));
}
