import type { Repository } from '../git/repository';
import type { RecordedWorktree } from './recorded';
import type { Standing } from './standing';

/** A phase's worktree as it was when last looked at. */
export interface PhaseWorkspace extends RecordedWorktree {
  readonly repository: Repository;
  /** Absent when its folder is gone, or git could not say. */
  readonly standing?: Standing;
}
