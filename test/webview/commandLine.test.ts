import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { findChromium } from '../../scripts/vscode/chromium.mjs';
import { temporaryFolder } from '../support/temporary';

const cli = join(root, 'dist/cli.js');

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function phasewise(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  if (!existsSync(cli)) throw new Error('dist/cli.js is not built: run npm run build');
  const { executablePath, env: ofBrowser } = await findChromium();
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...process.env, ...ofBrowser, CHROME_PATH: executablePath, ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, out, err };
}

const plan = {
  'PLAN.md': `# Bakery

## Phase 1 — Oven

- [x] b-1 — Buy R&D's "oven" | P0 | done when: it stands in the room
- [ ] b-2 — Heat it | P1 | blocked by: b-1 | done when: 250 °C

## Phase 2 — Bread

- [ ] b-3 — Bake a loaf | P0 | blocked by: b-2 | done when: 1 loaf is eaten
`,
};

const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith('phasewise-browser-'));

test('the command line draws what the panel draws, and leaves nothing behind', async () => {
  const folder = temporaryFolder(plan);
  const before = profiles();
  const { code, err } = await phasewise(folder, ['graph', '--format', 'svg', '--output', 'plan.svg']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const svg = readFileSync(join(folder, 'plan.svg'), 'utf8');
  expect(svg).toMatch(/^<svg [^>]*viewBox=/);
  for (const text of [`Buy R&amp;D's "oven"`, 'Heat it', 'Bake a loaf', 'Bread']) expect(svg).toContain(`>${text}<`);
  for (const foreign of ['foreignObject', '<style', '<title', 'undefined', 'var('])
    expect(svg, foreign).not.toContain(foreign);
  expect(svg).toMatch(/<rect [^>]*fill="#ffffff"/);
  expect(profiles()).toEqual(before);
});

test('without a ground where that is asked for', async () => {
  const { code, out } = await phasewise(temporaryFolder(plan), [
    'graph',
    '--level',
    'overview',
    '--format',
    'svg',
    '--background',
    'transparent',
  ]);
  expect(code).toBe(0);
  expect(out).toContain('>Oven<');
  expect(out).not.toContain('fill="#ffffff"');
});

test('a browser that does not run is told of', async () => {
  const { code, out, err } = await phasewise(temporaryFolder(plan), ['graph', '--format', 'svg'], {
    CHROME_PATH: join(root, 'no/such/browser'),
  });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('no/such/browser does not start');
  expect(err).toContain('--format mmd needs no browser');
});
