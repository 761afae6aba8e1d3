import { describe, expect, test } from 'vitest';
import type { Diagnostic, Plan } from '../../../../src/core/model';
import { joinPlan } from '../../../../src/core/plan/joinPlan';
import { checkPlan } from '../../../../src/core/rules/check';
import { isRule, RULES } from '../../../../src/core/rules/table';
import { schedule } from '../../../../src/core/schedule/schedule';
import type { PlanSnapshot } from '../../../../src/core/snapshot';
import { type PlanWords, partOf, planOf } from '../../../support/planModel';

const check = (words: PlanWords, ...others: Plan[]) => {
  const plan = planOf(words);
  const known = { planById: (id: string) => others.find((other) => other.id === id) };
  return structural({ plan, schedule: schedule(plan, known), others: known });
};
/** What is told of ids and references alone. */
const structural = (snapshot: PlanSnapshot) =>
  checkPlan(snapshot).filter(
    ({ code }) => isRule(code) && (RULES[code].family === 'Structure' || code === 'missing-id'),
  );
const told = ({ code, severity, message }: Diagnostic) => `${severity} ${code}: ${message}`;
const cut = (words: PlanWords, { location }: Pick<Diagnostic, 'location'>) =>
  partOf(words).text.slice(location.start, location.end);

describe('references', () => {
  test('that lead nowhere are named with what was most likely meant', () => {
    const words: PlanWords = {
      phases: [{ id: 'A', dependsOn: ['phase:B'] }],
      beads: [
        { id: 'ft-0001.7', phase: 'A' },
        { id: 'ft-0001.8', blockedBy: ['ft-0001.77'] },
        { id: 'ft-0001.9', blockedBy: ['review'] },
      ],
      gates: [{ id: 'G1', blocks: ['gate:G22'] }, { id: 'G2' }],
      scenarios: ['F1'],
    };
    expect(check(words).map(told)).toEqual([
      'error unknown-reference: Phase A depends on B, but this plan has no phase B. Correct the id, or add what is missing.',
      'error unknown-reference: Bead ft-0001.8 is blocked by ft-0001.77, but this plan has no ft-0001.77. Did you mean ft-0001.7?',
      'warning unknown-reference: Bead ft-0001.9 is blocked by review, but this plan has no review. Correct the id, or add what is missing.',
      'error unknown-reference: Gate G1 blocks G22, but this plan has no gate G22. Did you mean G2?',
    ]);
    expect(check(words).map((diagnostic) => cut(words, diagnostic))).toEqual([
      'phase:B',
      'ft-0001.77',
      'review',
      'gate:G22',
    ]);
  });

  test('to scenarios are looked for among scenarios', () => {
    const words: PlanWords = {
      beads: [{ id: 'F3' }, { id: 'b', scenarios: ['F2', 'scenario:F4'] }],
      scenarios: ['F2'],
    };
    expect(check(words).map(told)).toEqual([
      'warning unknown-reference: Bead b points at F4, but this plan has no scenario F4. Did you mean F2?',
    ]);
  });

  test('to other plans are looked for there', () => {
    const infra = planOf({ id: 'infra', beads: [{ id: 'net-1' }] });
    const waiting = (id: string): PlanWords => ({ id: 'app', beads: [{ id: 'a', blockedBy: [id] }] });
    expect(check(waiting('infra/net-1'), infra)).toEqual([]);
    expect(check(waiting('infra/net-2'), infra).map(told)).toEqual([
      'error unknown-reference: Bead a is blocked by infra/net-2, but the plan infra has no net-2. Did you mean net-1?',
    ]);
    expect(check(waiting('infra/net-1')).map(told)).toEqual([
      'warning unknown-reference: Bead a is blocked by infra/net-1, but no plan infra was found here. Open the folder that holds it, or correct the name.',
    ]);
  });

  test('to the thing itself', () => {
    const words: PlanWords = {
      phases: [{ id: 'A', dependsOn: ['A'] }],
      beads: [{ id: 'b', blockedBy: ['B'] }],
      gates: [{ id: 'G', blocks: ['G'] }],
    };
    expect(check(words).map(told)).toEqual([
      'error self-dependency: Phase A depends on itself, so it can never start. Take this out.',
      'error self-dependency: Bead b is blocked by itself, so it can never start. Take this out.',
      'error self-dependency: Gate G blocks itself, so it can never start. Take this out.',
    ]);
  });
});

