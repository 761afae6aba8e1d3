import * as vscode from 'vscode';
import { type CommandTarget, runCommand } from '../../commands';
import { claimBead, deferBead, releaseBead, reopenBead } from '../../core/actions/beads';
import type { Bead } from '../../core/model';
import type { BeadState } from '../../core/snapshot';
import { type Act, type Actions, act, actAndTell } from '../actions';
import { type Subject, subjectOf } from '../subject';
import { sentenceOf, tell } from '../telling';
import { beadIn } from '../thingIn';
import { mayChange } from '../tracker/mayChange';

/** Takes a ready bead. */
export async function claim(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const subject = await beadFor(actions, target, vscode.l10n.t('Claim Bead'), ['ready']);
  if (subject === undefined) return;
  const { ref } = subject;
  const performed = await act(actions, ref, (source, actor) =>
    beadIn(source, ref, (bead) => claimBead(source, bead, actor)),
  );
  if ('refused' in performed && performed.refused.code === 'blocked') {
    const show = vscode.l10n.t('Show What Is Ready');
    const answer = await vscode.window.showWarningMessage(sentenceOf(performed.refused), show);
    if (answer === show) await runCommand('phasewise.showReady');
    return;
  }
  tell(performed);
}

/** Puts a bead back; one that somebody else has, only after a question. */
export async function release(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const subject = await beadFor(actions, target, vscode.l10n.t('Release Bead'), ['in_progress']);
  if (subject === undefined) return;
  const { ref } = subject;
  const releasing =
    (force: boolean): Act =>
    (source, actor) =>
      beadIn(source, ref, (bead) => releaseBead(source, bead, actor, { force }));
  const performed = await act(actions, ref, releasing(false));
  if ('refused' in performed && performed.refused.code === 'held') {
    const anyway = vscode.l10n.t('Release Anyway');
    const answer = await vscode.window.showWarningMessage(performed.refused.message, anyway);
    if (answer === anyway) await actAndTell(actions, ref, releasing(true));
    return;
  }
  tell(performed);
}

export async function reopen(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const subject = await beadFor(actions, target, vscode.l10n.t('Reopen Bead'), ['closed', 'deferred']);
  if (subject === undefined) return;
  const { ref } = subject;
  await actAndTell(actions, ref, (source, actor) => beadIn(source, ref, (bead) => reopenBead(source, bead, actor)));
}

export async function defer(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const title = vscode.l10n.t('Defer Bead');
  const subject = await beadFor(actions, target, title, ['ready', 'blocked', 'in_progress']);
  if (subject === undefined || !(await mayChange(subject.thing))) return;
  const { ref } = subject;
  const reason = await vscode.window.showInputBox({
    title: `${title} ${subject.thing.id}`,
    prompt: vscode.l10n.t('Why not now, and what has to happen first?'),
    ignoreFocusOut: true,
  });
  if (reason === undefined) return;
  const given = reason.trim() === '' ? {} : { reason: reason.trim() };
  await actAndTell(actions, ref, (source, actor) =>
    beadIn(source, ref, (bead) => deferBead(source, bead, actor, given)),
  );
}

function beadFor(
  { services }: Actions,
  target: CommandTarget | undefined,
  title: string,
  states: readonly BeadState[],
): Promise<Subject<Bead> | undefined> {
  return subjectOf(services, target, ['bead'], title, ({ schedule }, { id }) =>
    states.includes(schedule.beadState(id)),
  );
}
