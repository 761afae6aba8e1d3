/** Takes the pictures of the README again, from the real workbench. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.mjs';

const env = { ...process.env, PHASEWISE_SCREENSHOTS: join(root, 'docs/pictures') };
for (const command of [['esbuild.mjs'], ['node_modules/vitest/vitest.mjs', 'run', '--project', 'pictures']]) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
