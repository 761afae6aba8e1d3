import * as vscode from 'vscode';
import type { Phase, Plan } from '../core/model';
import { type Branch, distance, listBranches } from '../git/branches';
import { GitFailure } from '../git/failure';
import { headOf, type Repository } from '../git/repository';
import type { Git } from '../git/runGit';

export interface Start {
  readonly branch: string;
  readonly branchIs: 'new' | 'existing';
  readonly base: string;
}

export interface StartQuestion {
  readonly title: string;
  readonly plan: Plan;
  readonly phase: Phase;
  /** The branch that the phase would have. */
  readonly branch: string;
  readonly path: string;
  /** From the settings; empty when not set. */
  readonly base: string;
  /** Branches of the phases that this one depends on, by phase id, where they have workspaces. */
  readonly before: ReadonlyMap<string, string>;
}

interface StartItem extends vscode.QuickPickItem {
  readonly start?: Start;
}

/** The user sees the branch, its base and the place, and can choose another base. Undefined when dismissed. */
export async function askForStart(
  git: Git,
  repository: Repository,
  question: StartQuestion,
): Promise<Start | undefined> {
  const branches = await listBranches(git, repository.checkout);
  if (branches.length === 0) {
    const { commit } = await headOf(git, repository.checkout);
    if (commit === undefined) throw new GitFailure({ kind: 'no-commits', path: repository.checkout });
  }
  const bases = await baseItems(git, repository, branches, question);
  const own = branches.find(({ name, remote }) => !remote && name === question.branch);
  const items = own === undefined ? bases : [await continueItem(git, repository, own, bases, question)];
  const placeHolder =
    own === undefined
      ? vscode.l10n.t('What does the new branch {0} start from?', question.branch)
      : vscode.l10n.t('The branch {0} is there already', question.branch);
  const options = { title: question.title, placeHolder, matchOnDescription: true, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.start;
}

/** The base that is likely meant comes first. */
async function baseItems(
  git: Git,
  repository: Repository,
  branches: readonly Branch[],
  { branch, base, before, path }: StartQuestion,
): Promise<readonly StartItem[]> {
  const { l10n } = vscode;
  const items: StartItem[] = [];
  const shown = new Set<string>();
  const add = (name: string, description: string, icon = '$(git-branch)', label = name): void => {
    if (shown.has(name)) return;
    // The place is the same for all of them: once is enough.
    const detail = shown.size === 0 ? { detail: placeWords(path) } : {};
    shown.add(name);
    items.push({ label: `${icon} ${label}`, description, ...detail, start: { branch, branchIs: 'new', base: name } });
  };
  const head = await headOf(git, repository.checkout);
  if (base !== '') add(base, l10n.t('base of all phase workspaces, from the settings'));
  if (head.branch !== undefined && head.commit !== undefined) add(head.branch, l10n.t('checked out now'));
  if (head.branch === undefined && head.commit !== undefined) {
    const short = head.commit.slice(0, 8);
    add(head.commit, l10n.t('checked out now, on no branch'), '$(git-commit)', short);
  }
  for (const [phase, name] of before) add(name, l10n.t('workspace of phase {0}, which this one depends on', phase));
  const rest = branches.filter(({ name }) => name !== branch && !shown.has(name));
  if (rest.length > 0) items.push({ label: l10n.t('other branches'), kind: vscode.QuickPickItemKind.Separator });
  for (const { name, subject, remote } of rest) add(name, subject, remote ? '$(cloud)' : '$(git-branch)');
  return items;
}

function placeWords(path: string): string {
  return vscode.l10n.t('Worktree in {0}', path);
}

async function continueItem(
  git: Git,
  repository: Repository,
  own: Branch,
  bases: readonly StartItem[],
  { branch, path }: StartQuestion,
): Promise<StartItem> {
  const base = bases[0]?.start?.base ?? branch;
  const { ahead, behind } = await distance(git, repository.checkout, base, own.commit);
  return {
    label: `$(git-branch) ${vscode.l10n.t('Continue on {0}', branch)}`,
    description: vscode.l10n.t('{0} ahead of and {1} behind {2}', ahead, behind, base),
    detail: placeWords(path),
    start: { branch, branchIs: 'existing', base },
  };
}
