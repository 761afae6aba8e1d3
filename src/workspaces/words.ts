import * as vscode from 'vscode';
import type { Phase } from '../core/model';
import type { GitProblem, Obstacle } from '../git/failure';
import type { Origin, WorkspaceProblem } from './failure';
import { repositoryPlaceholder } from './naming';

/** `Phase J`, or the title of a phase that the plan gives no id. */
export function nameOfPhase({ id, idAt, title }: Phase): string {
  return idAt === undefined && title.value !== '' ? title.value : vscode.l10n.t('Phase {0}', id);
}

/** `Phase J — Provision production resources`. */
export function titleOfPhase(phase: Phase): string {
  const name = nameOfPhase(phase);
  return phase.title.value === '' || phase.title.value === name ? name : `${name} — ${phase.title.value}`;
}

/** What went wrong with git, and what to do about it. */
export function gitSentence(problem: GitProblem): string {
  const { l10n } = vscode;
  switch (problem.kind) {
    case 'no-git':
      return l10n.t('Git was not found. Install git, or say in the setting “git.path” where it is.');
    case 'not-a-repository':
      return l10n.t('{0} is not in a git repository.', problem.path);
    case 'bare':
      return l10n.t(
        '{0} is a bare repository, which has no files of its own. Open the plan from one of its worktrees.',
        problem.path,
      );
    case 'no-commits':
      return l10n.t('The repository {0} has no commit yet. Make the first commit, then try again.', problem.path);
    case 'foreign-owner':
      return l10n.t(
        'Git does not use {0}, because it belongs to another user of this machine. If you trust it, add it to the git setting “safe.directory”.',
        problem.path,
      );
    case 'bad-branch-name':
      return l10n.t('Git does not take “{0}” for the name of a branch. Choose another one.', problem.branch);
    case 'unknown-base':
      return l10n.t('“{0}” is no branch, tag or commit of this repository. Choose another base.', problem.base);
    case 'branch-exists':
      return l10n.t('There is a branch {0} already. Try again to continue on it.', problem.branch);
    case 'no-branch':
      return l10n.t('There is no branch {0} any more. Try again to make it.', problem.branch);
    case 'branch-exists-elsewhere':
      return problem.missing
        ? l10n.t(
            'Git keeps the branch {0} for {1}, which is gone. Run “git worktree prune” in the repository, then try again.',
            problem.branch,
            problem.path,
          )
        : l10n.t(
            'The branch {0} is checked out in {1} already, and git allows that once. Work there, or give the phase another branch.',
            problem.branch,
            problem.path,
          );
    case 'branch-name-conflict':
      return l10n.t(
        'Git cannot have the branches {0} and {1} side by side. Rename {1}, or give the phase another branch.',
        problem.branch,
        problem.other,
      );
    case 'path-taken':
      return takenSentence(problem.path, problem.by);
    case 'outside':
      return l10n.t(
        '{0} is not inside {1} once links are followed, so nothing was written there. Choose another place.',
        problem.path,
        problem.folder,
      );
    case 'path-too-long':
      return l10n.t(
        'A path in {0} is longer than this machine allows. Choose a shorter one in the setting “phasewise.workspaces.path”.',
        problem.path,
      );
    case 'locked':
      return problem.reason === ''
        ? l10n.t('The worktree {0} is locked. Run “git worktree unlock” for it first.', problem.path)
        : l10n.t(
            'The worktree {0} is locked ({1}). Run “git worktree unlock” for it first.',
            problem.path,
            problem.reason,
          );
    case 'not-writable':
      return l10n.t('You may not write in {0}. Choose another place, or change its permissions.', problem.path);
    case 'disk-full':
      return l10n.t('The disk of {0} is full. Make room, then try again.', problem.path);
    case 'busy':
      return l10n.t(
        'Another git command is at work in {0}. Wait for it to end; if none is running, delete {1}.',
        problem.path,
        problem.lock,
      );
    case 'hook':
      return l10n.t('A git hook of the repository stopped this: {0}', lastLine(problem.output));
    case 'not-a-worktree':
      return l10n.t('Git knows no worktree in {0}.', problem.path);
    case 'unfinished':
      return l10n.t('Work in {0} would be lost.', problem.path);
    case 'leftover':
      return l10n.t(
        'The workspace is gone from git, but some of its files are in use. Close what uses them, then delete {0}.',
        problem.path,
      );
    case 'cancelled':
      return l10n.t('Cancelled.');
    case 'failed':
      return l10n.t('Git stopped: {0}', lastLine(problem.output));
  }
}

