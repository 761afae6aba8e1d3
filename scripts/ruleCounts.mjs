/**
 * What the rules find in plans, counted by rule and plan: `npm run rules [-- PATHS]`, the samples without PATHS. The
 * loudest rules stand first, with one finding of each.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from './build/targets.mjs';
import { root } from './root.mjs';

const outfile = join(root, 'dist/test/ruleCounts.js');
await build({
  ...nodeBundle,
  absWorkingDir: root,
  entryPoints: ['test/support/ruleCounts.ts'],
  outfile,
  logLevel: 'warning',
});
const paths = process.argv.slice(2);
const args = [outfile, ...(paths.length > 0 ? paths : [join(root, 'samples')])];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
