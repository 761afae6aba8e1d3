import type { CheckBox, Item, Paragraph } from './blocks';
import { addTo, type BeadDraft, type OwnerDraft } from './drafts';
import { writtenLine } from './fields';
import type { FindingsBuilder } from './findings';
import { headOf } from './heads';
import { type ItemKind, itemKind, mayHoldChecklists } from './kinds';
import type { LineReader } from './lines';
import { CheckLists } from './lists';
import { namedLine } from './names';
import { isLabel, mayBeNamedTask, mayBeTask, namesTasks } from './numbered';
import type { PlacedBlock, Section } from './outline';
import { fieldNamed, holdsTasks, isFailurePointer, partNamed, startsField, valueLines } from './owners';
import { markOf, placeOfItem } from './place';
import { cut, isBlank, joined, type NamedLine, type Run } from './run';
import { type Context, listOf, type OpenField, type Scope } from './scope';
import type { MarkdownShape } from './shape';

/** Reads list items: things, steps, fields, or more of a value. */
export class ItemReader {
  readonly #found: FindingsBuilder;
  readonly #lines: LineReader;
  readonly #shape: MarkdownShape;
  readonly #checks = new CheckLists();
  /** Whether the paragraph before leads up to a list of something else than tasks. */
  #isLabelled = false;
  /** Whether the heading or paragraph before says that a list of tasks follows. */
  #holdsTasks = false;

  constructor(found: FindingsBuilder, lines: LineReader, shape: MarkdownShape) {
    this.#found = found;
    this.#lines = lines;
    this.#shape = shape;
  }

  /** What stands before the lists of a section no longer counts. */
  begin({ title }: Section): void {
    this.#isLabelled = false;
    this.#holdsTasks = namesTasks(title);
  }

  /** A paragraph between two lists divides them. */
  divide(section: Section, paragraph: Paragraph): void {
    this.#checks.end(section);
    this.#holdsTasks = namesTasks(paragraph.lines.at(-1));
    this.#isLabelled = !this.#holdsTasks && isLabel(paragraph);
  }

