import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Field, Phase, Plan } from '../core/model';
import { fillTemplate, isBranchName, safeName, slug } from '../git/names';
import { readPlanPath } from '../git/planPaths';
import { type Origin, WorkspaceFailure } from './failure';

/** Templates with `${repo}`, `${plan}`, `${phase}` and `${title}`. */
export interface NamingTemplates {
  readonly path: string;
  readonly branch: string;
}

export interface WorkspaceNames {
  readonly branch: string;
  /** Absolute. */
  readonly path: string;
  /** Set when the plan chose the place: then the path must really lie in this folder, links followed. */
  readonly within?: string;
}

/** Where names of workspaces start from. */
export interface Home {
  /** Absolute path of the main checkout; paths in plans and settings are relative to it. */
  readonly folder: string;
  /** What `${repo}` stands for: the same path, or for a submodule one outside of the checkout that holds it. */
  readonly stem: string;
}

/**
 * Branch and folder of a phase's workspace. What the plan says goes before the settings; but what the plan says
 * comes from strangers, so its folder must lie below the folder that holds the repository.
 * Throws `WorkspaceFailure`.
 */
export function workspaceNames(plan: Plan, phase: Phase, home: Home, templates: NamingTemplates): WorkspaceNames {
  const parts = new Map([
    ['plan', nameOfPlan(plan)],
    ['phase', safeName(phase.id, 40)],
    ['title', phase.title.value.trim() === '' ? 'phase' : slug(phase.title.value)],
  ]);
  const branch = branchName(plan, phase, templates.branch, parts);
  const worktrees = plan.head.worktrees;
  if (worktrees !== undefined) {
    const { folder, within } = planFolder(worktrees, home, parts);
    return { branch, path: join(folder, workspaceName(plan, phase)), within };
  }
  const origin: Origin = { in: 'settings', setting: 'phasewise.workspaces.path' };
  const path = filled(templates.path.trim(), new Map([...parts, ['repo', home.stem]]), origin);
  return {
    branch,
    path: resolve(
      home.folder,
      path.replace(/^~(?=[\\/])/, () => homedir()),
    ),
  };
}

/** `<plan>-<phase>`: one name for a phase's folder and files. */
export function workspaceName(plan: Plan, phase: Pick<Phase, 'id'>): string {
  return `${nameOfPlan(plan)}-${safeName(phase.id, 40)}`;
}

function nameOfPlan({ id }: Plan): string {
  return safeName(id, 40) === id ? id : slug(id);
}

function branchName(plan: Plan, phase: Phase, setting: string, parts: ReadonlyMap<string, string>): string {
  const written = phase.workspace?.branch ?? plan.head.branch;
  const origin: Origin =
    written === undefined ? { in: 'settings', setting: 'phasewise.workspaces.branch' } : { in: 'plan', at: written };
  const branch = filled((written?.value ?? setting).trim(), parts, origin);
  if (!isBranchName(branch)) throw new WorkspaceFailure({ kind: 'bad-branch', branch, origin });
  return branch;
}

function filled(template: string, values: ReadonlyMap<string, string>, origin: Origin): string {
  const { text, unknown } = fillTemplate(template, values);
  const placeholder = unknown[0];
  if (placeholder !== undefined) throw new WorkspaceFailure({ kind: 'unknown-placeholder', placeholder, origin });
  return text;
}

/** The folder a plan names for its workspaces: a path in the repository, or one beside it that `${repo}` begins. */
function planFolder(
  worktrees: Field<string>,
  { folder: repository, stem }: Home,
  parts: ReadonlyMap<string, string>,
): { readonly folder: string; readonly within: string } {
  const origin: Origin = { in: 'plan', at: worktrees };
  const written = worktrees.value.trim();
  const beside = written.startsWith(repositoryPlaceholder);
  const own = filled(beside ? written.slice(repositoryPlaceholder.length) : written, parts, origin);
  const read = readPlanPath(beside ? own.replace(/^[\\/]/, '') : own);
  const folder = beside ? resolve(`${stem}${own}`) : resolve(repository, own);
  if (read === undefined || read.glob || folder === resolve(repository))
    throw new WorkspaceFailure({ kind: 'bad-folder', folder: written, origin });
  return { folder, within: dirname(beside ? stem : repository) };
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder itself.
export const repositoryPlaceholder = '${repo}';
