import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

export interface ProgramRun {
  /** Null when it was ended from outside. */
  readonly exitCode: number | null;
  /** Why it did not come to its own end. */
  readonly ended: 'by-itself' | 'timeout' | 'cancelled' | 'not-started';
  readonly seconds: number;
}

export interface RunOptions {
  readonly folder: string;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
  /** Sees the output as it comes; the reason, when it could not be started. */
  readonly onOutput?: (text: string, stream: 'out' | 'err') => void;
  /** For a program that leaves another behind: its output ends soon after itself, whoever else holds it open. */
  readonly leavesOthers?: true;
}

/** What a process gets to end by itself, and the output of one that ended to be read, in milliseconds. */
const GRACE = 2_000;

/**
 * Runs a program with these arguments, each as it is; without arguments, a command line in the system's shell. Without
 * input. When time is up, or when cancelled, it ends with everything that it started. Never rejects.
 */
export function runProgram(
  program: string,
  args: readonly string[] | undefined,
  { folder, timeoutSeconds, signal, onOutput, leavesOthers }: RunOptions,
): Promise<ProgramRun> {
  const started = performance.now();
  let ended: ProgramRun['ended'] = 'by-itself';
  return new Promise((done) => {
    // A group of its own, so that all of it can be ended at once.
    const child = spawn(program, args ?? [], {
      shell: args === undefined,
      cwd: folder,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => onOutput?.(text, 'out'));
    child.stderr.setEncoding('utf8').on('data', (text: string) => onOutput?.(text, 'err'));
    const letGo = () => {
      child.stdout.destroy();
      child.stderr.destroy();
    };
    let later: NodeJS.Timeout | undefined;
    const stop = (why: ProgramRun['ended']) => {
      if (ended !== 'by-itself') return;
      ended = why;
      endTree(child, false);
      later = setTimeout(() => {
        endTree(child, true);
        // What left the group can hold the pipes open for as long as it likes.
        letGo();
      }, GRACE);
    };
    const timer = setTimeout(() => stop('timeout'), timeoutSeconds * 1_000);
    const onAbort = () => stop('cancelled');
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
    const finish = (exitCode: number | null) => {
      clearTimeout(timer);
      clearTimeout(later);
      signal?.removeEventListener('abort', onAbort);
      const seconds = (performance.now() - started) / 1_000;
      done({ exitCode: ended === 'by-itself' ? exitCode : null, ended, seconds });
    };
    child.on('error', (error) => {
      ended = 'not-started';
      onOutput?.(error.message, 'err');
      finish(null);
    });
    if (leavesOthers === true) child.on('exit', () => (later ??= setTimeout(letGo, GRACE)));
    child.on('close', finish);
  });
}

function endTree(child: ChildProcess, isForced: boolean): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, isForced ? 'SIGKILL' : 'SIGTERM');
  } catch {
    // It is gone already.
  }
}
