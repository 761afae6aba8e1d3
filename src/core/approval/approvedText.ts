import { withLabel } from '../language/labels';
import type { Gate, Phase, Plan } from '../model';
import { sinceBehind } from '../notation/values';
import type { Location } from '../text';
import { sha256 } from './sha256';

/** Digits of a hash as it is written. */
const WRITTEN_DIGITS = 8;

/** The hash to write behind an approval of the plan as it is now, or of one of its phases or gates: `1a2b3c4d`. */
export function approvalHash(plan: Plan, of?: Phase | Gate): string {
  return sha256(approvedText(plan, of)).slice(0, WRITTEN_DIGITS);
}

/** Whether a text is still the one that was approved under this hash, which may be cut off behind its first digits. */
export function isApproved(plan: Plan, of: Phase | Gate | undefined, hash: string): boolean {
  return sha256(approvedText(plan, of)).startsWith(hash.toLowerCase());
}

/**
 * What an approval is for: the text of the thing with white space folded, and without what changes while the plan is
 * executed (plan-format: what it means): status, check marks, owner, evidence, decisions, progress entries, and approvals
 * themselves.
 */
export function approvedText(plan: Plan, of?: Phase | Gate): string {
  const places = of === undefined ? approvedFiles(plan).map((file) => wholeFile(plan, file)) : [of.location];
  const changing = changingPlaces(plan);
  const texts = places.map(({ file, start, end }) => {
    const text = plan.textOf(file) ?? '';
    const holes = changing
      .filter((place) => place.file === file && place.start >= start && place.end <= end)
      .map((place) => (place.isMark ? place : withLabel(text, place)))
      .sort((a, b) => a.start - b.start);
    let kept = '';
    let from = start;
    for (const hole of holes) {
      if (hole.start > from) kept += `${text.slice(from, hole.start)} `;
      from = Math.max(from, hole.end);
    }
    return kept + text.slice(from, end);
  });
  return texts.join('\n').replace(/\s+/g, ' ').trim();
}

/** Not those that hold nothing but progress. */
function approvedFiles(plan: Plan): readonly string[] {
  if (plan.files.length === 1) return plan.files;
  const { phases, beads, gates, scenarios, insights, prompts, critiques } = plan;
  const things = [...phases, ...beads, ...gates, ...scenarios].map(({ location }) => location);
  const holding = new Set([...things, ...insights, ...prompts, ...critiques].map(({ file }) => file));
  const logging = new Set(plan.progressEntries.map(({ file }) => file));
  return plan.files.filter((file) => holding.has(file) || !logging.has(file));
}

function wholeFile(plan: Plan, file: string): Location {
  return { file, start: 0, end: plan.textOf(file)?.length ?? 0 };
}

interface Changing extends Location {
  /** Inside a check box, which stays, or a line of its own: there is no label around it. */
  readonly isMark?: boolean;
}

function changingPlaces(plan: Plan): readonly Changing[] {
  const places: Changing[] = [
    ...plan.head.approvals,
    ...plan.progressEntries.map((entry) => ({ ...entry, isMark: true })),
  ];
  for (const { status, approvals } of plan.phases) {
    if (status !== undefined) places.push(markOrField(plan, status));
    places.push(...approvals);
  }
  for (const { statusAt, owner, evidence, steps } of plan.beads) {
    if (statusAt !== undefined) places.push(markOrField(plan, statusAt));
    if (owner !== undefined) places.push(withSince(plan, owner));
    places.push(...evidence);
    for (const { mark } of steps) if (mark !== undefined) places.push({ ...mark, isMark: true });
  }
  for (const { decision, approvals } of plan.gates) {
    if (decision !== undefined) places.push(decision);
    places.push(...approvals);
  }
  return places;
}

function withSince(plan: Plan, { file, start, end }: Location): Location {
  return { file, start, end: end + sinceBehind(plan.textOf(file) ?? '', end) };
}

function markOrField(plan: Plan, place: Location): Changing {
  const text = plan.textOf(place.file) ?? '';
  return text[place.start - 1] === '[' && text[place.end] === ']' ? { ...place, isMark: true } : place;
}
