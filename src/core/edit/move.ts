import { lineAt, lineEnd, lineStart } from '../language/lines';
import type { PlanSource } from '../language/planSource';
import type { Bead, Phase, Plan, PlanPart } from '../model';
import { nameOf } from '../plan/tellings';
import type { TextEdit } from '../text';
import { type BeadLines, beadLines, pushed, takenOut } from './beadLines';
import { firstDifference, inAnyOrder, type Meaning, meaningOf, type Told } from './meaning';
import { inOrder, type Outcome, type PlanEdits, planAfter, whyNotWritten } from './planEdits';

/** Where a bead goes: beside another one, or to the end of a phase. */
export type Destination = { readonly beside: Bead; readonly side: 'before' | 'after' } | { readonly into: Phase };

/** Where text goes in, and how deep what stands there is. */
interface Slot {
  readonly part: PlanPart;
  readonly at: number;
  readonly depth: number;
  /** What stands between it and its neighbour on the side that it is put to. */
  readonly side: 'before' | 'after';
  readonly gap: string;
  /** Put in before the lines, where a list begins with them. */
  readonly opening?: string;
  /** Replaced by what goes in: `[]` of an empty list. */
  readonly replaces?: number;
}

/**
 * Takes the lines of a bead, with its steps and the beads in it, to another place. They are pushed in or out as deep as
 * what stands there, and otherwise stay as they are; so does everything else. The plan is read again as it would be
 * then: when anything but the bead's place would be different, nothing is changed.
 */
export function moveBead(source: PlanSource, bead: Bead, to: Destination): Outcome {
  const { plan } = source.snapshot;
  const part = source.part(bead.location.file);
  const lines = part === undefined ? undefined : beadLines(part, bead);
  if (part === undefined || lines === undefined)
    return { refused: `${nameOf(bead)} is not written on lines of its own, so it cannot be moved. Move it by hand.` };
  if ('beside' in to && (to.beside === bead || isInside(plan, to.beside, bead))) {
    return { refused: `${nameOf(bead)} cannot be moved into itself.` };
  }
  const slot = 'beside' in to ? slotBeside(source, lines, to.beside, to.side) : slotIn(source, lines, part, to.into);
  if ('refused' in slot) return slot;
  const reason = whyNotWritten(part) ?? whyNotWritten(slot.part);
  if (reason !== undefined) return { refused: reason };
  const edits = editsFor(source, part, bead, lines, slot);
  if (edits.size === 0) return { edits };
  return changesMore(source, bead, to, edits) ?? { edits };
}

function isInside(plan: Plan, bead: Bead, whole: Bead): boolean {
  for (let at = plan.parentOf(bead); at !== undefined; at = plan.parentOf(at)) if (at === whole) return true;
  return false;
}

function slotBeside(
  source: PlanSource,
  lines: BeadLines,
  neighbour: Bead,
  side: 'before' | 'after',
): Slot | { refused: string } {
  const part = source.part(neighbour.location.file);
  const there = part === undefined ? undefined : beadLines(part, neighbour);
  const isSameTable = lines.form !== 'row' || lines.header === there?.header;
  if (part === undefined || there === undefined || there.form !== lines.form || !isSameTable) {
    return {
      refused: `${nameOf(neighbour)} is written in another way, so nothing can be moved beside it. Move it by hand.`,
    };
  }
  const gap = lines.form === 'heading' ? '\n\n' : '\n';
  return { part, at: side === 'before' ? there.start : there.end, depth: there.depth, side, gap };
}

/** Behind the phase's last bead; where it has none yet, where its first one belongs. */
function slotIn(source: PlanSource, lines: BeadLines, from: PlanPart, phase: Phase): Slot | { refused: string } {
  const { plan } = source.snapshot;
  const last = plan.beadsOfPhase(phase.id).findLast((each) => plan.parentOf(each) === undefined);
  if (last !== undefined) return slotBeside(source, lines, last, 'after');
  const part = source.part(phase.location.file);
  const refused = {
    refused: `${nameOf(phase)} has no place yet for beads that are written like this one. Move it by hand.`,
  };
  if (part === undefined || part.notation !== from.notation) return refused;
  if (lines.form === 'entry') return slotInYaml(part, phase) ?? refused;
  if (lines.form === 'row') return refused;
  const level = /^#{1,6}(?=[ \t])/.exec(lineAt(part.text, phase.head.start))?.[0].length;
  if (level === undefined) return refused;
  const depth = lines.form === 'heading' ? Math.min(6, level + 1) : 0;
  const gate = plan
    .gatesOfPhase(phase.id)
    .find(
      ({ location }) =>
        location.file === part.file && location.start > phase.location.start && location.end <= phase.location.end,
    );
  if (gate !== undefined)
    return { part, at: lineStart(part.text, gate.location.start), depth, side: 'before', gap: '\n\n' };
  return {
    part,
    at: lineEnd(part.text, lastCharacter(part.text, phase.location.end)),
    depth,
    side: 'after',
    gap: '\n\n',
  };
}

