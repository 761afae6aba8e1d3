/**
 * Runs inside the extension host, of the server and of a desktop VS Code alike. What happens is written to files and
 * not to the console: a host that dies takes the console's last lines with it, and a missing report says that it died.
 */
import { appendFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { version } from 'vscode';
import { loadApi } from './editorApi';

export interface HostReport {
  readonly vscode: string;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly title: string; readonly error: string }[];
}

export async function run(): Promise<void> {
  const retries = process.env.CI === undefined ? 0 : 1;
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, retries, reporter: OutputReporter });
  const grep = process.env.PHASEWISE_TEST_GREP;
  if (grep !== undefined) mocha.grep(new RegExp(grep));
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  print(`VS Code ${version}`);
  await loadApi();
  const failures: { title: string; error: string }[] = [];
  let passed = 0;
  let skipped = 0;
  await new Promise<void>((done) => {
    const runner = mocha.run(() => done());
    runner.on('pass', () => passed++);
    runner.on('pending', () => skipped++);
    runner.on('fail', (test, error: Error) => failures.push({ title: test.fullTitle(), error: describeError(error) }));
  });
  writeReport({ vscode: version, passed, skipped, failures });
  if (failures.length > 0) throw new Error(`${failures.length} failed`);
}

class OutputReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.on('suite', (suite) => {
      if (!suite.root) print(`\n  ${suite.fullTitle()}`);
    });
    runner.on('pass', (test) => print(`    ✓ ${test.title} (${test.duration ?? 0} ms)`));
    runner.on('pending', (test) => print(`    - ${test.title}`));
    runner.on('retry', (test, error: Error) => print(`    ↻ ${test.title}\n${indent(describeError(error))}`));
    runner.on('fail', (test, error: Error) => print(`    ✗ ${test.title}\n${indent(describeError(error))}`));
  }
}

function describeError(error: Error): string {
  return error.stack ?? String(error);
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '        ');
}

function print(line: string): void {
  appendFileSync(required('PHASEWISE_TEST_OUTPUT'), `${line}\n`);
}

function writeReport(report: HostReport): void {
  const file = required('PHASEWISE_TEST_REPORT');
  writeFileSync(`${file}.partial`, JSON.stringify(report));
  renameSync(`${file}.partial`, file);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start the suites with npm run test:host`);
  return value;
}
