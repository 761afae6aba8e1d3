import { approvalHash, isApproved } from '../approval/approvedText';
import { gateLinks } from '../graph/graph';
import type { Bead, Diagnostic, Gate, Phase, Plan, Reference, Thing } from '../model';
import { saysDropped } from '../notation/values';
import { isOutside, resolveOutside, resolveWaitable } from '../plan/references';
import { nameOf } from '../plan/tellings';
import { isSatisfied } from '../schedule/satisfaction';
import type { PlanSnapshot } from '../snapshot';
import { counted, finding, nameAt } from './finding';
import { lacking } from './lacking';

const MOST_NAMED = 3;
const MOST_RELATED = 20;

/** Whether work went the way that the plan says. */
export function checkExecution(snapshot: PlanSnapshot): readonly Diagnostic[] {
  const { plan, schedule } = snapshot;
  const leaves = plan.beads.filter(({ id }) => plan.childrenOf(id).length === 0);
  return [
    ...plan.beads.flatMap((bead) => workedWhileBlocked(snapshot, bead)),
    ...plan.phases.flatMap((phase) => begunWhileGuarded(snapshot, phase)),
    ...openParts(snapshot),
    ...lacking({
      code: 'closed-without-evidence',
      all: leaves.filter(({ status }) => status === 'closed'),
      has: ({ evidence }) => evidence.length > 0,
      matters: () => true,
      each: (bead) =>
        `${nameOf(bead)} is closed, and nothing shows that it is done. Add "Evidence": a value, a file, a test.`,
      once: (count) =>
        `${count} beads are closed without evidence. An "Evidence" for each tells the next session what shows that it is done.`,
    }),
    ...plan.gates.flatMap((gate) => skippedGate(plan, gate)),
    ...staleApprovals(plan),
    ...severalCurrent(leaves.filter(({ id }) => schedule.beadState(id) === 'in_progress')),
  ];
}

/** What these references name that is not done yet. Gates are `gate-skipped`. */
function unsatisfied(
  { plan, others }: PlanSnapshot,
  self: Thing,
  references: readonly Reference[],
): readonly { name: string; thing: Thing }[] {
  return references.flatMap((reference) => {
    const target = isOutside(plan, reference)
      ? resolveOutside(reference, others)
      : { plan, thing: resolveWaitable(plan, reference, self.kind === 'phase' ? 'phase' : undefined) };
    const thing = target?.thing;
    if (target === undefined || thing === undefined || thing === self || thing.kind === 'gate') return [];
    // What is marked as done and has open parts is told of there, once.
    return isMarkedDone(thing) || isSatisfied(target.plan, thing) ? [] : [{ name: nameOf(thing), thing }];
  });
}

function isMarkedDone(thing: Thing): boolean {
  return (
    (thing.kind === 'phase' && thing.status?.value === 'closed') || (thing.kind === 'bead' && thing.status === 'closed')
  );
}

function workedWhileBlocked(snapshot: PlanSnapshot, bead: Bead): readonly Diagnostic[] {
  if (bead.status !== 'closed' && bead.status !== 'in_progress') return [];
  const before = unsatisfied(snapshot, bead, bead.blockedBy);
  if (before.length === 0) return [];
  const isClosed = bead.status === 'closed';
  if (isClosed && isDropped(snapshot.plan, bead)) return [];
  const names = namesOf(before.map(({ name }) => name));
  const message = isClosed
    ? `${nameOf(bead)} is closed, but it is blocked by ${names}, which ${are(before)} not done. Open it again, or correct what it is blocked by.`
    : `${nameOf(bead)} is in progress, but it is blocked by ${names}, which ${are(before)} not done. Finish that first, or correct what it is blocked by.`;
  return [
    finding(isClosed ? 'closed-while-blocked' : 'claimed-while-blocked', bead.statusAt ?? nameAt(bead), message, {
      related: relatedTo(
        before.map(({ thing }) => thing),
        'is not done',
      ),
    }),
  ];
}

/** What is not done any more need not wait for anything: `cancelled`, or struck through. */
function isDropped(plan: Plan, { statusAt, head }: Bead): boolean {
  const text = statusAt === undefined ? undefined : plan.textOf(statusAt.file);
  if (text === undefined || statusAt === undefined) return false;
  const line = text.slice(head.start, head.end);
  const said = text.slice(statusAt.start, statusAt.end);
  return saysDropped(/^[-~]$/.test(said) ? line : said) || line.includes('~~');
}

