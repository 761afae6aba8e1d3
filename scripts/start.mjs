/**
 * VS Code with the extension from this checkout: `npm start [-- PATH] [--desktop] [--server] [--no-open] [--port N]`.
 *
 * PATH is a folder or a `.code-workspace` file; without one the samples open, freshly prepared as git repositories.
 * A desktop VS Code is used where one is found, `--desktop` downloads one; else (or with `--server`) VS Code runs as a
 * server on this machine and shows in the browser. A change to the sources shows after `npm run build` and "Reload Window".
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareSampleWorkspace } from '../samples/prepare.mjs';
import { root } from './root.mjs';
import { findDesktop } from './vscode/desktop.mjs';
import { linkExtension, outsideVsCode, quietSettings, startServer } from './vscode/server.mjs';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    desktop: { type: 'boolean' },
    server: { type: 'boolean' },
    'no-open': { type: 'boolean' },
    port: { type: 'string' },
  },
});

const asked = positionals[0] === undefined ? undefined : resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]);
if (asked !== undefined && !isOpenable(asked)) {
  console.error(`${asked} is neither a folder nor a .code-workspace file.`);
  process.exit(2);
}
const { status } = spawnSync(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const temporary = mkdtempSync(join(tmpdir(), 'phasewise-start-'));
process.once('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
const open = asked ?? (await prepareSampleWorkspace(join(temporary, 'samples'))).workspaceFile;
const program = await desktopProgram();
if (program === undefined) await showInBrowser();
else showOnDesktop(program);

/** @returns {Promise<string | undefined>} */
async function desktopProgram() {
  if (flags.server) return undefined;
  if (flags.desktop) {
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    return downloadAndUnzipVSCode({ cachePath: join(root, '.vscode-test') });
  }
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return findDesktop(engines.vscode.replace(/^\D+/, ''));
}

/** A profile of its own, so that the user's settings, extensions and open windows stay out of it. */
function showOnDesktop(program) {
  const profile = join(temporary, 'profile');
  mkdirSync(join(profile, 'User'), { recursive: true });
  writeFileSync(join(profile, 'User/settings.json'), JSON.stringify(quietSettings, null, 2));
  const args = [
    open,
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${profile}`,
    `--extensions-dir=${join(temporary, 'extensions')}`,
    ...['--skip-welcome', '--skip-release-notes', '--disable-workspace-trust', '--disable-updates'],
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  console.log(`Opening ${open} in ${program}. Close its window or press Ctrl+C to end.`);
  const vscode = spawn(program, args, { stdio: 'ignore', env: outsideVsCode(process.env) });
  vscode.once('error', (error) => {
    console.error(`VS Code did not start: ${error.message}`);
    process.exit(1);
  });
  vscode.once('exit', (code) => process.exit(code ?? 0));
  onInterrupt(() => vscode.kill());
}

async function showInBrowser() {
  const extensionsDir = join(temporary, 'extensions');
  linkExtension(extensionsDir, root);
  const server = await startServer({
    dataDir: join(temporary, 'data'),
    extensionsDir,
    automation: false,
    ...(flags.port === undefined ? {} : { port: Number(flags.port) }),
  });
  onInterrupt(async () => {
    await server.stop();
    process.exit(0);
  });
  const address = server.url({ open });
  console.log(`\nVS Code ${server.version} with Phasewise:\n\n  ${address}\n\nPress Ctrl+C to end.`);
  if (!flags['no-open']) openBrowser(address);
}

/** A browser that does not open is no failure: the address has been printed. */
function openBrowser(address) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const [command, ...args] = {
    darwin: ['open', address],
    win32: ['rundll32', 'url.dll,FileProtocolHandler', address],
  }[process.platform] ?? ['xdg-open', address];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

function onInterrupt(end) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, end);
}

function isOpenable(path) {
  return existsSync(path) && (statSync(path).isDirectory() || path.endsWith('.code-workspace'));
}
