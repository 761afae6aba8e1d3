import { describe, expect, test } from 'vitest';
import { phasePrompt } from '../../../../src/core/prompt/phase';
import type { PlanSnapshot } from '../../../../src/core/snapshot';
import { readPlan, readSample } from '../../../support/readPlans';

const harbour = readPlan({
  'plans/harbour.yaml': `
plan: harbour
title: Move the harbour office
mode: executing
progress: log.md
baseline: [Ships register without paper.]
phases:
  - id: A
    title: Survey
    objective: Know every form in use.
    interfaces:
      - forms.csv is read by Phase B; its columns stay.
      - notes.txt is for the survey alone.
    beads:
      - { id: h-1, title: Count the forms, priority: P1, what: Walk the three desks., done_when: forms.csv has 41 rows, if_it_fails: see F2, status: closed, evidence: 41 rows }
      - { id: h-2, title: Ask the pilots, priority: P2, blocked_by: [h-1], done_when: 6 answers }
  - id: B
    title: Registration
    depends_on: [A]
    objective: Ships register on a screen.
    constraints: [The paper form stays valid.]
    out_of_scope: [Invoices.]
    done_means: [A ship is registered in 4 minutes.]
    interfaces: [register.json follows schema 3.]
    prerequisites: [An account at the port authority.]
    verification:
      - run: npm test
      - run: |
          echo "\`\`\`"
      - manual: Register the ferry by hand.
    operations:
      git: One branch.
      migrations: Flag REGISTER is off at first.
      tophatting: Watch one skipper use it.
      gates: The harbour master signs.
    risks: [The network at the pier is slow.]
    workspace: { paths: [src/register] }
    beads:
      - id: h-3
        title: Draw the screen
        priority: P0
        blocked_by: [h-1]
        what: One page, no scrolling.
        done_when: A skipper finds all 9 fields.
        if_it_fails: Scenario F1
        owner: "@ada"
        estimate: 4h
        steps: [Sketch it., Show it.]
      - id: h-4
        title: Store what is typed
        priority: P0
        blocked_by: [h-3, h-2]
        done_when: 100 entries survive a restart.
        if_it_fails: Scenario F1
        beads:
          - { id: h-4a, title: Write the file, done_when: The file is there., if_it_fails: Scenario F1 }
    gates:
      - id: G1
        title: Good enough for the pier
        kind: human
        blocked_by: [h-4]
        criteria:
          - { criterion: Time to register, pass: under 4 min, adjust: 4 to 6 min, abort: "over 6 min, see F3" }
  - id: C
    title: Invoices
    depends_on: [B]
    interfaces: ["Invoices read register.json (Phase B)."]
    beads:
      - { id: h-5, title: Send an invoice, what: Post it to the agent., done_when: 1 invoice arrives }
scenarios:
  - { id: F1, title: Skippers give up, detection: "2 of 5 ask for paper", recovery: [Larger letters., "If that is not enough: F4."] }
  - { id: F2, title: Forms are missing, detection: A desk has more, recovery: [Count again.] }
  - { id: F3, title: Too slow, detection: over 6 min, recovery: [Drop two fields.] }
  - { id: F4, title: Screen unreadable in the sun, detection: Noon, recovery: [A hood.] }
  - { id: F5, title: Nobody comes, detection: Silence, recovery: [Wait.] }
insights:
  tier_1: [Skippers have wet hands.]
`,
});

function textOf(snapshot: PlanSnapshot, phase: string): string {
  return phasePrompt(snapshot, phase)?.text ?? '';
}

/** What stands between a heading of the second level and the next. */
function section(text: string, heading: string): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

const registration = textOf(harbour, 'B');

test('it begins with the name of the phase and its place in the plan, in one sentence', () => {
  const [heading, , place] = registration.split('\n');
  expect(heading).toBe('# Phase B — Registration');
  expect(place).toBe(
    'This is phase 2 of 3 in the plan “Move the harbour office” (`harbour.yaml`): it builds on Phase A (“Survey”), and Phase C (“Invoices”) builds on it.',
  );
});

