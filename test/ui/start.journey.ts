import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';

test('npm start shows the samples in VS Code with the extension, and ends when interrupted', async () => {
  const start = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--server', '--no-open'], { stdio: 'pipe' });
  const ended = once(start, 'exit');
  onTestFinished(() => void start.kill('SIGTERM'));
  let output = '';
  for (const stream of [start.stdout, start.stderr]) stream.on('data', (data) => (output += data));
  await vi.waitUntil(() => start.exitCode !== null || output.includes('Press Ctrl+C'), { timeout: 90_000 });
  expect(output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\S*samples\S*/);

  const address = /http:\S+/.exec(output)?.[0] ?? '';
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(address);
  await page.locator('.activitybar').getByRole('tab', { name: 'Phasewise' }).click();
  await page.locator('.part.sidebar').getByRole('treeitem', { name: /golf/i }).first().waitFor();

  start.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  await expect(fetch(address)).rejects.toThrow();
});
