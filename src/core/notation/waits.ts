import type { Bead, Phase, Reference } from '../model';

/** What a plan tells of a thing elsewhere than where it stands: `Blocks: ft-2` in ft-1, `ft-2 depends on ft-1` in a list. */
export interface Wait {
  /** What waits. */
  readonly of: Reference;
  readonly by: readonly Reference[];
}

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
  for (const { of, by } of waits) {
    const things = of.kind !== 'phase' && beads.has(of.value) ? beads : phases;
    const known = by.filter(({ value, kind }) => (kind !== 'phase' && beads.has(value)) || phases.has(value));
    const others = known.filter(({ value }) => value !== of.value && !waitsFor(value, of.value));
    things.add(of, others);
  }
  function waitsFor(id: string, other: string): boolean {
    return [...beads.blockersOf(id), ...phases.blockersOf(id)].some(({ value }) => value === other);
  }
  return {
    beads: beads.with((bead, blockedBy) => ({ ...bead, blockedBy })),
    phases: phases.with((phase, dependsOn) => ({ ...phase, dependsOn })),
  };
}

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
