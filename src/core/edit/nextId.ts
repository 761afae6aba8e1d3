import type { Bead, Plan, Thing, ThingKind } from '../model';

const FIRST: Readonly<Record<ThingKind, string>> = { phase: '1', bead: 'B1', gate: 'G1', scenario: 'F1' };

/**
 * An id that nothing of the plan has, counted on from the last thing of its kind: `T012` after `T011`, `K` after `J`.
 * A bead counts on from the last one of its phase that is no part of another, or from the last part of `parent`.
 */
export function nextId(plan: Plan, kind: ThingKind, phase?: string, parent?: string): string {
  const last = (parent === undefined ? undefined : lastPartOf(plan, parent)) ?? lastOf(plan, kind, phase);
  let id = last === undefined ? FIRST[kind] : following(last.id);
  for (let tries = 0; tries < 10_000 && plan.find(id) !== undefined; tries++) id = following(id);
  return id;
}

function lastPartOf(plan: Plan, parent: string): Thing | undefined {
  return plan.childrenOf(parent).findLast(({ idAt }) => idAt !== undefined);
}

function lastOf(plan: Plan, kind: ThingKind, phase: string | undefined): Thing | undefined {
  const named = (things: readonly Thing[]) => things.filter(({ idAt }) => idAt !== undefined);
  if (kind === 'phase') return named(plan.phases).at(-1);
  if (kind === 'gate') return named(plan.gates).at(-1);
  if (kind === 'scenario') return named(plan.scenarios).at(-1);
  const isWhole = (bead: Thing) => plan.parentOf(bead as Bead) === undefined;
  const own = phase === undefined ? [] : named(plan.beadsOfPhase(phase)).filter(isWhole);
  return own.at(-1) ?? named(plan.beads).filter(isWhole).at(-1);
}

/** Counts up the last number of an id, or its last letter where it ends in no number. */
function following(id: string): string {
  const letter = /^(.*?)([a-zA-Z])$/.exec(id);
  if (letter !== null) {
    const [, stem = '', end = ''] = letter;
    if (stem === '' || /\d$/.test(stem))
      return /[zZ]/.test(end) ? `${id}1` : stem + String.fromCharCode(end.charCodeAt(0) + 1);
  }
  const number = /^(.*?)(\d{1,15})(\D*)$/.exec(id);
  if (number === null) return `${id}-2`;
  const [, stem = '', digits = '', rest = ''] = number;
  return stem + String(Number(digits) + 1).padStart(digits.length, '0') + (/^\p{L}/u.test(rest) ? '' : rest);
}
