import { fieldOf } from '../fields';
import type {
  AsideDraft,
  BeadDraft,
  GateDraft,
  NamedDraft,
  PhaseDraft,
  PlanDraft,
  ScenarioDraft,
  TierDraft,
  Value,
} from './drafts';
import { namedLine } from './names';
import type { Section } from './outline';
import { setField } from './owners';
import { type Place, placeOfSection } from './place';
import { cut, type Head, isBlank, type NamedLine, type Run } from './run';
import type { Context } from './scope';
import type { MarkdownShape } from './shape';
import type { Topic } from './topics';
import type { WaitDraft } from './waits';

/** What was found, in the order of the document. */
export interface Findings {
  readonly plan: PlanDraft;
  readonly phases: readonly PhaseDraft[];
  readonly beads: readonly BeadDraft[];
  readonly gates: readonly GateDraft[];
  readonly scenarios: readonly ScenarioDraft[];
  readonly tiers: readonly TierDraft[];
  readonly promptCount: number;
  readonly critiqueCount: number;
  /** Approvals that a table gives, and what they are given to. */
  readonly approvals: readonly { readonly of: string; readonly value: Value }[];
  /** What lists of dependencies say of things that stand elsewhere. */
  readonly waits: readonly WaitDraft[];
  /** Check boxes directly below the title that belong to no phase. */
  readonly loose: readonly BeadDraft[];
  /** Sections that are no things themselves and directly hold beads, or check boxes that could be some. */
  readonly holders: ReadonlyMap<Section, Holding>;
  readonly checklists: ReadonlySet<Section>;
  /** The phase that things under headings of its level still belong to. */
  readonly last: PhaseDraft | undefined;
}

/** The beads that a section directly holds, by the ids that are written there. */
export interface Holding {
  readonly ids: string[];
  /** Whether all of them are rows of tables. */
  isTable: boolean;
}

export interface ReadingOptions {
  readonly shape: MarkdownShape;
  /** Sections that are phases although they do not say so. */
  readonly asPhases: ReadonlySet<Section>;
  /** The phase that all of the file is about. */
  readonly phase: PhaseDraft | undefined;
  /** The bead that all of the file is. */
  readonly bead: BeadDraft | undefined;
  /** The phase whose heading stands before what is read. */
  readonly before: PhaseDraft | undefined;
  readonly hasPhases: boolean;
}

/** Collects what is found. A new thing takes the fields that stand on its line. */
export class FindingsBuilder implements Findings {
  readonly plan: PlanDraft;
  readonly phases: PhaseDraft[] = [];
  readonly beads: BeadDraft[] = [];
  readonly gates: GateDraft[] = [];
  readonly scenarios: ScenarioDraft[] = [];
  readonly tiers: TierDraft[] = [];
  readonly approvals: { readonly of: string; readonly value: Value }[] = [];
  readonly waits: WaitDraft[] = [];
  readonly loose: BeadDraft[] = [];
  readonly holders = new Map<Section, Holding>();
  readonly checklists = new Set<Section>();
  last: PhaseDraft | undefined;
  promptCount = 0;
  critiqueCount = 0;

  /** Owns what is read over. */
  readonly aside: AsideDraft = { kind: 'aside', fields: new Map(), prose: [] };
  readonly #options: ReadingOptions;

  constructor(options: ReadingOptions) {
    this.#options = options;
    this.plan = { kind: 'plan', fields: new Map(), prose: [], hasPhases: options.hasPhases };
    if (options.phase !== undefined) this.phases.push(options.phase);
    if (options.bead !== undefined) this.beads.push(options.bead);
  }

