import { describe, expect, test } from 'vitest';
import { beadPrompt } from '../../../../src/core/prompt/bead';
import { gateCheck } from '../../../../src/core/prompt/gate';
import { handoffNotes, operationsNotes } from '../../../../src/core/prompt/notes';
import { readPlan } from '../../../support/readPlans';

const yaml = `
plan: mill
title: Restore the mill
mode: executing
progress: data/progress.md
phases:
  - id: 1
    title: Wheel
    objective: The wheel turns by itself.
    constraints: [No metal below the water line.]
    out_of_scope: [The millstones.]
    interfaces: [The axle is 40 cm thick.]
    verification: [{ run: ./turn.sh }]
    operations: { git: Small commits., gates: The heritage office. }
    beads:
      - { id: m-1, title: Measure the old wheel, done_when: 12 measures, status: closed, evidence: 12 in measures.csv }
      - { id: m-2, title: Cut the paddles, blocked_by: [m-1], done_when: 24 paddles, if_it_fails: "Scenario F1", priority: P1 }
      - { id: m-3, title: Hang the wheel, blocked_by: [m-2] }
    gates:
      - id: G1
        title: It turns
        criteria:
          - { criterion: Turns in a minute, pass: 8 or more, adjust: 5 to 7, abort: "fewer, see F1" }
      - id: G2
        title: Heritage office
        kind: external
        blocked_by: [m-1]
        decision: { verdict: adjust, date: 2026-02-03, by: Office, measured: oak asked for, note: come back in May }
  - id: 2
    title: Stones
    beads:
      - { id: m-4, title: Dress the stones, what: Only when it turns. }
scenarios:
  - { id: F1, title: Wood is too soft, detection: It bends, recovery: [Dry it longer., Buy oak.] }
`;
const mill = readPlan({ 'mill.plan.yaml': yaml });