function takenSentence(path: string, by: 'file' | 'folder' | 'link' | 'worktree'): string {
  const { l10n } = vscode;
  switch (by) {
    case 'file':
      return l10n.t('There is a file where the workspace would go, at {0}. Move it, or choose another place.', path);
    case 'folder':
      return l10n.t('The folder {0} is there and not empty. Move it, or choose another place.', path);
    case 'link':
      return l10n.t('There is a link where the workspace would go, at {0}. Remove it, or choose another place.', path);
    case 'worktree':
      return l10n.t('{0} is the worktree of another branch. Remove that one, or choose another place.', path);
  }
}

/** What a plan or the settings say that cannot be done, and what to change. */
export function workspaceSentence(problem: WorkspaceProblem): string {
  const { l10n } = vscode;
  const where = originWords(problem.origin);
  switch (problem.kind) {
    case 'unknown-placeholder':
      return l10n.t('There is no placeholder “{0}” ({1}). Use repo, plan, phase or title.', problem.placeholder, where);
    case 'bad-branch':
      return l10n.t('Git does not take “{0}” for the name of a branch ({1}). Change it.', problem.branch, where);
    case 'bad-folder':
      return l10n.t(
        'The plan puts workspaces in “{0}”. It may only name a folder in the repository, or one beside it that begins with {1}.',
        problem.folder,
        repositoryPlaceholder,
      );
    case 'bad-path':
      return l10n.t('The path “{0}” of the phase leads out of the repository. Change it in the plan.', problem.path);
    case 'remote-repository':
      return l10n.t(
        'This plan is about the repository {0}. Clone it, then choose the folder of the clone.',
        problem.url,
      );
    case 'no-such-repository':
      return l10n.t(
        'This plan is about a repository in {0}, and there is none. Clone it there, or choose the folder it is in.',
        problem.path,
      );
  }
}

function originWords(origin: Origin): string {
  return origin.in === 'plan' ? vscode.l10n.t('in the plan') : vscode.l10n.t('in the setting {0}', origin.setting);
}

/** One line for each thing that removing a worktree would lose, with the things themselves below it. */
export function obstacleLines(obstacles: readonly Obstacle[]): readonly string[] {
  return obstacles.flatMap((obstacle) => {
    const { heading, items, count } = describeObstacle(obstacle);
    const shown = items.slice(0, 8).map((item) => `    ${item}`);
    const hidden = Math.max(count, items.length) - shown.length;
    return [heading, ...shown, ...(hidden > 0 ? [`    ${vscode.l10n.t('and {0} more', hidden)}`] : [])];
  });
}

interface ObstacleWords {
  readonly heading: string;
  readonly items: readonly string[];
  /** How many there are, where `items` does not hold all. */
  readonly count: number;
}

function describeObstacle(obstacle: Obstacle): ObstacleWords {
  const { l10n } = vscode;
  const alone = (heading: string): ObstacleWords => ({ heading, items: [], count: 0 });
  switch (obstacle.kind) {
    case 'main-checkout':
      return alone(l10n.t('It is the main checkout of the repository.'));
    case 'locked':
      return alone(
        obstacle.reason === ''
          ? l10n.t('It is locked: run “git worktree unlock” for it first.')
          : l10n.t('It is locked ({0}): run “git worktree unlock” for it first.', obstacle.reason),
      );
    case 'submodules': {
      const heading = l10n.t(
        'It holds submodules, and git does not remove those by itself. Delete the folder by hand, then run “git worktree prune”:',
      );
      return { heading, items: obstacle.paths, count: obstacle.paths.length };
    }
    case 'operation':
      return alone(l10n.t('A {0} is not finished.', obstacle.operation));
    case 'uncommitted': {
      const items = obstacle.files.map(({ path, change }) => `${visible(path)} (${changeWords(change)})`);
      return { heading: l10n.t('Not committed:'), items, count: items.length };
    }
    case 'unpushed':
      return { heading: l10n.t('Not pushed:'), items: obstacle.commits, count: obstacle.count };
    case 'unmerged': {
      const heading =
        obstacle.into === ''
          ? l10n.t('Commits that no other branch has:')
          : l10n.t('Not merged into {0}:', obstacle.into);
      return { heading, items: obstacle.commits, count: obstacle.count };
    }
  }
}

function changeWords(change: Extract<Obstacle, { kind: 'uncommitted' }>['files'][number]['change']): string {
  const { l10n } = vscode;
  switch (change) {
    case 'modified':
      return l10n.t('modified');
    case 'added':
      return l10n.t('added');
    case 'deleted':
      return l10n.t('deleted');
    case 'renamed':
      return l10n.t('renamed');
    case 'untracked':
      return l10n.t('untracked');
    case 'conflicted':
      return l10n.t('conflict');
  }
}

/** File names can hold line breaks. */
function visible(path: string): string {
  return path.replace(/[\r\n]/g, '⏎');
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}
