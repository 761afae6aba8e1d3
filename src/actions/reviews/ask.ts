import * as vscode from 'vscode';

interface AskOptions {
  readonly value?: string;
  readonly needed?: boolean;
}

/** Trimmed; undefined when the user gave up. */
export async function ask(
  title: string,
  prompt: string,
  { value, needed = false }: AskOptions = {},
): Promise<string | undefined> {
  const words = await vscode.window.showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    ...(value === undefined ? {} : { value }),
    validateInput: (typed) => (needed && typed.trim() === '' ? vscode.l10n.t('This cannot be empty.') : undefined),
  });
  return words?.trim();
}

/** A field of that name, or none where there are no words. */
export function given<K extends string>(name: K, words: string): { readonly [P in K]?: string } {
  return (words === '' ? {} : { [name]: words }) as { readonly [P in K]?: string };
}
