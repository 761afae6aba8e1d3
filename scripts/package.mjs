/** Builds for production and packs the extension into `phasewise-<version>.vsix`: `npm run package [-- --out FILE]`. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './root.mjs';

const { values: flags } = parseArgs({ options: { out: { type: 'string' } } });
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const out = flags.out ?? `${name}-${version}.vsix`;

run('esbuild.mjs', '--production');
// There is no repository address to which relative links of the README could be rewritten.
const links = ['--allow-missing-repository', '--no-rewrite-relative-links'];
run('node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', ...links, '--out', out);

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
