import { fieldOf } from '../fields';
import type { Block, CheckBox, Item, Paragraph } from './blocks';
import { writtenLine } from './fields';
import { headOf } from './heads';
import { namedLine } from './names';
import { type Head, isAll, NO_RUN, type Run } from './run';
import { type Topic, topicOf } from './topics';

/** A block and where its chunk begins: offsets in the block count from there. */
export interface PlacedBlock {
  readonly block: Block;
  readonly at: number;
}

/** A heading, or a bold line that stands as one, with what is under it. */
export interface Section {
  /** 0 for the document, 1–6 for headings; bold lines are half a level below the heading that they are under. */
  readonly level: number;
  readonly title: Run;
  readonly head: Head;
  readonly check: CheckBox | undefined;
  /** Where the chunk begins that the title stands in. */
  readonly at: number;
  /** Of its title line. */
  readonly start: number;
  readonly titleEnd: number;
  /** Its own topic, or the one of the section around it. */
  readonly topic: Topic | undefined;
  readonly parent: Section | undefined;
  readonly body: PlacedBlock[];
  readonly sections: Section[];
  /** Behind its last character. */
  end: number;
}

/** What has to be known of the document around. */
export interface OutlineOptions {
  /** In a plan whose phases are headings, `**Phase 2**` in bold is a remark about one. */
  readonly hasPhaseHeadings: boolean;
  readonly topic: Topic | undefined;
}

/** The headings of some blocks as a tree. Linear. */
export function outlineOf(blocks: readonly PlacedBlock[], options: OutlineOptions): Section {
  return new OutlineBuilder(options).build(blocks);
}

/** The title of a thing (`Phase 3: Failure handling`, `B1 — Set up an example`) says nothing about how to read what is in it. */
function topicBelow(head: Head, title: Run, parent: Section): Topic | undefined {
  if (head.kind === 'phase' || head.kind === 'bead') return undefined;
  if (head.kind === 'prompt') return 'prompt';
  if (head.kind !== undefined || namesThing(head)) return parent.topic;
  return topicOf(title.text) ?? parent.topic;
}

/** Where the last `</task>` stands: what is between that and its `<task>` are no headings of the plan. */
function lastTaskEnd(blocks: readonly PlacedBlock[]): number {
  const last = blocks.findLast(({ block }) => block.kind === 'tag' && block.name === 'task' && block.closes);
  return last === undefined ? -1 : last.at + last.block.start;
}

function namesThing({ id }: Head): boolean {
  return id?.strength === 'strong' || (id?.strength === 'set-off' && /\p{L}/u.test(id.value) && /\d/.test(id.value));
}

const DECISION = /^(?:decision|go\s?\/\s?no-?go)$/;
const PLAIN_PHASE = /^(?=.{1,80}$)\p{L}+\s\S{1,12}?(?::|\s[—–-])\s.*[^.:;,]$/u;

function isOnlySigns(text: string): boolean {
  return text === '' || text.replace(/\p{Extended_Pictographic}|\uFE0F/gu, '').trim() === '';
}

/** Whether all that follows a title in bold says something of the thing: `**Phase 2: Fill** — depends on Phase 1`. */
function endsInFields(line: Run): boolean {
  const { fields, detail } = namedLine(line);
  return fields.length > 0 && detail === undefined;
}

/** Whether a block says that the line above it is a task: a check box, or a field of a bead. */
function holdsTaskOf(block: Block | undefined): boolean {
  if (block?.kind !== 'item' || block.depth > 0) return false;
  if (block.check !== undefined) return true;
  const [field] = block.lines[0] === undefined ? [] : writtenLine(block.lines[0]).fields;
  return field !== undefined && fieldOf('bead', field.name) !== undefined;
}

class OutlineBuilder {
  readonly #options: OutlineOptions;
  /** Whether the block before stands between `<task>` and its end, and where the last of these ends. */
  #isInTask = false;
  #lastTaskEnd = -1;
  #current: Section;

