import { describe, expect, test } from 'vitest';
import { approvalHash } from '../../../../src/core/approval/approvedText';
import type { Plan } from '../../../../src/core/model';
import { readPlanFile } from '../../../../src/core/notation/read';
import { joinPlan } from '../../../../src/core/plan/joinPlan';
import { schedule } from '../../../../src/core/schedule/schedule';
import type { Blocker, ReadyItem } from '../../../../src/core/snapshot';
import { type BeadWords, type PlanWords, planOf } from '../../../support/planModel';

const statesOf = (words: PlanWords, ...ids: string[]) => {
  const now = schedule(planOf(words));
  return ids.map((id) => now.beadState(id));
};
const blockers = (plan: Plan, id: string) => {
  const thing = plan.find(id);
  if (thing === undefined || thing.kind === 'scenario') throw new Error(`no ${id}`);
  return schedule(plan).blockersOf(thing).map(chain);
};
const chain = ({ kind, id, because }: Blocker): unknown => [`${kind} ${id}`, ...because.map(chain)];
const nextIds = (items: readonly ReadyItem[]) =>
  items.map((item) => (item.kind === 'bead' ? item.bead.id : item.gate.id));

describe('ready and blocked', () => {
  test('a bead is ready when all it waits for is closed', () => {
    const beads: BeadWords[] = [
      { id: 'a', status: 'closed' },
      { id: 'b', blockedBy: ['a'] },
      { id: 'c', blockedBy: ['a', 'b'] },
      { id: 'd', status: 'in_progress', blockedBy: ['b'] },
      { id: 'e', status: 'deferred' },
      { id: 'f', blockedBy: ['e'] },
    ];
    expect(statesOf({ beads }, 'a', 'b', 'c', 'd', 'e', 'f')).toEqual([
      'closed',
      'ready',
      'blocked',
      'in_progress',
      'deferred',
      'blocked',
    ]);
  });

  test('an unknown blocker and a bead that waits for itself are never satisfied', () => {
    const beads: BeadWords[] = [
      { id: 'a', blockedBy: ['nowhere'] },
      { id: 'b', blockedBy: ['b'] },
    ];
    const plan = planOf({ beads });
    expect(statesOf({ beads }, 'a', 'b')).toEqual(['blocked', 'blocked']);
    expect(blockers(plan, 'a')).toEqual([['missing nowhere']]);
    expect(blockers(plan, 'b')).toEqual([['cycle b']]);
    expect(schedule(plan).waves).toEqual([]);
  });

  test('ids are found without regard to case, and names of object properties are ids like others', () => {
    const beads: BeadWords[] = [{ id: '__proto__' }, { id: 'FT-1', blockedBy: ['__PROTO__', 'constructor'] }];
    const plan = planOf({ beads });
    expect(blockers(plan, 'ft-1')).toEqual([['bead __proto__'], ['missing constructor']]);
  });

  test('a range stands for every id in it', () => {
    const beads: BeadWords[] = [
      ...['C1', 'C2', 'C3'].map((id): BeadWords => ({ id, status: id === 'C2' ? 'open' : 'closed' })),
      { id: 'last', blockedBy: ['C1–C3'] },
    ];
    expect(blockers(planOf({ beads }), 'last')).toEqual([['bead C2']]);
  });
});

