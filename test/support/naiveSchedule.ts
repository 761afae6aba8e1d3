import type { Bead, Gate, Phase, Plan, Reference, Thing } from '../../src/core/model';

/**
 * What follows from a plan, told a second time: by plain recursion over the words of the plan format, as slowly as it
 * takes, and without a graph. For tests that hold the real one against it. References to other plans are not known here.
 */
export class NaiveSchedule {
  readonly plan: Plan;
  readonly #closed: ReadonlySet<Bead>;
  readonly #passed: ReadonlySet<Gate>;
  readonly #inTheEnd: boolean;
  /** Phases about which it is being found out whether they can begin: one that asks for itself cannot. */
  readonly #asked = new Set<Phase>();

  /**
   * With further beads closed and gates passed, to see what would follow. In the end, approvals are given, and phases
   * that hold nothing yet are done.
   */
  constructor(plan: Plan, then: { closed?: Iterable<Bead>; passed?: Iterable<Gate>; inTheEnd?: boolean } = {}) {
    this.plan = plan;
    this.#closed = new Set(then.closed);
    this.#passed = new Set(then.passed);
    this.#inTheEnd = then.inTheEnd ?? false;
  }

  isClosed(bead: Bead): boolean {
    const children = this.childrenOf(bead);
    if (children.length > 0) return children.every((child) => this.isClosed(child));
    return bead.status === 'closed' || this.#closed.has(bead);
  }

  isPassed(gate: Gate): boolean {
    return gate.decision?.verdict === 'pass' || this.#passed.has(gate);
  }

