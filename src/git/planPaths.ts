/** A path that a plan writes, from the repository's folder. */
export interface PlanPath {
  /** What stands before the first wildcard, with forward slashes; empty for the repository itself. */
  readonly place: string;
  /** Whether wildcards followed. */
  readonly glob: boolean;
}

/** Undefined for a path that leads out of the repository by its words alone, or into its git folder. */
export function readPlanPath(path: string): PlanPath | undefined {
  if (/^([\\/~]|[A-Za-z]:)/.test(path) || path.includes('\0')) return undefined;
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  if (parts.some((part) => part === '..' || part.toLowerCase() === '.git')) return undefined;
  const wild = parts.findIndex((part) => /[*?[{]/.test(part));
  return { place: (wild < 0 ? parts : parts.slice(0, wild)).join('/'), glob: wild >= 0 };
}