describe('beads with children', () => {
  const family = (first: BeadWords['status'], second: BeadWords['status'], parent?: Partial<BeadWords>): PlanWords => ({
    beads: [
      { id: 'before' },
      { id: 'p', ...parent },
      { id: 'p1', parent: 'p', ...(first && { status: first }) },
      { id: 'p2', parent: 'p', blockedBy: ['p1'], ...(second && { status: second }) },
      { id: 'after', blockedBy: ['p'] },
    ],
  });

  test('is closed when all its children are, whatever it says itself', () => {
    expect(statesOf(family('closed', 'closed'), 'p', 'after')).toEqual(['closed', 'ready']);
    expect(statesOf(family('closed', 'open', { status: 'closed' }), 'p', 'after')).toEqual(['ready', 'blocked']);
    expect(statesOf(family('closed', 'deferred'), 'p', 'after')).toEqual(['ready', 'blocked']);
  });

  test('its blockers hold up its children', () => {
    const words = family('open', 'open', { blockedBy: ['before'] });
    expect(statesOf(words, 'p', 'p1', 'p2')).toEqual(['blocked', 'blocked', 'blocked']);
    expect(schedule(planOf(words)).waves).toEqual([['before'], ['p', 'p1'], ['p2'], ['after']]);
    expect(blockers(planOf(words), 'p1')).toEqual([['bead before']]);
  });

  test('its blockers hold them up even when it was started in spite of them', () => {
    const words = family('open', 'open', { blockedBy: ['before'], status: 'in_progress' });
    expect(statesOf(words, 'p', 'p1', 'p2')).toEqual(['in_progress', 'blocked', 'blocked']);
  });

  test('waiting for a part, or for what it is part of, says nothing new', () => {
    const beads: BeadWords[] = [
      { id: 'p', blockedBy: ['c'] },
      { id: 'c', parent: 'p', blockedBy: ['p'] },
    ];
    expect(statesOf({ beads }, 'p', 'c')).toEqual(['ready', 'ready']);
  });

  test('beads that are parts of each other have a top', () => {
    const beads: BeadWords[] = [
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'c' },
      { id: 'c', parent: 'a' },
    ];
    const plan = planOf({ beads });
    expect(beads.map(({ id }) => plan.childrenOf(id).length).sort()).toEqual([0, 1, 1]);
    expect(schedule(plan).ready).toHaveLength(3);
  });

  test('a child is in the phase of its parent', () => {
    const plan = planOf({
      phases: [{ id: 'A' }],
      beads: [
        { id: 'p', phase: 'a' },
        { id: 'c', parent: 'p' },
      ],
    });
    expect(plan.beadsOfPhase('A').map((bead) => bead.id)).toEqual(['p', 'c']);
    expect(schedule(plan).progress('A')).toEqual({ closed: 0, total: 2 });
  });
});

describe('phases', () => {
  const two: PlanWords = {
    phases: [{ id: 'A' }, { id: 'B', dependsOn: ['A'] }],
    beads: [
      { id: 'a1', phase: 'A' },
      { id: 'b1', phase: 'B' },
    ],
  };

  test('is guarded while a phase that it depends on is not satisfied', () => {
    const now = schedule(planOf(two));
    expect(['A', 'B'].map((id) => now.phaseState(id))).toEqual(['open', 'guarded']);
    expect(now.beadState('b1')).toBe('blocked');
    expect(blockers(planOf(two), 'b1')).toEqual([['phase A', ['bead a1']]]);
    expect(now.waves).toEqual([['a1'], ['b1']]);
  });

  test('is satisfied when its beads are closed', () => {
    const beads: BeadWords[] = [
      { id: 'a1', phase: 'A', status: 'closed' },
      { id: 'b1', phase: 'B', status: 'in_progress' },
    ];
    const now = schedule(planOf({ ...two, beads }));
    expect(['A', 'B'].map((id) => now.phaseState(id))).toEqual(['satisfied', 'in_progress']);
  });

  test('without beads and gates is satisfied only where the plan says that it is done', () => {
    const beads: BeadWords[] = [{ id: 'b1', phase: 'B' }];
    expect(statesOf({ ...two, beads }, 'b1')).toEqual(['blocked']);
    const done = {
      ...two,
      beads,
      phases: [
        { id: 'A', status: 'closed' as const },
        { id: 'B', dependsOn: ['A'] },
      ],
    };
    expect(statesOf(done, 'b1')).toEqual(['ready']);
  });

  test('that are told twice count all their beads', () => {
    expect(schedule(planOf(two)).progress('a')).toEqual({ closed: 0, total: 1 });
    expect(schedule(planOf(two)).progress()).toEqual({ closed: 0, total: 2 });
  });
});