describe('the prompt of a bead', () => {
  const text = beadPrompt(mill, 'm-2')?.text ?? '';

  test('is about this bead alone, with what its phase demands', () => {
    expect(text).toMatch(/^# m-2 — Cut the paddles\n/);
    expect(text).toContain('Phase 1 (“Wheel”) of the plan “Restore the mill” (`mill.plan.yaml`)');
    for (const part of [
      '24 paddles',
      'The wheel turns by itself.',
      'No metal below',
      'The millstones.',
      'The axle is 40 cm',
    ]) {
      expect(text).toContain(part);
    }
    for (const other of ['12 measures', 'Dress the stones', '# m-3']) expect(text).not.toContain(other);
  });

  test('names its blockers with their state, and what waits for it', () => {
    expect(text).toContain('blocked by m-1 (closed)');
    expect(text).toContain('- m-3 (blocked)');
    expect(text).toContain('- Gate G1 (not due yet)');
  });

  test('brings the failure scenario that it points at', () => {
    expect(text).toMatch(/### F1 — Wood is too soft[\s\S]*1\. Dry it longer\.\n\s*2\. Buy oak\./);
  });

  test('asks for evidence where it belongs, and never to loosen the condition', () => {
    expect(text).toContain('recorded beside it in `mill.plan.yaml`');
    expect(text).toContain('`data/progress.md`');
    expect(text).toMatch(/never loosen/);
  });

  test('warns before work on what is blocked or closed', () => {
    expect(beadPrompt(mill, 'm-3')?.text).toContain('It may not be started yet: it waits for m-2 (ready).');
    expect(beadPrompt(mill, 'm-1')?.text).toContain('The plan counts it as closed.');
    expect(text).not.toContain('may not be started');
  });

  test('says what is missing', () => {
    expect(beadPrompt(mill, 'm-3')?.missing).toEqual(['doneWhen']);
    expect(beadPrompt(mill, 'm-3')?.text).toMatch(/gives no done-when for m-3\. Propose/);
    expect(beadPrompt(mill, 'm-2')?.missing).toEqual([]);
  });

  test('stops before the work in a plan that is being planned', () => {
    const planned = readPlan({ 'mill.plan.yaml': yaml.replace('executing', 'planning') });
    const planning = beadPrompt(planned, 'm-2')?.text ?? '';
    expect(planning).toMatch(/^> \*\*Plan only\.\*\*/);
    expect(planning).not.toContain('Make the change');
  });

  test('tells a plan kept in Beads to record evidence with its tracker', () => {
    const beads = readPlan({
      '.beads/issues.jsonl': '{"id":"bd-1","title":"One","status":"open","issue_type":"task"}\n',
    });
    expect(beadPrompt(beads, 'bd-1')?.text).toContain('bd close <id> --reason');
  });

  test('is not there for an unknown bead', () => {
    expect(beadPrompt(mill, 'G1')).toBeUndefined();
  });
});

describe('the check of a gate', () => {
  const text = gateCheck(mill, 'G1')?.text ?? '';

  test('has a place for every measured value', () => {
    expect(text).toContain('| Criterion | Pass | Adjust | Abort | Measured | How | Verdict |');
    expect(text).toContain('| Turns in a minute | 8 or more | 5 to 7 | fewer, see F1 |  |  |  |');
  });

  test('says who decides, and what is still to be done before', () => {
    expect(text).toContain('whoever runs the plan confirms the verdict');
    expect(text).toContain('waits for every bead of Phase 1');
    expect(text).toMatch(/\*\*Not due yet\.\*\* Still to be done: .*m-2/);
    expect(gateCheck(mill, 'G2')?.text).toContain('decided outside the team');
  });

  test('says what waits for the verdict, and brings the scenarios of its table', () => {
    expect(text).toContain('- Phase 2 (“Stones”, 0 of 1 beads closed)');
    expect(text).toContain('### F1 — Wood is too soft');
  });

  test('shows a verdict that was given', () => {
    expect(gateCheck(mill, 'G2')?.text).toContain(
      '**Recorded verdict:** Adjust · 2026-02-03 · Office · oak asked for · come back in May',
    );
  });

  test('tells how the verdict is written in the notation of the file', () => {
    expect(text).toContain('under `decision`');
    const markdown = readPlan({
      'PLAN.md':
        '# P\n\n## Phase 1 — A\n\n- [ ] a-1 — A\n\n### Gate G9 — Go\n\n| Criterion | Pass | Adjust | Abort |\n| --- | --- | --- | --- |\n| x | 1 | 2 | 3 |\n',
    });
    expect(gateCheck(markdown, 'G9')?.text).toContain('`Decision: Pass · ');
  });

  test('asks for criteria where there are none', () => {
    expect(gateCheck(mill, 'G2')?.text).toMatch(/## Criteria\n\nThe plan gives none/);
    expect(gateCheck(mill, 'G2')?.missing).toEqual(['criteria']);
  });
});

describe('the notes of a phase workspace', () => {
  test('operations: what the plan says, and what to do where it says nothing', () => {
    const notes = operationsNotes(mill, '1') ?? '';
    expect(notes).toMatch(/## Git\n\n- Small commits\./);
    expect(notes).toMatch(/## Migrations and flags\n\nThe plan names none\./);
    expect(notes).toContain('- The heritage office.');
    expect(notes).toContain('./turn.sh');
    expect(operationsNotes(mill, '9')).toBeUndefined();
  });

  test('handoff: the files to read again, the state now, and what comes next', () => {
    const notes = handoffNotes(mill, '1') ?? '';
    for (const file of ['PROMPT.md', 'OPERATIONS.md', 'mill.plan.yaml', 'data/progress.md'])
      expect(notes).toContain(`\`${file}\``);
    expect(notes).toContain('1 of 3 beads closed.');
    expect(notes).toMatch(/## Next\n\n1\. .*m-2/);
    expect(notes).toContain('- Bead in hand:');
  });
});
