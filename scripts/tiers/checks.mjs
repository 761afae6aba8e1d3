import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../root.mjs';

const tools = {
  tsc: 'node_modules/typescript/bin/tsc',
  biome: 'node_modules/@biomejs/biome/bin/biome',
};

/**
 * Programs that either find nothing wrong or print what they found; each counts as one check.
 * @type {Record<string, readonly (readonly [title: string, script: string, ...args: string[]])[]>}
 */
export const checks = {
  types: [
    ['types of the extension, command line and tests', tools.tsc, '-p', '.', '--pretty', 'false'],
    ['types of the webview', tools.tsc, '-p', 'webview-ui', '--pretty', 'false'],
  ],
  lint: [['lint and format', tools.biome, 'check', '--colors=off', '--max-diagnostics=50', '--error-on-warnings']],
  build: [['production build', 'esbuild.mjs', '--production']],
};

/**
 * @param {keyof typeof checks} tier
 * @returns {Promise<import('./result.mjs').TierResult>}
 */
export async function runChecks(tier) {
  let passed = 0;
  const failures = [];
  for (const [title, script, ...args] of checks[tier]) {
    const { code, output } = await runNode(join(root, script), args);
    if (code === 0) passed++;
    else failures.push({ title, error: output.trim() });
  }
  return { passed, skipped: 0, failures };
}

async function runNode(script, args) {
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
  return { code, output };
}
