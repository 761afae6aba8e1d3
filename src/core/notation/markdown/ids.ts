import type { Reference } from '../../model';
import { slugOf } from '../titles';
import type { BeadDraft, NamedDraft, PhaseDraft } from './drafts';
import type { Findings } from './findings';

/** What ids depend on outside of the part of the document that is made. */
export interface IdOptions {
  /** Whether an id is written anywhere in the document. */
  readonly isWritten: (id: string) => boolean;
  /** Whether plain numbers count anew in each phase (`Task 1` in every one), so that they name a bead only there. */
  readonly countAnew: boolean;
  /** Ids for the phases that have none of their own, in their order. */
  readonly phaseIds: readonly string[];
}

/** The id of every draft: as written, or made from where the thing stands. */
export class Ids {
  readonly #ids = new Map<NamedDraft, string>();
  readonly #made = new Set<string>();
  /** The last number given below each phase or bead. */
  readonly #counts = new Map<string, number>();
  readonly #options: IdOptions;

  constructor({ phases, gates, scenarios }: Findings, beads: readonly BeadDraft[], options: IdOptions) {
    this.#options = options;
    const made = [...options.phaseIds];
    for (const phase of phases) this.#ids.set(phase, phase.id.value || (made.shift() ?? 'phase'));
    for (const bead of beads) this.#nameBead(bead);
    for (const gate of gates) this.#nameBySlug(gate, 'gate');
    for (const scenario of scenarios) this.#nameBySlug(scenario, 'failure');
  }

  of(draft: NamedDraft): string {
    return this.#ids.get(draft) ?? draft.id.value;
  }

  has(id: string): boolean {
    return this.#made.has(id) || this.#options.isWritten(id);
  }

  /** `Task 1` inside a phase is the one of this phase, where numbers count anew, or where nothing else is called 1. */
  scoped(reference: Reference, phase: PhaseDraft | undefined): Reference {
    if (phase === undefined || !/^\d+$/.test(reference.value)) return reference;
    const isOwn = this.#options.countAnew || phase.numbered.length > 0 || !this.#options.isWritten(reference.value);
    if (!isOwn) return reference;
    if (reference.kind !== undefined && reference.kind !== 'bead') return reference;
    const value = `${this.of(phase)}.${reference.value}`;
    return this.#made.has(value) ? { ...reference, value } : reference;
  }

  isScoped(draft: NamedDraft): boolean {
    return draft.kind === 'bead' && this.#options.countAnew && draft.isOrdinal && draft.phase !== undefined;
  }

  #nameBead(bead: BeadDraft): void {
    const { value } = bead.id;
    const home = bead.parent ?? bead.phase;
    if (this.isScoped(bead)) {
      // The same number told twice in one phase is one bead.
      const id = `${home === undefined ? '' : this.of(home)}.${value}`;
      this.#ids.set(bead, id);
      this.#made.add(id);
    } else if (value !== '') this.#ids.set(bead, value);
    else {
      const prefix = home === undefined ? '' : `${this.of(home)}.`;
      let number = (this.#counts.get(prefix) ?? 0) + 1;
      while (this.has(prefix + number)) number++;
      this.#counts.set(prefix, number);
      this.#take(bead, prefix + number);
    }
  }

  #nameBySlug(draft: NamedDraft, word: string): void {
    if (draft.id.value !== '') {
      this.#ids.set(draft, draft.id.value);
      return;
    }
    const wanted = `${word}-${slug(draft.title?.run.text ?? '')}`;
    let id = wanted;
    for (let number = 2; this.has(id); number++) id = `${wanted}-${number}`;
    this.#take(draft, id);
  }

  #take(draft: NamedDraft, id: string): void {
    this.#ids.set(draft, id);
    this.#made.add(id);
  }
}

/** Ids for phases that have none: of the words of their titles, each of them once. */
export function madePhaseIds(phases: readonly PhaseDraft[], taken: Set<string>): readonly string[] {
  return phases.flatMap((phase) => {
    if (phase.id.value !== '') return [];
    const wanted = slug(phase.title?.run.text ?? '') || 'phase';
    let id = wanted;
    for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`;
    taken.add(id);
    return [id];
  });
}

function slug(title: string): string {
  return slugOf(title).slice(0, 60);
}
