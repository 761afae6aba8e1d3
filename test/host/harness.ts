import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { replaceInApi } from './editorApi';

/** Activates the extension and gives what its `activate` returned. */
export async function activateExtension<Exports = unknown>(): Promise<Exports> {
  const extension = vscode.extensions.getExtension<Exports>('phasewise.phasewise');
  if (extension === undefined) throw new Error('The extension is not there.');
  return extension.activate();
}

/** The folder with which the workspace of the suites starts: a git repository with one commit on `main`. */
export function projectFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('No folder is open.');
  return folder.uri.fsPath;
}

/** Writes files into the project folder, as another program would, and gives the function that removes them again. */
export function writeProjectFiles(files: Readonly<Record<string, string>>): () => void {
  const paths = Object.keys(files).map((path) => join(projectFolder(), path));
  for (const [path, text] of Object.entries(files)) {
    const file = join(projectFolder(), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return () => {
    for (const path of paths) rmSync(path, { force: true });
  };
}

/** Waits for a value that is neither undefined nor false; after 15 s it fails with `what` was waited for. */
export async function until<T>(what: string, probe: () => T | Promise<T>): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + 15_000;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
    if (Date.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

export interface ShownMessage {
  readonly severity: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly string[];
}

const messageFunctions = {
  information: 'showInformationMessage',
  warning: 'showWarningMessage',
  error: 'showErrorMessage',
} as const;

/**
 * Takes the place of a person before messages: nobody answers them in a test run, and modal ones throw. `answer` names
 * the button that is pressed, or none. `restore` gives the messages back to VS Code.
 */
export function answerMessages(answer: (message: ShownMessage) => string | undefined = () => undefined): {
  readonly shown: readonly ShownMessage[];
  restore(): void;
} {
  const shown: ShownMessage[] = [];
  const restores = Object.entries(messageFunctions).map(([severity, name]) => {
    const answered = async (text: string, ...rest: readonly unknown[]) => {
      const items = rest.filter((item) => typeof item === 'string' || isMessageItem(item));
      const buttons = items.map((item) => (typeof item === 'string' ? item : item.title));
      const message: ShownMessage = { severity: severity as ShownMessage['severity'], text, buttons };
      shown.push(message);
      const pressed = answer(message);
      return pressed === undefined ? undefined : items[buttons.indexOf(pressed)];
    };
    return replace(name, answered);
  });
  return { shown, restore: () => restores.forEach((restore) => void restore()) };
}

function isMessageItem(value: unknown): value is vscode.MessageItem {
  return typeof value === 'object' && value !== null && 'title' in value;
}

/** Replaces a function of `vscode.window` for the suites and the extension alike. */
export function replace(name: keyof typeof vscode.window, substitute: unknown): () => void {
  return replaceInApi('window', name, substitute);
}
