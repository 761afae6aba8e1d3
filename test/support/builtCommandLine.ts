import { join } from 'node:path';
import { build } from 'esbuild';
import { targets } from '../../scripts/build/targets.mjs';
import { root } from '../../scripts/root.mjs';

/** The command line as it is shipped, built into a folder. Gives the path of its program. */
export async function buildCommandLine(folder: string): Promise<string> {
  const { cli, mcp } = targets(true);
  const plugins = (cli.plugins ?? []).filter(({ name }) => name !== 'executable');
  const common = { absWorkingDir: root, metafile: false } as const;
  const program = join(folder, 'cli.js');
  await build({ ...cli, ...common, plugins, outfile: program });
  await build({ ...mcp, ...common, outfile: join(folder, 'mcp.js') });
  return program;
}