  isSatisfied(thing: Thing | undefined): boolean {
    if (thing === undefined) return false;
    if (thing.kind === 'bead') return this.isClosed(thing);
    if (thing.kind === 'gate') return this.isPassed(thing);
    if (thing.kind === 'scenario') return false;
    const beads = this.beadsOf(thing);
    const gates = this.gatesOf(thing);
    if (beads.length + gates.length === 0) {
      return thing.status?.value === 'closed' || (this.#inTheEnd && this.#canBegin(thing));
    }
    return beads.every((bead) => this.isClosed(bead)) && gates.every((gate) => this.isPassed(gate));
  }

  isGuarded(phase: Phase): boolean {
    const dependsOn = phase.dependsOn.map((reference) => this.find(reference, 'phase'));
    const waits = dependsOn.some((thing) => {
      if (thing?.kind === 'bead' && this.phaseOf(thing) === phase) return false;
      return thing === phase || !this.isSatisfied(thing);
    });
    return waits || this.#gateBlocks(phase) || this.lacksApproval(phase);
  }

  lacksApproval(phase: Phase): boolean {
    const { plan } = this;
    const recorded = [plan.head, ...plan.phases, ...plan.gates].some((thing) => thing.approvals.length > 0);
    return (
      !this.#inTheEnd &&
      plan.mode === 'executing' &&
      recorded &&
      [plan.head, phase].every(({ approvals }) => approvals.length === 0)
    );
  }

  isBlocked(bead: Bead): boolean {
    const isOpen = bead.status === 'open' || bead.status === 'closed';
    return isOpen && !this.isClosed(bead) && this.isHeld(bead);
  }

  isHeld(bead: Bead): boolean {
    const phase = this.phaseOf(bead);
    const parent = this.plan.parentOf(bead);
    const waits = bead.blockedBy.some((reference) => {
      const thing = this.find(reference);
      if (thing === bead) return true;
      if (thing?.kind === 'bead' && (this.#isWithin(thing, bead) || this.#isWithin(bead, thing))) return false;
      return !this.isSatisfied(thing);
    });
    if (waits || this.#gateBlocks(bead) || (phase !== undefined && this.isGuarded(phase))) return true;
    return parent !== undefined && this.isHeld(parent);
  }

  isDue(gate: Gate): boolean {
    if (this.isPassed(gate) || gate.decision?.verdict === 'abort' || this.#gateBlocks(gate)) return false;
    const phase = this.plan.phases.find((each) => each.id === gate.phase);
    if (gate.blockedBy.length > 0) {
      return gate.blockedBy.every((reference) => {
        const thing = this.find(reference);
        if (thing === undefined || thing === gate) return false;
        if (thing.kind === 'phase' && thing === phase) {
          const beads = this.beadsOf(thing);
          return beads.length > 0 ? beads.every((bead) => this.isClosed(bead)) : !this.isGuarded(thing);
        }
        return this.isSatisfied(thing);
      });
    }
    if (phase === undefined || this.#phaseWaitsFor(phase, gate)) return true;
    const beads = this.beadsOf(phase);
    if (beads.length === 0) return !this.isGuarded(phase);
    const behind = this.#behind(gate, beads);
    return beads.every((bead) => behind.has(bead) || this.isClosed(bead));
  }

  blocksOf(gate: Gate): readonly Thing[] {
    const { phases } = this.plan;
    if (gate.blocks.length > 0) {
      return gate.blocks.flatMap((reference) => {
        const thing = this.find(reference);
        return thing === undefined || thing === gate ? [] : [thing];
      });
    }
    const own = phases.findIndex((phase) => phase.id === gate.phase);
    const written = gate.blockedBy.map((reference) => this.find(reference)).filter((thing) => thing !== gate);
    const implied = gate.blockedBy.length === 0 && own >= 0 ? [phases[own]] : [];
    const waitedFor = [...written, ...implied].map((thing) => phases.indexOf(this.phaseOf(thing) as Phase));
    const last = own >= 0 ? own : Math.max(-1, ...waitedFor);
    if (last < 0) return [];
    return phases
      .slice(last + 1)
      .filter((_, index) => !waitedFor.includes(last + 1 + index))
      .slice(0, 1);
  }

  find(reference: Reference, likely?: 'phase'): Thing | undefined {
    const { beads, gates, phases } = this.plan;
    const kind = reference.kind ?? likely;
    const order: readonly Thing[] = [...beads, ...gates, ...phases];
    const named = order.filter((thing) => thing.id === reference.value);
    return named.find((thing) => thing.kind === kind) ?? named[0];
  }

  childrenOf(bead: Bead): readonly Bead[] {
    return this.plan.beads.filter((other) => this.plan.parentOf(other) === bead);
  }

  phaseOf(thing: Thing | undefined): Phase | undefined {
    if (thing === undefined || thing.kind === 'scenario') return undefined;
    if (thing.kind === 'phase') return thing;
    const id = thing.phase;
    if (id !== undefined) return this.plan.phases.find((phase) => phase.id === id);
    return thing.kind === 'bead' ? this.phaseOf(this.plan.parentOf(thing)) : undefined;
  }

  beadsOf(phase: Phase): readonly Bead[] {
    return this.plan.beads.filter((bead) => this.phaseOf(bead) === phase);
  }

  gatesOf(phase: Phase): readonly Gate[] {
    return this.plan.gates.filter((gate) => gate.phase === phase.id);
  }

  #canBegin(phase: Phase): boolean {
    if (this.#asked.has(phase)) return false;
    this.#asked.add(phase);
    const canBegin = !this.isGuarded(phase);
    this.#asked.delete(phase);
    return canBegin;
  }

  #gateBlocks(thing: Thing): boolean {
    return this.plan.gates.some((gate) => !this.isPassed(gate) && this.blocksOf(gate).includes(thing));
  }

  #isWithin(inner: Bead, outer: Bead): boolean {
    const parent = this.plan.parentOf(inner);
    return parent !== undefined && (parent === outer || this.#isWithin(parent, outer));
  }

  #phaseWaitsFor(phase: Phase, gate: Gate): boolean {
    const writtenBlocks = gate.blocks.length > 0 ? this.blocksOf(gate) : [];
    return writtenBlocks.includes(phase) || phase.dependsOn.some((reference) => this.find(reference, 'phase') === gate);
  }

  /** Beads of the gate's phase that can only end after the gate: repeated until nothing is added. */
  #behind(gate: Gate, beads: readonly Bead[]): ReadonlySet<Bead> {
    const writtenBlocks = gate.blocks.length > 0 ? this.blocksOf(gate) : [];
    const startsAfter = new Set<Bead>();
    const endsAfter = new Set<Bead>();
    for (let before = -1; before !== startsAfter.size + endsAfter.size; ) {
      before = startsAfter.size + endsAfter.size;
      for (const bead of beads) {
        const parent = this.plan.parentOf(bead);
        const waits = bead.blockedBy.some((reference) => {
          const thing = this.find(reference);
          if (thing === gate) return true;
          if (thing?.kind !== 'bead' || thing === bead) return false;
          if (this.#isWithin(thing, bead) || this.#isWithin(bead, thing)) return false;
          return endsAfter.has(thing);
        });
        if (waits || writtenBlocks.includes(bead) || (parent && startsAfter.has(parent))) startsAfter.add(bead);
        if (startsAfter.has(bead) || this.childrenOf(bead).some((child) => endsAfter.has(child))) endsAfter.add(bead);
      }
    }
    return endsAfter;
  }
}

/**
 * Carries a plan out, wave by wave: in each, all beads without children that can be started are closed; gates that fall
 * due in between pass. `hold` is never closed or passed. Ends when nothing more can be done.
 */
export function carryOut(
  plan: Plan,
  hold?: Bead | Gate,
): { waves: Bead[][]; everReady: Set<Bead>; end: NaiveSchedule } {
  const closed = new Set<Bead>();
  const passed = new Set<Gate>();
  const waves: Bead[][] = [];
  const everReady = new Set<Bead>();
  for (;;) {
    let now = new NaiveSchedule(plan, { closed, passed, inTheEnd: true });
    const due = plan.gates.filter((gate) => gate !== hold && now.isDue(gate));
    if (due.length > 0) {
      for (const gate of due) passed.add(gate);
      continue;
    }
    now = new NaiveSchedule(plan, { closed, passed, inTheEnd: true });
    const free = plan.beads.filter((bead) => !now.isClosed(bead) && bead.status !== 'deferred' && !now.isBlocked(bead));
    for (const bead of free) everReady.add(bead);
    const wave = free.filter((bead) => bead !== hold && now.childrenOf(bead).length === 0);
    if (wave.length === 0) return { waves, everReady, end: now };
    for (const bead of wave) closed.add(bead);
    waves.push(wave);
  }
}
