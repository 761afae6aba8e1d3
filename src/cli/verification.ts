import { resolve } from 'node:path';
import type { Check } from '../core/actions/checks';
import { headOf, nearestCheckout } from '../git/repository';
import { createGit } from '../git/runGit';
import { Refused } from './envelope';
import { type CommandRun, runCommand } from './runCommand';
import { paint, type Terminal, visible } from './terminal';

export interface VerificationResult {
  readonly passed: boolean;
  readonly runs: readonly CommandRun[];
  /** What a person has to look at. */
  readonly manual: readonly string[];
  readonly folder: string;
  /** Shortened; absent outside of a repository. */
  readonly commit: string | undefined;
  /** One line that can stand as evidence. */
  readonly evidence: string;
}

export interface VerificationChoices {
  readonly yes: boolean;
  readonly timeoutSeconds: number;
  readonly at: string;
  /** Whether the output is shown while it comes. */
  readonly isQuiet: boolean;
}

/**
 * Shows the commands and runs them one after the other, once somebody agreed; the first that fails is the last. In the
 * checkout that holds `cwd`. Throws `Refused` where nobody agrees.
 */
export async function verify(
  checks: readonly Check[],
  cwd: string,
  terminal: Terminal,
  { yes, timeoutSeconds, at, isQuiet }: VerificationChoices,
): Promise<VerificationResult> {
  const commands = checks.filter(({ kind }) => kind === 'command').map(({ text }) => text);
  const manual = checks.filter(({ kind }) => kind === 'manual').map(({ text }) => text);
  const folder = (await nearestCheckout(cwd)) ?? resolve(cwd);
  if (commands.length === 0) {
    throw new Refused(
      'no-evidence',
      manual.length === 0 ? 'the plan says nothing of how to verify this' : 'the plan gives no command to verify this',
      manual.length === 0
        ? 'Add commands to the done-when of the bead, or to the verification of the phase.'
        : `Look at it yourself, and close with --evidence: ${manual.map(visible).join('; ')}`,
    );
  }
  for (const command of commands) refuseHidden(command);
  const lines = commands.flatMap((command) => command.split(/\r?\n/));
  terminal.err(`In ${folder}:\n${lines.map((line) => `  ${line}\n`).join('')}`);
  await confirm(commands.length, yes, terminal);
  const runs: CommandRun[] = [];
  for (const command of commands) {
    terminal.err(paint(terminal, 'bold', `$ ${visible(command)}`).concat('\n'));
    const run = await runCommand(command, {
      folder,
      timeoutSeconds,
      ...(terminal.signal !== undefined && { signal: terminal.signal }),
      ...(!isQuiet && { onOutput: (text: string) => terminal.out(text) }),
    });
    runs.push(run);
    terminal.err(`${endOf(run)}\n`);
    if (run.exitCode !== 0) break;
  }
  const git = createGit();
  const head = await headOf(git, folder).catch(() => undefined);
  const commit = head?.commit?.slice(0, 10);
  const passed = runs.length === commands.length && runs.every(({ exitCode }) => exitCode === 0);
  return { passed, runs, manual, folder, commit, evidence: evidenceOf(runs, commit, at) };
}

/** What is shown has to be what runs. */
function refuseHidden(command: string): void {
  if (!/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u.test(command.replaceAll('\r\n', '\n'))) return;
  throw new Refused(
    'not-confirmed',
    `a command holds characters that a terminal does not show: ${visible(command)}`,
    'Write it without them in the plan.',
  );
}

async function confirm(count: number, yes: boolean, terminal: Terminal): Promise<void> {
  if (yes) return;
  const what = count === 1 ? 'this command' : `these ${count} commands`;
  if (terminal.ask === undefined) {
    throw new Refused(
      'not-confirmed',
      `nobody is at a terminal to say whether ${what} may run`,
      'Look at the commands, then add --yes.',
    );
  }
  const answer = (await terminal.ask(`Run ${what}? [y/N] `)).trim().toLowerCase();
  if (answer !== 'y' && answer !== 'yes') throw new Refused('not-confirmed', 'nothing was run');
}

function endOf({ exitCode, ended, seconds }: CommandRun): string {
  const time = `${seconds.toFixed(1)} s`;
  switch (ended) {
    case 'timeout':
      return `did not end within ${time}, and was stopped`;
    case 'cancelled':
      return `was stopped after ${time}`;
    case 'not-started':
      return 'could not be started';
    case 'by-itself':
      return exitCode === null ? `was ended from outside after ${time}` : `ended with ${exitCode} after ${time}`;
  }
}

function evidenceOf(runs: readonly CommandRun[], commit: string | undefined, at: string): string {
  const results = runs.map((run) => `\`${visible(run.command)}\` ${endOf(run)}`).join('; ');
  return `${results}${commit === undefined ? '' : ` at ${commit}`} (${at})`;
}
