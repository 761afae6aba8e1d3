import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { runCommand } from '../../src/commands';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { Person } from './person';
import { actAs, emptyProject, inProject, planWithId, startedServices, write } from './support';

const text = `---
plan: failing
mode: executing
progress: progress.md
---

# Failing

## Phase 1 — Build

### X1 — First

Status: in progress
Owner: @ada
Done when: \`node -e "process.exit(2)"\`
If it fails: see Scenario F1.

## Failure scenarios

### Scenario F1: The build is red

Detection: exit code 2.

1. Build again
2. Empty the cache
3. Ask the build team
`;

suite('Failure scenarios', () => {
  let services: Services;
  let person: Person;
  let key: string;

  suiteSetup(async () => {
    services = await startedServices();
    await actAs('@ada');
  });

  suiteTeardown(() => actAs(undefined));

  setup(async () => {
    person = new Person();
    await write(inProject('PLAN-failing.md'), text);
    key = (await planWithId(services, 'failing')).plan.key;
    services.selection.set(undefined, 'tree');
  });

  teardown(async () => {
    person.leaves();
    await emptyProject(services);
  });

  const ref = (kind: ThingRef['kind'], id: string): ThingRef => ({ plan: key, kind, id });
  const progress = () => {
    const { fsPath } = inProject('progress.md');
    return existsSync(fsPath) ? readFileSync(fsPath, 'utf8') : '';
  };

  test('steps come in order, each is logged with its outcome, and the next is asked only then', async () => {
    person.chooses('It Did Not Help', 'It Worked');
    person.types('still red', 'green after 4 minutes');
    await runCommand('phasewise.runScenario', ref('scenario', 'F1'));
    const titles = person.questions.map(({ title }) => title);
    assert.deepEqual(titles, ['F1: step 1 of 3', 'F1: step 1 of 3', 'F1: step 2 of 3', 'F1: step 2 of 3']);
    assert.match(person.questions[2]?.placeHolder ?? '', /Empty the cache/);
    assert.match(progress(), /F1[\s\S]*step 1 failed[\s\S]*still red[\s\S]*step 2 worked[\s\S]*green after 4 minutes/);
    assert.match(person.messages.at(-1)?.text ?? '', /F1 has recovered/);
  });

  test('who stops on the way goes on from there', async () => {
    person.chooses('It Did Not Help', undefined);
    person.types('still red');
    await runCommand('phasewise.runScenario', ref('scenario', 'F1'));
    person.questions = [];
    person.chooses('It Worked');
    person.types('');
    await runCommand('phasewise.runScenario', ref('scenario', 'F1'));
    assert.equal(person.questions[0]?.title, 'F1: step 2 of 3');
  });

  test('when every step was tried, that is said', async () => {
    person.chooses('It Did Not Help');
    person.types('', '', '');
    await runCommand('phasewise.runScenario', ref('scenario', 'F1'));
    assert.match(person.messages.at(-1)?.text ?? '', /Every step of F1 was tried/);
  });

  test('a verification that fails leads to the scenario of its bead, and back to the verification', async () => {
    person.pressesInTurn('Run', 'Run F1');
    person.chooses('It Worked');
    person.types('built again');
    await runCommand('phasewise.verify', ref('bead', 'X1'));
    assert.match(progress(), /scenario started for X1/);
    assert.match(progress(), /step 1 worked/);
    assert.deepEqual(person.messages.at(-1)?.buttons, ['Verify']);
  });
});