  /** Gives the scope of what is nested in the item. */
  read(item: Item, at: number, scope: Scope, following: () => readonly PlacedBlock[]): Scope {
    const { context } = scope;
    const { depth } = item;
    const [line] = item.lines;
    const open = scope.open !== undefined && depth > scope.open.depth ? scope.open : undefined;
    if (line === undefined) return { depth, context, open };
    const kind = itemKind(item, context, this.#shape, following);
    if (
      open === undefined &&
      (kind === 'none' || kind === 'bead') &&
      !this.#isLabelled &&
      mayBeTask(item, line, context, following, this.#holdsTasks)
    )
      return this.#numberedItem(item, line, at, context, kind === 'bead');
    const isTask = kind === 'bead' && (open === undefined || holdsTasks(open, headOf(line).id?.value));
    if (open !== undefined && !isTask && (kind === 'bead' || kind === 'none')) {
      const nested = this.#valueItem(item, line, at, scope, open);
      if (nested !== undefined) return nested;
    }
    if (scope.open?.isFixed === false) scope.open = undefined;
    if (kind === 'none' && !this.#isLabelled && mayBeNamedTask(item, line, context))
      return this.#namedItem(item, line, at, context);
    if (isTask || (kind !== 'none' && kind !== 'bead')) return this.#thingItem(item, line, at, context, kind);
    return this.#plainItem(item, line, at, scope);
  }

  /** An item of the value that is open; nothing, if it begins a field of its own. */
  #valueItem(item: Item, line: Run, at: number, scope: Scope, open: OpenField): Scope | undefined {
    const { context } = scope;
    const { depth } = item;
    const { lead, fields } = writtenLine(line);
    const [first] = fields;
    // Lines of their own that a list takes in where no empty line stands between: other fields end this one.
    if (!open.isFixed && item.lines.slice(1).some(startsField)) scope.open = undefined;
    if (first !== undefined && isBlank(lead)) {
      const part = partNamed(open.field, first.name);
      if (part !== undefined) {
        const into = { ...open, field: part, depth };
        if (!isBlank(first.value)) listOf(into).push({ run: first.value, at });
        this.#lines.read(item.lines.slice(1), at, { depth, context, open: into });
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
    // A step of a recovery with a list below is one step.
    const list = listOf(open);
    const before = open.isInItem && open.field === 'recovery' ? list.pop() : undefined;
    list.push({ run: before === undefined ? value : joined(before.run, value), at });
    open.hasItems = true;
    if (rest.length > 0) this.#lines.read(rest, at, { ...scope, open: undefined });
    return { depth, context, open: { ...open, depth, isInItem: true } };
  }

  #thingItem(item: Item, line: Run, at: number, context: Context, kind: ItemKind): Scope {
    const name = namedLine(line);
    const place = placeOfItem(item, line, at);
    const inside = (owner: OwnerDraft, change: Partial<Context> = {}): Scope => {
      const within: Context = { ...context, owner, isQuiet: false, ...change };
      const nested: Scope = { depth: item.depth, context: within, open: undefined };
      this.#lines.read(item.lines.slice(1), at, nested);
      return nested;
    };
    switch (kind) {
      case 'phase': {
        const phase = this.#found.newPhase(place, name, at, context.topic);
        return inside(phase, { phase, bead: undefined, topic: undefined });
      }
      case 'gate':
        return inside(this.#found.newGate(place, name, at, context.phase), { topic: 'gate' });
      case 'scenario':
        return inside(this.#found.newScenario(place, name, at), { topic: 'failure' });
      case 'tier':
        return inside(this.#found.newTier(name.head, line, at), { topic: 'insight' });
      case 'prompt':
        this.#found.promptCount++;
        return inside(this.#found.aside, { topic: 'prompt', isQuiet: true });
      default: {
        const isAlone = context.bead === undefined && context.phase === undefined;
        if (isAlone && context.owner.kind !== 'gate') this.#found.holds(context.section, name.head.id?.value);
        const list = this.#checks.at(context.section, item.depth);
        const parent = context.bead ?? list.parentOf(name.head);
        const bead = this.#found.newBead(
          place,
          name,
          at,
          parent === undefined ? context : { ...context, bead: parent },
        );
        list.addBead(bead);
        return inside(bead, { bead, topic: undefined });
      }
    }
  }

  #numberedItem(item: Item, line: Run, at: number, context: Context, isSure: boolean): Scope {
    const { phase } = context;
    const list: BeadDraft[] = [];
    const bead = this.#found.newBead(placeOfItem(item, line, at), withoutId(namedLine(line), line), at, context, list);
    phase?.numbered.push({ bead, isSure });
    const nested: Scope = { depth: item.depth, context: { ...context, owner: bead, bead }, open: undefined };
    this.#lines.read(item.lines.slice(1), at, nested);
    return nested;
  }

  #namedItem(item: Item, line: Run, at: number, context: Context): Scope {
    const { phase } = context;
    const bead = this.#found.newBead(placeOfItem(item, line, at), namedLine(line), at, context, phase?.plain);
    if (phase !== undefined) this.#checks.at(context.section, item.depth).addPlain(phase, bead);
    const nested: Scope = { depth: item.depth, context: { ...context, owner: bead, bead }, open: undefined };
    this.#lines.read(item.lines.slice(1), at, nested);
    return nested;
  }

  /** An item that is no thing of its own: a step, a field, a line of prose, or a task without an id. */
  #plainItem(item: Item, line: Run, at: number, scope: Scope): Scope {
    const { context } = scope;
    const { owner, topic } = context;
    const { depth, check, number } = item;
    const nested: Scope = { depth, context, open: undefined };
    if (topic === 'critique' && depth === 0) this.#found.critiqueCount++;
    if (topic === 'prompt' && depth === 0 && number !== undefined) this.#found.promptCount++;
    if (owner.kind === 'tier') {
      owner.items.push({ run: item.lines.reduce((run, next) => joined(run, next)), at });
      return { ...nested, context: { ...context, owner: this.#found.aside, isQuiet: true } };
    }
    if (owner.kind === 'scenario' && number !== undefined) {
      owner.numbered.push({ run: item.lines.reduce((run, next) => joined(run, next)), at, number });
      return nested;
    }
    if (check !== undefined) return this.#checkedItem(item, line, check, at, scope);
    if (this.#lines.waits(line, at, context))
      return { ...nested, context: { ...context, owner: this.#found.aside, isQuiet: true } };
    const { lead, fields } = writtenLine(line);
    const [first] = fields;
    if (first !== undefined && isBlank(lead) && !isFailurePointer(line, owner) && this.#lines.mayName(first, scope)) {
      const last = this.#lines.fields(fields, at, nested);
      const field = fieldNamed(owner, fields.at(-1)?.name ?? '');
      // Whatever is nested in the item goes on with its value.
      if (field !== undefined) nested.open = { owner, field, depth, isFixed: false, hasItems: false };
      this.#lines.goOn(item.lines.slice(1), at, nested, last);
      return nested;
    }
    if (owner.kind === 'gate' && !context.isQuiet) {
      addTo(owner.fields, 'listed').push({ run: item.lines.reduce((run, next) => joined(run, next)), at });
      return { ...nested, context: { ...context, isQuiet: true } };
    }
    // What a phase is for stands in prose, not in a list of anything.
    const isQuiet = context.isQuiet || owner.kind === 'phase';
    this.#lines.read(item.lines, at, { depth, context: { ...context, isQuiet }, open: undefined });
    return nested;
  }

  #checkedItem(item: Item, line: Run, check: CheckBox, at: number, scope: Scope): Scope {
    const { context } = scope;
    const { depth } = item;
    const quiet: Scope = { depth, context: { ...context, isQuiet: true }, open: undefined };
    if (context.bead !== undefined && context.owner === context.bead) {
      const [text, rest] = valueLines(item.lines);
      context.bead.steps.push({ text: { run: text, at }, mark: markOf(check, at) });
      if (rest.length > 0) this.#lines.read(rest, at, scope);
      return quiet;
    }
    if (context.owner.kind === 'gate') {
      const verdict = check.mark === ' ' ? undefined : VERDICT.exec(line.text)?.[0].length;
      const field = verdict === undefined ? 'criteria' : 'decision';
      addTo(context.owner.fields, field).push({ run: cut(line, verdict ?? 0, line.text.length), at });
      return quiet;
    }
    const { phase } = context;
    if ((phase === undefined && !this.#found.isLoose(context.section)) || !mayHoldChecklists(context.topic)) {
      if (mayHoldChecklists(context.topic) && context.section.level > 0) this.#found.checklists.add(context.section);
      return { ...quiet, context: { ...quiet.context, owner: this.#found.aside } };
    }
    const name = namedLine(line);
    const plain = asTitle(name, line) ?? {
      ...withoutId(name, line),
      title: withoutWord(name.head.id === undefined ? name.title : line),
    };
    const bead = this.#found.newBead(
      placeOfItem(item, line, at),
      plain,
      at,
      context,
      phase?.plain ?? this.#found.loose,
    );
    if (phase !== undefined) this.#checks.at(context.section, depth).addPlain(phase, bead);
    const nested: Scope = { depth, context: { ...context, owner: bead, bead, topic: undefined }, open: undefined };
    this.#lines.read(item.lines.slice(1), at, nested);
    return nested;
  }
}

/** `- [x] G1 approved 2026-08-05` */
const VERDICT = /^\s*(?:gate\s+)?(?:\p{L}{0,4}-?\d{1,3}\s+)?(?=(?:approved|passed|signed off)(?!\p{L}))/iu;

/** A line whose first word looked like an id, but is none. */
function withoutId(name: NamedLine, line: Run): NamedLine {
  const { id, ...head } = name.head;
  return id === undefined ? name : { ...name, head, title: line };
}

/** `**Export** - as JSON`, beside others that begin with a title in bold, is called Export. */
function asTitle(name: NamedLine, line: Run): NamedLine | undefined {
  const { id, ...head } = name.head;
  const span = line.spans.find(({ kind, start }) => kind === 'strong' && start === id?.start);
  if (id?.strength !== 'word' || span === undefined) return undefined;
  const title = cut(line, span.start - line.start, span.end - line.start);
  return { ...name, head, title, detail: isBlank(name.title) ? undefined : name.title };
}

/** `Task: Hand check` is called Hand check. */
function withoutWord(title: Run): Run {
  const word = /^\s*(?:task|to-?do|bead)\s*:\s+(?=\S)/i.exec(title.text)?.[0].length ?? 0;
  return word === 0 ? title : cut(title, word, title.text.length);
}
