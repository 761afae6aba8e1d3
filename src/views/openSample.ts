import * as vscode from 'vscode';
import { createGit } from '../git/runGit';
import { messageOf } from '../log';
import type { Services } from '../services';

const samples = ['finetune', 'golf-round-finder'] as const;

/** Copies the sample plans out of the extension, makes each a git repository, and opens them side by side. */
export async function openSample(services: Services): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Trust this workspace, or open the samples from an empty window.'),
    );
    return;
  }
  const folder = vscode.Uri.joinPath(services.context.globalStorageUri, 'samples');
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t('Preparing the sample plans…');
  try {
    const workspaceFile = await vscode.window.withProgress({ location, title }, () => prepare(services, folder));
    const forceNewWindow = vscode.workspace.workspaceFolders !== undefined;
    await vscode.commands.executeCommand('vscode.openFolder', workspaceFile, { forceNewWindow });
  } catch (error) {
    services.log.error('The samples could not be prepared', error);
    const message = vscode.l10n.t('The samples could not be copied to {0}: {1}', folder.fsPath, messageOf(error));
    void vscode.window.showErrorMessage(message);
  }
}

async function prepare(services: Services, folder: vscode.Uri): Promise<vscode.Uri> {
  const bundled = vscode.Uri.joinPath(services.context.extensionUri, 'samples');
  for (const name of samples)
    await prepareOne(services, vscode.Uri.joinPath(bundled, name), vscode.Uri.joinPath(folder, name));
  const workspaceFile = vscode.Uri.joinPath(folder, 'phasewise-samples.code-workspace');
  const workspace = { folders: samples.map((path) => ({ path })) };
  await vscode.workspace.fs.writeFile(
    workspaceFile,
    new TextEncoder().encode(`${JSON.stringify(workspace, null, 2)}\n`),
  );
  return workspaceFile;
}

/** A sample that was opened before is the user's by now, with all that was done in it. */
async function prepareOne(services: Services, from: vscode.Uri, to: vscode.Uri): Promise<void> {
  if (await isThere(to)) return;
  // Copied beside its place and then moved, so that what stopped half way is not taken for a sample.
  const building = to.with({ path: `${to.path}.new` });
  await vscode.workspace.fs.copy(from, building, { overwrite: true });
  try {
    const git = createGit();
    const author = [
      '-c',
      'user.name=Phasewise',
      '-c',
      'user.email=samples@phasewise.invalid',
      '-c',
      'commit.gpgsign=false',
    ];
    await git.run(building.fsPath, ['-c', 'init.defaultBranch=main', 'init', '--quiet']);
    await git.run(building.fsPath, ['add', '--all']);
    await git.run(building.fsPath, [...author, 'commit', '--quiet', '--no-verify', '-m', 'Import the sample']);
  } catch (error) {
    // Browsing and prompts work without; phase workspaces say themselves that there is no repository.
    services.log.warn('The sample is no git repository', error);
  }
  await vscode.workspace.fs.rename(building, to);
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
