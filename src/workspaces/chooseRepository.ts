import * as vscode from 'vscode';
import type { Plan } from '../core/model';
import { GitFailure } from '../git/failure';
import { isInside } from '../git/places';
import type { Repository } from '../git/repository';
import type { Git } from '../git/runGit';
import type { Services } from '../services';
import { codeRepository } from './codeRepository';
import { WorkspaceFailure } from './failure';
import { openFolders } from './places';
import { rememberRepository, type WorkspaceSettings } from './settings';
import { workspaceSentence } from './words';

/**
 * The repository for a plan's work. A path in a plan comes from strangers, so one that is not open here is used only
 * after the user agreed. `none` when the plan is in no repository, or there is no git; undefined when dismissed.
 */
export async function chooseRepository(
  services: Services,
  git: Git,
  plan: Plan,
  planFile: string,
  settings: Pick<WorkspaceSettings, 'repositories'>,
): Promise<Repository | 'none' | undefined> {
  try {
    const choices = { folders: settings.repositories, open: openFolders() };
    const { repository, namedByPlan } = await codeRepository(git, plan, planFile, choices);
    if (!namedByPlan || (await agreed(services, repository))) return repository;
    return undefined;
  } catch (error) {
    if (error instanceof WorkspaceFailure) return askForClone(services, git, plan, planFile, settings, error);
    const named = (plan.head.repository?.value.trim() ?? '') !== '';
    if (error instanceof GitFailure && !named && (error.kind === 'no-git' || error.kind === 'not-a-repository')) {
      services.log.info(`${planFile}: ${error.message}`);
      return 'none';
    }
    throw error;
  }
}

/** Checkouts that the user agreed to, in this workspace. */
const agreedKey = 'workspaces.agreedRepositories';

async function agreed({ context }: Services, { checkout }: Repository): Promise<boolean> {
  const known = context.workspaceState.get<readonly string[]>(agreedKey) ?? [];
  const isOpen = openFolders().some((folder) => isInside(checkout, folder) || isInside(folder, checkout));
  if (known.includes(checkout) || isOpen) return true;
  const { l10n } = vscode;
  const use = l10n.t('Use It');
  const message = l10n.t('This plan says that its work happens in {0}. Make the workspace there?', checkout);
  if ((await vscode.window.showWarningMessage(message, use)) !== use) return false;
  await context.workspaceState.update(agreedKey, [...known, checkout]);
  return true;
}

async function askForClone(
  services: Services,
  git: Git,
  plan: Plan,
  planFile: string,
  settings: Pick<WorkspaceSettings, 'repositories'>,
  failure: WorkspaceFailure,
): Promise<Repository | 'none' | undefined> {
  const { kind } = failure.problem;
  const words = plan.head.repository?.value.trim();
  if (words === undefined || (kind !== 'remote-repository' && kind !== 'no-such-repository')) throw failure;
  const choose = vscode.l10n.t('Choose Folder…');
  if ((await vscode.window.showErrorMessage(workspaceSentence(failure.problem), choose)) !== choose) return undefined;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Use This Repository'),
  });
  const folder = chosen?.[0]?.fsPath;
  if (folder === undefined) return undefined;
  await rememberRepository(words, folder);
  const repositories = new Map([...settings.repositories, [words, folder]]);
  return chooseRepository(services, git, plan, planFile, { repositories });
}
