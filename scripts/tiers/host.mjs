import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { buildHostSuites } from '../build/hostSuites.mjs';
import { root } from '../root.mjs';
import { follow } from './follow.mjs';

/**
 * The suites of test/host inside a real extension host: in the server (`current`, `oldest`) or in a desktop VS Code that
 * `@vscode/test-electron` downloads.
 * @param {'current' | 'oldest' | 'desktop'} where
 * @param {{grep?: string}} [options]
 * @returns {Promise<import('./result.mjs').TierResult>}
 */
export async function runHostSuites(where, { grep } = {}) {
  const entry = await buildHostSuites();
  const { report, failure } = await inExtensionHost(where, entry, {
    ...(grep === undefined ? {} : { PHASEWISE_TEST_GREP: grep }),
  });
  if (report !== undefined) {
    const { vscode, passed, skipped, failures } = report;
    return { passed, skipped, failures, note: `VS Code ${vscode}` };
  }
  const error = `VS Code did not start, or its extension host ended before the suites did. ${failure?.message ?? ''}`;
  return { passed: 0, skipped: 0, failures: [{ title: 'extension host', error }] };
}

/**
 * Runs a program in the extension host of a VS Code of its own, on a new repository; gives what it wrote to the file that
 * `PHASEWISE_TEST_REPORT` names, as JSON.
 * @param {'current' | 'oldest' | 'desktop'} where
 * @param {string} entry
 * @param {Record<string, string>} environment
 * @returns {Promise<{report?: any, failure?: Error}>}
 */
export async function inExtensionHost(where, entry, environment = {}) {
  const temporary = mkdtempSync(join(tmpdir(), 'phasewise-host-'));
  const output = join(temporary, 'output.txt');
  const reportFile = join(temporary, 'report.json');
  writeFileSync(output, '');
  const stopFollowing = follow(output, process.stdout);
  let failure;
  try {
    await runTests({
      ...(where === 'desktop' ? {} : { vscodeExecutablePath: join(root, 'scripts/vscode/shim.mjs') }),
      extensionDevelopmentPath: root,
      extensionTestsPath: entry,
      launchArgs: [
        makeWorkspace(temporary),
        `--user-data-dir=${join(temporary, 'data')}`,
        `--extensions-dir=${join(temporary, 'extensions')}`,
      ],
      extensionTestsEnv: {
        PHASEWISE_VSCODE: where,
        PHASEWISE_TEST_OUTPUT: output,
        PHASEWISE_TEST_REPORT: reportFile,
        ...environment,
      },
    });
  } catch (error) {
    failure = error;
  }
  stopFollowing();
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined;
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  return { report, failure };
}

/**
 * A workspace file with one folder, a git repository; a workspace file, since a window on a bare folder cannot add
 * folders during a test run.
 */
function makeWorkspace(temporary) {
  const folder = join(temporary, 'project');
  mkdirSync(folder);
  writeFileSync(join(folder, 'README.md'), '# A project\n');
  const git = (...args) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.com');
  git('add', '.');
  git('commit', '--quiet', '--no-gpg-sign', '--message=Start');
  const file = join(temporary, 'host.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: [{ path: 'project' }], settings: {} }, null, 2));
  return file;
}