test('a plan without dependencies is told by its order', () => {
  const plain = readPlan({
    'PLAN.md':
      '# Plan\n\n## Phase 1 — One\n\n- [ ] a1 — A\n\n## Phase 2 — Two\n\n- [ ] b1 — B\n\n## Phase 3 — Three\n\n- [ ] c1 — C\n',
  });
  expect(textOf(plain, '2')).toContain('it comes after Phase 1 (“One”) and before Phase 3 (“Three”).');
});

test('sections come in the order in which they are needed', () => {
  const headings = registration.match(/^## .*/gm);
  expect(headings).toEqual([
    '## What is asked of you',
    '## Where the phase stands',
    '## Objective',
    '## Done means',
    '## Constraints',
    '## Out of scope',
    '## Interfaces with other phases',
    '## Prerequisites',
    '## Beads',
    '## Gates',
    '## When something fails',
    '## Verification',
    '## Operations',
    '## Risks and rollback',
    '## While you work',
  ]);
});

test('it asks for exploration, prerequisites and an implementation plan with git, before anything is done', () => {
  const asked = section(registration, 'What is asked of you');
  const positions = [/explore the code base/i, /prerequisites/i, /implementation plan/i, /push back/i, /wait for/i].map(
    (words) => asked.search(words),
  );
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  expect(positions).not.toContain(-1);
  for (const word of ['branch', 'commits', 'pull request']) expect(asked).toContain(word);
});

test('every field of the phase has its place', () => {
  expect(section(registration, 'Objective')).toContain('Ships register on a screen.');
  expect(section(registration, 'Done means')).toContain('A ship is registered in 4 minutes.');
  expect(section(registration, 'Constraints')).toContain('- The paper form stays valid.');
  expect(section(registration, 'Out of scope')).toContain('- Invoices.');
  expect(section(registration, 'Out of scope')).toContain('- src/register');
  expect(section(registration, 'Prerequisites')).toContain('- [ ] An account at the port authority.');
  expect(section(registration, 'Risks and rollback')).toContain('- The network at the pier is slow.');
  const operations = section(registration, 'Operations');
  for (const text of ['One branch.', 'Flag REGISTER', 'Watch one skipper', 'The harbour master signs.']) {
    expect(operations).toContain(text);
  }
});

test('interfaces are told from both sides, but only where they concern the phase', () => {
  const interfaces = section(registration, 'Interfaces with other phases');
  expect(interfaces).toContain('register.json follows schema 3.');
  expect(interfaces).toContain('**Phase A (“Survey”):** forms.csv is read by Phase B; its columns stay.');
  expect(interfaces).toContain('**Phase C (“Invoices”):** Invoices read register.json (Phase B).');
  expect(interfaces).not.toContain('notes.txt');
});

test('beads come with priority, state, blockers, done-when, failure pointer and steps; parts one level deeper', () => {
  const beads = section(registration, 'Beads');
  expect(beads).toContain('### h-3 — Draw the screen');
  expect(beads).toContain('#### h-4a — Write the file');
  for (const text of [
    'P0',
    '@ada',
    '4 h',
    '**What:** One page',
    '**Done when:** A skipper',
    '**If it fails:** Scenario F1',
  ]) {
    expect(beads).toContain(text);
  }
  expect(beads).toContain('- [ ] Sketch it.');
});

test('a blocker in another phase carries title, phase and state, one in this phase its state', () => {
  const beads = section(registration, 'Beads');
  expect(beads).toContain('h-1 (“Count the forms”, Phase A, closed)');
  expect(beads).toMatch(/blocked by h-3 \(\w+\), h-2 \(“Ask the pilots”, Phase A, ready\)/);
});

test('gates come with their table and who decides', () => {
  const gates = section(registration, 'Gates');
  expect(gates).toContain('### Gate G1 — Good enough for the pier');
  expect(gates).toContain('| Time to register | under 4 min | 4 to 6 min | over 6 min, see F3 |');
  expect(gates).toContain('A person decides this gate.');
});

test('failure scenarios that beads, gates or other scenarios point at come with detection and cascade; others stay out', () => {
  const failures = section(registration, 'When something fails');
  expect(failures.match(/^### \S+/gm)).toEqual(['### F1', '### F3', '### F4']);
  expect(failures).toContain('**Detection:** 2 of 5 ask for paper');
  expect(failures).toMatch(/1\. Larger letters\.\n\s+2\. If that/);
});

test('verification: commands in one block that they cannot leave, manual steps as a check list', () => {
  expect(section(registration, 'Verification')).toContain('````sh\nnpm test\necho "```"\n````');
  expect(section(registration, 'Verification')).toContain('- [ ] Register the ferry by hand.');
});

test('it says what the phase waits for and what is ready', () => {
  expect(section(registration, 'Where the phase stands')).toMatch(
    /may not start yet: it waits for Phase A \(“Survey”, 1 of 2 beads closed\)/,
  );
  expect(section(textOf(harbour, 'A'), 'Where the phase stands')).toContain('Ready to be taken up: h-2.');
});

test('it says where evidence and progress go', () => {
  expect(section(registration, 'While you work')).toContain('`log.md`');
  expect(section(registration, 'While you work')).toContain('beside it in `harbour.yaml`');
});

test('nothing of the rest of the plan comes along', () => {
  for (const text of [
    'Ships register without paper',
    'wet hands',
    'Walk the three desks',
    '6 answers',
    'Post it to the agent',
    'Know every form',
    'F2 —',
    'F5 —',
  ]) {
    expect(registration).not.toContain(text);
  }
});

test('the size is counted, nothing is missing', () => {
  const prompt = phasePrompt(harbour, 'B');
  expect(prompt?.characters).toBe([...registration].length);
  expect(prompt?.tokens).toBeGreaterThan(registration.length / 5);
  expect(prompt?.tokens).toBeLessThan(registration.length / 3);
  expect(prompt?.missing).toEqual([]);
});

test('a phase that is not there has no prompt', () => {
  expect(phasePrompt(harbour, 'Z')).toBeUndefined();
});

describe('what the plan leaves out', () => {
  const bare = readPlan({
    'PLAN.md':
      '# Bare\n\n## Phase 1 — First\n\n- [ ] x-1 — Do it\n- [x] x-2 — Did it\n\n## Phase 2 — Second\n\nDepends on: Phase 1\n\n- [ ] y-1 — Later\n',
  });

  test('is asked for in words that can be acted on', () => {
    const text = textOf(bare, '1');
    expect(section(text, 'Objective')).toMatch(/states no objective.*confirmed before you start/);
    expect(section(text, 'Constraints')).toMatch(/names no constraints.*ask/i);
    expect(section(text, 'Prerequisites')).toMatch(/lists no prerequisites.*draw up the list/s);
    expect(section(text, 'Interfaces with other phases')).toMatch(
      /gives no interface.*List in your implementation plan/s,
    );
    expect(section(text, 'Verification')).toMatch(
      /gives no verification.*Propose commands.*confirmed before you start/s,
    );
    expect(section(text, 'Beads')).toMatch(/no done-when for x-1\. Propose a condition/);
    expect(section(text, 'Beads')).toMatch(/what to do if x-1 fails/);
    for (const heading of ['Gates', 'When something fails', 'Operations', 'Risks and rollback']) {
      expect(text).not.toContain(`## ${heading}`);
    }
  });

  test('is named', () => {
    expect(phasePrompt(bare, '1')?.missing).toEqual([
      'objective',
      'constraints',
      'interfaces',
      'prerequisites',
      'verification',
      'doneWhen',
    ]);
    expect(phasePrompt(bare, '2')?.missing).not.toContain('interfaces');
  });

  test('a phase without beads asks for them', () => {
    const empty = readPlan({
      'p.plan.yaml': 'phases:\n  - id: 1\n    title: Empty\n  - { id: 2, title: Full, beads: [{id: a-1, title: x}] }\n',
    });
    expect(section(textOf(empty, '1'), 'Beads')).toMatch(/not divided this phase into beads\. Propose them/);
    expect(phasePrompt(empty, '1')?.missing).toContain('beads');
  });
});

describe('a plan that is still being planned', () => {
  const plan = (mode: string) =>
    readPlan({ 'p.plan.yaml': `${mode}\nphases:\n  - id: 1\n    title: One\n    beads: [{id: a-1, title: x}]\n` });

  test('gives prompts that begin with the rule not to carry it out', () => {
    const text = textOf(plan('mode: planning'), '1');
    expect(text).toMatch(/^> \*\*Plan only\.\*\*/);
    expect(text.indexOf('# Phase 1')).toBeGreaterThan(0);
    expect(text).not.toContain('Take up the first bead');
  });

  test.each(['mode: executing', 'title: No mode'])('%s does not', (mode) => {
    expect(textOf(plan(mode), '1')).toMatch(/^# Phase 1/);
  });
});

test('plan text is inserted as it is', () => {
  const sly = readPlan({
    'p.plan.yaml':
      'phases:\n  - id: 1\n    title: "{{beads}} <b> | $&"\n    objective: "{{#if risks}} \\\\{{plan.title}}"\n    beads: [{id: a-1, title: "{{unknown}}"}]\n',
  });
  const text = textOf(sly, '1');
  expect(text).toContain('# Phase 1 — {{beads}} <b> | $&');
  expect(text).toContain('\n{{#if risks}} \\{{plan.title}}\n');
  expect(text).toContain('### a-1 — {{unknown}}');
});

describe.each(['finetune', 'golf-round-finder'] as const)('the sample %s', (name) => {
  const sample = readSample(name);
  const { plan } = sample;

  test.each(plan.phases.map(({ id }) => id))(
    'phase %s holds all of its beads and gates, and those of no other phase',
    (id) => {
      const text = textOf(sample, id);
      const headings = new Set(text.match(/^#{3,6} .*/gm));
      const own = plan.beadsOfPhase(id);
      expect(own.length).toBeGreaterThan(0);
      for (const bead of plan.beads) {
        const isShown = [...headings].some((heading) => heading.replace(/^#+ /, '').startsWith(`${bead.id} —`));
        expect(`${bead.id} ${isShown}`).toBe(`${bead.id} ${own.includes(bead)}`);
        for (const { value } of bead.doneWhen) {
          if (own.includes(bead)) expect(text.replace(/\s+/g, ' ')).toContain(value.replace(/\s+/g, ' '));
          else expect(text).not.toContain(value);
        }
      }
      for (const gate of plan.gates) {
        const isShown = headings.has(`### Gate ${gate.id} — ${gate.title.value}`);
        expect(`${gate.id} ${isShown}`).toBe(`${gate.id} ${plan.gatesOfPhase(id).includes(gate)}`);
      }
    },
  );

  test('no prompt carries half of the plan', () => {
    const whole = plan.beads.flatMap(({ doneWhen, what }) => [...doneWhen, ...what]);
    for (const { id } of plan.phases) {
      const text = textOf(sample, id);
      const carried = whole.filter(({ value }) => text.includes(value));
      expect(carried.length).toBeLessThan(whole.length / 2);
    }
  });
});

test('phase J of the golf sample asks for accounts and infrastructure, and says what stands before it', () => {
  const text = textOf(readSample('golf-round-finder'), 'J');
  expect(text).toMatch(
    /^# Phase J — Provision production resources \(real accounts and infrastructure\)\n\nThis is phase 10 of 12/,
  );
  expect(text).toContain('docs/config-inventory.md is the list from which Phase J fills the secret manager.');
  expect(text).toContain('grf-b4 (“Rehearse forward, back and forward again”, Phase B, closed)');
  expect(text).toContain('terraform -chdir=infra validate');
  expect(text).toContain('### F8 — An external approval is late or refused');
});