describe('gates', () => {
  const between = (verdict?: 'pass' | 'adjust' | 'abort', a1: BeadWords['status'] = 'closed'): PlanWords => ({
    phases: [{ id: 'A' }, { id: 'B' }, { id: 'C' }],
    beads: [
      { id: 'a1', phase: 'A', status: a1 },
      { id: 'b1', phase: 'B' },
      { id: 'c1', phase: 'C' },
    ],
    gates: [{ id: 'G1', phase: 'A', ...(verdict && { verdict }) }],
  });

  test('where nothing is written, it waits for the beads of its phase and blocks the next one', () => {
    const now = schedule(planOf(between(undefined, 'open')));
    expect([now.gateState('G1'), now.beadState('b1'), now.beadState('c1')]).toEqual(['waiting', 'blocked', 'ready']);
    expect(blockers(planOf(between(undefined, 'open')), 'b1')).toEqual([['gate G1', ['bead a1']]]);
    expect(now.waves).toEqual([['a1', 'c1'], ['b1']]);
  });

  test('is due when what blocks it is satisfied, and stays due when adjusted', () => {
    const due = schedule(planOf(between()));
    expect([due.gateState('G1'), due.beadState('b1')]).toEqual(['due', 'blocked']);
    expect(nextIds(due.next)).toEqual(['G1', 'c1']);
    const adjusted = schedule(planOf(between('adjust')));
    expect([adjusted.gateState('G1'), adjusted.beadState('b1')]).toEqual(['adjusted', 'blocked']);
    expect(nextIds(adjusted.next)).toEqual(['G1', 'c1']);
  });

  test('lets through when passed, and stops everything behind it when aborted', () => {
    const passed = schedule(planOf(between('pass')));
    expect([passed.gateState('G1'), passed.beadState('b1'), passed.phaseState('A')]).toEqual([
      'passed',
      'ready',
      'satisfied',
    ]);
    const aborted = schedule(planOf(between('abort')));
    expect([aborted.gateState('G1'), aborted.beadState('b1'), aborted.phaseState('A')]).toEqual([
      'aborted',
      'blocked',
      'in_progress',
    ]);
    expect(aborted.waves).toEqual([['c1']]);
    expect(aborted.criticalPath).toEqual(['c1']);
    expect(nextIds(aborted.next)).toEqual(['c1']);
  });

  test('outside any phase, it blocks the phase that follows the last one it waits for', () => {
    const now = (blockedBy: string[]) => {
      const plan = planOf({ ...between(), gates: [{ id: 'G9', blockedBy }] });
      return ['b1', 'c1'].map((id) => schedule(plan).beadState(id));
    };
    expect(now(['a1'])).toEqual(['blocked', 'ready']);
    expect(now(['phase:A', 'b1'])).toEqual(['ready', 'blocked']);
    expect(now([])).toEqual(['ready', 'ready']);
  });

  test('that a bead of its own phase waits for does not wait for that bead, nor for what comes after it', () => {
    const plan = planOf({
      phases: [{ id: 'A' }],
      beads: [
        { id: 'a1', phase: 'A' },
        { id: 'a2', phase: 'A', blockedBy: ['G1'] },
        { id: 'a3', phase: 'A', blockedBy: ['a2'] },
      ],
      gates: [{ id: 'G1', phase: 'A' }],
    });
    expect(schedule(plan).waves).toEqual([['a1'], ['a2'], ['a3']]);
    expect(blockers(plan, 'G1')).toEqual([['bead a1']]);
  });

  test('that waits for its own phase waits for the beads of that phase', () => {
    const plan = planOf({ ...between(undefined, 'open'), gates: [{ id: 'G1', phase: 'A', blockedBy: ['phase:A'] }] });
    expect(schedule(plan).waves).toEqual([['a1', 'c1'], ['b1']]);
    expect(blockers(plan, 'G1')).toEqual([['bead a1']]);
  });

  test('of a phase without beads is due once the phase may start', () => {
    const plan = planOf({
      phases: [{ id: 'A' }, { id: 'B', dependsOn: ['A'] }, { id: 'C' }],
      beads: [{ id: 'a1', phase: 'A' }],
      gates: [{ id: 'G2', phase: 'B' }],
    });
    expect(schedule(plan).gateState('G2')).toBe('waiting');
  });
});

