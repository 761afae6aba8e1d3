import { spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { buildCommandLine } from '../../support/builtCommandLine';
import { temporaryFolder } from '../../support/temporary';

const folder = temporaryFolder({
  'PLAN.md': `# Big\n\n## Phase 1 — Much\n\n${Array.from({ length: 2000 }, (_, index) => `- [ ] x-${index} — Bead number ${index}\n`).join('')}`,
});
let cli: string;

beforeAll(async () => {
  cli = await buildCommandLine(folder);
});

test('the bundle runs on its own and prints whole results into a pipe', () => {
  const { status, stdout } = spawnSync(process.execPath, [cli, 'show', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).plans[0].beads).toHaveLength(2000);
});

test('a reader that stops early is no error', () => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${cli}" show | head -n 1`], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout.split('\n')[0]).toContain('Big');
  expect(status).toBe(0);
});

test.each([
  [{ FORCE_COLOR: '1' }, true],
  [{}, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
])('colours with %j: %s', (env, coloured) => {
  const { PATH } = process.env;
  const { stdout } = spawnSync(process.execPath, [cli, 'show'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { PATH, ...env },
  });
  expect(stdout.includes('\u001b[')).toBe(coloured);
});
