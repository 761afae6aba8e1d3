import * as vscode from 'vscode';
import type { Bead } from '../../core/model';
import type { ThingRef } from '../../core/thingRef';
import { recentCommits } from '../../git/recentCommits';
import { gitFromSettings } from '../../gitAccess';
import type { Services } from '../../services';
import { phaseOf, type Subject } from '../subject';
import { folderOf } from '../verify/place';
import { evidenceOf, Verifications } from '../verify/verifications';

interface Source extends vscode.QuickPickItem {
  readonly ask: () => Promise<readonly string[] | undefined>;
}

const mostCommits = 60;

/** What shows that a bead is done: typed, from its last verification, or a commit. Undefined when the user gave up. */
export async function askEvidence(services: Services, subject: Subject<Bead>): Promise<readonly string[] | undefined> {
  const { l10n } = vscode;
  const title = l10n.t('Close {0}', subject.thing.id);
  const sources: readonly Source[] = [
    ...verificationSource(services, subject.ref),
    {
      label: `$(pencil) ${l10n.t('Type It')}`,
      description: l10n.t('a measured value, a file, a test'),
      ask: () => typeEvidence(title, subject.thing),
    },
    { label: `$(git-commit) ${l10n.t('A Commit…')}`, ask: () => pickCommit(services, subject, title) },
  ];
  const placeHolder = l10n.t('What shows that it is done?');
  const chosen = await vscode.window.showQuickPick(sources, { title, placeHolder, ignoreFocusOut: true });
  return chosen?.ask();
}

function verificationSource({ context }: Services, ref: ThingRef): readonly Source[] {
  const last = new Verifications(context.workspaceState).last(ref);
  if (last === undefined) return [];
  const evidence = evidenceOf(last);
  const time = last.at.replace('T', ' ');
  const { l10n } = vscode;
  return [
    {
      label: `$(beaker) ${l10n.t('From the Last Verification')}`,
      description: last.passed ? l10n.t('passed, {0}', time) : l10n.t('not passed, {0}', time),
      detail: evidence.join('; '),
      ask: async () => evidence,
    },
  ];
}

async function typeEvidence(title: string, { doneWhen }: Bead): Promise<readonly string[] | undefined> {
  const asked = doneWhen.map(({ value }) => value).join(' ');
  const words = await vscode.window.showInputBox({
    title,
    prompt: asked === '' ? vscode.l10n.t('What shows that it is done?') : vscode.l10n.t('Done when: {0}', asked),
    placeHolder: vscode.l10n.t('4,812 rows read; tests/import.test.ts passes'),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('A bead is closed with evidence.') : undefined),
  });
  return words === undefined || words.trim() === '' ? undefined : [words.trim()];
}

async function pickCommit(
  services: Services,
  { snapshot, thing }: Subject<Bead>,
  title: string,
): Promise<readonly string[] | undefined> {
  const folder = folderOf(services, snapshot.plan, phaseOf(snapshot.plan, thing));
  const commits =
    folder === undefined ? [] : await recentCommits(gitFromSettings(services.log), folder, mostCommits).catch(() => []);
  if (commits.length === 0) {
    void vscode.window.showWarningMessage(vscode.l10n.t('There is no commit to choose here.'));
    return undefined;
  }
  const items = commits.map(({ hash, subject, author, date }) => ({
    label: `$(git-commit) ${subject}`,
    description: `${hash} · ${author} · ${date}`,
    evidence: `commit ${hash} (${subject})`,
  }));
  const placeHolder = vscode.l10n.t('The commit that shows it');
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen && [chosen.evidence];
}
