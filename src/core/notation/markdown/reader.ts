import type { Steps } from '../../steps';
import { statusOfHeading } from './boards';
import type { PhaseDraft } from './drafts';
import { type Findings, FindingsBuilder, type ReadingOptions } from './findings';
import { ItemReader } from './items';
import { headingField, sectionKind } from './kinds';
import { LineReader } from './lines';
import { namedLine } from './names';
import type { PlacedBlock, Section } from './outline';
import { setField } from './owners';
import { placeOfSection } from './place';
import { NO_RUN } from './run';
import { type Context, listOf, type OpenField, type Scope } from './scope';
import { readTable, type TableTarget } from './tableReader';
import { TagStack } from './tags';

/** A step for each section or block would cost more than most of them do. */
const SECTIONS_A_STEP = 8;
const BLOCKS_A_STEP = 32;

/** Walks sections and their blocks once, in steps. */
export class MarkdownReader {
  readonly #options: ReadingOptions;
  readonly #found: FindingsBuilder;
  readonly #lines: LineReader;
  readonly #items: ItemReader;
  /** How many were read so far. */
  #sections = 0;

  constructor(options: ReadingOptions) {
    this.#options = options;
    this.#found = new FindingsBuilder(options);
    this.#lines = new LineReader(this.#found);
    this.#items = new ItemReader(this.#found, this.#lines, options.shape);
  }

  *read(root: Section): Steps<Findings> {
    const { phase, bead, before } = this.#options;
    const { topic } = root;
    const owner = bead ?? phase ?? this.#found.plan;
    this.#found.last = yield* this.#inside(root, { owner, phase, bead, topic, section: root, isQuiet: false }, before);
    return this.#found;
  }

  // ── sections ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Gives the phase that things under headings of the same level still belong to. */
  *#inside(
    section: Section,
    context: Context,
    preceding?: PhaseDraft,
    open?: OpenField,
  ): Steps<PhaseDraft | undefined> {
    yield* this.#body(section.body, { depth: -1, context, open });
    // Beads and gates often have headings of the same level as the phase before them.
    let before = preceding;
    for (const child of section.sections) {
      if (++this.#sections % SECTIONS_A_STEP === 0) yield;
      const phase = yield* this.#section(child, context, before);
      const isThing = child.head.kind === 'gate' || (child.head.id !== undefined && child.head.kind !== 'scenario');
      before = phase ?? (isThing ? before : undefined);
    }
    return before;
  }

  /** Gives the phase that the section is, if it is one. */
  *#section(section: Section, around: Context, before: PhaseDraft | undefined): Steps<PhaseDraft | undefined> {
    const context: Context = { ...around, topic: section.topic, section };
    if (this.#options.asPhases.has(section) && !this.#found.isLoose(section)) {
      const phase = this.#found.newPhaseOfGroup(section);
      const status = statusOfHeading(section);
      yield* this.#inside(section, {
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
    const kind = sectionKind(section, context, this.#options.shape, before !== undefined);
    switch (kind) {
      case 'phase': {
        const phase = this.#found.newPhase(placeOfSection(section), namedLine(section.title), section.at);
        yield* this.#inside(section, { ...context, owner: phase, phase, bead: undefined, isQuiet: false });
        return phase;
      }
      case 'bead': {
        if (around.bead === undefined && around.phase === undefined && section.parent !== undefined)
          this.#found.holds(section.parent, section.head.id?.value);
        const phase = around.phase ?? before;
        const bead = this.#found.newBead(placeOfSection(section), namedLine(section.title), section.at, {
          ...context,
          phase,
        });
        yield* this.#inside(section, { ...context, owner: bead, phase, bead, isQuiet: false });
        return undefined;
      }
      case 'gate': {
        const gate = this.#found.newGate(
          placeOfSection(section),
          namedLine(section.title),
          section.at,
          around.phase ?? before,
        );
        yield* this.#inside(section, { ...context, owner: gate, isQuiet: false });
        return undefined;
      }
      case 'scenario': {
        const scenario = this.#found.newScenario(placeOfSection(section), namedLine(section.title), section.at);
        yield* this.#inside(section, { ...context, owner: scenario, topic: 'failure', isQuiet: false });
        return undefined;
      }
      case 'tier': {
        const tier = this.#found.newTier(section.head, section.title, section.at);
        yield* this.#inside(section, { ...context, owner: tier, topic: 'insight', isQuiet: false });
        return undefined;
      }
      case 'prompt':
        this.#found.promptCount++;
        yield* this.#inside(section, { ...context, owner: this.#found.aside, topic: 'prompt', isQuiet: true });
        return undefined;
      case 'field': {
        const field = headingField(section, context) ?? '';
        const open = { owner: around.owner, field, depth: -1, isFixed: true, hasItems: false };
        yield* this.#inside(section, context, undefined, open);
        return undefined;
      }
      case 'phaseGroup':
        yield* this.#inside(section, { ...context, owner: this.#found.aside, isQuiet: true });
        return undefined;
      case 'group': {
        if (section.topic === 'critique' && section.head.id !== undefined) this.#found.critiqueCount++;
        const isQuiet = around.isQuiet || around.owner.kind !== 'bead';
        const status = statusOfHeading(section) ?? around.status;
        yield* this.#inside(section, { ...context, ...(status && { status }), isQuiet });
        return undefined;
      }
    }
  }

  // ── blocks ────────────────────────────────────────────────────────────────────────────────────────────────────────

  *#body(body: readonly PlacedBlock[], base: Scope): Steps<void> {
    this.#items.begin(base.context.section);
    const scopes: Scope[] = [base];
    const tags = new TagStack(base, {
      aside: this.#found.aside,
      newBead: (place, at) => this.#found.newBead(place, NO_NAME, at, base.context),
    });
    for (const [index, { block, at }] of body.entries()) {
      if (index > 0 && index % BLOCKS_A_STEP === 0) yield;
      while (scopes.length > 1 && (scopes.at(-1)?.depth ?? -1) >= block.depth) scopes.pop();
      const scope = scopes.at(-1) ?? base;
      switch (block.kind) {
        case 'item':
          scopes.push(this.#items.read(block, at, scope, () => body.slice(index + 1, index + 40)));
          break;
        case 'paragraph':
          if (block.depth === 0) this.#items.divide(scope.context.section, block);
          this.#lines.read(block.lines, at, scope);
          break;
        case 'table':
          readTable(block, at, scope.context, this.#tableTarget(scope));
          break;
        case 'code':
          this.#lines.code(block, at, scope);
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

  #tableTarget(scope: Scope): TableTarget {
    const { context } = scope;
    return {
      open: scope.open === undefined ? undefined : listOf(scope.open),
      set: (field, at) => void setField(context.owner, field, at, true),
      newPhase: (place, name, at) => this.#found.newPhase(place, name, at, context.topic),
      newBead: (place, name, at) => {
        if (context.bead === undefined && context.phase === undefined)
          this.#found.holds(context.section, name.head.id?.value, true);
        return this.#found.newBead(place, name, at, context);
      },
      newGate: (place, name, at) => this.#found.newGate(place, name, at, context.phase),
      newScenario: (place, name, at) => this.#found.newScenario(place, name, at),
      newTier: (head, at) => this.#found.newTier(head, head.rest, at),
      addCritiques: (count) => {
        this.#found.critiqueCount += count;
      },
      approve: (of, value) => this.#found.approvals.push({ of, value }),
    };
  }
}

const NO_NAME = namedLine(NO_RUN);
