import type { Bead, Gate, Phase, Plan } from '../model';

/** More than this nobody reads. */
const MOST = 50;

/**
 * Phases, beads and gates for what somebody types: an id first, then ids and titles that begin with it, then those with
 * every word of it somewhere. In plan order within each. Linear in the size of the plan.
 */
export function findThings(plan: Plan, query: string): readonly (Phase | Bead | Gate)[] {
  const sought = fold(query);
  if (sought === '') return [];
  const words = sought.split(' ');
  const ranks: (Phase | Bead | Gate)[][] = [[], [], [], []];
  for (const thing of [...plan.phases, ...plan.beads, ...plan.gates]) {
    const id = fold(thing.id);
    const title = fold(thing.title.value);
    const text = `${id} ${title}`;
    if (id === sought) ranks[0]?.push(thing);
    else if (id.startsWith(sought)) ranks[1]?.push(thing);
    else if (title.startsWith(sought)) ranks[2]?.push(thing);
    else if (words.every((word) => text.includes(word))) ranks[3]?.push(thing);
  }
  return ranks.flat().slice(0, MOST);
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
