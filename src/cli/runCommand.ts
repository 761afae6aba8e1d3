import { type ProgramRun, type RunOptions, runProgram } from '../programs/runProgram';

export interface CommandRun extends ProgramRun {
  readonly command: string;
  /** The end of what it printed, both streams as they came. */
  readonly tail: string;
}

/** Characters of output that are kept. */
const TAIL = 4_000;

/**
 * Runs one command line of a plan in the system's shell, exactly as the plan states it: call this only for what a person
 * has seen and agreed to. Never rejects.
 */
export async function runCommand(
  command: string,
  { onOutput, ...options }: Omit<RunOptions, 'onOutput'> & { readonly onOutput?: (text: string) => void },
): Promise<CommandRun> {
  let tail = '';
  const run = await runProgram(command, undefined, {
    ...options,
    onOutput: (text) => {
      onOutput?.(text);
      tail = (tail + text).slice(-TAIL);
    },
  });
  return { command, tail, ...run };
}