/** `beads: []`, `beads:` with nothing behind it, or no such key. */
function slotInYaml(part: PlanPart, phase: Phase): Slot | undefined {
  const { text } = part;
  const own = text.slice(phase.location.start, phase.location.end);
  const start = lineStart(text, phase.location.start);
  const column = columnOfKeys(lineAt(text, start));
  if (column === undefined) return undefined;
  const depth = column + 2;
  const key = new RegExp(`^(?:[ ]{${column}}|[ ]*(?:-[ ]+)+)(?:beads|tasks)[ ]*:[ ]*(\\[[ ]*\\])?[ ]*$`, 'm').exec(own);
  if (key !== null) {
    const end = phase.location.start + key.index + key[0].trimEnd().length;
    const at = key[1] === undefined ? end : end - key[1].length - 1;
    return { part, at, depth, side: 'after', gap: '\n', replaces: end - at };
  }
  const at = lineEnd(text, lastCharacter(text, phase.location.end));
  return { part, at, depth, side: 'after', gap: '\n', opening: `\n${' '.repeat(column)}beads:` };
}

/** Where the keys of a list entry stand: `  - id: A` gives 4. */
function columnOfKeys(line: string): number | undefined {
  return /^[ ]*(?:-[ ]+)+(?=[\p{L}"'])/u.exec(line)?.[0].length;
}

function editsFor(source: PlanSource, part: PlanPart, bead: Bead, lines: BeadLines, slot: Slot): PlanEdits {
  const { text } = part;
  const taken = takenOut(text, lines);
  const isSame = slot.part === part;
  const eol = slot.part.text.includes('\r\n') ? '\r\n' : '\n';
  const moved = pushed(text.slice(lines.start, lines.end).replace(/\r\n/g, '\n'), lines.form, slot.depth - lines.depth);
  if (isSame && slot.at >= taken.start && slot.at <= taken.end) {
    // It stands there already, if not as deep: the last part of a bead that goes behind it.
    if (slot.depth === lines.depth) return new Map();
    const left = leftBehind(source, part, bead, lines);
    const range = left?.range ?? { start: lines.start, end: lines.end };
    const newText = (left === undefined ? moved : `${left.newText}\n${moved}`).replace(/\n/g, eol);
    return new Map([[part.file, [{ range, newText }]]]);
  }
  const block = slot.side === 'before' ? moved + slot.gap : (slot.opening ?? '') + slot.gap + moved;
  const put: TextEdit = {
    range: { start: slot.at, end: slot.at + (slot.replaces ?? 0) },
    newText: block.replace(/\n/g, eol),
  };
  const take = leftBehind(source, part, bead, lines) ?? { range: taken, newText: '' };
  const edits = new Map<string, readonly TextEdit[]>();
  if (isSame) edits.set(part.file, inOrder([take, put]));
  else {
    edits.set(part.file, [take]);
    edits.set(slot.part.file, [put]);
  }
  return edits;
}

/** The last entry of a YAML list leaves `[]`. */
function leftBehind(
  { snapshot: { plan } }: PlanSource,
  { text }: PlanPart,
  bead: Bead,
  lines: BeadLines,
): TextEdit | undefined {
  if (lines.form !== 'entry') return undefined;
  const parent = plan.parentOf(bead);
  const siblings =
    parent === undefined
      ? plan.beadsOfPhase(bead.phase ?? '').filter((each) => plan.parentOf(each) === undefined)
      : plan.childrenOf(parent.id);
  if (siblings.length !== 1) return undefined;
  const before = text.slice(0, lines.start).trimEnd();
  return before.endsWith(':') ? { range: { start: before.length, end: lines.end }, newText: ' []' } : undefined;
}

function lastCharacter(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}

function changesMore(source: PlanSource, bead: Bead, to: Destination, edits: PlanEdits): Outcome | undefined {
  const { plan } = source.snapshot;
  const after = planAfter(source, edits);
  const target =
    'beside' in to ? { phase: to.beside.phase, parent: to.beside.parent } : { phase: to.into.id, parent: undefined };
  const { phases, gates, scenarios } = plan;
  const intended: Told = {
    phases,
    gates,
    scenarios,
    find: (id, kind) => plan.find(id, kind),
    beads: plan.beads.map((each) => {
      if (each === bead) return withHome(each, target);
      return isInside(plan, each, bead) && target.phase !== undefined ? { ...each, phase: target.phase } : each;
    }),
  };
  const different = firstDifference(inAnyOrder(meaningOf(intended)), inAnyOrder(meaningOf(after)));
  const isThere = different === undefined && isInOrder(after, bead, to);
  if (isThere) return undefined;
  return { refused: whyNot(bead, different) };
}

function withHome(bead: Bead, home: { readonly phase: string | undefined; readonly parent: string | undefined }): Bead {
  const { phase: _, parent: __, ...rest } = bead;
  return {
    ...rest,
    ...(home.phase !== undefined && { phase: home.phase }),
    ...(home.parent !== undefined && { parent: home.parent }),
  };
}

/** Whether it stands where it was put: right beside its neighbour, or last in its phase. */
function isInOrder(after: Plan, bead: Bead, to: Destination): boolean {
  const found = after.find(bead.id, 'bead');
  if (found?.kind !== 'bead') return false;
  if ('into' in to) return after.beadsOfPhase(to.into.id).some((each) => each.id === bead.id);
  const parent = after.parentOf(found);
  const siblings =
    parent === undefined
      ? after.beads.filter((each) => after.parentOf(each) === undefined)
      : after.childrenOf(parent.id);
  const [own, other] = [
    siblings.findIndex(({ id }) => id === bead.id),
    siblings.findIndex(({ id }) => id === to.beside.id),
  ];
  return to.side === 'before' ? own + 1 === other : own - 1 === other;
}

function whyNot(bead: Bead, different: Meaning | undefined): string {
  const about =
    different === undefined || different.id === bead.id
      ? ''
      : `: it would change the ${different.kind} ${different.id}`;
  return `${nameOf(bead)} cannot be moved there as lines of the file${about}. Move it by hand.`;
}
