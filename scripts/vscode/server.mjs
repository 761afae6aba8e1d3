import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../root.mjs';
import { ensureServer } from './install.mjs';

/** Settings that keep a fresh VS Code to what is being looked at. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
};

/**
 * @typedef {object} ServerOptions
 * @property {import('./install.mjs').Edition} [edition]
 * @property {Record<string, unknown>} [userSettings]
 * @property {string} [extensionsDir]
 * @property {string} [dataDir] a temporary folder, removed by `stop`, when not given
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment; extensions see it
 * @property {boolean} [trustEverything] true unless workspace trust itself is looked at
 * @property {boolean} [automation] what tests need: development and test extensions in the page's address; hides toasts
 * @property {number} [port] a free one when not given
 */

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {string} version of VS Code
 * @property {string} data its `--server-data-dir`
 * @property {(target: Target) => string} url
 * @property {(vsix: string) => Promise<void>} installExtension
 * @property {() => Promise<void>} stop ends the server and everything that it started
 */

/**
 * @typedef {object} Target what a page of the server shows
 * @property {string} [open] a folder or a `.code-workspace` file
 * @property {string} [extension] an extension under development
 * @property {string} [tests] the program that runs inside the extension host
 */

/**
 * A VS Code server on a free port of this machine.
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function startServer(options = {}) {
  const installation = await ensureServer(options.edition ?? 'current');
  const data = options.dataDir ?? mkdtempSync(join(tmpdir(), 'phasewise-vscode-'));
  writeUserSettings(data, options.userSettings ?? {});

  const base = [installation.serverMain, '--accept-server-license-terms', '--server-data-dir', data];
  if (options.extensionsDir !== undefined) base.push('--extensions-dir', options.extensionsDir);
  const env = { ...outsideVsCode(process.env), ...options.env, EXTENSIONS_GALLERY: '{}' };
  const supervisor = join(root, 'scripts/vscode/supervise.cjs');
  const server = spawn(installation.node, [supervisor, installation.node, ...base, ...startFlags(options)], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });

  const killGroup = (signal) => {
    try {
      process.kill(-server.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  const killNow = () => killGroup('SIGKILL');
  const ended = new Promise((done) => server.once('close', done));
  const port = await listening(server).catch((error) => {
    killNow();
    throw error;
  });

  return {
    port,
    version: installation.version,
    data,
    url: (target) => pageAddress(port, target),
    installExtension: (vsix) => run(installation.node, [...base, '--install-extension', vsix, '--force'], env),
    async stop() {
      killGroup('SIGTERM');
      const late = setTimeout(killNow, 3000);
      await ended;
      clearTimeout(late);
      killNow(); // extension hosts and language servers that outlived it
      if (options.dataDir === undefined) rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The port, once the server has printed it; what the server prints later is read and dropped. */
async function listening(server) {
  let log = '';
  let timer;
  try {
    return await new Promise((done, fail) => {
      timer = setTimeout(() => fail(new Error(`The VS Code server did not start:\n${log}`)), 60_000);
      for (const stream of [server.stdout, server.stderr]) {
        stream.on('data', (data) => {
          log = (log + data).slice(-20_000);
          const found = /Extension host agent listening on (\d+)/.exec(log);
          if (found !== null) done(Number(found[1]));
          // It prints this and then waits for ever.
          else if (log.includes('EADDRINUSE')) fail(new Error('The port of the VS Code server is taken.'));
        });
      }
      server.once('error', fail);
      server.once('exit', (code) => fail(new Error(`The VS Code server ended with code ${code}:\n${log}`)));
    });
  } finally {
    clearTimeout(timer);
  }
}

function startFlags({ trustEverything = true, automation = true, port = 0 }) {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--disable-telemetry', '--log', 'info'],
    ...(trustEverything ? ['--disable-workspace-trust'] : []),
    ...(automation ? ['--enable-smoke-test-driver', '--reconnection-grace-time', '1'] : []),
  ];
}

/**
 * An environment without what a terminal inside VS Code, or its debugger, leaves there: another VS Code would follow it.
 * @param {NodeJS.ProcessEnv} env
 */
export function outsideVsCode(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)));
}

/**
 * Makes an extension under development one of the installed ones, where it is; a page of a server with this folder of
 * extensions has it without automation.
 * @param {string} extensionsDir
 * @param {string} extension its folder
 */
export function linkExtension(extensionsDir, extension) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  const location = { $mid: 1, scheme: 'file', path: extension };
  const entry = { identifier: { id: `${publisher}.${name}` }, version, location, metadata: { source: 'resource' } };
  mkdirSync(extensionsDir, { recursive: true });
  writeFileSync(join(extensionsDir, 'extensions.json'), JSON.stringify([entry]));
}

/**
 * The user's settings, on top of the quiet ones; read by pages opened afterwards.
 * @param {string} data the server's data folder
 * @param {Record<string, unknown>} settings
 */
export function writeUserSettings(data, settings) {
  const folder = join(data, 'data/User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}

/**
 * The address of the workbench that a server on this machine shows for a target.
 * @param {number} port
 * @param {Target} target
 * @returns {string}
 */
export function pageAddress(port, { open, extension, tests }) {
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${pathToFileURL(path).pathname}`;
  const payload = [
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const parameters = [];
  if (open !== undefined) {
    const kind = open.endsWith('.code-workspace') ? 'workspace' : 'folder';
    parameters.push(`${kind}=${encodeURIComponent(open).replaceAll('%2F', '/')}`);
  } else parameters.push('ew=true');
  parameters.push(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
  return `http://127.0.0.1:${port}/?${parameters.join('&')}`;
}

/** Runs a program to its end; on failure the error carries what it printed. */
async function run(command, args, env) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with code ${code}:\n${output}`);
}
