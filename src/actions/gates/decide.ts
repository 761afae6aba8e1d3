import * as vscode from 'vscode';
import type { CommandTarget } from '../../commands';
import { decideGate } from '../../core/actions/gates';
import { proposeVerdict } from '../../core/actions/verdict';
import type { Criterion, Gate, Verdict } from '../../core/model';
import { joined } from '../../planWords';
import { type Actions, act } from '../actions';
import { mayExecute } from '../planMode';
import { subjectOf } from '../subject';
import { sentenceOf, tell } from '../telling';
import { thingIn } from '../thingIn';

type Measured = readonly (string | undefined)[];

/** Asks for the measured value of each row, proposes the verdict that follows, and lets the person decide. */
export async function decide(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const { services } = actions;
  const title = vscode.l10n.t('Decide Gate');
  const subject = await subjectOf(services, target, ['gate'], title, ({ schedule }, { id }) =>
    ['due', 'adjusted'].includes(schedule.gateState(id)),
  );
  if (subject === undefined || !mayExecute(subject.snapshot, title)) return;
  const { ref, thing: gate, snapshot } = subject;
  const name = joined([title, gate.id], ' ');
  const measured = await askMeasured(gate, name);
  if (measured === undefined) return;
  const verdict = await askVerdict(gate, measured, name);
  if (verdict === undefined) return;
  const { verdict: proposed } = proposeVerdict(gate, measured);
  const note = await askNote(verdict, proposed, name);
  if (note === undefined) return;
  // A person decides a human gate, who need not be the one who sits here.
  const who = gate.type === 'human' ? await askWho(name, await services.user.of(snapshot.plan)) : undefined;
  if (gate.type === 'human' && who === undefined) return;
  const decision = { verdict, measured, ...(note === '' ? {} : { note }) };
  const performed = await act(
    actions,
    ref,
    (source, actor) => thingIn(source, ref, 'gate', (now) => decideGate(source, now, actor, decision)),
    who,
  );
  if ('refused' in performed) void vscode.window.showWarningMessage(sentenceOf(performed.refused));
  else tell(performed);
}

/** One value for each row; undefined when the user gave up. An empty one means that nobody measured it. */
async function askMeasured(gate: Gate, title: string): Promise<Measured | undefined> {
  const measured: (string | undefined)[] = [];
  for (const [index, criterion] of gate.criteria.entries()) {
    const count = gate.criteria.length === 1 ? '' : ` (${index + 1}/${gate.criteria.length})`;
    const step = joined([`${title}${count}`, criterion.criterion], ': ');
    const value = await vscode.window.showInputBox({
      title: step,
      prompt: thresholds(criterion),
      placeHolder: vscode.l10n.t('measured value; empty when it was not measured'),
      ignoreFocusOut: true,
      validateInput: (typed) => judgement(gate, index, typed),
    });
    if (value === undefined) return undefined;
    measured.push(value.trim() === '' ? undefined : value.trim());
  }
  return measured;
}

function thresholds({ pass, adjust, abort }: Criterion): string {
  const { l10n } = vscode;
  return joined([
    pass === '' ? '' : l10n.t('pass: {0}', pass),
    adjust === '' ? '' : l10n.t('adjust: {0}', adjust),
    abort === '' ? '' : l10n.t('abort: {0}', abort),
  ]);
}

/** Below the box while it is typed: what the row's own thresholds make of the value. */
function judgement(gate: Gate, index: number, typed: string): vscode.InputBoxValidationMessage | undefined {
  if (typed.trim() === '') return undefined;
  const row = proposeVerdict(
    gate,
    gate.criteria.map((_, at) => (at === index ? typed.trim() : undefined)),
  ).rows[index];
  if (row === undefined) return undefined;
  const message = row.verdict === undefined ? row.why : `${verdictWord(row.verdict)}: ${row.why}`;
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}

async function askVerdict(gate: Gate, measured: Measured, title: string): Promise<Verdict | undefined> {
  const { verdict: proposed, rows } = proposeVerdict(gate, measured);
  const { l10n } = vscode;
  const effects: Readonly<Record<Verdict, string>> = {
    pass: l10n.t('opens what it blocks'),
    adjust: l10n.t('stays due, with a note of what is to be adjusted'),
    abort: l10n.t('stops everything behind it'),
  };
  const reasons = rows
    .filter(({ verdict }) => verdict !== undefined && verdict === proposed)
    .map(({ why }) => why)
    .join('; ');
  const order: readonly Verdict[] = ['pass', 'adjust', 'abort'];
  const sorted = [...order].sort((a, b) => Number(b === proposed) - Number(a === proposed));
  const items = sorted.map((verdict) => ({
    label: `$(${verdictIcons[verdict]}) ${verdictWord(verdict)}`,
    description: joined([verdict === proposed ? l10n.t('proposed') : '', effects[verdict]]),
    ...(verdict === proposed && reasons !== '' ? { detail: reasons } : {}),
    verdict,
  }));
  const placeHolder =
    proposed === undefined
      ? l10n.t('The thresholds do not settle it: you decide')
      : l10n.t('{0} follows from the values; you decide', verdictWord(proposed));
  return (await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.verdict;
}

const verdictIcons: Readonly<Record<Verdict, string>> = {
  pass: 'verified-filled',
  adjust: 'tools',
  abort: 'stop-circle',
};

function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'pass':
      return vscode.l10n.t('Pass');
    case 'adjust':
      return vscode.l10n.t('Adjust');
    case 'abort':
      return vscode.l10n.t('Abort');
  }
}

/** Empty when there is nothing to say; undefined when the user gave up. */
async function askNote(verdict: Verdict, proposed: Verdict | undefined, title: string): Promise<string | undefined> {
  const isAgainst = proposed !== undefined && proposed !== verdict;
  const prompts: Readonly<Record<Verdict, string>> = {
    pass: vscode.l10n.t('A note for the record, if there is something to say'),
    adjust: vscode.l10n.t('What is to be adjusted before it is decided again?'),
    abort: vscode.l10n.t('Why does it stop here?'),
  };
  const words = await vscode.window.showInputBox({
    title,
    prompt: isAgainst
      ? vscode.l10n.t('The values give {0}. Why is it {1} all the same?', verdictWord(proposed), verdictWord(verdict))
      : prompts[verdict],
    ignoreFocusOut: true,
    validateInput: (value) =>
      (verdict !== 'pass' || isAgainst) && value.trim() === ''
        ? vscode.l10n.t('The plan records the reason.')
        : undefined,
  });
  return words?.trim();
}

async function askWho(title: string, user: string): Promise<string | undefined> {
  const words = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Who decided this? The gate is for a person to decide, and the plan records who.'),
    value: user,
    ignoreFocusOut: true,
  });
  return words === undefined || words.trim() === '' ? undefined : words.trim();
}