  constructor(options: OutlineOptions) {
    this.#options = options;
    this.#current = {
      level: 0,
      title: NO_RUN,
      head: headOf(NO_RUN),
      check: undefined,
      at: 0,
      start: 0,
      titleEnd: 0,
      topic: options.topic,
      parent: undefined,
      body: [],
      sections: [],
      end: 0,
    };
  }

  build(blocks: readonly PlacedBlock[]): Section {
    const root = this.#current;
    this.#lastTaskEnd = lastTaskEnd(blocks);
    for (const [index, { block, at }] of blocks.entries()) this.#add(block, at, blocks[index + 1]?.block);
    while (this.#current.parent !== undefined) this.#close();
    return root;
  }

  #add(block: Block, at: number, next: Block | undefined): void {
    if (block.kind === 'tag' && block.name === 'task' && block.inner === undefined) this.#isInTask = !block.closes;
    if (block.kind === 'heading') {
      if (block.depth === 0 && !(this.#isInTask && at + block.start < this.#lastTaskEnd)) {
        this.#open(block.level, block.run, at, at + block.start, at + block.end, block.check);
        return;
      }
      this.#push({ ...block, kind: 'paragraph', lines: [block.run] }, at);
    } else if (block.kind === 'paragraph') this.#addLines(block, block.lines, 0, at, next);
    else if (block.kind === 'item' && block.lines.length > 1) this.#addLines(block, block.lines, 1, at, next);
    else {
      if (block.kind === 'rule') while (!Number.isInteger(this.#current.level)) this.#close();
      this.#push(block, at);
    }
  }

  /** A paragraph or item whose lines from `first` on may be bold headings. */
  #addLines(block: Item | Paragraph, lines: readonly Run[], first: number, at: number, next: Block | undefined): void {
    const index = lines.findIndex((line, i) => {
      const below = i === lines.length - 1 ? next : undefined;
      return (
        i >= first && (line.spans.length > 0 ? this.#isBoldHeading(line, below) : this.#isPlainHeading(line, below))
      );
    });
    if (index < 0) {
      this.#push(block, at);
      return;
    }
    const before = lines.slice(0, index);
    const last = before.at(-1);
    if (last !== undefined) this.#push({ ...block, end: last.end, lines: before }, at);
    const title = lines[index];
    if (title === undefined) return;
    this.#open(Math.floor(this.#current.level) + 0.5, title, at, at + title.start, at + title.end);
    const rest = lines.slice(index + 1);
    const [line] = rest;
    if (line === undefined) return;
    const below: Paragraph = { kind: 'paragraph', start: line.start, end: block.end, depth: block.depth, lines: rest };
    this.#addLines(below, rest, 0, at, next);
  }

  /** `below` is the block behind a line that is the last one of its paragraph. */
  #isBoldHeading(line: Run, below: Block | undefined): boolean {
    const span = line.spans[0];
    if (span?.kind !== 'strong' || !isOnlySigns(line.text.slice(0, span.start - line.start))) return false;
    const head = headOf(line);
    const { kind, id } = head;
    const { topic } = this.#current;
    switch (kind) {
      case 'tier':
        return true;
      case 'prompt':
      case 'scenario':
        return true;
      case 'gate':
        return id !== undefined || (topic === undefined && DECISION.test(head.word ?? ''));
      case 'phase': {
        const behind = line.text.slice(span.end - line.start);
        if (this.#options.hasPhaseHeadings) return false;
        return /^[\s:]*(?:\([^()]*\)[\s:]*)?$/.test(behind) || (/^\s*[—–-]\s/.test(behind) && endsInFields(line));
      }
      case 'bead':
        return isAll(line, 'strong') || (topic === undefined && holdsTaskOf(below));
      default:
        if (id === undefined) return false;
        if (topic === 'gate' || topic === 'failure') return id.strength !== 'ordinal';
        if (id.strength !== 'strong' || topic !== undefined) return false;
        return isAll(line, 'strong') || (span.end >= id.end && holdsTaskOf(below));
    }
  }

  /** `Phase 3: Sell` as a paragraph above a list, in a plan without headings for phases. */
  #isPlainHeading(line: Run, below: Block | undefined): boolean {
    if (this.#current.topic === 'insight' && (below?.kind === 'item' || /:\s*$/.test(line.text)))
      return headOf(line).kind === 'tier';
    if (below?.kind !== 'item' || this.#options.hasPhaseHeadings || this.#current.topic !== undefined) return false;
    return PLAIN_PHASE.test(line.text) && headOf(line).kind === 'phase';
  }

  #open(level: number, title: Run, at: number, start: number, titleEnd: number, check?: CheckBox): void {
    while (this.#current.parent !== undefined && this.#current.level >= level) this.#close();
    const parent = this.#current;
    const head = headOf(title);
    const section: Section = {
      level,
      title,
      head,
      check,
      at,
      start,
      titleEnd,
      topic: topicBelow(head, title, parent),
      parent,
      body: [],
      sections: [],
      end: titleEnd,
    };
    parent.sections.push(section);
    this.#current = section;
    this.#grow(titleEnd);
  }

  #push(block: Block, at: number): void {
    this.#current.body.push({ block, at });
    if (block.kind !== 'rule') this.#grow(at + block.end);
  }

  #grow(end: number): void {
    if (end > this.#current.end) this.#current.end = end;
  }

  #close(): void {
    const { parent, end } = this.#current;
    if (parent === undefined) return;
    this.#current = parent;
    this.#grow(end);
  }
}
