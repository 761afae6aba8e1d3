import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../root.mjs';

/**
 * One project of vitest.config.mts.
 * @param {'unit' | 'webview' | 'ui'} project
 * @param {readonly string[]} [filters] parts of file names, and flags of vitest
 * @returns {Promise<import('./result.mjs').TierResult>}
 */
export async function runVitest(project, filters = []) {
  const folder = mkdtempSync(join(tmpdir(), 'phasewise-vitest-'));
  const report = join(folder, 'report.json');
  const flags = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--project', project, ...flags, ...filters], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
  const result = readReport(report, code);
  rmSync(folder, { recursive: true, force: true });
  return result;
}

/** @returns {import('./result.mjs').TierResult} */
function readReport(file, code) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {
      passed: 0,
      skipped: 0,
      failures: [{ title: 'vitest', error: `ended with code ${code}, without a report` }],
    };
  }
  const tests = report.testResults.flatMap((suite) =>
    suite.assertionResults.map((test) => ({ ...test, file: suite.name })),
  );
  const failures = tests
    .filter(({ status }) => status === 'failed')
    .map((test) => ({
      title: `${relative(root, test.file)} > ${test.fullName}`,
      error: test.failureMessages.join('\n'),
    }));
  // A file that cannot be loaded, or whose hooks fail, has no failed test of its own.
  for (const suite of report.testResults) {
    const silent = suite.status === 'failed' && !suite.assertionResults.some(({ status }) => status === 'failed');
    if (silent) failures.push({ title: relative(root, suite.name), error: suite.message });
  }
  if (code !== 0 && failures.length === 0) {
    failures.push({ title: 'vitest', error: `ended with code ${code} although no test failed: see its output above` });
  }
  const passed = tests.filter(({ status }) => status === 'passed').length;
  return {
    passed,
    skipped: tests.length - passed - tests.filter(({ status }) => status === 'failed').length,
    failures,
  };
}