describe('approvals', () => {
  const words: PlanWords = {
    mode: 'executing',
    phases: [{ id: 'A', approved: true }, { id: 'B' }],
    beads: [
      { id: 'a1', phase: 'A' },
      { id: 'b1', phase: 'B' },
    ],
  };

  test('while executing, a phase without one is guarded where the plan records approvals', () => {
    expect(statesOf(words, 'a1', 'b1')).toEqual(['ready', 'blocked']);
    expect(blockers(planOf(words), 'b1')).toEqual([['phase B']]);
    expect(schedule(planOf(words)).waves).toEqual([['a1', 'b1']]);
  });

  test('an approval of the whole plan that stands holds for its phases', () => {
    const text = (hash: string) =>
      `---\nmode: executing\nplan: p\n---\n\n# P\n\nApproved by: @maria on 2026-05-02 (sha256:${hash})\n\n## Phase 1 — Build\n\n### S1 — First\n\nDone when: 3 rows.\n`;
    const read = (content: string) => joinPlan('key', [readPlanFile('PLAN.md', content)]);
    const hash = approvalHash(read(text('00000000')));
    expect(schedule(read(text(hash))).beadState('S1')).toBe('ready');
    expect(schedule(read(text(hash).replace('3 rows', '4 rows'))).beadState('S1')).toBe('blocked');
  });

  test('do not matter while planning, or where there are none at all', () => {
    expect(statesOf({ ...words, mode: 'planning' }, 'b1')).toEqual(['ready']);
    expect(statesOf({ ...words, phases: [{ id: 'A' }, { id: 'B' }] }, 'b1')).toEqual(['ready']);
  });
});

describe('order of ready work', () => {
  test('is priority, then what it unblocks in the end, then position', () => {
    const now = schedule(
      planOf({
        beads: [
          { id: 'low', priority: 2 },
          { id: 'none' },
          { id: 'few', priority: 1 },
          { id: 'many', priority: 1 },
          { id: 'many too', priority: 1 },
          { id: 'x', blockedBy: ['many', 'many too'] },
          { id: 'y', blockedBy: ['x', 'few', 'many'] },
          { id: 'z', blockedBy: ['x'], status: 'closed' },
        ],
      }),
    );
    expect(now.ready.map((bead) => bead.id)).toEqual(['many', 'many too', 'few', 'low', 'none']);
    expect(now.next.map((item) => item.unblocks)).toEqual([2, 2, 1, 0, 0]);
  });

  test('a gate is as urgent as the most urgent bead behind it', () => {
    const now = schedule(
      planOf({
        beads: [
          { id: 'p1', priority: 1 },
          { id: 'p0', priority: 0, blockedBy: ['G'] },
          { id: 'first', priority: 0 },
        ],
        gates: [{ id: 'G' }],
      }),
    );
    expect(nextIds(now.next)).toEqual(['G', 'first', 'p1']);
  });

  test('parents are ready, but only their parts are offered', () => {
    const now = schedule(planOf({ beads: [{ id: 'p' }, { id: 'c', parent: 'p' }] }));
    expect(now.ready.map((bead) => bead.id)).toEqual(['p', 'c']);
    expect(nextIds(now.next)).toEqual(['c']);
  });
});