describe('cycles', () => {
  test('are told once, as the whole loop, with the place of each dependency in it', () => {
    const words: PlanWords = {
      beads: [
        { id: 'a', blockedBy: ['c'] },
        { id: 'b', blockedBy: ['a'] },
        { id: 'c', blockedBy: ['b'] },
        { id: 'behind', blockedBy: ['c'] },
      ],
    };
    const [only, ...rest] = check(words);
    expect(rest).toEqual([]);
    expect(only && told(only)).toBe(
      'error dependency-cycle: These wait for each other, so none of them can ever start: Bead a → Bead c → Bead b → Bead a. Take out one of these dependencies.',
    );
    expect(only && cut(words, only)).toBe('a');
    expect(only?.related?.map((each) => [cut(words, each), each.message])).toEqual([
      ['c', 'Bead a waits for Bead c'],
      ['b', 'Bead c waits for Bead b'],
      ['a', 'Bead b waits for Bead a'],
    ]);
  });

  test('through phases and gates name these', () => {
    const words: PlanWords = {
      phases: [{ id: 'A' }, { id: 'B', dependsOn: ['A'] }],
      beads: [
        { id: 'a1', phase: 'A', blockedBy: ['b1'] },
        { id: 'b1', phase: 'B' },
      ],
    };
    const cycles = check(words).filter(({ code }) => code === 'dependency-cycle');
    expect(cycles.map(({ message }) => /: (.+)\. Take/.exec(message)?.[1])).toEqual([
      'Bead a1 → Bead b1 → Phase B → Phase A → Bead a1',
    ]);
  });

  test('through the parts of a bead and back leave these out', () => {
    const words: PlanWords = {
      beads: [
        { id: 'a', blockedBy: ['b'] },
        { id: 'b', blockedBy: ['a'] },
        { id: 'b1', parent: 'b' },
        { id: 'b2', parent: 'b' },
      ],
    };
    const cycles = check(words).filter(({ code }) => code === 'dependency-cycle');
    expect(cycles.map(({ message }) => /: (.+)\. Take/.exec(message)?.[1])).toEqual(['Bead a → Bead b → Bead a']);
  });

  test('of thousands of things have a message that can be read', () => {
    const beads = Array.from({ length: 3000 }, (_, index) => ({
      id: `b${index}`,
      blockedBy: [`b${(index + 1) % 3000}`],
    }));
    const [only] = check({ beads });
    expect(only?.message.length).toBeLessThan(300);
    expect(only?.message).toContain('2988 more');
    expect(only?.related).toHaveLength(3000);
  });

  test('are not seen where a bead waits for what it is part of, or a phase for its own beads', () => {
    const words: PlanWords = {
      phases: [{ id: 'A', dependsOn: ['p'] }],
      beads: [
        { id: 'p', phase: 'A', blockedBy: ['c'] },
        { id: 'c', parent: 'p', blockedBy: ['p'] },
      ],
    };
    expect(check(words)).toEqual([]);
  });
});

describe('ids', () => {
  test('of two things of a kind are reported at the second, with the first', () => {
    const words: PlanWords = {
      mark: '-',
      phases: [{ id: 'b-1' }],
      beads: [
        { id: 'b-1', title: 'Set up the project' },
        { id: 'b-1', title: 'Deploy to staging' },
      ],
    };
    const [only, ...rest] = check(words);
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ code: 'duplicate-id', severity: 'error' });
    const text = partOf(words).text;
    expect(only?.location.start).toBe(text.lastIndexOf('b-1 Deploy'));
    expect(only?.related?.[0]?.location.start).toBe(text.indexOf('b-1 Set'));
  });

  test('that are missing are asked for', () => {
    const { beads, ...part } = partOf({ beads: [{ id: 'A.1', title: 'Ask' }] });
    const nameless = { ...part, beads: beads.map(({ idAt: _, ...bead }) => bead) };
    const plan = joinPlan('key', [nameless]);
    expect(structural({ plan, schedule: schedule(plan) }).map(({ code, severity }) => [code, severity])).toEqual([
      ['missing-id', 'hint'],
    ]);
  });
});

test('what the readers found comes along, in the order of the file', () => {
  const at = (start: number) => ({ file: 'plan.md', start, end: start + 1 });
  const found = (start: number): Diagnostic => ({
    code: 'malformed-file',
    severity: 'error',
    message: '',
    location: at(start),
  });
  const words: PlanWords = { beads: [{ id: 'b', blockedBy: ['b'] }], diagnostics: [found(900), found(0)] };
  expect(check(words).map(({ code }) => code)).toEqual(['malformed-file', 'self-dependency', 'malformed-file']);
});
