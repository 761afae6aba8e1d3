import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cycles } from '../../../../src/core/graph/cycles';
import type { Bead, Plan } from '../../../../src/core/model';
import { joinPlan } from '../../../../src/core/plan/joinPlan';
import { schedule } from '../../../../src/core/schedule/schedule';
import { carryOut, NaiveSchedule } from '../../../support/naiveSchedule';
import {
  type BeadWords,
  type GateWords,
  type PhaseWords,
  type PlanWords,
  partOf,
  planOf,
} from '../../../support/planModel';

/** Small plans with every kind of link in every direction: most of what can go wrong shows with three things. */
function plans(options: {
  beadStatuses: readonly BeadWords['status'][];
  verdicts: readonly GateWords['verdict'][];
  unknown: boolean;
}) {
  const phaseIds = ['A', 'B', 'C', 'D'];
  const beadIds = ['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6'];
  const gateIds = ['G0', 'G1', 'G2'];
  const target = fc.constantFrom(
    ...beadIds,
    ...beadIds,
    ...gateIds,
    ...phaseIds.map((id) => `phase:${id}`),
    ...(options.unknown ? ['nowhere'] : []),
  );
  const few = (max: number) => fc.array(target, { maxLength: max });
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
  const defined = <T extends object>(value: T) =>
    Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
  const bead = (id: string) =>
    fc
      .record({
        phase: optional(fc.constantFrom(...phaseIds)),
        parent: fc.option(fc.constantFrom(...beadIds), { nil: undefined, freq: 3 }),
        status: fc.constantFrom(...options.beadStatuses),
        estimate: optional(fc.integer({ min: 1, max: 9 })),
        priority: optional(fc.constantFrom(0, 1, 2)),
        blockedBy: few(2),
      })
      .map((fields) => defined({ id, ...fields }) as BeadWords);
  const phase = (id: string) =>
    fc
      .record({
        dependsOn: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, few(1)),
        approved: fc.boolean(),
        status: optional(fc.constantFrom('open' as const, 'closed' as const)),
      })
      .map((fields) => defined({ id, ...fields }) as PhaseWords);
  const gate = (id: string) =>
    fc
      .record({
        phase: optional(fc.constantFrom(...phaseIds)),
        blockedBy: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, few(2)),
        blocks: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, few(1)),
        verdict: fc.constantFrom(...options.verdicts),
      })
      .map((fields) => defined({ id, ...fields }) as GateWords);
  return fc
    .record({
      mode: fc.constantFrom('planning' as const, 'executing' as const),
      phases: fc.tuple(...phaseIds.map(phase)),
      beads: fc.tuple(...beadIds.map(bead)),
      gates: fc.subarray(gateIds).chain((ids) => fc.tuple(...ids.map(gate))),
    })
    .map((words): PlanWords => words);
}

const anything = plans({
  beadStatuses: ['open', 'open', 'open', 'closed', 'in_progress', 'deferred'],
  verdicts: [undefined, undefined, 'pass', 'adjust', 'abort'],
  unknown: true,
});
const untouched = plans({ beadStatuses: ['open'], verdicts: [undefined], unknown: false });
const underWay = plans({
  beadStatuses: ['open', 'open', 'closed'],
  verdicts: [undefined, 'pass', 'adjust'],
  unknown: false,
});
/** Plans of which something is never done, but nothing is in progress: being worked on overrides what stands before. */
const stuck = plans({
  beadStatuses: ['open', 'open', 'open', 'closed', 'deferred'],
  verdicts: [undefined, 'pass', 'adjust', 'abort'],
  unknown: true,
});

const runs = { numRuns: 400 };
/** Whether every reference leads to something else than the thing that makes it. */
const leadsSomewhere = (plan: Plan) =>
  [...plan.beads, ...plan.gates, ...plan.phases].every((thing) =>
    (thing.kind === 'phase' ? thing.dependsOn : thing.blockedBy).every((reference) => {
      const target = new NaiveSchedule(plan).find(reference);
      return target !== undefined && target !== thing;
    }),
  );
const ids = (beads: Iterable<Bead>) => [...beads].map((bead) => bead.id);

