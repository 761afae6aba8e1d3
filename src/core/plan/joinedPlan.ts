import type {
  Bead,
  Diagnostic,
  Gate,
  Insight,
  Phase,
  Plan,
  PlanHead,
  PlanLog,
  Scenario,
  Thing,
  ThingKind,
} from '../model';
import { looseId } from '../notation/ids';
import { Titles } from '../notation/titles';

/** Where the first thing with an id stands in its list. */
export type IdIndex = ReadonlyMap<string, number>;

/** Everything of a joined plan but its look-ups. */
export interface PlanContents {
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly mode: 'planning' | 'executing';
  readonly files: readonly string[];
  readonly head: PlanHead;
  readonly phases: readonly Phase[];
  readonly beads: readonly Bead[];
  readonly gates: readonly Gate[];
  readonly scenarios: readonly Scenario[];
  readonly insights: readonly Insight[];
  readonly diagnostics: readonly Diagnostic[];
  readonly index: Readonly<Record<ThingKind, IdIndex>>;
  readonly texts: ReadonlyMap<string, string>;
  /** Reads what the plan's files log. */
  readonly readLog: () => PlanLog;
}

/** The order in which an id without a kind is looked for. */
const KINDS: readonly ThingKind[] = ['bead', 'gate', 'phase', 'scenario'];

const NO_BEADS: readonly Bead[] = [];
const NO_GATES: readonly Gate[] = [];

/** A plan with its look-ups. They are built when first asked for: most plans of a large index are never asked. */
export class JoinedPlan implements Plan {
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly mode: 'planning' | 'executing';
  readonly files: readonly string[];
  readonly head: PlanHead;
  readonly phases: readonly Phase[];
  readonly beads: readonly Bead[];
  readonly gates: readonly Gate[];
  readonly scenarios: readonly Scenario[];
  readonly insights: readonly Insight[];
  readonly diagnostics: readonly Diagnostic[];

  readonly #index: Readonly<Record<ThingKind, IdIndex>>;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #readLog: () => PlanLog;
  #log: PlanLog | undefined;
  #lowerIndex: Readonly<Record<ThingKind, IdIndex>> | undefined;
  #titles: { readonly phase: Titles<Phase>; readonly bead: Titles<Bead>; readonly gate: Titles<Gate> } | undefined;
  #family: Family | undefined;
  #beadsByPhase: Map<string, Bead[]> | undefined;
  #gatesByPhase: Map<string, Gate[]> | undefined;

  constructor(contents: PlanContents) {
    this.key = contents.key;
    this.id = contents.id;
    this.title = contents.title;
    this.mode = contents.mode;
    this.files = contents.files;
    this.head = contents.head;
    this.phases = contents.phases;
    this.beads = contents.beads;
    this.gates = contents.gates;
    this.scenarios = contents.scenarios;
    this.insights = contents.insights;
    this.diagnostics = contents.diagnostics;
    this.#index = contents.index;
    this.#texts = contents.texts;
    this.#readLog = contents.readLog;
  }

  get prompts(): PlanLog['prompts'] {
    return this.#logNow().prompts;
  }

  get critiques(): PlanLog['critiques'] {
    return this.#logNow().critiques;
  }

  get readinessPasses(): PlanLog['readinessPasses'] {
    return this.#logNow().readinessPasses;
  }

  get progressEntries(): PlanLog['progressEntries'] {
    return this.#logNow().progressEntries;
  }

  get unrankedInsights(): PlanLog['unrankedInsights'] {
    return this.#logNow().unrankedInsights;
  }

  textOf(file: string): string | undefined {
    return this.#texts.get(file);
  }

  find(id: string, kind?: ThingKind): Thing | undefined {
    return this.#lookUp(this.#index, id, kind) ?? this.#lookUp(this.#lowerIndexNow(), looseId(id), kind);
  }

  called(title: string, kind?: ThingKind): Phase | Bead | Gate | undefined {
    this.#titles ??= { phase: new Titles(this.phases), bead: new Titles(this.beads), gate: new Titles(this.gates) };
    const { phase, bead, gate } = this.#titles;
    const own = kind === undefined || kind === 'scenario' ? undefined : this.#titles[kind].find(title);
    return own ?? bead.find(title) ?? phase.find(title) ?? gate.find(title);
  }

  get reliesOnTitles(): boolean {
    return this.#titles !== undefined;
  }

  indexOf(id: string, kind: ThingKind): number {
    return this.#index[kind].get(id) ?? -1;
  }

  beadsOfPhase(phaseId: string): readonly Bead[] {
    this.#beadsByPhase ??= this.#groupByPhase(this.beads, this.#phasesOfBeads());
    return this.#beadsByPhase.get(this.#canonicalPhase(phaseId)) ?? NO_BEADS;
  }

