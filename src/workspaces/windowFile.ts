import { dirname, relative, sep } from 'node:path';

export interface WindowFolder {
  readonly path: string;
  readonly name?: string;
}

/** Text of a `.code-workspace` file at `file` that opens these folders, in this order. */
export function windowFileText(file: string, folders: readonly WindowFolder[]): string {
  const from = dirname(file);
  const entries = folders.map(({ path, name }) => {
    const way = relative(from, path);
    return { ...(name === undefined ? {} : { name }), path: way === '' ? '.' : way.split(sep).join('/') };
  });
  return `${JSON.stringify({ folders: entries }, undefined, 2)}\n`;
}
