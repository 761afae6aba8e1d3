import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PlanSnapshot } from '../../src/core/snapshot';
import type { Services } from '../../src/services';

export { planText } from '../support/planText';

/** What the running extension works with. */
export async function startedServices(): Promise<Services> {
  const extension = vscode.extensions.getExtension<Services>('phasewise.phasewise');
  assert.ok(extension, 'the extension is not there');
  const services = await extension.activate();
  // In a browser the editor saves by itself a second after each change.
  await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Global);
  await services.index.whenFirstScanned();
  await services.index.whenScanned();
  return services;
}

/** From now on actions are taken in this name; undefined for git's, or the machine's. */
export function actAs(name: string | undefined): Thenable<void> {
  return vscode.workspace.getConfiguration('phasewise').update('user', name, vscode.ConfigurationTarget.Global);
}

/** The folder that the window was opened with. */
export function projectFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return folder.uri;
}

export function inProject(path: string): vscode.Uri {
  return vscode.Uri.joinPath(projectFolder(), path);
}

export async function write(uri: vscode.Uri, content: string | Uint8Array): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? new TextEncoder().encode(content) : content);
}

/** Waits until the assertions in `check` hold; fails with the last of their complaints. */
export async function eventually<T>(check: () => T | Promise<T>, patience = 10_000): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(20);
    }
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The plan with this id, as soon as it is there. */
export function planWithId({ index }: Services, id: string): Promise<PlanSnapshot> {
  return eventually(() => {
    const found = index.plans().find(({ plan }) => plan.id === id);
    assert.ok(found, `no plan ${id} among ${index.plans().map(({ plan }) => plan.id)}`);
    return found;
  });
}

export function planIds({ index }: Services): string[] {
  return index
    .plans()
    .map(({ plan }) => plan.id)
    .sort();
}

/** Deletes what a suite has made in the project, and waits until the index knows. */
export async function emptyProject(services: Services): Promise<void> {
  // Text that is not saved is a plan of its own, whichever editor is in front.
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const [name] of await vscode.workspace.fs.readDirectory(projectFolder())) {
    if (name !== '.git' && name !== 'README.md') {
      await vscode.workspace.fs.delete(inProject(name), { recursive: true, useTrash: false });
    }
  }
  await eventually(() => {
    const left = services.index.plans().map(({ plan }) => plan.id);
    assert.deepEqual(left, []);
  });
}
