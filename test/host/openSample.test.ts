import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { openSample } from '../../src/views/openSample';
import { startedServices } from './support';

suite('Open the Sample Plans', () => {
  let services: Services;
  const { executeCommand } = vscode.commands;

  suiteSetup(async () => {
    services = await startedServices();
  });

  teardown(() => {
    vscode.commands.executeCommand = executeCommand;
  });

  /** What is opened in place of this window, which runs the test. */
  async function opened(): Promise<readonly unknown[]> {
    const calls: unknown[][] = [];
    vscode.commands.executeCommand = (...call: unknown[]) => {
      calls.push(call);
      return Promise.resolve(undefined as never);
    };
    await openSample(services);
    assert.equal(calls.length, 1);
    return calls[0] ?? [];
  }

  test('copies both samples once, as git repositories, and opens them beside what is open', async () => {
    const [command, file, options] = await opened();
    assert.equal(command, 'vscode.openFolder');
    assert.deepEqual(options, { forceNewWindow: true });
    assert.ok(file instanceof vscode.Uri);
    const { folders } = JSON.parse(readFileSync(file.fsPath, 'utf8')) as { folders: readonly { path: string }[] };
    assert.deepEqual(
      folders.map(({ path }) => path),
      ['finetune', 'golf-round-finder'],
    );
    for (const { path } of folders) {
      const folder = join(file.fsPath, '..', path);
      const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
      assert.equal(git('rev-parse', '--abbrev-ref', 'HEAD'), 'main');
      assert.equal(git('status', '--porcelain'), '', 'everything is committed');
    }

    const plan = join(file.fsPath, '../finetune/PLAN-finetune-qwen.md');
    writeFileSync(plan, '# Mine now\n');
    await opened();
    assert.equal(readFileSync(plan, 'utf8'), '# Mine now\n', 'what was done in a sample is kept');
  });
});
