/** What keeps a worktree from being removed without losing work. Each list is complete unless its doc says otherwise. */
export type Obstacle =
  | { readonly kind: 'main-checkout' }
  | { readonly kind: 'locked'; readonly reason: string }
  | { readonly kind: 'submodules'; readonly paths: readonly string[] }
  | { readonly kind: 'operation'; readonly operation: Operation }
  | { readonly kind: 'uncommitted'; readonly files: readonly ChangedFile[] }
  /** `commits`: the newest ones, at most 20, as `<short hash> <subject>`. */
  | { readonly kind: 'unpushed'; readonly count: number; readonly commits: readonly string[] }
  | { readonly kind: 'unmerged'; readonly count: number; readonly into: string; readonly commits: readonly string[] };

/** A git operation that was started in a checkout and not finished. */
export type Operation = 'rebase' | 'merge' | 'cherry-pick' | 'revert' | 'bisect';

export interface ChangedFile {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string;
  readonly change: 'modified' | 'added' | 'deleted' | 'renamed' | 'untracked' | 'conflicted';
}

/** Everything that can go wrong with git here, with what a person needs to know to act on it. */
export type GitProblem =
  | { readonly kind: 'no-git' }
  | { readonly kind: 'not-a-repository'; readonly path: string }
  | { readonly kind: 'bare'; readonly path: string }
  | { readonly kind: 'no-commits'; readonly path: string }
  | { readonly kind: 'foreign-owner'; readonly path: string }
  | { readonly kind: 'bad-branch-name'; readonly branch: string }
  | { readonly kind: 'unknown-base'; readonly base: string }
  | { readonly kind: 'branch-exists'; readonly branch: string }
  | { readonly kind: 'no-branch'; readonly branch: string }
  /** `missing`: the checkout is registered, but its folder is gone. */
  | {
      readonly kind: 'branch-exists-elsewhere';
      readonly branch: string;
      readonly path: string;
      readonly missing: boolean;
    }
  /** Git stores branches as files: `a` and `a/b` cannot both exist. */
  | { readonly kind: 'branch-name-conflict'; readonly branch: string; readonly other: string }
  | { readonly kind: 'path-taken'; readonly path: string; readonly by: 'file' | 'folder' | 'link' | 'worktree' }
  | { readonly kind: 'outside'; readonly path: string; readonly folder: string }
  | { readonly kind: 'path-too-long'; readonly path: string }
  | { readonly kind: 'locked'; readonly path: string; readonly reason: string }
  | { readonly kind: 'not-writable'; readonly path: string }
  | { readonly kind: 'disk-full'; readonly path: string }
  | { readonly kind: 'busy'; readonly path: string; readonly lock: string }
  | { readonly kind: 'hook'; readonly path: string; readonly output: string }
  | { readonly kind: 'not-a-worktree'; readonly path: string }
  | { readonly kind: 'unfinished'; readonly path: string; readonly obstacles: readonly Obstacle[] }
  /** Git forgot the worktree, but could not delete every file of it. */
  | { readonly kind: 'leftover'; readonly path: string; readonly output: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly command: string; readonly output: string };

export type GitProblemKind = GitProblem['kind'];

/** The message is for logs; features turn `problem` into a sentence for people. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  readonly problem: GitProblem;

  constructor(problem: GitProblem, options?: ErrorOptions) {
    super(describe(problem), options);
    this.problem = problem;
  }

  get kind(): GitProblemKind {
    return this.problem.kind;
  }
}

function describe(problem: GitProblem): string {
  const { kind, ...details } = problem;
  return Object.keys(details).length === 0 ? kind : `${kind} ${JSON.stringify(details)}`;
}