  gatesOfPhase(phaseId: string): readonly Gate[] {
    this.#gatesByPhase ??= this.#groupByPhase(this.gates, (gate) => gate.phase);
    return this.#gatesByPhase.get(this.#canonicalPhase(phaseId)) ?? NO_GATES;
  }

  childrenOf(beadId: string): readonly Bead[] {
    const bead = this.find(beadId, 'bead');
    return (bead?.kind === 'bead' ? this.#familyOfBeads().children.get(bead) : undefined) ?? NO_BEADS;
  }

  parentOf(bead: Bead): Bead | undefined {
    return bead.parent === undefined ? undefined : this.#familyOfBeads().parents.get(bead);
  }

  /** Each bead's own phase, or that of the nearest bead above it that names one. */
  #phasesOfBeads(): (bead: Bead) => string | undefined {
    const inherited = new Map<Bead, string | undefined>();
    return (bead) => {
      const way: Bead[] = [];
      let at: Bead | undefined = bead;
      while (at !== undefined && at.phase === undefined && !inherited.has(at)) {
        way.push(at);
        at = this.parentOf(at);
      }
      const phase = at === undefined ? undefined : (at.phase ?? inherited.get(at));
      for (const below of way) inherited.set(below, phase);
      return phase;
    };
  }

  #familyOfBeads(): Family {
    this.#family ??= familyOf(this.beads, (id) => {
      const parent = this.find(id, 'bead');
      return parent?.kind === 'bead' ? parent : undefined;
    });
    return this.#family;
  }

  #logNow(): PlanLog {
    this.#log ??= this.#readLog();
    return this.#log;
  }

  #canonicalPhase(id: string): string {
    return this.find(id, 'phase')?.id ?? id;
  }

  #groupByPhase<T>(things: readonly T[], phaseOf: (thing: T) => string | undefined): Map<string, T[]> {
    const groups = new Map<string, T[]>();
    for (const thing of things) {
      const phase = phaseOf(thing);
      if (phase === undefined) continue;
      const id = this.#canonicalPhase(phase);
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [thing]);
      else group.push(thing);
    }
    return groups;
  }

  #lookUp(index: Readonly<Record<ThingKind, IdIndex>>, id: string, kind: ThingKind | undefined): Thing | undefined {
    if (kind !== undefined) {
      const place = index[kind].get(id);
      return place === undefined ? undefined : this.#listOf(kind)[place];
    }
    for (const each of KINDS) {
      const place = index[each].get(id);
      if (place !== undefined) return this.#listOf(each)[place];
    }
    return undefined;
  }

  #listOf(kind: ThingKind): readonly Thing[] {
    switch (kind) {
      case 'phase':
        return this.phases;
      case 'bead':
        return this.beads;
      case 'gate':
        return this.gates;
      case 'scenario':
        return this.scenarios;
    }
  }

  #lowerIndexNow(): Readonly<Record<ThingKind, IdIndex>> {
    this.#lowerIndex ??= {
      phase: indexById(this.phases, looseId),
      bead: indexById(this.beads, looseId),
      gate: indexById(this.gates, looseId),
      scenario: indexById(this.scenarios, looseId),
    };
    return this.#lowerIndex;
  }
}

/** The first of things with the same id counts. */
export function indexById(things: readonly Thing[], keyOf: (id: string) => string = (id) => id): IdIndex {
  const index = new Map<string, number>();
  for (let place = 0; place < things.length; place++) {
    const key = keyOf((things[place] as Thing).id);
    if (!index.has(key)) index.set(key, place);
  }
  return index;
}

interface Family {
  readonly parents: ReadonlyMap<Bead, Bead>;
  readonly children: ReadonlyMap<Bead, Bead[]>;
}

/** Beads that are in the end their own parents have none: the first of such a ring counts as its top. */
function familyOf(beads: readonly Bead[], find: (id: string) => Bead | undefined): Family {
  const parents = new Map<Bead, Bead>();
  const children = new Map<Bead, Bead[]>();
  for (const bead of beads) {
    const parent = bead.parent === undefined ? undefined : find(bead.parent);
    if (parent !== undefined && parent !== bead) parents.set(bead, parent);
  }
  cutRings(parents);
  for (const bead of beads) {
    const parent = parents.get(bead);
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [bead]);
    else siblings.push(bead);
  }
  return { parents, children };
}

function cutRings(parents: Map<Bead, Bead>): void {
  const endsAtATop = new Set<Bead>();
  for (const bead of [...parents.keys()]) {
    const walked = new Set<Bead>();
    let at: Bead | undefined = bead;
    while (at !== undefined && !endsAtATop.has(at)) {
      if (walked.has(at)) {
        parents.delete(at);
        break;
      }
      walked.add(at);
      at = parents.get(at);
    }
    for (const above of walked) endsAtATop.add(above);
  }
}
