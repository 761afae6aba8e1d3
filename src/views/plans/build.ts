import type { Bead, Gate, Insight, Phase, Plan, Scenario, Thing, Tier } from '../../core/model';
import type { GateState, PlanSnapshot } from '../../core/snapshot';
import { applyFilter, hidesSections, insightMatches, type Shown } from './filter';
import type { PlanNode, StateGroup, TreeOptions, What } from './nodes';

/** The root of one plan's tree; undefined when the filter hides all of it. */
export function planNode(snapshot: PlanSnapshot, options: TreeOptions): PlanNode | undefined {
  const builder = new Builder(snapshot, options);
  const root = builder.root();
  return options.filter !== undefined && root.children().length === 0 ? undefined : root;
}

const stateGroups: readonly StateGroup[] = ['in_progress', 'ready', 'due', 'blocked', 'deferred', 'aborted', 'closed'];

const groupOfGate: Readonly<Record<GateState, StateGroup>> = {
  waiting: 'blocked',
  due: 'due',
  adjusted: 'due',
  passed: 'closed',
  aborted: 'aborted',
};

class Builder {
  readonly #snapshot: PlanSnapshot;
  readonly #plan: Plan;
  readonly #options: TreeOptions;
  readonly #shows: Shown;
  readonly #ids = new Set<string>();

  constructor(snapshot: PlanSnapshot, options: TreeOptions) {
    this.#snapshot = snapshot;
    this.#plan = snapshot.plan;
    this.#options = options;
    this.#shows = applyFilter(snapshot, options.filter);
  }

  root(): PlanNode {
    // Filtered rows have ways of their own: they open by themselves and leave what the user had open alone.
    const { grouping, filter } = this.#options;
    const way = [this.#plan.key, grouping, ...(filter === undefined ? [] : ['filtered'])].join(' ');
    return this.#node(way, { type: 'plan' }, (id) => [...this.#body(id), ...this.#sections(id)]);
  }

  #body(root: string): readonly PlanNode[] {
    switch (this.#options.grouping) {
      case 'phase':
        return this.#byPhase(root);
      case 'wave':
        return this.#byWave(root);
      case 'state':
        return this.#byState(root);
    }
  }

  // By phase: the plan's own order

  #byPhase(root: string): readonly PlanNode[] {
    const plan = this.#plan;
    const outside = new Map<string | undefined, Gate[]>();
    for (const gate of plan.gates.filter(this.#shows)) {
      if (this.#phaseAround(gate) === undefined) append(outside, gate.phase ?? this.#phaseBefore(gate), gate);
    }
    const nodes: PlanNode[] = [];
    for (const phase of plan.phases.filter(this.#shows)) {
      nodes.push(this.#phase(root, phase));
      for (const gate of outside.get(phase.id) ?? []) nodes.push(this.#gate(root, gate));
      outside.delete(phase.id);
    }
    const loose = plan.beads.filter((bead) => this.#isTop(bead) && bead.phase === undefined);
    const rest = [...outside.values()].flat();
    return [...nodes, ...this.#inPlace(root, [...loose.filter(this.#shows), ...rest])];
  }

  #phase(parent: string, phase: Phase): PlanNode {
    return this.#node(way(parent, phase), { type: 'phase', phase }, (id) => {
      const beads = this.#plan.beadsOfPhase(phase.id).filter((bead) => this.#isTop(bead) && this.#shows(bead));
      const gates = this.#plan.gatesOfPhase(phase.id).filter((gate) => this.#shows(gate) && this.#phaseAround(gate));
      return this.#inPlace(id, [...beads, ...gates]);
    });
  }

  /** A gate between two phases stands in neither. */
  #phaseAround(gate: Gate): Phase | undefined {
    const phase = gate.phase === undefined ? undefined : this.#plan.find(gate.phase, 'phase');
    if (phase?.kind !== 'phase') return undefined;
    const { file, start, end } = gate.location;
    const around = phase.location;
    return around.file === file && around.start <= start && end <= around.end ? phase : undefined;
  }

  /** For a gate that stands apart from the phases, in a table of gates: the last phase that it waits for. */
  #phaseBefore(gate: Gate): string | undefined {
    const waitsFor = new Set<string | undefined>();
    for (const { value, kind } of gate.blockedBy) {
      const thing = this.#plan.find(value, kind);
      if (thing?.kind === 'phase') waitsFor.add(thing.id);
      else if (thing?.kind === 'bead' || thing?.kind === 'gate') waitsFor.add(thing.phase);
    }
    return this.#plan.phases.findLast(({ id }) => waitsFor.has(id))?.id;
  }

  #isTop(bead: Bead): boolean {
    return this.#plan.parentOf(bead) === undefined;
  }

