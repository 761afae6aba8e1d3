import type { Bead } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { phaseOf } from './homes';
import { blocks, checkList, field, indent, oneLine, sentenceList } from './markdown';
import { values } from './texts';
import { beadStateWords, describeReference, headingOf, thingName } from './words';

/** A bead under a heading of its own; sub-beads go one level deeper, as far as Markdown's headings reach. */
export function beadBlock(snapshot: PlanSnapshot, bead: Bead): string {
  const level = Math.min(3 + depthOf(snapshot, bead), 6);
  return blocks(`${'#'.repeat(level)} ${headingOf(bead)}`, beadBody(snapshot, bead));
}

/** Everything below the bead's heading. Blockers outside its phase carry their title. */
export function beadBody(snapshot: PlanSnapshot, bead: Bead): string {
  const fields = [
    field('What', values(bead.what)),
    field('Done when', values(bead.doneWhen)),
    field('If it fails', values(bead.ifItFails)),
    stepsOf(bead),
    field('Evidence', values(bead.evidence)),
  ];
  return blocks(factsOf(snapshot, bead), fields.filter((text) => text !== '').join('\n'));
}

/** `P0 · ready · research · blocked by J-1 (closed) · part of J-8 · owner @maria · 2 h`. */
function factsOf(snapshot: PlanSnapshot, bead: Bead): string {
  const { plan, schedule } = snapshot;
  const home = phaseOf(plan, bead);
  const blockers = bead.blockedBy.map((reference) => describeReference(snapshot, reference, home));
  const unnamed = bead.saysBlocked ? 'something that it does not name' : 'nothing';
  const parent = plan.parentOf(bead);
  const children = plan.childrenOf(bead.id);
  const state = schedule.beadState(bead.id);
  const facts = [
    bead.priority === undefined ? '' : `P${bead.priority.value}`,
    children.length > 0 && state === 'ready' ? 'its parts can be worked on' : beadStateWords[state],
    bead.type === undefined ? '' : oneLine(bead.type.value),
    `blocked by ${blockers.length > 0 ? blockers.join(', ') : unnamed}`,
    parent === undefined ? '' : `part of ${thingName(parent)}`,
    children.length === 0 ? '' : `closed when ${sentenceList(children.map(thingName))} are`,
    bead.owner === undefined ? '' : `owner ${oneLine(bead.owner.value)}`,
    bead.estimate === undefined ? '' : `${bead.estimate.value} h`,
    bead.labels.length === 0 ? '' : `labels ${values(bead.labels).map(oneLine).join(', ')}`,
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

function stepsOf(bead: Bead): string {
  if (bead.steps.length === 0) return '';
  const steps = checkList(bead.steps.map(({ text, done }) => ({ text: text.value, done })));
  return `- **Steps:**\n${indent(steps, 2)}`;
}

/** Up to three: deeper headings there are none. */
function depthOf({ plan }: PlanSnapshot, bead: Bead): number {
  let depth = 0;
  for (let above = plan.parentOf(bead); above !== undefined && depth < 3; above = plan.parentOf(above)) depth++;
  return depth;
}
