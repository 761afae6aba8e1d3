import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * Short and stable: changes when the lock file does, and from platform to platform.
 * @param {string} folder with a package-lock.json
 * @param {string} revision changes when what is done after the installation does
 */
export function installationKey(folder, revision) {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(folder, 'package.json'))).update(readFileSync(join(folder, 'package-lock.json')));
  return `${hash.update(`${process.platform} ${process.arch} ${revision}`).digest('hex').slice(0, 12)}`;
}

/** Exactly what the lock file of `project` says, into `folder`, without running a script of any package. */
export async function installLocked(project, folder) {
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(project, file), join(folder, file));
  await npm(folder, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

/**
 * Runs npm in `folder`; on failure the error carries what npm said.
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {string} [node] the Node.js that runs it; this one when not given
 */
export async function npm(folder, args, node = process.execPath) {
  const cli = process.env.npm_execpath;
  const known = cli !== undefined && /npm-cli\.c?js$/.test(cli);
  const [command, first] = known ? [node, [cli]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const child = spawn(command, [...first, ...args], {
    cwd: folder,
    env: { ...ownEnvironment(), PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: !known && process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed in ${folder}:\n${output}`);
}

/** The environment without what an outer `npm run` or `npm ci` put there about its own project. */
function ownEnvironment() {
  const outer = /^npm_(package_|lifecycle_|command$|config_(local_)?prefix$|config_omit$|config_include$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}
