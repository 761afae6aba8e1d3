import type { BeadDraft, PhaseDraft } from './drafts';
import type { Section } from './outline';
import type { Head } from './run';

/** A list of check boxes: what some of its items are says what the others are. */
export class CheckList {
  /** Tasks without an id, each with its phase, while no bead stands beside them. */
  readonly #plain: (readonly [PhaseDraft, BeadDraft])[] = [];
  #hasBeads = false;
  #numbered: BeadDraft | undefined;

  addBead(bead: BeadDraft): void {
    this.#hasBeads = true;
    for (const [phase, each] of this.#plain.splice(0)) phase.beside.push(each);
    if (bead.isOrdinal) this.#numbered = bead;
  }

  addPlain(phase: PhaseDraft, bead: BeadDraft): void {
    if (this.#hasBeads) phase.beside.push(bead);
    else this.#plain.push([phase, bead]);
  }

  /** The bead `2.` for a `2.1` that follows it in the same list, not indented. */
  parentOf({ id }: Head): BeadDraft | undefined {
    const whole = /^(\d+)\.\d+$/.exec(id?.value ?? '')?.[1];
    return whole !== undefined && whole === this.#numbered?.id.value ? this.#numbered : undefined;
  }
}

/** The lists that are being read, by where they stand. */
export class CheckLists {
  readonly #lists = new Map<Section, Map<number, CheckList>>();

  at(section: Section, depth: number): CheckList {
    const lists = this.#lists.get(section) ?? new Map<number, CheckList>();
    this.#lists.set(section, lists);
    const list = lists.get(depth) ?? new CheckList();
    lists.set(depth, list);
    return list;
  }

  /** Text between two lists divides them. */
  end(section: Section): void {
    this.#lists.delete(section);
  }
}
