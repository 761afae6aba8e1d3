import * as vscode from 'vscode';

/** Where a rule is explained: its heading in the page of rules, or the top of the page. */
export type RulePages = (code: string) => vscode.Uri;

/** Reads the page once, for the lines of its headings. Never rejects. */
export async function rulePages(extension: vscode.Uri): Promise<RulePages> {
  const page = vscode.Uri.joinPath(extension, 'docs', 'rules.md');
  const lines = new Map<string, number>();
  for (const [index, line] of (await textOf(page)).split('\n').entries()) {
    const code = /^### (\S+)$/.exec(line)?.[1];
    if (code !== undefined) lines.set(code, index + 1);
  }
  return (code) => {
    const line = lines.get(code);
    return line === undefined ? page : page.with({ fragment: `L${line}` });
  };
}

async function textOf(page: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(page));
  } catch {
    return ''; // without the page, its address is still the best there is
  }
}
