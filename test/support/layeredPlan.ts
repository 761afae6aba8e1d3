import type { BeadSketch, GateSketch, PhaseSketch, PlanSketch } from './planBuilder';

export interface LayeredOptions {
  readonly beads: number;
  /** 30 in each, when not given. */
  readonly beadsPerPhase?: number;
  readonly seed?: number;
}

/** So many of the blockers stand in an earlier phase. */
const ACROSS = 0.15;

/**
 * A plan with the same shape at any size: phases that wait for one or two of the three before them, beads with one to
 * two blockers each, most of them among the eight beads before, and a gate after every third phase.
 */
export function layeredPlan({ beads, beadsPerPhase = 30, seed = 1 }: LayeredOptions): PlanSketch {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const phaseCount = Math.max(3, Math.round(beads / beadsPerPhase));
  const phases: PhaseSketch[] = [];
  const all: BeadSketch[] = [];
  const gates: GateSketch[] = [];
  for (let number = 1; number <= phaseCount; number++) {
    const before = phases.slice(-3).map(({ id }) => id);
    const dependsOn = before.length === 0 ? [] : [...new Set([pick(before), pick(before)])];
    const inPhase: BeadSketch[] = [];
    const count = Math.floor((beads * number) / phaseCount) - all.length;
    for (let index = 0; index < count; index++) {
      const near = inPhase.slice(-8).map(({ id }) => id);
      const far = all.slice(-120).map(({ id }) => id);
      const blocker = () => pick(near.length === 0 || (far.length > 0 && random() < ACROSS) ? far : near);
      const wanted = near.length + far.length === 0 ? 0 : random() < 0.15 ? 0 : random() < 0.5 ? 2 : 1;
      inPhase.push({
        id: `b-${all.length + index + 1}`,
        title: `${pick(DEEDS)} ${pick(PARTS)} ${pick(ENDS)}`,
        phase: `${number}`,
        status: number * 3 <= phaseCount ? 'closed' : 'open',
        priority: pick([0, 1, 2, 3] as const),
        blockedBy: [...new Set(Array.from({ length: wanted }, blocker).filter((id) => id !== undefined))],
      });
    }
    phases.push({ id: `${number}`, title: `${pick(DEEDS)} ${pick(PARTS)}`, dependsOn });
    all.push(...inPhase);
    if (number % 3 === 0)
      gates.push({ id: `G${number / 3}`, title: `Is ${pick(PARTS)} good enough?`, phase: `${number}` });
  }
  return { id: `layered-${beads}`, title: `${beads} beads`, phases, beads: all, gates };
}

const DEEDS = ['Build', 'Move', 'Measure', 'Document', 'Replace', 'Check', 'Connect'];
const PARTS = ['the importer', 'the index', 'the sign-in', 'the nightly job', 'the search page', 'the ledger'];
const ENDS = ['', 'in two steps', 'behind a flag', 'for every customer', 'so that the search page can rely on it'];

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
