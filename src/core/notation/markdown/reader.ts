import type { Status } from '../../model';
import { fieldOf } from '../fields';
import { hasIdShape } from '../ids';
import type { CheckBox, Code, Item, Paragraph } from './blocks';
import { statusOfHeading } from './boards';
import {
  type AsideDraft,
  addTo,
  type BeadDraft,
  type GateDraft,
  type Mark,
  type NamedDraft,
  type OwnerDraft,
  type PhaseDraft,
  type PlanDraft,
  type ScenarioDraft,
  type TierDraft,
  type Value,
} from './drafts';
import { isFieldName, type WrittenField, writtenLine } from './fields';
import { type Head, headOf } from './heads';
import { headingField, type ItemKind, itemKind, mayHoldChecklists, sectionKind } from './kinds';
import { CheckLists } from './lists';
import { type NamedLine, namedLine } from './names';
import type { PlacedBlock, Section } from './outline';
import {
  addEntry,
  type Entry,
  extendEntry,
  fieldNamed,
  hasLabel,
  holdsTasks,
  isFailurePointer,
  partNamed,
  valueLines,
} from './owners';
import { cut, isAll, isBlank, joined, NO_RUN, type Run } from './run';
import { type MarkdownShape, startsBold } from './shape';
import { readTable, type TableTarget } from './tableReader';
import { TagStack } from './tags';
import type { Topic } from './topics';
import { isLoose } from './unnamedPhases';
import { beginsWithPhase, type WaitDraft, writtenWait } from './waits';

/** Where something stands in the plan: what it would belong to. */
export interface Context {
  readonly owner: OwnerDraft;
  readonly phase: PhaseDraft | undefined;
  readonly bead: BeadDraft | undefined;
  readonly topic: Topic | undefined;
  readonly section: Section;
  /** What the heading says of the tasks below it. */
  readonly status?: Status;
  /** Prose is nobody's here. */
  readonly isQuiet: boolean;
}

/** A field whose value goes on in the blocks that follow. */
interface OpenField {
  readonly owner: OwnerDraft;
  readonly field: string;
  /** Blocks in more list items than this belong to it. */
  readonly depth: number;
  /** Everything under a heading or between tags belongs to it, whatever it looks like. */
  readonly isFixed: boolean;
  /** Whether list items were added: prose behind them is no longer a part of the value. */
  hasItems: boolean;
}

/** The section, or a list item in it, while the blocks in it are read. */
export interface Scope {
  readonly depth: number;
  context: Context;
  open: OpenField | undefined;
}

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
  readonly holders: ReadonlySet<Section>;
  readonly checklists: ReadonlySet<Section>;
  /** The phase that things under headings of its level still belong to. */
  readonly last: PhaseDraft | undefined;
}

export interface ReadingOptions {
  readonly shape: MarkdownShape;
  /** Sections that are phases although they do not say so. */
  readonly asPhases: ReadonlySet<Section>;
  /** The phase that all of the file is about. */
  readonly phase: PhaseDraft | undefined;
  /** The phase whose heading stands before what is read. */
  readonly before: PhaseDraft | undefined;
  readonly hasPhases: boolean;
}

/** Walks sections and blocks once. */
export class MarkdownReader implements Findings {
  readonly plan: PlanDraft;
  readonly phases: PhaseDraft[] = [];
  readonly beads: BeadDraft[] = [];
  readonly gates: GateDraft[] = [];
  readonly scenarios: ScenarioDraft[] = [];
  readonly tiers: TierDraft[] = [];
  readonly approvals: { readonly of: string; readonly value: Value }[] = [];
  readonly waits: WaitDraft[] = [];
  readonly loose: BeadDraft[] = [];
  readonly holders = new Set<Section>();
  readonly checklists = new Set<Section>();
  last: PhaseDraft | undefined;
  promptCount = 0;
  critiqueCount = 0;

  readonly #shape: MarkdownShape;
  readonly #lists = new CheckLists();
  /** Whether the paragraph before leads up to a list of something else than tasks. */
  #isLabelled = false;
  readonly #options: ReadingOptions;
  readonly #aside: AsideDraft = { kind: 'aside', fields: new Map(), prose: [] };

