import assert from 'node:assert/strict';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { resetRepository } from '../support/repositoryState';
import { git, writeFiles } from '../support/temporary';
import { Person } from './person';
import {
  actAs,
  emptyProject,
  eventually,
  inProject,
  planWithId,
  projectFolder,
  startedServices,
  write,
} from './support';

const text = `---
plan: start
title: To be started
mode: planning
---

# To be started

## Phase 1 — Build

Objective: it is built.

### S1 — First

Priority: P0
Done when: 3 rows are read.
`;

suite('Agents and people wait for approval, and start', () => {
  let services: Services;
  let person: Person;
  let app: string;
  let key: string;
  const path = 'PLAN-start.md';

  suiteSetup(async () => {
    services = await startedServices();
    app = realpathSync(projectFolder().fsPath);
    git(app, 'config', 'commit.gpgSign', 'false');
    await actAs('@ada');
  });

  suiteTeardown(() => actAs(undefined));

  setup(async () => {
    person = new Person();
    writeFiles(app, { [path]: text });
    git(app, 'add', '--all');
    git(app, 'commit', '--quiet', '--message=Plan');
    key = (await planWithId(services, 'start')).plan.key;
    await eventually(() => assert.equal(services.index.part(inProject(path).toString())?.text, text));
  });

  teardown(async () => {
    person.leaves();
    resetRepository(app);
    await emptyProject(services);
  });

  const ref = (kind: ThingRef['kind'], id: string): ThingRef => ({ plan: key, kind, id });
  const onDisk = () => readFileSync(join(app, path), 'utf8');
  const plan = () => {
    const found = services.index.freshSource(key)?.snapshot.plan;
    assert.ok(found);
    return found;
  };
  const presses = (...buttons: readonly string[]) => person.pressesInTurn(...buttons);

  test('while it is planned, work is off and says why, with the way on', async () => {
    await runCommand('phasewise.claimBead', ref('bead', 'S1'));
    assert.match(person.messages[0]?.text ?? '', /planning/);
    assert.equal(onDisk(), text);
    person.forgets();
    await runCommand('phasewise.closeBead', ref('bead', 'S1'));
    assert.match(person.messages[0]?.text ?? '', /^Close Bead is off: .*mode: planning/);
    assert.deepEqual(person.messages[0]?.buttons, ['Start Executing…']);
  });

  test('a plan that nobody approved is not started', async () => {
    await runCommand('phasewise.startExecuting', ref('plan', 'start'));
    assert.match(person.messages[0]?.text ?? '', /cannot be executed yet\. Nobody has approved the plan/);
    assert.deepEqual(person.messages[0]?.buttons, ['Approve…', 'Check Plan']);
    assert.equal(onDisk(), text);
  });

  test('approved, committed and started, with two commits of the plan alone', async () => {
    writeFiles(app, { 'other.txt': 'mine' });
    git(app, 'add', 'other.txt');
    presses('Approve');
    await runCommand('phasewise.approve', ref('plan', 'start'));
    assert.match(person.messages[0]?.detail ?? '', /sha256:[0-9a-f]{8}/);
    assert.match(onDisk(), /@ada/);
    assert.equal(plan().head.approvals.length, 1);
    presses('Commit', 'Commit');
    await runCommand('phasewise.startExecuting', ref('plan', 'start'));
    assert.equal(plan().mode, 'executing');
    assert.match(onDisk(), /mode: executing/);
    const log = git(app, 'log', '--format=%s', '-n', '2').trim().split('\n');
    assert.deepEqual(log, ['Start executing “To be started”', 'Plan “To be started”, as approved']);
    assert.equal(git(app, 'status', '--porcelain').trim(), 'A  other.txt');
    await runCommand('phasewise.claimBead', ref('bead', 'S1'));
    await eventually(() => assert.match(onDisk(), /in progress/i));
  });

  test('without the commit it is not started', async () => {
    presses('Approve');
    await runCommand('phasewise.approve', ref('plan', 'start'));
    await runCommand('phasewise.startExecuting', ref('plan', 'start'));
    assert.equal(plan().mode, 'planning');
  });

  test('a phase whose text was changed since its approval waits for it again, and the changes are shown', async () => {
    const executing = text.replace('planning', 'executing');
    await write(inProject(path), executing);
    await eventually(() => assert.equal(plan().mode, 'executing'));
    presses('Approve');
    await runCommand('phasewise.approve', ref('phase', '1'));
    git(app, 'commit', '--quiet', '--all', '--message=Approved');
    await eventually(() => assert.equal(services.index.planByKey(key)?.schedule.beadState('S1'), 'ready'));
    const changed = onDisk().replace('3 rows', '4 rows');
    await write(inProject(path), changed);
    await eventually(() => assert.equal(services.index.planByKey(key)?.schedule.beadState('S1'), 'blocked'));
    await runCommand('phasewise.claimBead', ref('bead', 'S1'));
    assert.match(person.messages.at(-1)?.text ?? '', /approval/);
    await runCommand('phasewise.showChangesSinceApproval', ref('phase', '1'));
    await eventually(() =>
      assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff),
    );
  });
});
