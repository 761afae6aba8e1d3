/** The part of `vscode` that the strings of the page need, as it is for a reader of English. */
export const l10n = {
  t: (message: string, ...values: readonly string[]): string =>
    message.replaceAll(/\{(\d+)\}/g, (placeholder, index) => values[Number(index)] ?? placeholder),
};
