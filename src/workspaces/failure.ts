import type { Location } from '../core/text';

/** What a plan or the settings say about phase workspaces that cannot be done. */
export type WorkspaceProblem =
  | { readonly kind: 'unknown-placeholder'; readonly placeholder: string; readonly origin: Origin }
  | { readonly kind: 'bad-branch'; readonly branch: string; readonly origin: Origin }
  /** A plan may name folders below the one that holds the repository, and no others. */
  | { readonly kind: 'bad-folder'; readonly folder: string; readonly origin: Origin }
  | { readonly kind: 'bad-path'; readonly path: string; readonly origin: Origin }
  | { readonly kind: 'remote-repository'; readonly url: string; readonly origin: Origin }
  | { readonly kind: 'no-such-repository'; readonly path: string; readonly origin: Origin };

/** Where the words stand that cause a problem: in the plan, at `at`, or in the named setting. */
export type Origin =
  | { readonly in: 'plan'; readonly at: Location }
  | { readonly in: 'settings'; readonly setting: string };

export class WorkspaceFailure extends Error {
  override readonly name = 'WorkspaceFailure';
  readonly problem: WorkspaceProblem;

  constructor(problem: WorkspaceProblem) {
    super(JSON.stringify(problem));
    this.problem = problem;
  }
}
