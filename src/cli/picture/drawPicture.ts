import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused } from '../envelope';
import { findBrowser } from './browser';
import { type PrintJob, servePage } from './pageServer';

/** Milliseconds. */
const PATIENCE = 120_000;
const ADVICE = 'Install Chromium, Chrome or Edge, or name one in CHROME_PATH. --format mmd needs no browser.';

/**
 * The picture of a chart as an SVG document, drawn by the graph panel's own code in a browser without a window. The
 * browser gets a profile of its own, which goes with it. Throws `Refused` where there is none, or it fails.
 */
export async function drawPicture(job: PrintJob): Promise<string> {
  const bundle = join(__dirname, 'webview');
  if (!existsSync(join(bundle, 'print.js'))) {
    throw new Refused('not-drawn', `the page that draws is not there: ${bundle}`, 'Build it with npm run build.');
  }
  const browser = findBrowser(process.env, process.platform);
  if (browser === undefined)
    throw new Refused('no-browser', 'an SVG is drawn by a browser, and none was found', ADVICE);
  const profile = await mkdtemp(join(tmpdir(), 'phasewise-browser-'));
  const server = await servePage(bundle, job);
  const running = start(browser, profile, server.address);
  const leave = () => {
    running.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true });
  };
  // Whoever interrupts it finds nothing left behind, either.
  process.once('exit', leave);
  try {
    return await Promise.race([server.picture.catch(failed), endOf(running, browser), tooLate()]);
  } finally {
    server.close();
    await stop(running);
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(() => undefined);
    process.off('exit', leave);
  }
}

function start(browser: string, profile: string, address: string): ChildProcess {
  const isRoot = process.getuid?.() === 0;
  return spawn(
    browser,
    [
      '--headless=new',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-extensions',
      '--disable-sync',
      '--disable-gpu',
      '--window-size=1200,900',
      // Chromium has no sandbox for the system's administrator, and does not start without being told.
      ...(isRoot ? ['--no-sandbox'] : []),
      address,
    ],
    { stdio: 'ignore', windowsHide: true },
  );
}

function failed(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new Refused('not-drawn', `the graph could not be drawn: ${reason}`);
}

function endOf(running: ChildProcess, browser: string): Promise<never> {
  return new Promise((_, fail) => {
    running.once('error', (error) =>
      fail(new Refused('no-browser', `${browser} does not start: ${error.message}`, ADVICE)),
    );
    running.once('exit', (code) =>
      fail(new Refused('not-drawn', `${browser} ended (${code ?? 'killed'}) before the graph was drawn`, ADVICE)),
    );
  });
}

function tooLate(): Promise<never> {
  return new Promise((_, fail) => {
    const after = `${PATIENCE / 1000} seconds`;
    setTimeout(() => fail(new Refused('not-drawn', `the graph was not drawn after ${after}`)), PATIENCE).unref();
  });
}

async function stop(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null || running.pid === undefined) return;
  const ended = new Promise<void>((done) => running.once('exit', () => done()));
  running.kill();
  const timer = setTimeout(() => running.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(timer);
}