function begunWhileGuarded(snapshot: PlanSnapshot, phase: Phase): readonly Diagnostic[] {
  const { plan } = snapshot;
  const begun = plan.beadsOfPhase(phase.id).filter(({ status }) => status === 'closed' || status === 'in_progress');
  if (begun.length === 0 || phase.dependsOn.length === 0) return [];
  const before = unsatisfied(snapshot, phase, phase.dependsOn);
  const [first] = phase.dependsOn;
  if (before.length === 0 || first === undefined) return [];
  const message = `${nameOf(phase)} has begun (${counted(begun.length, 'bead')}), but it depends on ${namesOf(before.map(({ name }) => name))}, which ${are(before)} not done. Finish that first, or correct what it depends on.`;
  return [finding('claimed-while-blocked', first, message, { related: relatedTo(begun, 'has begun') })];
}

/** Phases and beads that are checked off while something in them is open. */
function openParts({ plan, schedule }: PlanSnapshot): readonly Diagnostic[] {
  const isOpen = ({ id }: Bead) => {
    const state = schedule.beadState(id);
    return state !== 'closed' && state !== 'deferred';
  };
  const of = (thing: Phase | Bead, at: Diagnostic['location'], parts: readonly Bead[]) => {
    const open = parts.filter(isOpen);
    if (open.length === 0) return [];
    const message = `${nameOf(thing)} is marked as done, but ${namesOf(open.map(nameOf))} ${open.length === 1 ? 'is' : 'are'} still open. Close what is done, or take the mark back.`;
    return [finding('closed-with-open-parts', at, message, { related: relatedTo(open, 'is open') })];
  };
  return [
    ...plan.phases.flatMap((phase) =>
      phase.status?.value === 'closed' ? of(phase, phase.status, plan.beadsOfPhase(phase.id)) : [],
    ),
    ...plan.beads.flatMap((bead) =>
      bead.status === 'closed' ? of(bead, bead.statusAt ?? nameAt(bead), plan.childrenOf(bead.id)) : [],
    ),
  ];
}

function skippedGate(plan: Plan, gate: Gate): readonly Diagnostic[] {
  const verdict = gate.decision?.verdict;
  if (verdict === 'pass') return [];
  const begun = gateLinks(plan, gate)
    .blocks.flatMap((thing) =>
      thing.kind === 'phase' ? plan.beadsOfPhase(thing.id) : thing.kind === 'bead' ? thing : [],
    )
    .filter(({ status }) => status === 'closed' || status === 'in_progress');
  if (begun.length === 0) return [];
  const why = verdict === undefined ? 'has no verdict' : `has the verdict ${verdict}`;
  const names = namesOf(begun.map(nameOf));
  const message = `${nameOf(gate)} ${why}, but work behind it has begun: ${names}. Decide the gate, or stop that work.`;
  return [finding('gate-skipped', nameAt(gate), message, { related: relatedTo(begun, 'has begun') })];
}

function staleApprovals(plan: Plan): readonly Diagnostic[] {
  const approved = [
    ...plan.head.approvals.map((approval) => ({ approval, of: undefined })),
    ...[...plan.phases, ...plan.gates].flatMap((of) => of.approvals.map((approval) => ({ approval, of }))),
  ];
  return approved.flatMap(({ approval, of }) => {
    if (approval.hash === undefined || isApproved(plan, of, approval.hash)) return [];
    const what = of === undefined ? 'The plan' : nameOf(of);
    const message = `${what} was changed since ${approval.by} approved it. Let it be read again, and approved as sha256:${approvalHash(plan, of)}.`;
    return [finding('stale-approval', approval, message)];
  });
}

function severalCurrent(current: readonly Bead[]): readonly Diagnostic[] {
  const first = new Map<string, Bead>();
  return current.flatMap((bead) => {
    const owner = bead.owner?.value ?? '';
    const known = first.get(owner.toLowerCase());
    if (known === undefined) {
      first.set(owner.toLowerCase(), bead);
      return [];
    }
    const message =
      owner === ''
        ? `${nameOf(bead)} is in progress, and so is ${nameOf(known)}; neither has an owner. Name who works on which, or put one back.`
        : `${owner} has ${nameOf(known)} in progress already. Finish one before the next, so that it stays clear what is being worked on.`;
    const related = relatedTo([known], 'is in progress');
    return [finding('several-current-beads', bead.statusAt ?? nameAt(bead), message, { related })];
  });
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  const left = names.length - MOST_NAMED;
  return left > 0 ? `${shown} and ${left} more` : shown;
}

function are({ length }: readonly unknown[]): string {
  return length === 1 ? 'is' : 'are';
}

function relatedTo(things: readonly Thing[], what: string): Diagnostic['related'] {
  return things
    .slice(0, MOST_RELATED)
    .map((thing) => ({ location: nameAt(thing), message: `${nameOf(thing)} ${what}` }));
}
