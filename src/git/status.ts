import type { ChangedFile } from './failure';
import type { Git, GitCall } from './runGit';

export interface Status {
  /** Absent before the first commit. */
  readonly commit?: string;
  /** Absent when detached. */
  readonly branch?: string;
  /** The branch it follows, as `origin/main`. It may be gone: then `ahead` and `behind` are absent. */
  readonly upstream?: string;
  /** Commits that the upstream has not. */
  readonly ahead?: number;
  /** Commits that only the upstream has. */
  readonly behind?: number;
  /** Untracked files too; a folder of untracked files is one entry that ends in `/`. Ignored files are not here. */
  readonly changes: readonly ChangedFile[];
}

/** What stands uncommitted in the checkout at `folder`, whatever the user's settings hide. One run of git. */
export async function statusOf(git: Git, folder: string, call?: GitCall): Promise<Status> {
  const args = ['status', '--porcelain=v2', '--branch', '-z', '--untracked-files=normal', '--ignore-submodules=none'];
  return parseStatus(await git.run(folder, args, call));
}

/** Reads the output of `git status --porcelain=v2 --branch -z`. */
export function parseStatus(output: string): Status {
  const head = new Map<string, string>();
  const changes: ChangedFile[] = [];
  const entries = output.split('\0');
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? '';
    switch (entry[0]) {
      case '#': {
        const space = entry.indexOf(' ', 2);
        head.set(entry.slice(2, space), entry.slice(space + 1));
        break;
      }
      case '1':
        changes.push({ path: afterFields(entry, 8), change: changeOf(entry.slice(2, 4)) });
        break;
      case '2':
        changes.push({ path: afterFields(entry, 9), change: 'renamed' });
        i++; // the path it had before
        break;
      case 'u':
        changes.push({ path: afterFields(entry, 10), change: 'conflicted' });
        break;
      case '?':
        changes.push({ path: entry.slice(2), change: 'untracked' });
        break;
    }
  }
  const commit = head.get('branch.oid');
  const branch = head.get('branch.head');
  const upstream = head.get('branch.upstream');
  const apart = /^\+(\d+) -(\d+)$/.exec(head.get('branch.ab') ?? '');
  return {
    changes,
    ...(commit === undefined || commit === '(initial)' ? {} : { commit }),
    ...(branch === undefined || branch === '(detached)' ? {} : { branch }),
    ...(upstream === undefined ? {} : { upstream }),
    ...(apart === null ? {} : { ahead: Number(apart[1]), behind: Number(apart[2]) }),
  };
}

function afterFields(entry: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count; i++) at = entry.indexOf(' ', at) + 1;
  return entry.slice(at);
}

function changeOf(letters: string): ChangedFile['change'] {
  if (letters.includes('D')) return 'deleted';
  if (letters.includes('A')) return 'added';
  return 'modified';
}
