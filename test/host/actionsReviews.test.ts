import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import { refTo } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { Person } from './person';
import { emptyProject, eventually, inProject, planText, planWithId, startedServices, write } from './support';

suite('Agents and people record critiques, passes and prompts', () => {
  let services: Services;
  let person: Person;
  let key: string;

  suiteSetup(async () => {
    services = await startedServices();
  });

  setup(async () => {
    person = new Person();
    await write(inProject('PLAN-kept.md'), planText('kept'));
    key = (await planWithId(services, 'kept')).plan.key;
  });

  teardown(async () => {
    person.leaves();
    await emptyProject(services);
  });

  const plan = () => {
    const found = services.index.freshSource(key)?.snapshot.plan;
    assert.ok(found);
    return found;
  };

  test('a critique with its verdict and its reason', async () => {
    person.chooses('Rejected');
    person.types('B2 is three beads', 'Grace', 'one reader does all of it');
    await runCommand('phasewise.recordCritique', refTo(plan()));
    assert.deepEqual(person.messages, []);
    const [critique] = plan().critiques;
    assert.match(critique?.text.value ?? '', /B2 is three beads/);
    assert.equal(critique?.verdict?.value, 'rejected');
    assert.match(critique?.reason?.value ?? '', /one reader/);
  });

  test('readiness passes with their new gaps', async () => {
    person.types('Grace', 'not ready', 'no rollback; no owner for G1', 'B3 has a rollback');
    await runCommand('phasewise.recordReadinessPass', refTo(plan()));
    person.types('Grace', 'ready', '', '');
    await runCommand('phasewise.recordReadinessPass', refTo(plan()));
    assert.deepEqual(person.messages, []);
    assert.deepEqual(
      plan().readinessPasses.map(({ gapCount }) => gapCount),
      [2, 0],
    );
  });

  test('a prompt from the clipboard, word for word, in a log of its own', async () => {
    await vscode.env.clipboard.writeText('Plan it first.\nThen stop.');
    person.chooses('The Clipboard');
    person.types('Planning only');
    await runCommand('phasewise.logPrompt', refTo(plan()));
    assert.deepEqual(person.messages, []);
    const prompt = await eventually(() => {
      const [found] = plan().prompts;
      assert.equal(found?.title?.value, 'Planning only');
      return found;
    });
    assert.match(prompt?.words.map(({ value }) => value).join('\n') ?? '', /Plan it first\.\s+Then stop\./);
    const log = new TextDecoder().decode(await vscode.workspace.fs.readFile(inProject('PLAN-kept-prompts.md')));
    assert.match(log, /^> Plan it first\.\n> Then stop\.$/m);
  });
});