describe('against a slow second telling of the plan format', () => {
  test('states of beads, gates and phases', () => {
    fc.assert(
      fc.property(anything, (words) => {
        const plan = planOf(words);
        const now = schedule(plan);
        const naive = new NaiveSchedule(plan);
        for (const bead of plan.beads) {
          const said = bead.status === 'in_progress' || bead.status === 'deferred' ? bead.status : undefined;
          const open = said ?? (naive.isBlocked(bead) ? 'blocked' : 'ready');
          expect(now.beadState(bead.id), bead.id).toBe(naive.isClosed(bead) ? 'closed' : open);
          expect(now.blockersOf(bead).length > 0, bead.id).toBe(now.beadState(bead.id) === 'blocked');
        }
        for (const gate of plan.gates) {
          const verdict = gate.decision?.verdict;
          const decided = verdict && ({ pass: 'passed', adjust: 'adjusted', abort: 'aborted' } as const)[verdict];
          expect(now.gateState(gate.id), gate.id).toBe(decided ?? (naive.isDue(gate) ? 'due' : 'waiting'));
        }
        for (const phase of plan.phases) {
          const state = now.phaseState(phase.id);
          expect(state === 'satisfied', phase.id).toBe(naive.isSatisfied(phase));
          if (state !== 'satisfied') expect(state === 'guarded', phase.id).toBe(naive.isGuarded(phase));
        }
      }),
      runs,
    );
  });

  test('waves are what can be carried out side by side', () => {
    fc.assert(
      fc.property(stuck, (words) => {
        const plan = planOf(words);
        const { waves } = carryOut(plan);
        const now = schedule(plan);
        const leaves = now.waves.map((wave) => wave.filter((id) => plan.childrenOf(id).length === 0));
        expect(leaves).toEqual(waves.map(ids));
        for (const bead of plan.beads) {
          const parts = plan.childrenOf(bead.id).map((child) => now.waveOf(child.id) ?? Number.POSITIVE_INFINITY);
          if (parts.length === 0 || bead.status === 'deferred') continue;
          const first = Math.min(
            ...withParts(plan, bead).map((part) => now.waveOf(part.id) ?? Number.POSITIVE_INFINITY),
          );
          expect(now.waveOf(bead.id), bead.id).toBe(Number.isFinite(first) ? first : undefined);
        }
      }),
      runs,
    );
  });

  test('a plan without loops is one that can be carried out to the end', () => {
    fc.assert(
      fc.property(untouched, (words) => {
        const plan = planOf(words);
        fc.pre(leadsSomewhere(plan));
        const { end } = carryOut(plan);
        const done = plan.beads.every((bead) => end.isClosed(bead)) && plan.gates.every((gate) => end.isPassed(gate));
        const loops = cycles(plan);
        // What stands in a loop only with the end of a phase, as a gate nobody waits for, can still be carried out.
        if (loops.length === 0) expect(done).toBe(true);
        for (const loop of loops) expect(loop.length).toBeGreaterThan(1);
        if (!done) expect(loops.length).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  test('each thing of a loop waits for the next one', () => {
    fc.assert(
      fc.property(untouched, (words) => {
        const plan = planOf(words);
        const naive = new NaiveSchedule(plan);
        for (const loop of cycles(plan)) {
          for (const [index, thing] of loop.entries()) {
            const next = loop[(index + 1) % loop.length];
            if (thing.kind !== 'bead' || next?.kind !== 'bead') continue;
            const direct = thing.blockedBy.some((reference) => naive.find(reference) === next);
            const kin = plan.parentOf(thing) === next || plan.parentOf(next) === thing;
            expect(direct || kin, `${thing.id} waits for ${next.id}`).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  test('what a bead or gate unblocks is what never becomes ready when it is never done', () => {
    fc.assert(
      fc.property(underWay, (words) => {
        const plan = planOf(words);
        const { end, everReady } = carryOut(plan);
        fc.pre(plan.beads.every((bead) => end.isClosed(bead)) && plan.gates.every((gate) => end.isPassed(gate)));
        const now = schedule(plan);
        for (const item of now.next) {
          const held = item.kind === 'bead' ? item.bead : item.gate;
          const without = carryOut(plan, held);
          const missed = [...everReady].filter((bead) => !without.everReady.has(bead) && bead !== held);
          const blocked = missed.filter((bead) => now.beadState(bead.id) === 'blocked');
          expect(item.unblocks, held.id).toBe(blocked.length);
        }
      }),
      runs,
    );
  });

  test('the critical path is as long as the plan takes with hands enough, and everything on it counts', () => {
    fc.assert(
      fc.property(underWay, (words) => {
        const plan = planOf(words);
        const { end } = carryOut(plan);
        fc.pre(plan.beads.every((bead) => end.isClosed(bead)));
        const path = schedule(plan).criticalPath;
        const hours = (id: string) => {
          const bead = plan.find(id, 'bead');
          return bead?.kind === 'bead' ? (bead.estimate?.value ?? 1) : 0;
        };
        const length = path.reduce((sum, id) => sum + hours(id), 0);
        expect(length).toBe(duration(plan, hours));
        for (const slower of path) {
          expect(
            duration(plan, (id) => hours(id) + (id === slower ? 1000 : 0)),
            slower,
          ).toBe(length + 1000);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('after an edit', () => {
  const change = fc.record({
    title: fc.boolean(),
    bead: fc.nat(6),
    status: fc.option(fc.constantFrom('open', 'closed', 'in_progress'), { nil: undefined }),
    blockedBy: fc.option(fc.constantFrom('b0', 'G0', 'phase:A', 'b1–b3'), { nil: undefined, freq: 4 }),
  });

  test('what follows is the same as without knowing what followed before', () => {
    fc.assert(
      fc.property(anything, fc.array(change, { minLength: 1, maxLength: 3 }), (words, changes) => {
        let plan = planOf(words);
        let now = schedule(plan);
        let changed = words;
        for (const { title, bead: at, status, blockedBy } of changes) {
          void [now.next, now.waves];
          const beads = (changed.beads ?? []).map((bead, index) => ({
            ...bead,
            ...(title && { title: `${bead.title ?? ''} and more` }),
            ...(index === at && status !== undefined && { status }),
            ...(index === at && blockedBy !== undefined && { blockedBy: [blockedBy] }),
          }));
          changed = { ...changed, beads };
          const before = { plan, schedule: now };
          plan = joinPlan('plan', [partOf(changed)], before.plan);
          now = schedule(plan, undefined, before);
          const again = planOf(changed);
          const fresh = schedule(again);
          expect(plan.beads).toEqual(again.beads);
          expect(now.next).toEqual(fresh.next);
          expect(now.ready.every((bead) => plan.beads.includes(bead))).toBe(true);
          expect([now.waves, now.criticalPath]).toEqual([fresh.waves, fresh.criticalPath]);
          const things = (of: Plan) => [...of.beads, ...of.gates, ...of.phases];
          expect(things(plan).map((thing) => now.blockersOf(thing))).toEqual(
            things(again).map((thing) => fresh.blockersOf(thing)),
          );
          for (const { id } of plan.beads) expect(now.beadState(id)).toBe(fresh.beadState(id));
          for (const { id } of plan.gates) expect(now.gateState(id)).toBe(fresh.gateState(id));
          for (const { id } of plan.phases) expect(now.phaseState(id)).toBe(fresh.phaseState(id));
        }
      }),
      runs,
    );
  });
});

function withParts(plan: Plan, bead: Bead): Bead[] {
  const children = plan.childrenOf(bead.id);
  return children.length === 0 ? [bead] : children.flatMap((child) => withParts(plan, child));
}

/** Hours until everything is closed when each bead is started as soon as it can be; gates take no time. */
function duration(plan: Plan, hours: (id: string) => number): number {
  const closed = new Set<Bead>();
  const passed = new Set<Plan['gates'][number]>();
  const running = new Map<Bead, number>();
  let clock = 0;
  for (;;) {
    const now = new NaiveSchedule(plan, { closed, passed, inTheEnd: true });
    const due = plan.gates.filter((gate) => now.isDue(gate));
    for (const gate of due) passed.add(gate);
    if (due.length > 0) continue;
    for (const bead of plan.beads) {
      const isLeaf = now.childrenOf(bead).length === 0;
      if (isLeaf && !now.isClosed(bead) && !now.isBlocked(bead) && !running.has(bead)) {
        running.set(bead, clock + hours(bead.id));
      }
    }
    if (running.size === 0) return clock;
    clock = Math.min(...running.values());
    for (const [bead, until] of running) {
      if (until > clock) continue;
      running.delete(bead);
      closed.add(bead);
    }
  }
}
