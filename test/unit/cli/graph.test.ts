import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from '../../../src/cli/picture/browser';
import { run } from '../../../src/cli/run';
import { type Files, temporaryFolder } from '../../support/temporary';

async function phasewise(cwd: string, ...args: string[]) {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    hasColour: false,
  };
  const code = await run(args, cwd, terminal);
  return { code, out, err };
}

const bakery: Files = {
  'PLAN.md': `# Open the bakery

<!-- phasewise:graph level=overview -->
<!-- /phasewise:graph -->

## Phase 1 — Oven

- [x] b-1 — Buy the oven | P0 | done when: it stands in the room
- [ ] b-2 — Heat the oven | P1 | blocked by: b-1 | done when: 250 °C

## Phase 2 — Bread

- [ ] b-3 — Bake a loaf | P0 | blocked by: b-2 | done when: 1 loaf is eaten
`,
};

test('a level is asked for', async () => {
  const folder = temporaryFolder(bakery);
  const overview = await phasewise(folder, 'graph', '--level', 'overview');
  expect(overview.out).toContain('Oven');
  expect(overview.out).not.toContain('Heat');
  const phase = await phasewise(folder, 'graph', '--phase', '2');
  expect(phase.out).toContain('Bake a loaf');
  expect(phase.out).not.toContain('Buy the oven');
  const waves = await phasewise(folder, 'graph', '--level', 'waves');
  expect(waves.out).toContain('Heat');
});

test('what is printed can go into a file instead', async () => {
  const folder = temporaryFolder(bakery);
  const printed = await phasewise(folder, 'graph');
  const { code, out } = await phasewise(folder, 'graph', '--output', 'plan.mmd');
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(readFileSync(join(folder, 'plan.mmd'), 'utf8')).toBe(printed.out);
});

test('--write brings the graphs of documents up to date, once', async () => {
  const folder = temporaryFolder(bakery);
  const file = join(folder, 'PLAN.md');
  expect(await phasewise(folder, 'graph', '--write')).toEqual({ code: 0, out: 'PLAN.md: updated\n', err: '' });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('<!-- phasewise:graph level=overview -->\n```mermaid\nflowchart TB\n');
  expect(text.endsWith('1 loaf is eaten\n')).toBe(true);
  expect(await phasewise(folder, 'graph', '--write')).toMatchObject({ code: 0, out: 'PLAN.md: up to date\n' });
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('--write leaves alone what it does not understand, and says where', async () => {
  const folder = temporaryFolder(bakery);
  const file = join(folder, 'PLAN.md');
  const text = readFileSync(file, 'utf8').replace('level=overview', 'level=everything');
  writeFileSync(file, text);
  const { code, err } = await phasewise(folder, 'graph', '--write');
  expect(code).toBe(1);
  expect(err).toContain('PLAN.md:3: this graph was left as it is: “level=everything” is not understood');
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('--write says when there is nothing to write', async () => {
  const folder = temporaryFolder({ 'PLAN.md': (bakery['PLAN.md'] as string).replace(/<!--.*-->\n/g, '') });
  const { code, err } = await phasewise(folder, 'graph', '--write');
  expect(code).toBe(0);
  expect(err).toContain('no graph between markers found');
});

test.each([
  [['--level', 'everything'], 'there is no level everything. Use one of overview, phase, waves, all'],
  [['--level', 'phase'], 'which phase? Add --phase ID'],
  [['--level', 'waves', '--phase', '1'], '--level waves and --phase exclude each other'],
  [['--phase', '3'], 'there is no phase 3'],
  [['--format', 'png'], 'there is no format png. Use one of mmd, svg'],
  [['--background', 'white'], '--background is for --format svg'],
  [['--write', '--level', 'all'], '--write takes level, phase and direction from the documents'],
  [['--output', 'nowhere/plan.mmd'], 'nowhere/plan.mmd cannot be written'],
])('a wrong call says what to write instead: %s', async (args, message) => {
  const { code, err } = await phasewise(temporaryFolder(bakery), 'graph', ...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('a browser is the one that is named, else one on the path, else none', () => {
  const folder = temporaryFolder({});
  expect(findBrowser({ CHROME_PATH: '/my/chrome', PATH: folder }, 'linux')).toBe('/my/chrome');
  expect(findBrowser({ PATH: folder }, 'linux')).toBeUndefined();
  writeFileSync(join(folder, 'chromium'), '#!/bin/sh\n', { mode: 0o755 });
  expect(findBrowser({ PATH: folder }, 'linux')).toBe(join(folder, 'chromium'));
});
