import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import type { Bead } from '../../src/core/model';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { Person } from './person';
import { actAs, emptyProject, eventually, inProject, pause, planWithId, startedServices, write } from './support';

const text = `---
plan: act
title: To be acted on
mode: executing
progress: log/progress.md
---

# To be acted on

## Phase 1 — Build

### A1 — First

Priority: P0
Done when: 3 rows are read.

### A2 — Second

Blocked by: A1
Done when: 4 rows are read.

### A3 — Third

Status: in progress
Owner: @maria
Done when: 5 rows are read.
`;

suite('Beads that are worked on', () => {
  let services: Services;
  let person: Person;
  let key: string;
  const uri = inProject('PLAN-act.md');
  const log = inProject('log/progress.md');

  suiteSetup(async () => {
    services = await startedServices();
    await actAs('@ada');
  });

  suiteTeardown(() => actAs(undefined));

  setup(async () => {
    person = new Person();
    await write(uri, text);
    key = (await planWithId(services, 'act')).plan.key;
    services.selection.set(undefined, 'tree');
  });

  teardown(async () => {
    person.leaves();
    await emptyProject(services);
  });

  const ref = (id: string): ThingRef => ({ plan: key, kind: 'bead', id });
  const bead = (id: string): Bead => {
    const found = services.index.freshSource(key)?.snapshot.plan.find(id, 'bead');
    assert.equal(found?.kind, 'bead');
    return found as Bead;
  };
  const onDisk = () => readFileSync(uri.fsPath, 'utf8');
  const progress = () => (existsSync(log.fsPath) ? readFileSync(log.fsPath, 'utf8') : '');

  test('a claim is written with the owner and in the progress file, saved, and is one undo', async () => {
    await runCommand('phasewise.claimBead', ref('A1'));
    assert.deepEqual(person.messages, []);
    assert.equal(bead('A1').status, 'in_progress');
    assert.match(bead('A1').owner?.value ?? '', /^@ada/);
    assert.match(onDisk(), /@ada/);
    assert.match(progress(), /A1/);
    const [mine, ...others] = await eventually(() => {
      const snapshot = services.index.planByKey(key);
      const found = snapshot === undefined ? [] : services.user.beadsInHand(snapshot);
      assert.equal(found.length, 1);
      return found;
    });
    assert.equal(mine?.id, 'A1');
    assert.deepEqual(others, []);
  });

  test('a blocked bead is refused with the chain of reasons', async () => {
    await runCommand('phasewise.claimBead', ref('A2'));
    assert.match(person.messages[0]?.text ?? '', /A2 .*blocked.*A1/);
    assert.deepEqual(person.messages[0]?.buttons, ['Show What Is Ready']);
    assert.equal(onDisk(), text);
  });

  test('what somebody else holds is refused with the name, and released after a question', async () => {
    await runCommand('phasewise.claimBead', ref('A3'));
    assert.match(person.messages[0]?.text ?? '', /@maria/);
    assert.equal(onDisk(), text);
    person.presses('Release Anyway');
    await runCommand('phasewise.releaseBead', ref('A3'));
    assert.equal(bead('A3').status, 'open');
    assert.equal(bead('A3').owner, undefined);
  });

  test('a bead is closed with what was typed; status, evidence and progress are written in one step', async () => {
    await runCommand('phasewise.claimBead', ref('A1'));
    person.chooses('Type It');
    person.types('3 rows read, see out.txt');
    await runCommand('phasewise.closeBead', ref('A1'));
    assert.equal(bead('A1').status, 'closed');
    assert.match(
      bead('A1')
        .evidence.map(({ value }) => value)
        .join(),
      /3 rows read, see out\.txt/,
    );
    assert.match(progress(), /3 rows read, see out\.txt/);
    await vscode.window.showTextDocument(uri);
  });

  test('a bead of a YAML plan that is a mere text gets keys beside its words', async () => {
    const yaml = inProject('texts.plan.yaml');
    await write(yaml, 'plan: texts\nbeads:\n  - T1 — Read # all\n  - T2 — Go\n');
    const texts = (await planWithId(services, 'texts')).plan.key;
    await runCommand('phasewise.claimBead', { plan: texts, kind: 'bead', id: 'T1' });
    assert.deepEqual(person.messages, []);
    assert.match(
      readFileSync(yaml.fsPath, 'utf8'),
      /^plan: texts\nbeads:\n {2}- title: T1 — Read # all\n {4}status: in_progress\n {4}owner: "@ada .*"\n {2}- T2 — Go\n$/,
    );
  });

  test('a commit can be the evidence', async () => {
    person.chooses('A Commit', 'Start');
    await runCommand('phasewise.closeBead', ref('A1'));
    assert.match(
      bead('A1')
        .evidence.map(({ value }) => value)
        .join(),
      /commit [0-9a-f]{7,} \(Start\)/,
    );
  });

  test('without evidence nothing is closed', async () => {
    person.chooses('Type It');
    person.types(undefined);
    await runCommand('phasewise.closeBead', ref('A1'));
    assert.equal(onDisk(), text);
  });

  test('closed, reopened, deferred', async () => {
    person.chooses('Type It');
    person.types('done', 'waits for the contract');
    await runCommand('phasewise.closeBead', ref('A1'));
    await runCommand('phasewise.reopenBead', ref('A1'));
    assert.equal(bead('A1').status, 'open');
    await runCommand('phasewise.deferBead', ref('A1'));
    assert.equal(bead('A1').status, 'deferred');
    assert.match(onDisk() + progress(), /waits for the contract/);
  });

  test('unsaved text stays unsaved, and the claim stands beside it', async () => {
    const editor = await vscode.window.showTextDocument(uri);
    await pause(300);
    await eventually(() => assert.equal(editor.document.getText(), text));
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(8, 0), 'Half a sentence\n\n')));
    await runCommand('phasewise.claimBead', ref('A1'));
    assert.match(editor.document.getText(), /Half a sentence/);
    assert.equal(bead('A1').status, 'in_progress');
    assert.ok(editor.document.isDirty);
    assert.equal(onDisk(), text);
  });

  test('a claim on top of what another program wrote while there is unsaved text: a save keeps all three', async () => {
    const editor = await vscode.window.showTextDocument(uri);
    await pause(300);
    await editor.edit((edit) => edit.insert(new vscode.Position(8, 0), 'Half a sentence\n\n'));
    writeFileSync(uri.fsPath, text.replace('5 rows', '50 rows'));
    await runCommand('phasewise.claimBead', ref('A1'));
    assert.deepEqual(person.messages, []);
    assert.ok(await editor.document.save());
    assert.match(onDisk(), /Half a sentence/);
    assert.match(onDisk(), /50 rows/);
    assert.match(onDisk(), /@ada/);
  });

  test('what changed on disk a moment ago is read first', async () => {
    writeFileSync(uri.fsPath, text.replace('Priority: P0\n', 'Priority: P0\nStatus: in progress\nOwner: @agent-7\n'));
    await runCommand('phasewise.claimBead', ref('A1'));
    assert.match(person.messages[0]?.text ?? '', /@agent-7/);
    assert.match(onDisk(), /@agent-7/);
  });

  test('a progress file outside of the workspace is left alone', async () => {
    const away = vscode.Uri.joinPath(inProject(''), '..', 'away-progress.md');
    rmSync(away.fsPath, { force: true });
    await write(uri, text.replace('log/progress.md', '../away-progress.md'));
    await eventually(() => assert.match(bead('A1').location.file === '' ? '' : onDisk(), /away/));
    await eventually(() =>
      assert.equal(services.index.planByKey(key)?.plan.head.progress?.value, '../away-progress.md'),
    );
    await runCommand('phasewise.claimBead', ref('A1'));
    assert.equal(existsSync(away.fsPath), false);
  });

  test('a file with merge markers is refused with what to do', async () => {
    const conflicted = `${text}\n<<<<<<< ours\nOne\n=======\nTwo\n>>>>>>> theirs\n`;
    await write(uri, conflicted);
    await eventually(() => assert.equal(services.index.part(uri.toString())?.text, conflicted));
    await runCommand('phasewise.claimBead', ref('A1'));
    assert.match(person.messages[0]?.text ?? '', /merge conflict/);
    assert.equal(onDisk(), conflicted);
  });

  test('agents on the command line and the editor claim at the same time: each claim is there', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `T${index}`);
    const many = ids.map((id) => `### ${id} — Work\n\nDone when: 1 row is read.\n`).join('\n');
    await write(uri, text.replace('### A1 — First', `${many}\n### A1 — First`));
    await eventually(() => assert.equal(bead('T9').status, 'open'));
    await vscode.window.showTextDocument(uri);
    const program = vscode.Uri.joinPath(services.context.extensionUri, 'dist', 'cli.js').fsPath;
    const run = promisify(execFile);
    const agents = ids.slice(0, 5).map((id) =>
      run(process.execPath, [program, 'claim', id, '--as', `agent-${id}`], {
        cwd: inProject('').fsPath,
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      }),
    );
    for (const id of ids.slice(5)) await runCommand('phasewise.claimBead', ref(id));
    await Promise.all(agents);
    assert.deepEqual(person.messages, []);
    await eventually(() => {
      for (const id of ids) assert.equal(bead(id).status, 'in_progress', id);
      for (const id of ids.slice(0, 5)) assert.match(bead(id).owner?.value ?? '', new RegExp(`agent-${id}`));
    });
    for (const id of ids) assert.match(progress(), new RegExp(`· ${id} ·`));
    assert.equal((await vscode.workspace.openTextDocument(uri)).isDirty, false);
  }).timeout(90_000);

  test('the name comes from git where no setting says it', async () => {
    await actAs(undefined);
    const plan = services.index.planByKey(key)?.plan;
    assert.ok(plan);
    assert.equal(await services.user.of(plan), 'Test');
    await actAs('@ada');
  });
});