describe('critical path', () => {
  test('is the longest chain of open beads by estimate', () => {
    const beads: BeadWords[] = [
      { id: 'done', status: 'closed', estimate: 100 },
      { id: 'a', blockedBy: ['done'] },
      { id: 'b', blockedBy: ['a'], status: 'in_progress' },
      { id: 'long', estimate: 5 },
      { id: 'c', blockedBy: ['b', 'long'] },
    ];
    expect(schedule(planOf({ beads })).criticalPath).toEqual(['long', 'c']);
  });

  test('goes through the parts of beads, and leads through phases and gates', () => {
    const now = schedule(
      planOf({
        phases: [{ id: 'A' }, { id: 'B' }],
        beads: [
          { id: 'p', phase: 'A', estimate: 50 },
          { id: 'p1', parent: 'p', estimate: 2 },
          { id: 'p2', parent: 'p' },
          { id: 'b', phase: 'B' },
        ],
        gates: [{ id: 'G', phase: 'A' }],
      }),
    );
    expect(now.criticalPath).toEqual(['p1', 'b']);
  });

  test('is empty when nothing is open', () => {
    expect(schedule(planOf({ beads: [{ id: 'a', status: 'closed' }] })).criticalPath).toEqual([]);
    expect(schedule(planOf({})).waves).toEqual([]);
  });
});

describe('other plans', () => {
  const other = (status: BeadWords['status'] = 'open') => planOf({ id: 'infra', beads: [{ id: 'net', status }] });
  const waiting = planOf({
    id: 'app',
    beads: [
      { id: 'a', blockedBy: ['infra/net'] },
      { id: 'b', blockedBy: ['a'] },
    ],
  });
  const among = (...plans: Plan[]) => ({ planById: (id: string) => plans.find((plan) => plan.id === id) });

  test('what they hold can be waited for', () => {
    expect(schedule(waiting, among(other('closed'))).beadState('a')).toBe('ready');
    const open = schedule(waiting, among(other()));
    expect(open.beadState('a')).toBe('blocked');
    expect(open.waves).toEqual([]);
    const bead = waiting.beads[0];
    expect(bead && open.blockersOf(bead).map(chain)).toEqual([['bead infra/net']]);
  });

  test('one that is not there is never satisfied', () => {
    const bead = waiting.beads[0];
    expect(bead && schedule(waiting).blockersOf(bead).map(chain)).toEqual([['missing infra/net']]);
  });

  test('the own id in front of a reference changes nothing', () => {
    const plan = planOf({ id: 'app', beads: [{ id: 'a' }, { id: 'b', blockedBy: ['APP/a'] }] });
    expect(schedule(plan).waves).toEqual([['a'], ['b']]);
  });
});

describe('size', () => {
  test('a chain of 30,000 beads, each the child of the one before, is no problem', () => {
    const beads = Array.from(
      { length: 30_000 },
      (_, index): BeadWords => ({
        id: `b${index}`,
        ...(index % 2 === 1 && { parent: `b${index - 1}` }),
        ...(index % 2 === 0 && index > 0 && { blockedBy: [`b${index - 1}`] }),
      }),
    );
    const now = schedule(planOf({ beads }));
    expect(now.waves).toHaveLength(15_000);
    expect(now.criticalPath).toHaveLength(15_000);
  });

  test('the direct reasons can be asked for without their chains', () => {
    const plan = planOf({ beads: [{ id: 'a' }, { id: 'b', blockedBy: ['a'] }, { id: 'c', blockedBy: ['b'] }] });
    const c = plan.beads[2];
    expect(c && schedule(plan).blockersOf(c, 1)).toEqual([{ kind: 'bead', id: 'b', because: [] }]);
    expect(c && schedule(plan).blockersOf(c).map(chain)).toEqual([['bead b', ['bead a']]]);
  });

  test('an explanation stays small in a plan where everything waits for everything', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `b${index}`);
    const plan = planOf({ beads: ids.map((id) => ({ id, blockedBy: ids.filter((other) => other !== id) })) });
    const bead = plan.beads[0];
    const count = (all: readonly Blocker[]): number => all.reduce((sum, each) => sum + 1 + count(each.because), 0);
    expect(bead && count(schedule(plan).blockersOf(bead))).toBeLessThan(1000);
  });
});
