import type { Bead, Phase, Reference } from '../model';
import { Titles } from './titles';

/** What a plan tells of a thing elsewhere than where it stands: `Blocks: ft-2` in ft-1, `ft-2 depends on ft-1` in a list. */
export interface Wait {
  /** What waits. */
  readonly of: Reference;
  readonly by: readonly Reference[];
  /** What it waits for where nothing in `by` is there: what a remark names. */
  readonly otherwise?: readonly Reference[];
}

/** The value of a reference to all beads told before the one that waits; of one to what waits, all others. */
export const ALL_BEADS = '*';

/** More beads than this are not meant by `all previous tasks`. */
const MOST = 200;

interface Waiting {
  readonly phases: readonly Phase[];
  readonly beads: readonly Bead[];
}

/**
 * Beads and phases with what they wait for, whether told there or elsewhere. Whatever is told of things that are not
 * there, or against what a thing says itself, is left out. Linear; things of which nothing is told stay the same objects.
 */
export function withWaits(told: Waiting, waits: readonly Wait[]): Waiting {
  if (waits.length === 0) return told;
  const beads = new Things(told.beads, (bead) => bead.blockedBy);
  const phases = new Things(told.phases, (phase) => phase.dependsOn);
  const names = new PhaseNames(told.phases);
  const titles = new BeadNames(told);
  const isBead = ({ value, kind }: Reference) => kind !== 'phase' && beads.has(value);
  const isThere = (each: Reference) => isBead(each) || (each.kind !== 'bead' && phases.has(each.value));
  const known = (references: readonly Reference[]) =>
    references.flatMap((each) => (isThere(each) ? [each] : each.kind === 'phase' ? names.of(each) : titles.of(each)));
  for (const { of, by, otherwise } of waits) {
    const [only] = by;
    if (only?.value === ALL_BEADS) {
      beads.add(
        of,
        beads.idsBeside(of.value, true).map((value) => ({ ...only, value })),
      );
      continue;
    }
    if (of.value === ALL_BEADS && only !== undefined) {
      for (const value of beads.idsBeside(only.value, false)) {
        if (!waitsFor(only.value, value)) beads.add({ ...of, value }, by);
      }
      continue;
    }
    const said = known(by);
    const blockers = said.length > 0 || otherwise === undefined ? said : known(otherwise);
    for (const each of known([of])) {
      const others = blockers.filter(({ value }) => value !== each.value && !waitsFor(value, each.value));
      (isBead(each) ? beads : phases).add(each, others);
    }
  }
  function waitsFor(id: string, other: string): boolean {
    return [...beads.blockersOf(id), ...phases.blockersOf(id)].some(({ value }) => value === other);
  }
  return {
    beads: beads.with((bead, blockedBy) => ({ ...bead, blockedBy })),
    phases: phases.with((phase, dependsOn) => ({ ...phase, dependsOn })),
  };
}

/**
 * Phases by what lists of dependencies call them: `Setup` for `Setup (Shared Infrastructure)`, `US2` for `User Story 2 -
 * Undock`, `all stories` for all of these. A name that two phases share is nobody's.
 */
class PhaseNames {
  readonly #phases: readonly Phase[];
  #ids: ReadonlyMap<string, string> | undefined;
  #stories: readonly string[] = [];

  constructor(phases: readonly Phase[]) {
    this.#phases = phases;
  }

  /** What a reference to a name means, each at its place. */
  of(reference: Reference): readonly Reference[] {
    if (reference.through !== undefined) return [];
    this.#ids ??= this.#read();
    const name = reference.value.toLowerCase();
    if (STORIES.test(name)) return this.#stories.map((value) => ({ ...reference, value }));
    const story = STORY.exec(name)?.[1];
    const value = this.#ids.get(story === undefined ? name : `story ${story}`);
    return value === undefined || value === '' ? [] : [{ ...reference, value }];
  }

