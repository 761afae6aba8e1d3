import { run } from '../../src/cli/run';
import type { Terminal } from '../../src/cli/terminal';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `phasewise` in this process, without a person at the terminal. */
export async function phasewise(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  return await phasewiseWith({}, cwd, ...args);
}

export async function phasewiseWith(
  more: Partial<Terminal>,
  cwd: string,
  ...args: readonly string[]
): Promise<Outcome> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    hasColour: false,
    ...more,
  };
  const code = await run(args, cwd, terminal);
  return { code, out, err };
}
