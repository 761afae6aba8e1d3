import type { Bead, Reference } from '../../model';

/**
 * Sub-beads whose numbers count anew in each whole, as `1` in the bead 1 and in the bead 2: they are 1.1 and 2.1, and
 * `1` beside them means the one in the same whole. Where no number stands twice, every id is as written. Linear.
 */
export function countedInWholes(beads: readonly Bead[]): readonly Bead[] {
  const seen = new Set<string>();
  const isTwice = beads.some(({ id, parent }) => {
    const isKnown = seen.has(id);
    seen.add(id);
    return isKnown && parent !== undefined && NUMBER.test(id);
  });
  if (!isTwice) return beads;
  const parts = new Set(beads.flatMap((bead) => (isCounted(bead) ? [nameIn(bead.parent, bead.id)] : [])));
  const scoped = (reference: Reference, parent: string | undefined): Reference => {
    const value = nameIn(parent, reference.value);
    return reference.plan === undefined && parts.has(value) ? { ...reference, value } : reference;
  };
  return beads.map((bead) => {
    if (!isCounted(bead)) return bead;
    const { idAt: _, ...others } = bead;
    const blockedBy = bead.blockedBy.map((reference) => scoped(reference, bead.parent));
    return { ...others, id: nameIn(bead.parent, bead.id), blockedBy };
  });
}

const NUMBER = /^\d{1,9}$/;

function isCounted({ id, parent }: Bead): boolean {
  return parent !== undefined && NUMBER.test(id);
}

function nameIn(parent: string | undefined, id: string): string {
  return `${parent}.${id}`;
}
