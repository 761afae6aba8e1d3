import { type ChildProcess, spawn } from 'node:child_process';
import * as vscode from 'vscode';

export interface CommandResult {
  readonly command: string;
  /** Absent when it was stopped, or did not start. */
  readonly exitCode?: number;
  /** The last lines of what it printed. */
  readonly tail: string;
}

/** Characters of output that are kept, and lines of those. */
const mostKept = 20_000;
const mostLines = 20;

/**
 * Runs a command that the user has approved in a task of its own, by the user's shell, with the problem matchers that
 * the user has for it. A task of this kind is run by us, which is how its output becomes evidence.
 */
export async function runAsTask(
  command: string,
  folder: string,
  scope: vscode.WorkspaceFolder | vscode.TaskScope.Workspace,
): Promise<CommandResult> {
  let end: (result: CommandResult) => void = () => undefined;
  const ended = new Promise<CommandResult>((resolve) => {
    end = resolve;
  });
  const execution = new vscode.CustomExecution(async () => new CommandTerminal(command, folder, end));
  const name = vscode.l10n.t('verify: {0}', command);
  const matchers = matchersFor(command, scope);
  const task = new vscode.Task({ type: 'phasewise' }, scope, name, 'Phasewise', execution, matchers);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Shared, clear: false };
  task.isBackground = false;
  const started = await vscode.tasks.executeTask(task);
  // A task whose terminal is killed before it opened never runs our code.
  const gone = vscode.tasks.onDidEndTask(({ execution: other }) => {
    if (other === started) end({ command, tail: '' });
  });
  try {
    return await ended;
  } finally {
    gone.dispose();
  }
}

class CommandTerminal implements vscode.Pseudoterminal {
  readonly #write = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly #command: string;
  readonly #folder: string;
  readonly #end: (result: CommandResult) => void;
  #process: ChildProcess | undefined;
  #output = '';

  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#closed.event;

  constructor(command: string, folder: string, end: (result: CommandResult) => void) {
    this.#command = command;
    this.#folder = folder;
    this.#end = end;
  }

  open(): void {
    this.#show(`> ${this.#command}\n\n`);
    const isWindows = process.platform === 'win32';
    const child = spawn(this.#command, {
      cwd: this.#folder,
      shell: vscode.env.shell || true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, to be stopped with all that it starts.
      detached: !isWindows,
      windowsHide: true,
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => this.#show(text, true));
    }
    child.on('error', (error) => {
      this.#show(`${error.message}\n`, true);
      this.#finish(undefined);
    });
    child.on('close', (code) => this.#finish(code ?? undefined));
  }

  close(): void {
    const { pid } = this.#process ?? {};
    if (pid === undefined || this.#process?.exitCode !== null) return;
    try {
      if (process.platform === 'win32') this.#process?.kill();
      else process.kill(-pid, 'SIGTERM');
    } catch {
      // it ended by itself meanwhile
    }
  }

  handleInput(data: string): void {
    if (data === '\x03') this.close();
  }

  #show(text: string, isOutput = false): void {
    if (isOutput) this.#output = (this.#output + text).slice(-mostKept);
    this.#write.fire(text.replace(/\r?\n/g, '\r\n'));
  }

  #finish(exitCode: number | undefined): void {
    const result = { command: this.#command, tail: tailOf(this.#output) };
    this.#end(exitCode === undefined ? result : { ...result, exitCode });
    this.#closed.fire(exitCode ?? 1);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals are told begins with one.
const terminalCodes = /\u001b\[[0-9;?]*[A-Za-z]/g;

function tailOf(output: string): string {
  const lines = output.replaceAll(terminalCodes, '').trimEnd().split(/\r?\n/);
  return lines.slice(-mostLines).join('\n');
}

/** Those of a task in the user's `tasks.json` that runs the same command. */
function matchersFor(command: string, scope: vscode.WorkspaceFolder | vscode.TaskScope.Workspace): string[] {
  const uri = typeof scope === 'object' ? scope.uri : undefined;
  const tasks = vscode.workspace.getConfiguration('tasks', uri).get<unknown>('tasks');
  if (!Array.isArray(tasks)) return [];
  const own = tasks.find((task: unknown) => isRecord(task) && commandLineOf(task) === command);
  const matcher: unknown = isRecord(own) ? own.problemMatcher : undefined;
  const names: readonly unknown[] = Array.isArray(matcher) ? matcher : [matcher];
  return names.filter((name) => typeof name === 'string');
}

function commandLineOf(task: Readonly<Record<string, unknown>>): string {
  if (task.type === 'npm' && typeof task.script === 'string') {
    return task.script === 'test' ? 'npm test' : `npm run ${task.script}`;
  }
  const args: readonly unknown[] = Array.isArray(task.args) ? task.args : [];
  return [task.command, ...args].filter((word) => typeof word === 'string').join(' ');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
