import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

export interface CommandRun {
  readonly command: string;
  /** Null when it was ended from outside. */
  readonly exitCode: number | null;
  /** Why it did not come to its own end. */
  readonly ended: 'by-itself' | 'timeout' | 'cancelled' | 'not-started';
  /** The end of what it printed, both streams as they came. */
  readonly tail: string;
  readonly seconds: number;
}

export interface RunOptions {
  readonly folder: string;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
  /** Sees the output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Characters of output that are kept. */
const TAIL = 4_000;
/** What a process gets to end by itself, in milliseconds. */
const GRACE = 2_000;

/**
 * Runs one command line of a plan in the system's shell, exactly as the plan states it: call this only for what a person
 * has seen and agreed to. Without input. When time is up, or when cancelled, it ends with everything that it started.
 * Never rejects.
 */
export function runCommand(command: string, options: RunOptions): Promise<CommandRun> {
  const started = performance.now();
  const isWindows = process.platform === 'win32';
  let tail = '';
  let ended: CommandRun['ended'] = 'by-itself';
  return new Promise((done) => {
    // A group of its own, so that all of it can be ended at once.
    const child = spawn(command, {
      shell: true,
      cwd: options.folder,
      detached: !isWindows,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const take = (chunk: Buffer) => {
      const text = chunk.toString();
      options.onOutput?.(text);
      tail = (tail + text).slice(-TAIL);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    let force: NodeJS.Timeout | undefined;
    const stop = (why: CommandRun['ended']) => {
      if (ended !== 'by-itself') return;
      ended = why;
      endTree(child, false);
      force = setTimeout(() => {
        endTree(child, true);
        // What left the group can hold the pipes open for as long as it likes.
        child.stdout.destroy();
        child.stderr.destroy();
      }, GRACE);
    };
    const timer = setTimeout(() => stop('timeout'), options.timeoutSeconds * 1_000);
    const onAbort = () => stop('cancelled');
    options.signal?.addEventListener('abort', onAbort, { once: true });
    if (options.signal?.aborted === true) onAbort();
    const finish = (exitCode: number | null) => {
      clearTimeout(timer);
      clearTimeout(force);
      options.signal?.removeEventListener('abort', onAbort);
      const seconds = (performance.now() - started) / 1_000;
      done({ command, exitCode: ended === 'by-itself' ? exitCode : null, ended, tail, seconds });
    };
    child.on('error', (error) => {
      ended = 'not-started';
      tail = error.message;
      finish(null);
    });
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
