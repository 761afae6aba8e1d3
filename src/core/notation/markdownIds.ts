import type { Reference } from '../model';
import type { BeadDraft, NamedDraft, PhaseDraft } from './markdownDrafts';
import type { Findings } from './markdownReader';

/** The id of every draft: as written, or made from where the thing stands. */
export class Ids {
  readonly #ids = new Map<NamedDraft, string>();
  readonly #taken = new Set<string>();
  /** Whether plain numbers count anew in each phase (`Task 1` in every one), so that they name a bead only there. */
  readonly #countAnew: boolean;

  constructor({ phases, beads, gates, scenarios }: Pick<Findings, 'phases' | 'beads' | 'gates' | 'scenarios'>) {
    this.#countAnew = countAnew(beads);
    for (const draft of [...phases, ...beads, ...gates, ...scenarios]) {
      const isScoped = draft.kind === 'bead' && this.#isScoped(draft);
      if (draft.id.value === '' || isScoped) continue;
      this.#ids.set(draft, draft.id.value);
      this.#taken.add(draft.id.value);
    }
    for (const phase of phases)
      if (!this.#ids.has(phase)) this.#make(phase, slug(phase.title?.run.text ?? '') || 'phase');
    const counts = new Map<string, number>();
    for (const bead of beads) {
      if (this.#ids.has(bead)) continue;
      const home = bead.parent ?? bead.phase;
      const prefix = home === undefined ? '' : `${this.#ids.get(home) ?? home.id.value}.`;
      if (this.#isScoped(bead)) {
        // The same number told twice in one phase is one bead.
        this.#ids.set(bead, prefix + bead.id.value);
        this.#taken.add(prefix + bead.id.value);
        continue;
      }
      let count = (counts.get(prefix) ?? 0) + 1;
      while (this.#taken.has(prefix + count)) count++;
      counts.set(prefix, count);
      this.#make(bead, prefix + count);
    }
    for (const gate of gates) if (!this.#ids.has(gate)) this.#make(gate, `gate-${slug(gate.title?.run.text ?? '')}`);
    for (const [index, scenario] of scenarios.entries()) {
      if (!this.#ids.has(scenario)) this.#make(scenario, `F${index + 1}`);
    }
  }

  of(draft: NamedDraft): string {
    return this.#ids.get(draft) ?? '';
  }

  has(id: string): boolean {
    return this.#taken.has(id);
  }

  /** `Task 1` inside a phase is the one of this phase, where numbers count anew. */
  scoped(reference: Reference, phase: PhaseDraft | undefined): Reference {
    if (!this.#countAnew || phase === undefined || !/^\d+$/.test(reference.value)) return reference;
    if (reference.kind !== undefined && reference.kind !== 'bead') return reference;
    const value = `${this.of(phase)}.${reference.value}`;
    return this.#taken.has(value) ? { ...reference, value } : reference;
  }

  isScoped(bead: BeadDraft): boolean {
    return this.#isScoped(bead);
  }

  #isScoped(bead: BeadDraft): boolean {
    return this.#countAnew && bead.isOrdinal && bead.phase !== undefined;
  }

  #make(draft: NamedDraft, wanted: string): void {
    let id = wanted;
    for (let number = 2; this.#taken.has(id); number++) id = `${wanted}-${number}`;
    this.#ids.set(draft, id);
    this.#taken.add(id);
  }
}

function countAnew(beads: readonly BeadDraft[]): boolean {
  const phases = new Map<string, PhaseDraft | undefined>();
  for (const { isOrdinal, id, phase, parent } of beads) {
    if (!isOrdinal || parent !== undefined) continue;
    if (phases.has(id.value) && phases.get(id.value) !== phase) return true;
    phases.set(id.value, phase);
  }
  return false;
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}
