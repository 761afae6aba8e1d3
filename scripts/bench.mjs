/** Runs the measurements in test/bench, one process each: `npm run bench [-- PART-OF-A-FILE-NAME]`. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from './build/targets.mjs';
import { root } from './root.mjs';

const wanted = process.argv[2] ?? '';
const files = readdirSync(join(root, 'test/bench')).filter(
  (file) => file.endsWith('.bench.ts') && file.includes(wanted),
);
const outdir = join(root, 'dist/test/bench');
await build({
  ...nodeBundle,
  absWorkingDir: root,
  entryPoints: files.map((file) => `test/bench/${file}`),
  outdir,
  // The words of the graph's page, where no editor is around.
  alias: { vscode: './test/webview/vscodeWords.ts' },
  // Measured are the libraries as they are installed; only what is ours is bundled.
  packages: 'external',
  minify: true,
  sourcemap: 'inline',
  logLevel: 'warning',
});
for (const file of files) {
  const name = basename(file, '.ts');
  console.log(`\n── ${name}`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', join(outdir, `${name}.js`)], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
