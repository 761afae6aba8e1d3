import * as vscode from 'vscode';
import type { NamingTemplates } from './naming';

export type OpenIn = 'newWindow' | 'thisWindow' | 'addToWorkspace';

export interface WorkspaceSettings extends NamingTemplates {
  /** Empty for the branch that is checked out. */
  readonly base: string;
  readonly openIn: OpenIn | 'ask';
  /** Folders by the words that plans use for a repository. */
  readonly repositories: ReadonlyMap<string, string>;
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates, as people write them in the settings.
const defaults = {
  path: '${repo}.worktrees/${plan}-${phase}',
  branch: 'plan/${plan}/${phase}-${title}',
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: templates, as people write them in the settings.

const section = 'phasewise.workspaces';

/** Values of a wrong type count as not set. */
export function workspaceSettings(scope: vscode.Uri): WorkspaceSettings {
  const settings = vscode.workspace.getConfiguration(section, scope);
  const words = (name: string): string => {
    const value = settings.get<unknown>(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const openIn = words('openIn');
  return {
    path: words('path') || defaults.path,
    branch: words('branch') || defaults.branch,
    base: words('base'),
    openIn: isOpenIn(openIn) ? openIn : 'ask',
    repositories: textsIn(settings.get<unknown>('repositories')),
  };
}

export async function rememberOpenIn(openIn: OpenIn): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('openIn', openIn, vscode.ConfigurationTarget.Global);
}

/** The user's own setting; a workspace cannot set it. */
export async function rememberRepository(words: string, folder: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration(section);
  const known = textsIn(settings.inspect<unknown>('repositories')?.globalValue);
  const value = Object.fromEntries([...known, [words, folder]]);
  await settings.update('repositories', value, vscode.ConfigurationTarget.Global);
}

function isOpenIn(value: string): value is OpenIn {
  return value === 'newWindow' || value === 'thisWindow' || value === 'addToWorkspace';
}

function textsIn(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
