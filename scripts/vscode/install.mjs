import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../root.mjs';
import { installOnce } from './cache.mjs';
import { installationKey, installLocked, npm } from './npm.mjs';

/** @typedef {'current' | 'oldest'} Edition */

/**
 * @typedef {object} Installation
 * @property {string} version of VS Code, as in `1.139.1`
 * @property {string} node the Node.js that runs the server
 * @property {string} serverMain
 */

const projects = { current: join(root, 'test/vscode'), oldest: join(root, 'test/vscode/oldest') };

/** To be raised when the steps of `fill` change. */
const revision = '2';

/**
 * A VS Code server that runs; fetched from npm on first use (about half a minute, under 1 GB), then kept.
 * @param {Edition} edition
 * @returns {Promise<Installation>}
 */
export async function ensureServer(edition) {
  if (process.platform === 'win32') {
    throw new Error(
      'The VS Code server does not run on Windows: use `npm start -- --desktop` and `npm run test:desktop`.',
    );
  }
  const project = projects[edition];
  const folder = await installOnce(`vscode-${edition}`, installationKey(project, revision), (target) =>
    fill(edition, project, target),
  );
  return installationIn(folder);
}

async function fill(edition, project, target) {
  const started = Date.now();
  console.log(`Setting up VS Code for tests (${edition}), once:`);
  console.log('  1/3 fetching the server and its Node.js from npm …');
  await installLocked(project, target);
  console.log('  2/3 fetching the server’s own packages …');
  const server = serverFolder(target);
  // `npm ci` refuses here: the published lock is out of step with the published package.json.
  const args = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(server, args, nodeIn(target));
  console.log('  3/3 completing it …');
  replaceSpdlog(server);
  if (edition === 'oldest') await lendRipgrep(server);
  console.log(`  VS Code ${installationIn(target).version} is ready (${Math.round((Date.now() - started) / 1000)} s).`);
}

/** @returns {Installation} */
function installationIn(folder) {
  const server = serverFolder(folder);
  const { version } = JSON.parse(readFileSync(join(server, 'product.json'), 'utf8'));
  return { version, node: nodeIn(folder), serverMain: join(server, 'out/server-main.js') };
}

function serverFolder(folder) {
  return join(folder, 'node_modules/code-server/lib/vscode');
}

function nodeIn(folder) {
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  const found = names.map((name) => join(folder, 'node_modules', name, 'bin/node')).find(existsSync);
  if (found === undefined)
    throw new Error(`No Node.js for ${process.platform} ${process.arch} is on npm for the server.`);
  return found;
}

/** The logger is a native module that npm would have to compile; a small one in JavaScript takes its place. */
function replaceSpdlog(server) {
  copyFileSync(join(root, 'scripts/vscode/spdlog.cjs'), join(server, 'node_modules/@vscode/spdlog/index.js'));
}

/** Before 1.110 or so the search program is fetched from GitHub at installation; that of the newer server does as well. */
async function lendRipgrep(server) {
  const newer = dirname(dirname((await ensureServer('current')).serverMain));
  const platform = `${process.platform}-${process.arch}`;
  const target = join(server, 'node_modules/@vscode/ripgrep/bin/rg');
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(newer, 'node_modules/@vscode/ripgrep-universal/bin', platform, 'rg'), target);
  chmodSync(target, 0o755);
  writeFileSync(join(dirname(target), 'ORIGIN'), 'From @vscode/ripgrep-universal of the current server.\n');
}
