import { GitError, simpleGit } from 'simple-git';
import { GitFailure } from './failure';

export interface GitCall {
  readonly signal?: AbortSignal;
  /** Standard input; not empty. */
  readonly input?: string;
  /** For commands that report errors and still end with code 0, such as a checkout that cannot write a file. */
  readonly failOnErrors?: boolean;
  /** Called with 0 to 1 where git reports how far it is. */
  readonly onProgress?: (fraction: number) => void;
}

export interface GitRun {
  readonly folder: string;
  readonly args: readonly string[];
  readonly milliseconds: number;
  /** Absent when git did not run to its end. */
  readonly exitCode?: number;
  readonly stderr?: string;
}

/** Git in any folder. No shell is involved: every argument reaches git as it is. */
export interface Git {
  /** Standard output, not trimmed. Throws `GitFailure` when git is missing, fails or is cancelled. */
  run(folder: string, args: readonly string[], call?: GitCall): Promise<string>;
  /** For questions that git answers with exit code 1 when there is nothing: then undefined. */
  ask(folder: string, args: readonly string[], call?: GitCall): Promise<string | undefined>;
}

export interface GitOptions {
  /** Program name, or path of the program. `git` by default. */
  readonly binary?: string;
  /** Sees every run, for a log. */
  readonly onRun?: (run: GitRun) => void;
}

/** Git ended with a code other than 0. Never leaves this folder: `failureOf` turns it into a `GitFailure`. */
export class GitExit extends GitError {
  readonly exitCode: number;
  readonly stderr: string;
  readonly stdout: string;

