import { commands, window, workspace } from 'vscode';

const ours = { commands, window, workspace };

type Api = typeof ours;
type Part = keyof Api;

const shared = globalThis as { phasewiseModuleApi?: Api };

/** To be called once before the suites. */
export async function loadApi(): Promise<void> {
  shared.phasewiseModuleApi = await import('vscode');
}

/**
 * A part of the API as the suites have it and as the extension has it: VS Code 1.103 gives CommonJS and ES modules
 * objects of their own, later ones the same.
 */
function partsOfApi(part: Part): ReadonlySet<object> {
  return new Set<object>([ours[part], (shared.phasewiseModuleApi ?? ours)[part]]);
}

/** Puts a value in the place of a member, for the suites and the extension; gives the function that takes it back. */
export function replaceInApi(part: Part, name: string, value: unknown): () => void {
  const restores = [...partsOfApi(part)].map((owner) => {
    const original = Object.getOwnPropertyDescriptor(owner, name);
    if (original === undefined) throw new Error(`VS Code has no ${name} to replace.`);
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
    return () => void Object.defineProperty(owner, name, original);
  });
  return () => restores.forEach((restore) => void restore());
}
