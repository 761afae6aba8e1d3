import * as vscode from 'vscode';
import { createGit, type Git, type GitCall } from './git/runGit';

/** Git as the settings say, with every run in the log. */
export function gitFromSettings(log: vscode.LogOutputChannel): Git {
  const binary = gitProgram();
  return createGit({
    ...(binary === undefined ? {} : { binary }),
    onRun: ({ folder, args, milliseconds, exitCode, stderr }) => {
      const end = exitCode === undefined ? 'did not end' : `code ${exitCode}`;
      log.debug(`git ${args.join(' ')} (${folder}; ${Math.round(milliseconds)} ms; ${end})`);
      if (exitCode !== 0 && stderr !== undefined && stderr.trim() !== '') log.debug(stderr.trim());
    },
  });
}

export interface Task {
  readonly call: GitCall;
  /** What is being done now, behind the title. */
  readonly say: (message: string) => void;
}

/** Runs a task with a progress notification that can cancel it. */
export async function withCancellableProgress<T>(title: string, task: (task: Task) => Promise<T>): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    const listening = token.onCancellationRequested(() => controller.abort());
    let shown = 0;
    const onProgress = (fraction: number): void => {
      if (fraction <= shown) return;
      progress.report({ increment: (fraction - shown) * 100 });
      shown = fraction;
    };
    try {
      return await task({
        call: { signal: controller.signal, onProgress },
        say: (message) => progress.report({ message }),
      });
    } finally {
      listening.dispose();
    }
  });
}

/** What the settings say git is; undefined for `git` on the path. VS Code lets only the user set it. */
export function gitProgram(): string | undefined {
  const value = vscode.workspace.getConfiguration('git').get<unknown>('path');
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : undefined;
}
