import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import type { Gate } from '../../src/core/model';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { Person } from './person';
import { actAs, emptyProject, eventually, inProject, planWithId, startedServices, write } from './support';

const text = `---
plan: gates
mode: executing
progress: progress.md
---

# Gates

## Phase 1 — Measure

### M1 — Measure it

Status: closed
Done when: 3 numbers stand in the report.
Evidence: report.md

## Gate G1 — Is it fast and complete?

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| p95 in ms | < 4096 | 4096–8192 | > 8192 |
| facts found | ≥ 80 % | 60–79 % | < 60 % |

## Phase 2 — Ship

### M2 — Ship it

Done when: 1 release is out.

## Gate G2 — Does legal agree?

Kind: human

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| the contract | signed | changes asked for | refused |
`;

suite('Gates that are decided', () => {
  let services: Services;
  let person: Person;
  let key: string;
  const uri = inProject('PLAN-gates.md');

  suiteSetup(async () => {
    services = await startedServices();
    await actAs('@ada');
  });

  suiteTeardown(() => actAs(undefined));

  setup(async () => {
    person = new Person();
    await write(uri, text);
    key = (await planWithId(services, 'gates')).plan.key;
  });

  teardown(async () => {
    person.leaves();
    await emptyProject(services);
  });

  const ref = (id: string): ThingRef => ({ plan: key, kind: 'gate', id });
  const snapshot = () => {
    const found = services.index.freshSource(key)?.snapshot;
    assert.ok(found);
    return found;
  };
  const gate = (id: string) => snapshot().plan.find(id, 'gate') as Gate;

  test('each row asks for its value, the verdict is proposed, and a pass opens what it blocks', async () => {
    assert.equal(snapshot().schedule.beadState('M2'), 'blocked');
    person.types('3210', '88 %', '');
    person.chooses('Pass');
    await runCommand('phasewise.decideGate', ref('G1'));
    assert.deepEqual(person.messages, []);
    const [first, second, verdicts] = person.questions;
    assert.equal(first?.title, 'Decide Gate G1 (1/2): p95 in ms');
    assert.match(first?.placeHolder ?? '', /measured value/);
    assert.equal(second?.title, 'Decide Gate G1 (2/2): facts found');
    assert.match(verdicts?.items[0] ?? '', /^Pass — proposed/);
    const { decision } = gate('G1');
    assert.deepEqual([decision?.verdict, decision?.by], ['pass', '@ada']);
    assert.match(decision?.measured ?? '', /3210.*88 %/);
    assert.equal(snapshot().schedule.beadState('M2'), 'ready');
    assert.match(readFileSync(inProject('progress.md').fsPath, 'utf8'), /G1/);
  });

  test('adjust is proposed first where the values say so, and keeps it due with its note', async () => {
    person.types('5000', '88 %', 'raise the cache');
    person.chooses('Adjust');
    await runCommand('phasewise.decideGate', ref('G1'));
    assert.match(person.questions[2]?.items[0] ?? '', /^Adjust — proposed/);
    assert.equal(snapshot().schedule.gateState('G1'), 'adjusted');
    assert.match(gate('G1').decision?.note ?? '', /raise the cache/);
    assert.equal(snapshot().schedule.beadState('M2'), 'blocked');
  });

  test('a verdict against the values asks why', async () => {
    person.types('9000', '88 %', 'the spike was a cold cache, measured again at 3100');
    person.chooses('Pass');
    await runCommand('phasewise.decideGate', ref('G1'));
    assert.match(person.questions.at(-1)?.placeHolder ?? '', /The values give Abort\. Why is it Pass/);
    assert.equal(gate('G1').decision?.verdict, 'pass');
  });

  test('who gives up on the way decides nothing', async () => {
    person.types('3210', undefined);
    await runCommand('phasewise.decideGate', ref('G1'));
    assert.equal(readFileSync(uri.fsPath, 'utf8'), text);
  });

  test('a gate that is not due is refused with what it waits for', async () => {
    person.types('signed', '', '@legal');
    person.chooses('Pass');
    await runCommand('phasewise.decideGate', ref('G2'));
    assert.match(person.messages[0]?.text ?? '', /G2 is not due yet/);
  });

  test('a human gate records who', async () => {
    await write(
      uri,
      text
        .replace('### M2 — Ship it\n', '### M2 — Ship it\n\nStatus: closed\nEvidence: 1.0.0\n')
        .replace('## Phase 2', 'Decision: Pass · 2026-05-02 · @maria\n\n## Phase 2'),
    );
    await eventually(() => assert.equal(snapshot().schedule.gateState('G2'), 'due'));
    person.types('signed', '', '@legal-lena');
    person.chooses('Pass');
    await runCommand('phasewise.decideGate', ref('G2'));
    assert.deepEqual(person.messages, []);
    assert.equal(gate('G2').decision?.by, '@legal-lena');
  });

  test('agents get a proposal, and record what the person decided', async () => {
    const call = async (input: object) => {
      const result = await vscode.lm.invokeTool('plan_gate', { input, toolInvocationToken: undefined });
      return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
    };
    assert.match(await call({ gate: 'G1', measured: ['5000', '88 %'] }), /"proposed": "adjust"/);
    assert.equal(readFileSync(uri.fsPath, 'utf8'), text);
    const decided = await call({ gate: 'G1', measured: ['3210', '88 %'], verdict: 'pass', as: 'Copilot' });
    assert.match(decided, /"done"/);
    assert.deepEqual([gate('G1').decision?.verdict, gate('G1').decision?.by], ['pass', '@Copilot']);
  });
});
