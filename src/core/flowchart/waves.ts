import type { Bead } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { type IdPair, Layout, nodeIds, type Place, type Places } from './places';

/** More beads than this are not drawn one by one: each wave shows those that tell most. */
const MOST = 100;
/** Of each wave, at least. */
const LEAST_OF_A_WAVE = 2;
/** Further waves stand together. */
const MOST_WAVES = 30;
/** Beads, one below the other. */
const HIGHEST_COLUMN = 8;
/** More beads than this, and only the critical path has arrows. */
const CROWDED = 60;

/** A box for each wave, beads without parts in it: what the wave is made of can be worked on at the same time. */
export function wavesPlaces(snapshot: PlanSnapshot, only: number | undefined, from = 0): Places {
  const { plan, schedule } = snapshot;
  const ids = nodeIds(plan);
  const waves = schedule.waves.map((members, wave) => ({ wave, beads: leaves(snapshot, members) }));
  const filled = waves.filter(
    ({ wave, beads }) => beads.length > 0 && (only === undefined ? wave >= from : wave === only),
  );
  const shown = filled.slice(0, MOST_WAVES);
  const later = filled.slice(MOST_WAVES);
  const total = shown.reduce((sum, { beads }) => sum + beads.length, 0);
  const room =
    only !== undefined || total <= MOST
      ? Number.POSITIVE_INFINITY
      : Math.max(LEAST_OF_A_WAVE, Math.floor(MOST / shown.length));
  const critical = new Set(schedule.criticalPath);
  const layout = new Layout();
  const rows: IdPair[] = [];
  let before = only === undefined && from === 0 ? addWaveless(layout, snapshot) : undefined;
  for (const { wave, beads } of shown) {
    const box = layout.add(`w${wave}`, { stand: { kind: 'wave', wave, count: beads.length } });
    if (before !== undefined) rows.push([before.id, box.id]);
    before = box;
    const chosen = beads.length <= room ? beads : mostTelling(snapshot, beads, critical).slice(0, room - 1);
    for (const bead of chosen) layout.add(ids.get(bead) ?? '', { thing: bead }, box);
    const left = beads.length - chosen.length;
    if (left > 0) layout.add(`m${wave}`, { stand: { kind: 'more', wave, count: left } }, box);
    rows.push(...columns(box.children));
  }
  const [next] = later;
  if (next !== undefined && before !== undefined) {
    const count = later.reduce((sum, { beads }) => sum + beads.length, 0);
    const rest = layout.add('later', { stand: { kind: 'later', wave: next.wave, count } });
    rows.push([before.id, rest.id]);
  }
  const isCrowded = only === undefined && total > CROWDED;
  return { top: layout.top, of: layout.of, rows, ...(isCrowded && { isCrowded }) };
}

/** So that the numbers add up: what is closed, put off, or can never begin. */
function addWaveless(layout: Layout, { plan, schedule }: PlanSnapshot): Place | undefined {
  const beads = { closed: 0, deferred: 0, stuck: 0 };
  for (const { id } of plan.beads) {
    if (plan.childrenOf(id).length > 0) continue;
    const state = schedule.beadState(id);
    if (state === 'closed' || state === 'deferred') beads[state]++;
    else if (schedule.waveOf(id) === undefined) beads.stuck++;
  }
  const isNone = beads.closed + beads.deferred + beads.stuck === 0;
  return isNone ? undefined : layout.add('waveless', { stand: { kind: 'waveless', beads } });
}

/** In document order. A bead with parts is in the wave of its first part: the parts say it all. */
function leaves({ plan }: PlanSnapshot, ids: readonly string[]): readonly Bead[] {
  return ids.flatMap((id) => {
    const bead = plan.find(id, 'bead');
    return bead?.kind === 'bead' && plan.childrenOf(id).length === 0 ? [bead] : [];
  });
}

/** Beads on the critical path first, then what is being worked on, then the urgent. */
function mostTelling(
  { schedule }: PlanSnapshot,
  beads: readonly Bead[],
  critical: ReadonlySet<string>,
): readonly Bead[] {
  const rank = (bead: Bead) =>
    critical.has(bead.id) ? -2 : schedule.beadState(bead.id) === 'in_progress' ? -1 : (bead.priority?.value ?? 5);
  return [...beads].sort((a, b) => rank(a) - rank(b));
}

/** Links to the right: what has none before it stands in the first column. */
function columns(members: readonly Place[]): readonly IdPair[] {
  const count = Math.ceil(members.length / HIGHEST_COLUMN);
  const height = Math.ceil(members.length / count);
  return members.flatMap((member, index) => {
    const beside = members[index + height];
    return beside === undefined ? [] : [[member.id, beside.id] as const];
  });
}
