import type { PlanSnapshot } from '../snapshot';
import type { PlanLinks } from './links';
import { type Family, Layout, nodeIds, type Places, shownThings } from './places';

/** One place for each phase, one for all beads outside phases, and the gates that do not stand inside a phase. */
export function overviewPlaces(
  snapshot: PlanSnapshot,
  hideClosed: boolean,
  { phases }: Family,
  { inside }: PlanLinks,
): Places {
  const { plan } = snapshot;
  const shows = shownThings(snapshot, hideClosed);
  const ids = nodeIds(plan);
  const layout = new Layout();
  for (const phase of plan.phases) if (shows(phase)) layout.add(ids.get(phase) ?? '', { thing: phase });
  const hasRest = plan.beads.some((bead) => !phases.has(bead) && shows(bead));
  const rest = hasRest ? layout.add('rest', { stand: { kind: 'rest' } }) : undefined;
  for (const gate of plan.gates) {
    if (shows(gate) && !inside.has(gate)) layout.add(ids.get(gate) ?? '', { thing: gate });
  }
  for (const bead of plan.beads) {
    const phase = phases.get(bead);
    layout.standIn(bead, phase === undefined ? rest : layout.of.get(phase));
  }
  return layout;
}
