#!/usr/bin/env node
/**
 * Looks like the executable of a desktop VS Code to `@vscode/test-electron`: takes its arguments, opens the server's
 * workbench in a headless browser, lets the program at `--extensionTestsPath` run in the extension host, and ends with
 * its exit code. `PHASEWISE_VSCODE` chooses the edition.
 */
import { statSync } from 'node:fs';
import { launchBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

/** A suite that neither finishes nor prints anything for so long is taken for hung. */
const silence = 180_000;

const args = process.argv.slice(2);
const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

const server = await startServer({
  edition: process.env.PHASEWISE_VSCODE === 'oldest' ? 'oldest' : 'current',
  dataDir: option('user-data-dir'),
  extensionsDir: option('extensions-dir'),
});
const browser = await launchBrowser();

/** What VS Code and the extensions wrote to the console as errors: noise, until something went wrong. */
const complaints = new Set();

/** Ends everything before the process does: what it started must not outlive it. */
async function end(code) {
  if (code !== 0) for (const complaint of complaints) console.error(`VS Code: ${complaint}`);
  await browser.close().catch(() => {});
  await server.stop();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(1));

try {
  const page = await (await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })).newPage();
  const exitCode = new Promise((done, fail) => {
    page.exposeFunction('codeAutomationExit', (code) => done(Number(code)));
    page.on('crash', () => fail(new Error('The page of the workbench crashed.')));
    watchForSilence(fail);
  });
  await page.exposeFunction('codeAutomationLog', (type, values) => {
    if (type === 'error') complaints.add(String(values[0]).split('\n', 1)[0]);
  });
  await page.goto(
    server.url({
      open: args.find((arg) => !arg.startsWith('--')),
      extension: option('extensionDevelopmentPath'),
      tests: option('extensionTestsPath'),
    }),
  );
  await end(await exitCode);
} catch (error) {
  console.error(error.message);
  await end(1);
}

function watchForSilence(fail) {
  const file = process.env.PHASEWISE_TEST_OUTPUT;
  const started = Date.now();
  const check = () => {
    const last = Math.max(started, file === undefined ? Date.now() : lastChange(file));
    if (Date.now() - last > silence) fail(new Error(`No sign of life from the suites for ${silence / 1000} s.`));
  };
  setInterval(check, 2000).unref();
}

function lastChange(file) {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
