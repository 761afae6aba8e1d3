import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';

/** The browser stays on this machine: no updates, no reports, no look-ups of its own. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/**
 * A headless Chromium, driven by Playwright.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser() {
  const { executablePath, env } = await findChromium();
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: isRoot ? [...quiet, '--no-sandbox'] : quiet,
    chromiumSandbox: false,
  });
}