  isLoose(section: Section): boolean {
    return isLoose(section, this.#options.asPhases, this.#options.shape);
  }

  /** Notes that a section directly holds a bead. */
  holds(section: Section, id: string | undefined, isRow = false): void {
    if (section.level === 0 || section === this.#options.shape.title) return;
    const known = this.holders.get(section);
    if (known === undefined) this.holders.set(section, { ids: [id ?? ''], isTable: isRow });
    else {
      known.ids.push(id ?? '');
      known.isTable &&= isRow;
    }
  }

  /** `topic`: of the list or table that tells of the phase, where it is no heading. */
  newPhase(place: Place, name: NamedLine, at: number, topic?: Topic): PhaseDraft {
    const isPhaseLine = name.fields.every((field) => fieldOf('phase', field.name) !== undefined);
    const title = isPhaseLine ? name.title : name.whole;
    const phase: PhaseDraft = {
      kind: 'phase',
      ...named(place, name, title, at),
      plain: [],
      beside: [],
      numbered: [],
      hasBeads: false,
      isRemark: topic === 'aside' || topic === 'dependency',
    };
    this.phases.push(phase);
    this.plan.hasPhases = true;
    this.#nameFields(phase, name, at);
    return phase;
  }

  /** A heading that is a phase although it does not say so. */
  newPhaseOfGroup(section: Section): PhaseDraft {
    const name = namedLine(section.title);
    const counted = COUNTED_GROUP.exec(section.title.text);
    const id = counted?.[1];
    const place = placeOfSection(section);
    if (id === undefined || counted === null) {
      const plain = { ...name, head: { ...name.head, id: undefined }, title: section.title, fields: [], labels: [] };
      return this.newPhase(place, plain, section.at);
    }
    const start = section.title.start + counted[0].indexOf(id);
    const head: Head = { rest: name.title, id: { value: id, start, end: start + id.length, strength: 'set-off' } };
    const title = cut(section.title, counted[0].length, section.title.text.length);
    return this.newPhase(place, { ...name, head, title, fields: [] }, section.at);
  }

  /** `list`: where a bead goes that is one only if its phase has no others. */
  newBead(place: Place, name: NamedLine, at: number, context: Context, list?: BeadDraft[]): BeadDraft {
    const parent = context.bead;
    const bead: BeadDraft = {
      kind: 'bead',
      ...named(place, name, name.title, at),
      phase: context.phase,
      parent,
      steps: [],
      labels: name.labels.map((run) => ({ run, at })),
      isOrdinal: /^\d+$/.test(name.head.id?.value ?? ''),
      listedAs: parent === undefined ? context.status : undefined,
    };
    if (list !== undefined) list.push(bead);
    else {
      this.beads.push(bead);
      if (context.phase !== undefined) context.phase.hasBeads = true;
    }
    this.#nameFields(bead, name, at);
    return bead;
  }

  newGate(place: Place, name: NamedLine, at: number, phase: PhaseDraft | undefined): GateDraft {
    const gate: GateDraft = {
      kind: 'gate',
      ...named(place, name, name.title, at),
      phase,
      type: name.head.word ?? '',
      criteria: [],
    };
    this.gates.push(gate);
    this.#nameFields(gate, name, at);
    return gate;
  }

  newScenario(place: Place, name: NamedLine, at: number): ScenarioDraft {
    const scenario: ScenarioDraft = { kind: 'scenario', ...named(place, name, name.title, at), numbered: [] };
    this.scenarios.push(scenario);
    this.#nameFields(scenario, name, at);
    return scenario;
  }

  newTier(head: Head, line: Run, at: number): TierDraft {
    const tier: TierDraft = { kind: 'tier', fields: new Map(), prose: [], tier: head.tier ?? 1, items: [] };
    this.tiers.push(tier);
    const colon = head.rest.text.indexOf(':');
    const told = colon < 0 ? undefined : cut(head.rest, colon + 1, head.rest.text.length);
    const title = line.spans.find(({ kind, outerStart }) => kind === 'strong' && outerStart <= head.rest.start);
    if (told !== undefined && !isBlank(told) && title !== undefined && title.end <= told.start)
      tier.prose.push({ run: told, at });
    return tier;
  }

  /** Fields on the line that names a thing, and what is told there behind the title. */
  #nameFields(draft: NamedDraft, name: NamedLine, at: number): void {
    for (const field of name.fields) setField(draft, field, at, false);
    if (name.detail !== undefined) draft.prose.push({ run: name.detail, at });
  }
}

/** `2. Import`, `P1 — Hull`, `Sprint 3: Polish`, `Task Group 1: Setup`. */
const COUNTED_GROUP =
  /^\s*(?:\p{Lu}[\p{L}-]{1,20}\s+){0,3}(\d+(?:\.\d+)*|\p{Lu}{1,2}\d{1,3}|\p{Lu})\s*(?:[.):]|—|–|-)\s+(?=\S)/u;

function named({ start, end, head: place, check }: Place, { head, isStruck }: NamedLine, title: Run, at: number) {
  const { id, sign } = head;
  const hasTitle = !isBlank(title);
  return {
    fields: new Map<string, Value[]>(),
    prose: [],
    id: {
      value: id?.value ?? '',
      through: id?.through?.value,
      range: id && { start: at + id.start, end: at + id.end },
    },
    title: hasTitle ? { run: title, at } : undefined,
    start,
    end,
    head: place,
    check,
    sign: sign && { status: sign.status, start: at + sign.start, end: at + sign.end },
    struck: isStruck && hasTitle ? { start: at + title.start, end: at + title.end } : undefined,
  };
}

/** Whether the title is among the phases for what stands directly below it alone. */
function isLoose(section: Section, asPhases: ReadonlySet<Section>, { title }: MarkdownShape): boolean {
  return section === title && asPhases.size > 1 && asPhases.has(section);
}
