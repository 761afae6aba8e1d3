import { execFileSync } from 'node:child_process';
import { accessSync, constants, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium as playwright } from 'playwright-core';
import { root } from '../root.mjs';
import { installOnce } from './cache.mjs';
import { installationKey, installLocked } from './npm.mjs';

/**
 * @typedef {object} Browser
 * @property {string} executablePath
 * @property {Record<string, string>} env what it needs beside this process's environment
 */

const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const elsewhere = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap((folder) =>
    folder === undefined
      ? []
      : [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')],
  ),
};

/** To be raised when the steps of `unpack` change. */
const revision = '1';

/**
 * `CHROME_PATH`, an installed Chromium, Chrome or Edge, one that Playwright has downloaded, or (Linux x64) one from npm.
 * @returns {Promise<Browser>}
 */
export async function findChromium() {
  if (process.env.CHROME_PATH) return { executablePath: process.env.CHROME_PATH, env: {} };
  const installed = [
    ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => onPath.map((name) => join(folder, name))),
    ...(elsewhere[process.platform] ?? []),
    playwright.executablePath(),
  ].find((file) => isExecutable(file) && starts(file));
  if (installed !== undefined) return { executablePath: installed, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return fromNpm();
  throw new Error('No Chromium found: install Chromium, Chrome or Edge, or set CHROME_PATH to one.');
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Some distributions put a script in the place of Chromium that only says how to install it. */
function starts(file) {
  if (process.platform !== 'linux') return true;
  try {
    return /\d+\.\d+/.test(execFileSync(file, ['--version'], { encoding: 'utf8', stdio: 'pipe', timeout: 20_000 }));
  } catch {
    return false;
  }
}

async function fromNpm() {
  const project = join(root, 'test/vscode/chromium');
  const folder = await installOnce('chromium', installationKey(project, revision), (target) => unpack(project, target));
  const fonts = join(folder, 'fonts.conf');
  writeFileSync(fonts, fontConfiguration(folder));
  const executablePath = join(folder, 'chromium');
  return {
    executablePath,
    env: {
      FONTCONFIG_FILE: fonts,
      ...(lacksLibraries(executablePath) ? { LD_LIBRARY_PATH: join(folder, 'al2023/lib') } : {}),
    },
  };
}

async function unpack(project, target) {
  console.log('No Chromium on this machine; unpacking one from npm, once …');
  await installLocked(project, target);
  const module = join(target, 'node_modules/@sparticuz/chromium/build/index.js');
  // It unpacks into the temporary folder, and its libraries only where it believes to be on a certain cloud.
  const program = `const { default: chromium } = await import(${JSON.stringify(pathToFileURL(module).href)}); await chromium.executablePath();`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, TMPDIR: target, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    stdio: 'inherit',
  });
  accessSync(join(target, 'chromium'), constants.X_OK);
}

function lacksLibraries(executable) {
  try {
    return execFileSync('ldd', [executable], { encoding: 'utf8', stdio: 'pipe' }).includes('not found');
  } catch {
    return true;
  }
}

/** The fonts of the machine, and those that came along for a machine without any. */
function fontConfiguration(folder) {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', '~/.local/share/fonts', join(folder, 'fonts')];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((each) => `  <dir>${each}</dir>`).join('\n')}
  <cachedir>${join(folder, 'fontconfig')}</cachedir>
</fontconfig>
`;
}
