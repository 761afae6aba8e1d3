import * as vscode from 'vscode';

/**
 * Where each rule is explained: its heading in the page of rules. The page is read once, in the background; until then a
 * link leads to its top.
 */
export function rulePages(extension: vscode.Uri): (code: string) => vscode.Uri {
  const page = vscode.Uri.joinPath(extension, 'docs', 'rules.md');
  const lines = new Map<string, number>();
  vscode.workspace.fs.readFile(page).then(
    (bytes) => {
      for (const [index, line] of new TextDecoder().decode(bytes).split('\n').entries()) {
        const code = /^### (\S+)$/.exec(line)?.[1];
        if (code !== undefined) lines.set(code, index + 1);
      }
    },
    () => undefined,
  );
  return (code) => {
    const line = lines.get(code);
    return line === undefined ? page : page.with({ fragment: `L${line}` });
  };
}
