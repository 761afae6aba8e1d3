import type { Tag } from './blocks';
import { type AsideDraft, addTo, type BeadDraft } from './drafts';
import { namedLine } from './names';
import { fieldNamed } from './owners';
import type { Place } from './place';
import { isBlank } from './run';
import type { Scope } from './scope';

/** What a tag changes in the reading of the blocks that follow it. */
export interface TagTarget {
  readonly aside: AsideDraft;
  newBead(place: Place, at: number): BeadDraft;
}

/** Tags that only lay out what is between them. */
const LAYOUT = new Set(['details', 'summary', 'div', 'br', 'p', 'center', 'tasks', 'phases', 'plan']);

interface Opened {
  readonly name: string;
  readonly context: Scope['context'];
  readonly open: Scope['open'];
  readonly bead?: BeadDraft;
}

/**
 * Plans for agents are written with tags too: `<objective>`, and `<task>` with `<name>`, `<action>`, `<verify>` and
 * `<done>` in it. A tag is a field of what is around it when it has the name of one; what else is between tags is read over.
 */
export class TagStack {
  readonly #scope: Scope;
  readonly #target: TagTarget;
  readonly #opened: Opened[] = [];

  constructor(scope: Scope, target: TagTarget) {
    this.#scope = scope;
    this.#target = target;
  }

  read(tag: Tag, at: number): void {
    if (LAYOUT.has(tag.name)) return;
    if (tag.closes) this.#close(tag, at);
    else this.#open(tag, at);
  }

  #open(tag: Tag, at: number): void {
    if (tag.name === 'task' && tag.inner === undefined) {
      this.#openTask(tag, at);
      return;
    }
    const { context, open } = this.#scope;
    const { owner, bead } = context;
    const field = fieldNamed(owner, tag.name);
    if (tag.inner !== undefined) {
      if (isBlank(tag.inner)) return;
      if (owner.kind === 'bead' && owner === bead && isTitle(tag, owner)) name(owner, tag, at);
      else if (field !== undefined && owner.kind !== 'plan') addTo(owner.fields, field).push({ run: tag.inner, at });
      return;
    }
    if (owner.kind === 'plan') return;
    this.#opened.push({ name: tag.name, context, open });
    if (field === undefined)
      this.#scope.context = { ...context, owner: this.#target.aside, topic: 'aside', isQuiet: true };
    const into = field === undefined ? { owner: this.#target.aside, field: 'text' } : { owner, field };
    this.#scope.open = { ...into, depth: -1, isFixed: true, hasItems: false };
  }

  #openTask(tag: Tag, at: number): void {
    // Tasks do not nest: one that was not closed ends here.
    this.#close(tag, at);
    const { context, open } = this.#scope;
    const end = at + tag.end;
    const start = at + tag.start;
    const task = this.#target.newBead({ start, end, head: { start, end }, check: undefined }, at);
    this.#opened.push({ name: tag.name, context, open, bead: task });
    this.#scope.context = { ...context, owner: task, bead: task };
    this.#scope.open = undefined;
  }

  #close(tag: Tag, at: number): void {
    const index = this.#opened.findLastIndex(({ name }) => name === tag.name);
    const opened = this.#opened[index];
    if (opened === undefined) return;
    this.#opened.length = index;
    this.#scope.context = opened.context;
    this.#scope.open = opened.open;
    if (opened.bead !== undefined) opened.bead.end = at + tag.end;
  }
}

/** A task without a name is called by what was built or is to be decided. */
function isTitle({ name: tag }: Tag, { title }: BeadDraft): boolean {
  return tag === 'name' || (title === undefined && (tag === 'what-built' || tag === 'decision'));
}

/** `<name>Task 2: Wire it up</name>` */
function name(bead: BeadDraft, { inner }: Tag, at: number): void {
  if (inner === undefined) return;
  const { head, title } = namedLine(inner);
  const { id } = head;
  if (id !== undefined && bead.id.range === undefined) {
    bead.id = { value: id.value, range: { start: at + id.start, end: at + id.end }, through: undefined };
  }
  bead.title = { run: id === undefined ? inner : title, at };
}
