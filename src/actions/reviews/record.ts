import * as vscode from 'vscode';
import type { CommandTarget } from '../../commands';
import { recordCritique, recordReadinessPass } from '../../core/actions/reviews';
import type { CritiqueVerdict } from '../../core/model';
import { refTo } from '../../core/thingRef';
import { type Actions, actAndTell } from '../actions';
import { planOf } from '../subject';
import { ask, given } from './ask';

/** An objection with its verdict, the reason, and where it landed. */
export async function critique(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const { l10n } = vscode;
  const title = l10n.t('Record Critique');
  const snapshot = await planOf(actions.services, target, title);
  if (snapshot === undefined) return;
  const text = await ask(title, l10n.t('The objection, in a sentence or two'), { needed: true });
  if (text === undefined) return;
  const source = await ask(title, l10n.t('Who says so?'));
  if (source === undefined) return;
  const verdict = await askVerdict(title);
  if (verdict === undefined) return;
  const reason =
    verdict === 'open'
      ? ''
      : await ask(title, verdict === 'rejected' ? l10n.t('Why is it rejected?') : l10n.t('Why is it adopted?'), {
          needed: verdict === 'rejected',
        });
  if (reason === undefined) return;
  const landed =
    verdict === 'adopted' ? await ask(title, l10n.t('Where did it land? The ids of beads, gates or phases')) : '';
  if (landed === undefined) return;
  await actAndTell(actions, refTo(snapshot.plan), (now, actor) =>
    recordCritique(now, actor, {
      text,
      verdict,
      ...given('source', source),
      ...given('reason', reason),
      ...given('landed', landed),
    }),
  );
}

async function askVerdict(title: string): Promise<CritiqueVerdict | undefined> {
  const { l10n } = vscode;
  const items: readonly (vscode.QuickPickItem & { readonly verdict: CritiqueVerdict })[] = [
    { label: `$(check) ${l10n.t('Adopted')}`, description: l10n.t('the plan changes'), verdict: 'adopted' },
    { label: `$(x) ${l10n.t('Rejected')}`, description: l10n.t('with a reason'), verdict: 'rejected' },
    { label: `$(question) ${l10n.t('Open')}`, description: l10n.t('nobody has decided yet'), verdict: 'open' },
  ];
  const placeHolder = l10n.t('What becomes of it?');
  return (await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.verdict;
}

/** One review of the whole plan. */
export async function readinessPass(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const { l10n } = vscode;
  const title = l10n.t('Record Readiness Pass');
  const snapshot = await planOf(actions.services, target, title);
  if (snapshot === undefined) return;
  const reviewer = await ask(title, l10n.t('Who reviewed the plan?'), {
    value: await actions.services.user.of(snapshot.plan),
    needed: true,
  });
  if (reviewer === undefined) return;
  const rating = await ask(title, l10n.t('The rating: ready, ready with reservations, not ready'), { needed: true });
  if (rating === undefined) return;
  const gaps = await ask(
    title,
    l10n.t('The gaps that no pass before has found, divided by “;”. Empty when there are none.'),
  );
  if (gaps === undefined) return;
  const changed = await ask(title, l10n.t('What was changed in the plan?'));
  if (changed === undefined) return;
  const newGaps = gaps
    .split(';')
    .map((gap) => gap.trim())
    .filter((gap) => gap !== '');
  await actAndTell(actions, refTo(snapshot.plan), (now, actor) =>
    recordReadinessPass(now, actor, { reviewer, rating, newGaps, ...given('changed', changed) }),
  );
}
