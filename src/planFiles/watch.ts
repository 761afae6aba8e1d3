import * as vscode from 'vscode';

/** What happens in the workspace folders. */
export interface FoldersListener {
  /** A file that matches the globs was created, changed or deleted: reading it tells which. */
  fileChanged(uri: vscode.Uri): void;
  ignoresChanged(): void;
  /** Something came, with all that is in it; a file or a folder. */
  created(uri: vscode.Uri): void;
  /** Any file changed; or a folder, when another one is in its place. */
  changed(uri: vscode.Uri): void;
  /** Something went, with all that was in it. */
  deleted(uri: vscode.Uri): void;
}

/** One watcher per glob. None of them makes the editor watch more than it does for an open folder anyway. */
export function watchFolder(
  folder: vscode.WorkspaceFolder,
  files: readonly string[],
  on: FoldersListener,
): vscode.Disposable {
  const watchers = files.map((glob) => watch(new vscode.RelativePattern(folder, glob), (uri) => on.fileChanged(uri)));
  const ignores = watch(new vscode.RelativePattern(folder, '**/.gitignore'), () => on.ignoresChanged());
  return vscode.Disposable.from(...watchers, ignores);
}

function watch(pattern: vscode.GlobPattern, changed: (uri: vscode.Uri) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  watcher.onDidCreate(changed);
  watcher.onDidChange(changed);
  watcher.onDidDelete(changed);
  return watcher;
}

/** A folder that comes or goes is reported alone, without the files in it, so that no glob for files sees it. */
export function watchFolders(on: FoldersListener): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**');
  watcher.onDidCreate((uri) => on.created(uri));
  watcher.onDidChange((uri) => on.changed(uri));
  watcher.onDidDelete((uri) => on.deleted(uri));
  return watcher;
}