  constructor(exitCode: number, stdout: string, stderr: string) {
    super(undefined, stderr === '' ? `git ended with code ${exitCode}` : stderr);
    this.exitCode = exitCode;
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

export function createGit(options: GitOptions = {}): Git {
  const attempt = async (folder: string, args: readonly string[], call: GitCall = {}): Promise<string> => {
    const started = performance.now();
    const report = (exit: { exitCode?: number; stderr?: string }): void =>
      options.onRun?.({ folder, args, milliseconds: performance.now() - started, ...exit });
    try {
      const output = await spawnGit(options.binary ?? 'git', folder, args, call);
      report({ exitCode: 0 });
      return output;
    } catch (error) {
      report(error instanceof GitExit ? error : { stderr: String(error) });
      throw error;
    }
  };
  return {
    run: (folder, args, call) =>
      attempt(folder, args, call).catch((error: unknown) => {
        throw failureOf(error, folder, args, call?.signal);
      }),
    ask: (folder, args, call) =>
      attempt(folder, args, call).catch((error: unknown) => {
        if (error instanceof GitExit && error.exitCode === 1 && call?.signal?.aborted !== true) return undefined;
        throw failureOf(error, folder, args, call?.signal);
      }),
  };
}

async function spawnGit(
  binary: string,
  folder: string,
  args: readonly string[],
  { signal, input, failOnErrors, onProgress }: GitCall,
): Promise<string> {
  const environment = gitEnvironment(process.env);
  const git = simpleGit({
    baseDir: folder,
    binary,
    abort: signal,
    // Waiting for `close`, not for `exit`: output that a safety check reads is never cut short.
    completion: { onClose: true, onExit: false },
    allowEnvironment: Object.keys(environment).filter((name) => /^(git_|ssh_askpass$)/i.test(name)),
    unsafe: {
      // The user's own `git.path` may hold spaces, and the user's own environment names files and programs.
      allowUnsafeCustomBinary: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeExec: true,
      allowUnsafeSshCommand: true,
      allowUnsafeAskPass: true,
      // simple-git would otherwise set a variable that makes git refuse shortened options, in the user's hooks too.
      allowAbbreviatedOptions: true,
    },
    input: () => input,
    errors: (error, { exitCode, stdOut, stdErr }) => {
      if (exitCode === null || signal?.aborted === true) return error;
      const complaint = textOf(stdErr);
      const succeeded = exitCode === 0 && !(failOnErrors === true && /^(error|fatal): /m.test(complaint));
      return succeeded ? error : new GitExit(exitCode, textOf(stdOut), complaint);
    },
  }).env(environment);
  if (onProgress !== undefined) {
    git.outputHandler((_command, _stdout, stderr) => {
      stderr.on('data', (chunk: Buffer) => {
        const percent = /(\d{1,3})% \(\d+\/\d+\)/.exec(chunk.toString('latin1'))?.[1];
        if (percent !== undefined) onProgress(Math.min(Number(percent), 100) / 100);
      });
    });
  }
  return git.raw([...args]);
}

/** Variables that say how the user's git works. All other `GIT_` variables may name another repository and are dropped. */
const keptVariables = new Set([
  'GIT_ASKPASS',
  'GIT_CEILING_DIRECTORIES',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_SYSTEM',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_EXEC_PATH',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_SSH_VARIANT',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'SSH_ASKPASS',
]);
/** Programs for people at a terminal; nothing here opens one. simple-git refuses them. */
const droppedVariables = new Set(['EDITOR', 'PAGER', 'PREFIX', 'VISUAL']);

function gitEnvironment(own: NodeJS.ProcessEnv): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    const key = name.toUpperCase();
    if (value === undefined || droppedVariables.has(key)) continue;
    if (!key.startsWith('GIT_') || keptVariables.has(key)) environment[name] = value;
  }
  environment.GIT_TERMINAL_PROMPT = '0';
  environment.GIT_OPTIONAL_LOCKS = '0';
  // English messages: some failures can only be told apart by git's words.
  environment.LC_ALL = 'en_US.UTF-8';
  environment.LANGUAGE = 'en';
  return environment;
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

const words: readonly (readonly [pattern: RegExp, kind: 'disk-full' | 'not-writable' | 'path-too-long'])[] = [
  [/No space left on device|Disk quota exceeded|not enough space on the disk/i, 'disk-full'],
  [/File ?name too long|path too long/i, 'path-too-long'],
  [/Permission denied|Read-only file system|Operation not permitted|insufficient permission/i, 'not-writable'],
];

/** A typed failure for anything thrown by a run of git or by the file system. */
export function failureOf(error: unknown, folder: string, args: readonly string[], signal?: AbortSignal): GitFailure {
  if (error instanceof GitFailure) return error;
  if (signal?.aborted === true) return new GitFailure({ kind: 'cancelled' }, { cause: error });
  const exit = error instanceof GitExit ? error : undefined;
  const output = (exit?.stderr ?? (error instanceof Error ? error.message : String(error))).trim();
  const cause = { cause: error };
  if (exit !== undefined && exit.exitCode < 0 && /^Error: spawn .* (ENOENT|EACCES|UNKNOWN)/.test(output))
    return new GitFailure({ kind: 'no-git' }, cause);
  if (/directory that does not exist/.test(output) && exit === undefined)
    return new GitFailure({ kind: 'not-a-repository', path: folder }, cause);
  if (/dubious ownership/.test(output)) return new GitFailure({ kind: 'foreign-owner', path: folder }, cause);
  if (/not a git repository/i.test(output)) return new GitFailure({ kind: 'not-a-repository', path: folder }, cause);
  const lock = /Unable to create '([^'\n]+\.lock)': File exists/.exec(output)?.[1];
  if (lock !== undefined) return new GitFailure({ kind: 'busy', path: folder, lock }, cause);
  for (const [pattern, kind] of words)
    if (pattern.test(output)) return new GitFailure({ kind, path: pathIn(output) ?? folder }, cause);
  return new GitFailure({ kind: 'failed', command: `git ${args.join(' ')}`, output }, cause);
}

function pathIn(output: string): string | undefined {
  return /'([^'\n]+)'/.exec(output)?.[1];
}

/** A typed failure for an error of `node:fs` at `path`. */
export function fileFailure(error: unknown, path: string): GitFailure {
  if (error instanceof GitFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const cause = { cause: error };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new GitFailure({ kind: 'disk-full', path }, cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new GitFailure({ kind: 'not-writable', path }, cause);
    case 'ENAMETOOLONG':
      return new GitFailure({ kind: 'path-too-long', path }, cause);
    case 'ENOTDIR':
    case 'EEXIST':
      return new GitFailure({ kind: 'path-taken', path, by: 'file' }, cause);
    default:
      return new GitFailure({ kind: 'failed', command: code, output: String(error) }, cause);
  }
}
