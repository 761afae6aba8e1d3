import * as vscode from 'vscode';
import type { PlanGlobs } from './globs';

/** What a folder's settings say of plan files. Values of a wrong type are left out. */
export function planGlobsOf(folder: vscode.Uri): PlanGlobs {
  const settings = vscode.workspace.getConfiguration('phasewise', folder);
  const filesExclude = vscode.workspace.getConfiguration('files', folder).get<unknown>('exclude');
  return {
    files: strings(settings.get<unknown>('files')),
    exclude: [...strings(settings.get<unknown>('exclude')), ...switchedOn(filesExclude)],
  };
}

export function changesPlanGlobs(event: vscode.ConfigurationChangeEvent): boolean {
  return ['phasewise.files', 'phasewise.exclude', 'files.exclude'].some((name) => event.affectsConfiguration(name));
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string' && item !== '') : [];
}

/** `files.exclude` maps patterns to true, false or a condition on sibling files; conditions are not followed. */
function switchedOn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([glob, on]) => (on === true ? [glob] : []));
}