  constructor(options: ReadingOptions) {
    this.#shape = options.shape;
    this.#options = options;
    this.plan = { kind: 'plan', fields: new Map(), prose: [], hasPhases: options.hasPhases };
    if (options.phase !== undefined) this.phases.push(options.phase);
  }

  read(root: Section): Findings {
    const { phase, before } = this.#options;
    const { topic } = root;
    const owner = phase ?? this.plan;
    this.last = this.#inside(root, { owner, phase, bead: undefined, topic, section: root, isQuiet: false }, before);
    return this;
  }

  // ── sections ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Gives the phase that things under headings of the same level still belong to. */
  #inside(section: Section, context: Context, preceding?: PhaseDraft, open?: OpenField): PhaseDraft | undefined {
    this.#body(section.body, { depth: -1, context, open });
    // Beads and gates often have headings of the same level as the phase before them.
    let before = preceding;
    for (const child of section.sections) {
      const phase = this.#section(child, context, before);
      const isThing = child.head.kind === 'gate' || (child.head.id !== undefined && child.head.kind !== 'scenario');
      before = phase ?? (isThing ? before : undefined);
    }
    return before;
  }

  /** Gives the phase that the section is, if it is one. */
  #section(section: Section, around: Context, before: PhaseDraft | undefined): PhaseDraft | undefined {
    const context: Context = { ...around, topic: section.topic, section };
    if (this.#options.asPhases.has(section) && !this.#isLoose(section)) {
      const phase = this.#phaseOfGroup(section);
      const status = statusOfHeading(section);
      this.#inside(section, {
        ...context,
        ...(status && { status }),
        owner: phase,
        phase,
        bead: undefined,
        topic: undefined,
        isQuiet: false,
      });
      return phase;
    }
    const kind = sectionKind(section, context, this.#shape);
    switch (kind) {
      case 'phase': {
        const phase = this.#newPhase(thingOfSection(section), namedLine(section.title), section.at);
        this.#inside(section, { ...context, owner: phase, phase, bead: undefined, isQuiet: false });
        return phase;
      }
      case 'bead': {
        if (around.bead === undefined && around.phase === undefined && section.parent !== undefined)
          this.#holds(section.parent);
        const phase = around.phase ?? before;
        const bead = this.#newBead(thingOfSection(section), namedLine(section.title), section.at, {
          ...context,
          phase,
        });
        this.#inside(section, { ...context, owner: bead, phase, bead, isQuiet: false });
        return undefined;
      }
      case 'gate': {
        const gate = this.#newGate(
          thingOfSection(section),
          namedLine(section.title),
          section.at,
          around.phase ?? before,
        );
        this.#inside(section, { ...context, owner: gate, isQuiet: false });
        return undefined;
      }
      case 'scenario': {
        const scenario = this.#newScenario(thingOfSection(section), namedLine(section.title), section.at);
        this.#inside(section, { ...context, owner: scenario, topic: 'failure', isQuiet: false });
        return undefined;
      }
      case 'tier': {
        const tier = this.#newTier(section.head, section.title, section.at);
        this.#inside(section, { ...context, owner: tier, topic: 'insight', isQuiet: false });
        return undefined;
      }
      case 'prompt':
        this.promptCount++;
        this.#inside(section, { ...context, owner: this.#aside, topic: 'prompt', isQuiet: true });
        return undefined;
      case 'field': {
        const field = headingField(section, context) ?? '';
        const open = { owner: around.owner, field, depth: -1, isFixed: true, hasItems: false };
        this.#inside(section, context, undefined, open);
        return undefined;
      }
      case 'phaseGroup':
        this.#inside(section, { ...context, owner: this.#aside, isQuiet: true });
        return undefined;
      case 'group': {
        if (section.topic === 'critique' && section.head.id !== undefined) this.critiqueCount++;
        const isQuiet = around.isQuiet || around.owner.kind !== 'bead';
        const status = statusOfHeading(section) ?? around.status;
        this.#inside(section, { ...context, ...(status && { status }), isQuiet });
        return undefined;
      }
    }
  }

  #isLoose(section: Section): boolean {
    return isLoose(section, this.#options.asPhases, this.#shape);
  }

  #holds(section: Section): void {
    if (section.level > 0 && section !== this.#shape.title) this.holders.add(section);
  }

  // ── things ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** `topic`: of the list or table that tells of the phase, where it is no heading. */
  #newPhase(place: Place, name: NamedLine, at: number, topic?: Topic): PhaseDraft {
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

  #phaseOfGroup(section: Section): PhaseDraft {
    const name = namedLine(section.title);
    const counted = COUNTED_GROUP.exec(section.title.text);
    const id = counted?.[1];
    const place = thingOfSection(section);
    if (id === undefined || counted === null) {
      const plain = { ...name, head: { ...name.head, id: undefined }, title: section.title, fields: [], labels: [] };
      return this.#newPhase(place, plain, section.at);
    }
    const start = section.title.start + counted[0].indexOf(id);
    const head: Head = { rest: name.title, id: { value: id, start, end: start + id.length, strength: 'set-off' } };
    const title = cut(section.title, counted[0].length, section.title.text.length);
    return this.#newPhase(place, { ...name, head, title, fields: [] }, section.at);
  }

  /** `list`: where a bead goes that is one only if its phase has no others. */
  #newBead(place: Place, name: NamedLine, at: number, context: Context, list?: BeadDraft[]): BeadDraft {
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

  #newGate(place: Place, name: NamedLine, at: number, phase: PhaseDraft | undefined): GateDraft {
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

  #newScenario(place: Place, name: NamedLine, at: number): ScenarioDraft {
    const scenario: ScenarioDraft = { kind: 'scenario', ...named(place, name, name.title, at), numbered: [] };
    this.scenarios.push(scenario);
    this.#nameFields(scenario, name, at);
    return scenario;
  }

  #newTier(head: Head, line: Run, at: number): TierDraft {
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
    for (const field of name.fields) this.#set(draft, field, at, false);
    if (name.detail !== undefined) draft.prose.push({ run: name.detail, at });
  }

  // ── blocks ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #body(body: readonly PlacedBlock[], base: Scope): void {
    this.#isLabelled = false;
    const scopes: Scope[] = [base];
    const tags = new TagStack(base, {
      aside: this.#aside,
      newBead: (place, at) => this.#newBead(place, NO_NAME, at, base.context),
    });
    for (const [index, { block, at }] of body.entries()) {
      while (scopes.length > 1 && (scopes.at(-1)?.depth ?? -1) >= block.depth) scopes.pop();
      const scope = scopes.at(-1) ?? base;
      switch (block.kind) {
        case 'item':
          scopes.push(this.#item(block, at, scope, () => body.slice(index + 1, index + 40)));
          break;
        case 'paragraph':
          if (block.depth === 0) this.#lists.end(scope.context.section);
          if (block.depth === 0) this.#isLabelled = isLabel(block);
          this.#lines(block.lines, at, scope);
          break;
        case 'table':
          readTable(block, at, scope.context, this.#tableTarget(scope));
          break;
        case 'code':
          this.#code(block, at, scope);
          break;
        case 'tag':
          // A tag ends the list that it was indented into.
          scopes.length = 1;
          tags.read(block, at);
          break;
        case 'rule':
          if (scope.open?.isFixed === false) scope.open = undefined;
          break;
        default:
      }
    }
  }

  /** The lines of a paragraph, or of an item behind its first one. */
  #lines(lines: readonly Run[], at: number, scope: Scope): void {
    const { owner, isQuiet } = scope.context;
    /** What a line without a name of its own goes on with. */
    let last: Entry | undefined;
    for (const run of lines) {
      const { lead, fields } = writtenLine(run);
      const [first] = fields;
      const { open } = scope;
      if (owner.kind === 'bead' && open?.isFixed !== true && isStepLine(run)) {
        owner.steps.push({ text: { run, at } });
        scope.open = undefined;
        last = undefined;
        continue;
      }
      if (scope.context.topic === 'dependency' && open === undefined && this.#waits(run, at, scope.context)) continue;
      if (isFailurePointer(run, owner)) {
        last = addEntry(addTo(owner.fields, 'ifItFails'), { run, at });
        scope.open = open?.isFixed ? open : undefined;
      } else if (first !== undefined && isBlank(lead) && this.#mayName(first, scope)) {
        last = this.#fields(fields, at, scope);
      } else if (owner.kind === 'phase' && !open?.isFixed && PLAIN_WAIT.test(run.text)) {
        const from = PLAIN_WAIT.exec(run.text)?.[0].length ?? 0;
        last = addEntry(addTo(owner.fields, 'dependsOn'), { run: cut(run, from, run.text.length), at });
      } else if (last !== undefined && !hasLabel(run)) extendEntry(last, run);
      else if (open !== undefined && (open.isFixed || !open.hasItems)) last = addEntry(listOf(open), { run, at });
      else {
        scope.open = undefined;
        last = isQuiet ? undefined : addEntry(owner.prose, { run, at });
      }
    }
  }

  /** Whether a line that begins like a field is one here, or goes on with what is open. */
  #mayName(field: WrittenField, { context, open }: Scope): boolean {
    if (open !== undefined && partNamed(open.field, field.name) !== undefined) return true;
    const own = fieldNamed(context.owner, field.name);
    if (open?.isFixed) return own !== undefined && own !== open.field && field.isBold && open.owner === context.owner;
    return own !== undefined || field.isBold;
  }

  /** Sets the fields of a line, and opens the last one for what follows. Gives where a next line goes on. */
  #fields(fields: readonly WrittenField[], at: number, scope: Scope): Entry | undefined {
    let last: Entry | undefined;
    for (const field of fields) {
      const { open, context } = scope;
      const part = open === undefined ? undefined : partNamed(open.field, field.name);
      if (open !== undefined && part !== undefined) {
        const list = addTo(open.owner.fields, part);
        last = isBlank(field.value) ? undefined : addEntry(list, { run: field.value, at });
        if (last === undefined) scope.open = { ...open, field: part };
        continue;
      }
      last = this.#set(context.owner, field, at, context.isQuiet);
      const named = fieldNamed(context.owner, field.name);
      const isToldBelow = isBlank(field.value) || /:\s*$/.test(field.value.text);
      if (named !== undefined && isToldBelow && context.owner.kind !== 'aside') {
        scope.open = { owner: context.owner, field: named, depth: scope.depth, isFixed: false, hasItems: false };
      } else if (open?.isFixed !== true) scope.open = undefined;
    }
    return last;
  }

  /** Puts a field's value where it belongs. What the thing has no field for is said in a bead's prose, else left out. */
  #set(owner: OwnerDraft, { name, value, whole }: WrittenField, at: number, isQuiet: boolean): Entry | undefined {
    const field = fieldNamed(owner, name);
    if (isBlank(value)) return undefined;
    if (field === undefined || field === 'title' || field === 'id') {
      return owner.kind === 'bead' && !isQuiet ? addEntry(owner.prose, { run: whole, at }) : undefined;
    }
    if (owner.kind === 'plan' && field === 'baseline' && owner.hasPhases) return undefined;
    return addEntry(addTo(owner.fields, field), { run: value, at });
  }

  #code({ lines }: Code, at: number, { open }: Scope): void {
    if (open === undefined || !HOLDS_COMMANDS.test(open.field) || (open.hasItems && !open.isFixed)) return;
    for (const run of lines) {
      if (!/^(?:#|\/\/)/.test(run.text)) listOf(open).push({ run, at, isCode: true });
    }
  }

  // ── list items ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Gives the scope of what is nested in the item. */
  #item(item: Item, at: number, scope: Scope, following: () => readonly PlacedBlock[]): Scope {
    const { context } = scope;
    const { depth } = item;
    const [line] = item.lines;
    const open = scope.open !== undefined && depth > scope.open.depth ? scope.open : undefined;
    if (line === undefined) return { depth, context, open };
    const kind = itemKind(item, context, this.#shape, following);
    if (
      open === undefined &&
      (kind === 'none' || kind === 'bead') &&
      this.#mayBeNumbered(item, line, context, following)
    )
      return this.#numberedItem(item, line, at, context, kind === 'bead');
    const isTask = kind === 'bead' && (open === undefined || holdsTasks(open.field, headOf(line).id?.value));
    if (open !== undefined && !isTask && (kind === 'bead' || kind === 'none')) {
      const nested = this.#valueItem(item, line, at, scope, open);
      if (nested !== undefined) return nested;
    }
    if (scope.open?.isFixed === false) scope.open = undefined;
    if (isTask || (kind !== 'none' && kind !== 'bead')) return this.#thingItem(item, line, at, context, kind);
    return this.#plainItem(item, line, at, scope);
  }

  /** An item of the value that is open; nothing, if it begins a field of its own. */
  #valueItem(item: Item, line: Run, at: number, scope: Scope, open: OpenField): Scope | undefined {
    const { context } = scope;
    const { depth } = item;
    const { lead, fields } = writtenLine(line);
    const [first] = fields;
    if (first !== undefined && isBlank(lead)) {
      const part = partNamed(open.field, first.name);
      if (part !== undefined) {
        const into = { ...open, field: part, depth };
        if (!isBlank(first.value)) listOf(into).push({ run: first.value, at });
        this.#lines(item.lines.slice(1), at, { depth, context, open: into });
        return { depth, context, open: into };
      }
      const own = fieldNamed(context.owner, first.name);
      if (own !== undefined && own !== open.field && first.isBold && !open.isFixed) return undefined;
    }
    const [value, rest] = valueLines(item.lines);
    if (open.field === 'steps' && open.owner.kind === 'bead') {
      open.owner.steps.push({ text: { run: value, at }, ...(item.check && { mark: markOf(item.check, at) }) });
      return { depth, context: { ...context, isQuiet: true }, open: undefined };
    }
    listOf(open).push({ run: value, at });
    open.hasItems = true;
    if (rest.length > 0) this.#lines(rest, at, { ...scope, open: undefined });
    return { depth, context, open: { ...open, depth } };
  }

  #thingItem(item: Item, line: Run, at: number, context: Context, kind: ItemKind): Scope {
    const name = namedLine(line);
    const place = thingOfItem(item, line, at);
    const inside = (owner: OwnerDraft, change: Partial<Context> = {}): Scope => {
      const within: Context = { ...context, owner, isQuiet: false, ...change };
      const nested: Scope = { depth: item.depth, context: within, open: undefined };
      this.#lines(item.lines.slice(1), at, nested);
      return nested;
    };
    switch (kind) {
      case 'phase': {
        const phase = this.#newPhase(place, name, at, context.topic);
        return inside(phase, { phase, bead: undefined, topic: undefined });
      }
      case 'gate':
        return inside(this.#newGate(place, name, at, context.phase), { topic: 'gate' });
      case 'scenario':
        return inside(this.#newScenario(place, name, at), { topic: 'failure' });
      case 'tier':
        return inside(this.#newTier(name.head, line, at), { topic: 'insight' });
      case 'prompt':
        this.promptCount++;
        return inside(this.#aside, { topic: 'prompt', isQuiet: true });
      default: {
        if (context.bead === undefined && context.phase === undefined) this.#holds(context.section);
        const list = this.#lists.at(context.section, item.depth);
        const parent = context.bead ?? list.parentOf(name.head);
        const bead = this.#newBead(place, name, at, parent === undefined ? context : { ...context, bead: parent });
        if (item.check !== undefined) list.addBead(bead);
        return inside(bead, { bead, topic: undefined });
      }
    }
  }

  /** Whether an item stands in a numbered list directly below a phase, which is its list of tasks if it has no other. */
  #mayBeNumbered(item: Item, line: Run, context: Context, following: () => readonly PlacedBlock[]): boolean {
    const { owner, topic, isQuiet } = context;
    if (item.number === undefined || item.depth > 0 || owner.kind !== 'phase' || isQuiet || topic !== undefined)
      return false;
    const { id } = headOf(line);
    if (item.check !== undefined || this.#isLabelled || (id !== undefined && hasIdShape(id.value))) return false;
    if (!startsBold(item) || isFieldName(line.text.slice(0, (line.spans[0]?.end ?? line.start) - line.start)))
      return false;
    // `1. Draw it` with check boxes below is a heading of those.
    for (const { block } of following()) {
      if (block.depth <= item.depth) break;
      if (block.kind === 'item' && block.check !== undefined) return false;
    }
    return true;
  }

  #numberedItem(item: Item, line: Run, at: number, context: Context, isSure: boolean): Scope {
    const { phase } = context;
    const list: BeadDraft[] = [];
    const bead = this.#newBead(thingOfItem(item, line, at), withoutId(namedLine(line), line), at, context, list);
    phase?.numbered.push({ bead, isSure });
    const nested: Scope = { depth: item.depth, context: { ...context, owner: bead, bead }, open: undefined };
    this.#lines(item.lines.slice(1), at, nested);
    return nested;
  }

  /** An item that is no thing of its own: a step, a field, a line of prose, or a task without an id. */
  #plainItem(item: Item, line: Run, at: number, scope: Scope): Scope {
    const { context } = scope;
    const { owner, topic } = context;
    const { depth, check, number } = item;
    const nested: Scope = { depth, context, open: undefined };
    if (topic === 'critique' && depth === 0) this.critiqueCount++;
    if (topic === 'prompt' && depth === 0 && number !== undefined) this.promptCount++;
    if (owner.kind === 'tier') {
      owner.items.push({ run: item.lines.reduce((run, next) => joined(run, next)), at });
      return { ...nested, context: { ...context, owner: this.#aside, isQuiet: true } };
    }
    if (owner.kind === 'scenario' && number !== undefined) {
      owner.numbered.push({ run: item.lines.reduce((run, next) => joined(run, next)), at, number });
      return nested;
    }
    if (check !== undefined) return this.#checkedItem(item, line, check, at, scope);
    if (this.#waits(line, at, context))
      return { ...nested, context: { ...context, owner: this.#aside, isQuiet: true } };
    const { lead, fields } = writtenLine(line);
    const [first] = fields;
    if (first !== undefined && isBlank(lead) && !isFailurePointer(line, owner) && this.#mayName(first, scope)) {
      const last = this.#fields(fields, at, nested);
      const field = fieldNamed(owner, fields.at(-1)?.name ?? '');
      // Whatever is nested in the item goes on with its value.
      if (field !== undefined) nested.open = { owner, field, depth, isFixed: false, hasItems: false };
      this.#continue(item.lines.slice(1), at, nested, last);
      return nested;
    }
    // What a phase is for stands in prose, not in a list of anything.
    const isQuiet = context.isQuiet || owner.kind === 'phase';
    this.#lines(item.lines, at, { depth, context: { ...context, isQuiet }, open: undefined });
    return nested;
  }

  /** Takes a line that says what waits for what, where lines do so. */
  #waits(line: Run, at: number, { topic, phase, bead }: Context): boolean {
    if (bead !== undefined || (topic !== 'dependency' && (phase !== undefined || !beginsWithPhase(line)))) return false;
    const waits = writtenWait(line, at);
    this.waits.push(...waits);
    return waits.length > 0;
  }

  /** Lines behind the first line of an item that is a field: they go on with its value up to the next field. */
  #continue(lines: readonly Run[], at: number, scope: Scope, last: Entry | undefined): void {
    const end =
      last === undefined ? 0 : lines.findIndex((line) => hasLabel(line) || writtenLine(line).fields.length > 0);
    const own = end < 0 ? lines : lines.slice(0, end);
    for (const line of own) if (last !== undefined) extendEntry(last, line);
    if (own.length < lines.length) this.#lines(lines.slice(own.length), at, scope);
  }

  #checkedItem(item: Item, line: Run, check: CheckBox, at: number, scope: Scope): Scope {
    const { context } = scope;
    const { depth } = item;
    const quiet: Scope = { depth, context: { ...context, isQuiet: true }, open: undefined };
    if (context.bead !== undefined && context.owner === context.bead) {
      const [text, rest] = valueLines(item.lines);
      context.bead.steps.push({ text: { run: text, at }, mark: markOf(check, at) });
      if (rest.length > 0) this.#lines(rest, at, scope);
      return quiet;
    }
    if (context.owner.kind === 'gate') {
      addTo(context.owner.fields, 'criteria').push({ run: line, at });
      return quiet;
    }
    const { phase } = context;
    if ((phase === undefined && !this.#isLoose(context.section)) || !mayHoldChecklists(context.topic)) {
      if (mayHoldChecklists(context.topic) && context.section.level > 0) this.checklists.add(context.section);
      return { ...quiet, context: { ...quiet.context, owner: this.#aside } };
    }
    const name = namedLine(line);
    const plain = { ...withoutId(name, line), title: withoutWord(name.head.id === undefined ? name.title : line) };
    const bead = this.#newBead(thingOfItem(item, line, at), plain, at, context, phase?.plain ?? this.loose);
    if (phase !== undefined) this.#lists.at(context.section, depth).addPlain(phase, bead);
    const nested: Scope = { depth, context: { ...context, owner: bead, bead, topic: undefined }, open: undefined };
    this.#lines(item.lines.slice(1), at, nested);
    return nested;
  }

  // ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #tableTarget(scope: Scope): TableTarget {
    const { context } = scope;
    return {
      open: scope.open === undefined ? undefined : listOf(scope.open),
      set: (field, at) => void this.#set(context.owner, field, at, true),
      newPhase: (place, name, at) => this.#newPhase(place, name, at, context.topic),
      newBead: (place, name, at) => {
        if (context.bead === undefined && context.phase === undefined) this.#holds(context.section);
        return this.#newBead(place, name, at, context);
      },
      newGate: (place, name, at) => this.#newGate(place, name, at, context.phase),
      newScenario: (place, name, at) => this.#newScenario(place, name, at),
      newTier: (head, at) => this.#newTier(head, head.rest, at),
      addCritiques: (count) => {
        this.critiqueCount += count;
      },
      approve: (of, value) => this.approvals.push({ of, value }),
    };
  }
}

/** `2. Import`, `P1 — Hull`, `Sprint 3: Polish`, `Task Group 1: Setup`. */
const COUNTED_GROUP =
  /^\s*(?:\p{Lu}[\p{L}-]{1,20}\s+){0,3}(\d+(?:\.\d+)*|\p{Lu}{1,2}\d{1,3}|\p{Lu})\s*(?:[.):]|—|–|-)\s+(?=\S)/u;

/** Where in the file a thing stands. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly head: { readonly start: number; readonly end: number };
  readonly check: Mark | undefined;
}

/** A line whose first word looked like an id, but is none. */
function withoutId(name: NamedLine, line: Run): NamedLine {
  const { id, ...head } = name.head;
  return id === undefined ? name : { ...name, head, title: line };
}

/** `Task: Hand check` is called Hand check. */
function withoutWord(title: Run): Run {
  const word = /^\s*(?:task|to-?do|bead)\s*:\s+(?=\S)/i.exec(title.text)?.[0].length ?? 0;
  return word === 0 ? title : cut(title, word, title.text.length);
}

/** `Questions to answer:`, but not `Steps:`. */
function isLabel({ lines }: Paragraph): boolean {
  const text = lines.at(-1)?.text ?? '';
  return (
    /[:：]\s*$/.test(text) &&
    !/\b(?:tasks?|steps?|to ?-?dos?|work|plan|implementation|sequence|order)\b[^:]{0,30}:\s*$/i.test(text)
  );
}

/** `**Step 1: Write the test**` as a line of its own. */
function isStepLine(run: Run): boolean {
  return run.spans.length > 0 && headOf(run).kind === 'step' && isAll(run, 'strong');
}

/** `*Depends on Core*` as a line of its own. */
const PLAIN_WAIT = /^\s*(?:depends on|blocked by)\s+(?=\S.{0,60}$)/iu;

const HOLDS_COMMANDS = /^(?:verification|doneMeans|doneWhen|prerequisites)/;

const NO_NAME = namedLine(NO_RUN);

function listOf({ owner, field }: OpenField): Value[] {
  return addTo(owner.fields, field);
}

function thingOfSection({ start, end, titleEnd, check, at }: Section): Place {
  return { start, end, head: { start, end: titleEnd }, check: check && markOf(check, at) };
}

function thingOfItem({ start, end, check }: Item, line: Run, at: number): Place {
  return {
    start: at + start,
    end: at + end,
    head: { start: at + start, end: at + line.end },
    check: check && markOf(check, at),
  };
}

function markOf({ mark, start, end }: CheckBox, at: number): Mark {
  return { mark, start: at + start, end: at + end };
}

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
