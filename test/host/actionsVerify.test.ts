import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { Verifications } from '../../src/actions/verify/verifications';
import { runCommand } from '../../src/commands';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { Person } from './person';
import { emptyProject, eventually, inProject, planWithId, startedServices, write } from './support';

const text = `---
plan: verify
mode: executing
---

# To be verified

## Phase 1 — Build

Verification:
- \`node -e "require('fs').writeFileSync('ran.txt', 'once'); console.log('all 3 passed')"\`
- The page shows three rows

### V1 — Pass

Done when: \`node -e "console.log(process.cwd())"\`

### V2 — Fail

Done when: \`node -e "console.error('broken'); process.exit(3)"\`
If it fails: see Scenario F1.

### V3 — Look

Done when: the page shows three rows

## Failure scenarios

### Scenario F1: It is broken

Detection: code 3

1. Mend it
`;

suite('Verification', () => {
  let services: Services;
  let person: Person;
  let key: string;
  let verifications: Verifications;

  suiteSetup(async () => {
    services = await startedServices();
    verifications = new Verifications(services.context.workspaceState);
  });

  setup(async () => {
    person = new Person();
    await services.context.workspaceState.update('phasewise.verify.approved', undefined);
    await services.context.workspaceState.update('phasewise.verify.results', undefined);
    await write(inProject('PLAN-verify.md'), text);
    key = (await planWithId(services, 'verify')).plan.key;
  });

  teardown(async () => {
    person.leaves();
    await emptyProject(services);
  });

  const ref = (kind: ThingRef['kind'], id: string): ThingRef => ({ plan: key, kind, id });

  test('shows the commands, runs nothing without a yes', async () => {
    await runCommand('phasewise.verify', ref('phase', '1'));
    const [asked] = person.messages;
    assert.equal(asked?.modal, true);
    assert.match(asked?.detail ?? '', /^node -e "require\('fs'\)/);
    assert.ok(asked?.detail?.includes(inProject('').fsPath.replace(/\/$/, '')));
    assert.equal(existsSync(inProject('ran.txt').fsPath), false);
    assert.equal(verifications.last(ref('phase', '1')), undefined);
  });

  test('runs them in a task, asks for what a person has to see, and keeps the result', async () => {
    person.presses('Run');
    person.choosesMany(['The page shows three rows']);
    await runCommand('phasewise.verify', ref('phase', '1'));
    assert.equal(readFileSync(inProject('ran.txt').fsPath, 'utf8'), 'once');
    const result = verifications.last(ref('phase', '1'));
    assert.equal(result?.passed, true);
    assert.deepEqual(
      result?.commands.map(({ exitCode, tail }) => [exitCode, tail]),
      [[0, 'all 3 passed']],
    );
    assert.match(result?.commit ?? '', /^[0-9a-f]{8}$/);
    assert.deepEqual(result?.manual, [{ text: 'The page shows three rows', done: true }]);
    assert.match(person.messages.at(-1)?.text ?? '', /^Phase 1 is verified/);
  });

  test('asks once for the same commands, and again when one changes', async () => {
    person.presses('Run');
    await runCommand('phasewise.verify', ref('bead', 'V1'));
    await runCommand('phasewise.verify', ref('bead', 'V1'));
    const modal = () => person.messages.filter(({ modal }) => modal).length;
    assert.equal(modal(), 1);
    await write(inProject('PLAN-verify.md'), text.replace('console.log(process.cwd())', 'console.log(1)'));
    await eventually(() => {
      const bead = services.index.planByKey(key)?.plan.find('V1', 'bead');
      assert.ok(bead?.kind === 'bead' && bead.doneWhen[0]?.value.includes('console.log(1)'));
    });
    await runCommand('phasewise.verify', ref('bead', 'V1'));
    assert.equal(modal(), 2);
  });

  test('a command that fails fails it, and the scenario of the bead is offered', async () => {
    person.presses('Run');
    await runCommand('phasewise.verify', ref('bead', 'V2'));
    const result = verifications.last(ref('bead', 'V2'));
    assert.equal(result?.passed, false);
    assert.deepEqual(
      result?.commands.map(({ exitCode, tail }) => [exitCode, tail]),
      [[3, 'broken']],
    );
    const said = person.messages.at(-1);
    assert.match(said?.text ?? '', /^V2 is not verified: .* ended with code 3/);
    assert.deepEqual(said?.buttons, ['Run F1']);
  });

  test('what nobody has seen is not verified', async () => {
    person.choosesMany([]);
    await runCommand('phasewise.verify', ref('bead', 'V3'));
    assert.equal(verifications.last(ref('bead', 'V3'))?.passed, false);
    assert.match(person.messages.at(-1)?.text ?? '', /Not seen: the page shows three rows/);
  });

  test('a plan that is being planned is not verified, and says why', async () => {
    await write(inProject('PLAN-verify.md'), text.replace('executing', 'planning'));
    await eventually(() => assert.equal(services.index.planByKey(key)?.plan.mode, 'planning'));
    await runCommand('phasewise.verify', ref('bead', 'V1'));
    assert.match(person.messages.at(-1)?.text ?? '', /^Verify is off: .*mode: planning/);
    assert.deepEqual(vscode.tasks.taskExecutions.length, 0);
  });
});