  #read(): ReadonlyMap<string, string> {
    const ids = new Map<string, string>();
    const stories = new Set<string>();
    const add = (name: string, id: string) => {
      const known = ids.get(name);
      ids.set(name, known === undefined || known === id ? id : '');
    };
    for (const { id, title } of this.#phases) {
      const name = (title.value.toLowerCase().split(/\s*\(|\s[—–-]+\s|:\s/, 1)[0] ?? '').trim();
      const story = STORY.exec(name)?.[1];
      if (story !== undefined) {
        stories.add(id);
        add(`story ${story}`, id);
      }
      if (name.length < 3) continue;
      add(name, id);
      const first = name.split(/\s*&\s*|\sand\s/, 1)[0] ?? '';
      if (first !== name && first.length > 2) add(first, id);
    }
    this.#stories = [...stories].slice(0, MOST);
    return ids;
  }
}

/** What a field calls by a title: the one bead, else the one phase, that has it. */
class BeadNames {
  readonly #told: Waiting;
  #titles: readonly Titles<Bead | Phase>[] | undefined;

  constructor(told: Waiting) {
    this.#told = told;
  }

  of(reference: Reference): readonly Reference[] {
    const { kind, plan, through, value } = reference;
    if ((kind ?? 'bead') !== 'bead' || plan !== undefined || through !== undefined) return [];
    this.#titles ??= [new Titles(this.#told.beads), new Titles(this.#told.phases)];
    for (const titles of this.#titles) {
      const thing = titles.find(value);
      if (thing !== undefined) return [{ ...reference, value: thing.id, kind: thing.kind }];
    }
    return [];
  }
}

const STORY = /^(?:user story|story|us)[\s-]?(\d{1,3})$/;
const STORIES = /^(?:all )?(?:desired |selected )?(?:user )?stories$/;

class Things<T extends Bead | Phase> {
  readonly #things: readonly T[];
  readonly #blockers: (thing: T) => readonly Reference[];
  /** Of a thing that is told twice, the telling that says what it waits for. */
  readonly #places = new Map<string, number>();
  readonly #added = new Map<number, readonly Reference[]>();

  constructor(things: readonly T[], blockers: (thing: T) => readonly Reference[]) {
    this.#things = things;
    this.#blockers = blockers;
    for (const [index, thing] of things.entries()) {
      if (!this.#places.has(thing.id) || this.blockersOf(thing.id).length === 0) this.#places.set(thing.id, index);
    }
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  blockersOf(id: string): readonly Reference[] {
    const index = this.#places.get(id);
    const thing = index === undefined ? undefined : this.#things[index];
    return thing === undefined ? [] : this.#blockers(thing);
  }

  add({ value, through }: Reference, blockers: readonly Reference[]): void {
    const first = this.#places.get(value);
    if (first === undefined || blockers.length === 0) return;
    const last = through === undefined ? first : (this.#places.get(through) ?? first);
    for (let index = first; index <= last; index++) {
      this.#added.set(index, [...(this.#added.get(index) ?? []), ...blockers]);
    }
  }

  /** Ids of the things that are a part of the same thing as this one, or of those of them that are told before it. */
  idsBeside(id: string, isBefore: boolean): readonly string[] {
    const own = this.#things[this.#places.get(id) ?? -1];
    if (own === undefined) return [];
    const ids = new Set<string>();
    for (const thing of this.#things) {
      if (thing.id === id && isBefore) break;
      if (thing.id !== id && parentOf(thing) === parentOf(own)) ids.add(thing.id);
      if (ids.size > MOST) return [];
    }
    return [...ids];
  }

  #wholeOf(id: string): string {
    const thing = this.#things[this.#places.get(id) ?? -1];
    return thing?.kind === 'bead' ? (thing.parent ?? id) : id;
  }

  with(change: (thing: T, blockers: readonly Reference[]) => T): readonly T[] {
    if (this.#added.size === 0) return this.#things;
    return this.#things.map((thing, index) => {
      const own = this.#blockers(thing);
      const known = new Set(own.flatMap(({ value, through }) => [value, through]));
      const more = (this.#added.get(index) ?? []).filter(({ value }) => {
        // Who waits for the whole waits for its parts.
        if (known.has(value) || known.has(this.#wholeOf(value)) || value === thing.id) return false;
        known.add(value);
        return true;
      });
      return more.length === 0 ? thing : change(thing, [...own, ...more]);
    });
  }
}

function parentOf(thing: Bead | Phase): string | undefined {
  return thing.kind === 'bead' ? thing.parent : undefined;
}
