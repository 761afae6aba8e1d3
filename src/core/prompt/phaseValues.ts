import type { Bead, Phase } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { blocks, bullets, checkList, fenced, oneLine, sentenceList } from './markdown';
import type { PhaseSlice } from './slice';
import { describeBlocker, describeThing, gateName, headingOf, phaseName, phaseNameAndTitle, thingName } from './words';

/** The words for a file that a reader of the prompt can follow, such as its path from the workspace folder. */
export type FileName = (file: string) => string;

/** The last segment of a path or URI. */
export function lastSegment(file: string): string {
  const segment = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Placeholders that every template has; a plan is being planned only where it says so. `file` is the one that holds the thing the prompt is about. */
export function planValues({ plan }: PlanSnapshot, file: string, fileName: FileName) {
  return {
    'plan.id': oneLine(plan.id),
    'plan.title': oneLine(plan.title),
    'plan.file': oneLine(fileName(file)),
    'plan.evidence': placeOfEvidence(oneLine(fileName(file))),
    'plan.progress': oneLine(plan.head.progress?.value ?? ''),
    planning: plan.head.mode?.value === 'planning' ? 'planning' : '',
  };
}

/** A Beads export is written by its tracker alone. */
function placeOfEvidence(file: string): string {
  return file.endsWith('.jsonl')
    ? 'in the tracker (`bd close <id> --reason "<evidence>"`)'
    : `beside it in \`${file}\``;
}

export function phaseValues(snapshot: PlanSnapshot, slice: PhaseSlice, fileName: FileName) {
  const { phase } = slice;
  return {
    'phase.id': oneLine(phase.id),
    'phase.title': oneLine(phase.title.value),
    'phase.heading': headingOf(phase),
    'phase.place': placeOf(snapshot, slice, fileName),
    'phase.standing': standingOf(snapshot, slice),
  };
}

/** One sentence: which plan, which of how many, what it builds on and what builds on it. */
function placeOf({ plan }: PlanSnapshot, slice: PhaseSlice, fileName: FileName): string {
  const { phase, position, count } = slice;
  const where = `the plan “${oneLine(plan.title)}” (\`${oneLine(fileName(phase.location.file))}\`)`;
  if (count === 1) return `This is the only phase of ${where}.`;
  return `This is phase ${position} of ${count} in ${where}: ${neighboursOf(plan.phases, slice)}.`;
}

function neighboursOf(phases: readonly Phase[], { before, after, position }: PhaseSlice): string {
  if (before.length > 0 || after.length > 0) {
    const builds = before.length === 0 ? 'it builds on no other phase' : `it builds on ${named(before)}`;
    const others =
      after.length === 0 ? 'no other phase builds' : `${named(after)} ${after.length === 1 ? 'builds' : 'build'}`;
    return `${builds}, and ${others} on it`;
  }
  const previous = phases[position - 2];
  const next = phases[position];
  const places = [
    ...(previous === undefined ? [] : [`after ${phaseNameAndTitle(previous)}`]),
    ...(next === undefined ? [] : [`before ${phaseNameAndTitle(next)}`]),
  ];
  return `it comes ${sentenceList(places)}`;
}

/** With titles while the sentence stays readable. */
function named(phases: readonly Phase[]): string {
  return sentenceList(phases.map(phases.length > 3 ? phaseName : phaseNameAndTitle));
}

function standingOf(snapshot: PlanSnapshot, { phase, beads, gates, entryGates }: PhaseSlice): string {
  const { schedule } = snapshot;
  const state = schedule.phaseState(phase.id);
  const { closed, total } = schedule.progress(phase.id);
  const inPhase = new Set(beads);
  const ready = schedule.next.flatMap((item) => (item.kind === 'bead' && inPhase.has(item.bead) ? [item.bead] : []));
  const inProgress = beads.filter(({ id }) => schedule.beadState(id) === 'in_progress');
  const due = gates.filter(({ id }) => schedule.gateState(id) === 'due');
  const blockers = schedule.blockersOf(phase);
  const waitsFor = blockers.map((blocker) => describeBlocker(snapshot, blocker, phase));
  const otherGates = entryGates.filter(({ id }) => !blockers.some((each) => each.kind === 'gate' && each.id === id));
  const approvals = phase.approvals.map(({ by, date }) => (date === undefined ? by : `${by} on ${date}`));
  const lines = [
    state === 'guarded'
      ? `This phase may not start yet: it waits for ${sentenceList(waitsFor) || 'what comes before it'}. Explore and plan, but begin no bead before that is settled.`
      : '',
    state === 'satisfied' ? 'The plan counts it as done. Check the evidence before you do any of its work again.' : '',
    total > 0 ? `${closed} of ${total} beads closed.` : '',
    inProgress.length > 0 ? `In progress: ${someNames(inProgress)}.` : '',
    ready.length > 0 ? `Ready to be taken up: ${someNames(ready)}.` : '',
    due.length > 0 ? `To be decided now: ${sentenceList(due.map(gateName))}.` : '',
    otherGates.length > 0
      ? `In front of it: ${sentenceList(otherGates.map((gate) => describeThing(snapshot, gate)))}.`
      : '',
    approvals.length > 0 ? `Approved by ${sentenceList(approvals.map(oneLine))}.` : '',
  ];
  return bullets(lines) || 'Nothing is recorded yet.';
}

/** The first ten, and how many more there are. */
function someNames(beads: readonly Bead[]): string {
  const names = beads.slice(0, 10).map(thingName);
  const more = beads.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : sentenceList(names);
}

/** Commands in one fenced block, in their order; manual steps as a check list. */
export function verificationOf({ verification }: Phase): string {
  const commands = verification.filter(({ kind }) => kind === 'command').map(({ value }) => value.trim());
  const manual = verification.filter(({ kind }) => kind === 'manual');
  return blocks(
    commands.length === 0 ? '' : fenced(commands.join('\n'), 'sh'),
    checkList(manual.map(({ value }) => ({ text: value, done: false }))),
  );
}
