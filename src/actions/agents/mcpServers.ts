import * as vscode from 'vscode';
import type { Services } from '../../services';

/** Offers `phasewise mcp` to the editor's agents: one server for each folder, for servers work in one. */
export function registerMcpServers({ context }: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.lm.registerMcpServerDefinitionProvider('phasewise', {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () =>
        mcpServers(context.extensionUri, String(context.extension.packageJSON.version)),
    }),
  );
}

export function mcpServers(extension: vscode.Uri, version: string): vscode.McpStdioServerDefinition[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const program = vscode.Uri.joinPath(extension, 'dist', 'cli.js').fsPath;
  return folders.map(({ uri, name }) => {
    const label = folders.length === 1 ? 'Phasewise' : vscode.l10n.t('Phasewise ({0})', name);
    // The editor's own program is Node.js when it is told so.
    const environment = { ELECTRON_RUN_AS_NODE: '1' };
    const server = new vscode.McpStdioServerDefinition(label, process.execPath, [program, 'mcp'], environment, version);
    server.cwd = uri;
    return server;
  });
}