  /** Beads keep the plan's order; a gate comes where it is written among them. */
  #inPlace(parent: string, things: readonly (Bead | Gate)[]): readonly PlanNode[] {
    const files = new Map(this.#plan.files.map((file, i) => [file, i]));
    const sorted = things.toSorted(
      (a, b) => (files.get(a.head.file) ?? 0) - (files.get(b.head.file) ?? 0) || a.head.start - b.head.start,
    );
    return sorted.map((thing) => (thing.kind === 'bead' ? this.#bead(parent, thing) : this.#gate(parent, thing)));
  }

  #bead(parent: string, bead: Bead): PlanNode {
    return this.#node(way(parent, bead), { type: 'bead', bead }, (id) => [
      ...this.#steps(id, bead),
      ...this.#inPlace(id, this.#plan.childrenOf(bead.id).filter(this.#shows)),
    ]);
  }

  #steps(parent: string, bead: Bead): readonly PlanNode[] {
    return bead.steps.map((step, i) => this.#node(`${parent}/step ${i}`, { type: 'step', step }));
  }

  #gate(parent: string, gate: Gate): PlanNode {
    return this.#node(way(parent, gate), { type: 'gate', gate });
  }

  // By wave and by state: flat lists. A bead with parts is the sum of them: the parts say it all, and are counted

  #byWave(root: string): readonly PlanNode[] {
    const { schedule } = this.#snapshot;
    const groups = new Map<number | StateGroup, Bead[]>();
    for (const bead of this.#leaves()) {
      const state = schedule.beadState(bead.id);
      const done = state === 'closed' || state === 'deferred' ? state : undefined;
      append(groups, done ?? schedule.waveOf(bead.id) ?? 'unreachable', bead);
    }
    const waves = [...groups.keys()].filter((key) => typeof key === 'number').toSorted((a, b) => a - b);
    const states = (['unreachable', 'deferred', 'closed'] as const).filter((state) => groups.has(state));
    return [
      ...waves.map((wave, i) => {
        const beads = groups.get(wave) ?? [];
        return this.#group(`${root}/wave ${i}`, { type: 'wave', wave: i + 1, count: beads.length }, beads);
      }),
      ...states.map((state) => this.#stateGroup(root, state, groups.get(state) ?? [])),
      ...this.#gates(root),
    ];
  }

  #leaves(): readonly Bead[] {
    return this.#plan.beads.filter((bead) => this.#plan.childrenOf(bead.id).length === 0 && this.#shows(bead));
  }

  #gates(root: string): readonly PlanNode[] {
    const gates = this.#plan.gates.filter(this.#shows);
    if (gates.length === 0) return [];
    return [this.#group(`${root}/gates`, { type: 'section', section: 'gates', count: gates.length }, gates)];
  }

  #byState(root: string): readonly PlanNode[] {
    const { plan, schedule } = this.#snapshot;
    const groups = new Map<StateGroup, (Bead | Gate)[]>();
    for (const bead of this.#leaves()) append(groups, schedule.beadState(bead.id), bead);
    for (const gate of plan.gates.filter(this.#shows)) append(groups, groupOfGate[schedule.gateState(gate.id)], gate);
    return stateGroups.flatMap((state) => {
      const things = groups.get(state);
      return things === undefined ? [] : [this.#stateGroup(root, state, things)];
    });
  }

  #stateGroup(root: string, state: StateGroup, things: readonly (Bead | Gate)[]): PlanNode {
    return this.#group(`${root}/${state}`, { type: 'state', state, count: things.length }, things);
  }

  #group(id: string, what: What, things: readonly (Bead | Gate)[]): PlanNode {
    return this.#node(id, what, () => things.map((thing) => this.#flat(id, thing)));
  }

  #flat(parent: string, thing: Bead | Gate): PlanNode {
    if (thing.kind === 'gate') return this.#gate(parent, thing);
    return this.#node(way(parent, thing), { type: 'bead', bead: thing }, (id) => this.#steps(id, thing));
  }

  // Scenarios and insights

  #sections(root: string): readonly PlanNode[] {
    if (hidesSections(this.#options.filter)) return [];
    return [...this.#scenarios(root), ...this.#insights(root)];
  }

  #scenarios(root: string): readonly PlanNode[] {
    const scenarios = this.#plan.scenarios.filter(this.#shows);
    if (scenarios.length === 0) return [];
    const what = { type: 'section', section: 'scenarios', count: scenarios.length } as const;
    return [this.#node(`${root}/scenarios`, what, (id) => scenarios.map((one) => this.#scenario(id, one)))];
  }

  #scenario(parent: string, scenario: Scenario): PlanNode {
    return this.#node(way(parent, scenario), { type: 'scenario', scenario }, (id) =>
      scenario.recovery.map((text, i) => this.#node(`${id}/${i}`, { type: 'recovery', text, number: i + 1 })),
    );
  }

  #insights(root: string): readonly PlanNode[] {
    const tiers = new Map<Tier, Insight[]>();
    for (const insight of this.#plan.insights) {
      if (insightMatches(insight.text, this.#options.filter)) append(tiers, insight.tier, insight);
    }
    const count = [...tiers.values()].flat().length;
    if (count === 0) return [];
    return [
      this.#node(`${root}/insights`, { type: 'section', section: 'insights', count }, (id) =>
        ([1, 2, 3, 'does-not-apply'] as const).flatMap((tier) => {
          const insights = tiers.get(tier);
          return insights === undefined ? [] : [this.#tier(`${id}/${tier}`, tier, insights)];
        }),
      ),
    ];
  }

  #tier(id: string, tier: Tier, insights: readonly Insight[]): PlanNode {
    return this.#node(id, { type: 'tier', tier, count: insights.length }, () =>
      insights.map((insight, i) => this.#node(`${id}/${i}`, { type: 'insight', insight })),
    );
  }

  #node(path: string, what: What, build?: (id: string) => readonly PlanNode[]): PlanNode {
    const id = this.#unused(path);
    let built: readonly PlanNode[] | undefined;
    return {
      id,
      snapshot: this.#snapshot,
      grouping: this.#options.grouping,
      what,
      children: () => {
        built ??= build?.(id) ?? [];
        return built;
      },
    };
  }

  /** A plan may use an id twice; the tree cannot. Only siblings can collide, so the numbers stay across snapshots. */
  #unused(path: string): string {
    let id = path;
    for (let times = 2; this.#ids.has(id); times++) id = `${path} #${times}`;
    this.#ids.add(id);
    return id;
  }
}

function way(parent: string, { kind, id }: Thing): string {
  return `${parent}/${kind} ${id}`;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
