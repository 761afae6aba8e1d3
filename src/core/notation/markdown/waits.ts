import type { Reference, ThingKind } from '../../model';
import { NOTHING } from '../empty';
import { hasIdShape } from '../ids';
import { FOREIGN_PHASES } from '../languages';
import { isNone } from '../values';
import { ALL_BEADS, type Wait } from '../waits';
import type { BeadDraft, NamedDraft, PhaseDraft, Value } from './drafts';
import type { Making } from './making';
import { cut, Run, withoutMarks } from './run';
import { waitInTitle } from './titles';
import { locationOf, referencesOf, splitList, textOf } from './values';

/** A line of a list of dependencies: what waits, and for what. */
export interface WaitDraft {
  readonly of: Value;
  readonly by: Value;
}

/** `ft-2 depends on ft-1`, `**Search (Phase 3)**: depends on Phase 2`, and from the other end `ft-1 blocks ft-2`. */
export function writtenWait(run: Run, at: number): readonly WaitDraft[] {
  const start = run.text.slice(0, LONGEST);
  const waits = SAYS.exec(start);
  const blocks = waits === null ? BLOCKS.exec(start) : null;
  const said = waits ?? blocks;
  if (said === null) return arrows(run, at);
  const [whole, subject = ''] = said;
  if (NEGATED.test(subject)) return [];
  const named = PHASE.exec(subject);
  const first = { run: cut(run, named === null ? 0 : named.index, subject.length), at };
  const last = { run: cut(run, whole.length, run.text.length), at };
  return [blocks === null ? { of: first, by: last } : { of: withoutRemarks(last), by: first }];
}

/** Whether a line in bold begins with the name of a phase: what is said of it there may be said of it nowhere else. */
export function beginsWithPhase({ text, spans, start }: Run): boolean {
  return spans[0]?.kind === 'strong' && spans[0].start - start < 6 && (PHASE.exec(text.slice(0, 80))?.index ?? 9) < 6;
}

const LONGEST = 400;
const SAYS =
  /^(.{1,120}?)[\s:—–-]{1,6}(?:is |are |both |all )?(?:depends? (?:only |solely )?on|dependent on|blocked by|requires?|needs?|waits? for|(?:can start |starts? |begins? )?after)\s+(?=\S)/iu;
const BLOCKS =
  /^(.{1,120}?)\s(?:also )?(?:blocks|unblocks|(?:must|has to|needs to) (?:land|come|finish|complete|be (?:done|completed?|finished|merged)) before)\s+(?=\S)/iu;
const NEGATED = /\b(?:not|no|never|without|independent)\b/i;
const PHASE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:phases?|stages?|milestones?|epics?|sprints?|batch(?:es)?|iterations?|${FOREIGN_PHASES})\\s+[\\p{L}\\p{N}]`,
  'iu',
);

/** `A1, A2 → B1 → C1`: each waits for what stands before its arrow. Nothing but names may stand between arrows. */
function arrows(run: Run, at: number): readonly WaitDraft[] {
  if (!ARROW.test(run.text)) return [];
  const end = /:\s|\s[—–-]\s/.exec(run.text)?.index ?? run.text.length;
  const sides: Run[] = [];
  let from = 0;
  for (const { index, 0: arrow } of run.text.slice(0, end).matchAll(ARROWS)) {
    sides.push(cut(run, from, index));
    from = index + arrow.length;
  }
  sides.push(cut(run, from, end));
  if (!sides.every((side) => isNames(side) || phaseNames({ run: side, at }).length > 0)) return [];
  return sides.slice(1).flatMap((of, index) => {
    const by = sides[index];
    return by === undefined ? [] : [{ of: { run: of, at }, by: { run: by, at } }];
  });
}

const ARROW = /→|->|=>|⟶/;
const ARROWS = /\s*(?:→|-+>|=+>|⟶)\s*/g;

function isNames({ text }: Run): boolean {
  const words = text.split(/[\s,+&]+/).filter((word) => word !== '');
  return (
    words.some(hasIdShape) &&
    words.every((word) => hasIdShape(word) || /^(?:and|phases?|tasks?|gates?|sprints?|\p{Lu})$/iu.test(word))
  );
}

export function makeWaits(
  { waits, phases }: { readonly waits: readonly WaitDraft[]; readonly phases: readonly PhaseDraft[] },
  beads: readonly BeadDraft[],
  making: Making,
): readonly Wait[] {
  const made = waits.flatMap(({ of, by }) => {
    const told = [...referencesOf([withoutRemarks(by)], making), ...namedPhases(by, making)];
    const otherwise = by.run.text.includes('(') ? referencesOf([by], making) : NOTHING;
    if (told.length === 0 && otherwise.length === 0) return [];
    const waiting = [...firstOf([withoutRemarks(of), of], making), ...namedPhases(of, making)];
    return waiting.map((each): Wait => ({ of: each, by: told, ...(otherwise.length > 0 && { otherwise }) }));
  });
  for (const draft of beads) {
    const all = draft.fields
      .get('blockedBy')
      ?.find(({ run }) => /all|every/i.test(run.text) && ALL_TASKS.test(run.text));
    if (all !== undefined) made.push({ of: itself(draft, making), by: [allBeads(all, making)] });
  }
  for (const draft of [...phases, ...beads]) {
    const blockers = draft.fields.get(draft.kind === 'phase' ? 'dependsOn' : 'blockedBy');
    const inTitle = draft.kind === 'bead' && draft.title !== undefined ? waitInTitle(draft.title)?.wait : undefined;
    const called = [...(blockers ?? NOTHING), ...(inTitle === undefined ? NOTHING : [inTitle])].flatMap((value) =>
      calledIn(value, draft.kind, making),
    );
    if (called.length > 0) made.push({ of: itself(draft, making), by: called });
    const blocked = draft.fields.get('blocks');
    if (blocked === undefined) continue;
    const all = draft.kind === 'bead' ? blocked.find(({ run }) => ALL_TASKS.test(run.text)) : undefined;
    if (all !== undefined) made.push({ of: allBeads(all, making), by: [itself(draft, making)] });
    const by = [itself(draft, making)];
    const phase = draft.kind === 'bead' ? draft.phase : undefined;
    for (const each of referencesOf(blocked, making)) made.push({ of: making.scoped(each, phase), by });
    for (const value of blocked) for (const of of calledIn(value, draft.kind, making)) made.push({ of, by });
  }
  return made;
}

/** The parts of a list that name nothing by an id: each may be the title of something, wherever that is told. */
function calledIn(value: Value, kind: ThingKind, making: Making): readonly Reference[] {
  const { text } = value.run;
  if (!HOLDS_WORDS.test(text) || isNone(text) || text.length > LONGEST) return NOTHING;
  return splitList(value).flatMap((part) => {
    const called = textOf(part, making);
    if (!MAY_BE_TITLE.test(called.value) || referencesOf([part], making).length > 0) return [];
    return kind === 'phase' ? namedPhases(part, making) : { ...called, kind };
  });
}

/** A word that no digit goes on with, or hidden code. */
const HOLDS_WORDS = /\p{L}{2}(?![\p{L}\d._-]*\d)|\uFFFC/u;
const MAY_BE_TITLE = /\p{L}{2}[^,;]{0,80}$/u;

function firstOf(values: readonly Value[], making: Making): readonly Reference[] {
  for (const value of values) {
    const found = referencesOf([value], making);
    if (found.length > 0) return found;
  }
  return NOTHING;
}

/** What could be phases by their names, each to be looked up once all of the document is read. */
function namedPhases(value: Value, making: Making): readonly Reference[] {
  return phaseNames(value).map((name) => ({
    ...locationOf(name, making),
    value: withoutMarks(name.run).text,
    kind: 'phase',
  }));
}

/** The parts of `US1 (status), US2 and the Setup phase` that could name phases: US1, US2, Setup. */
function phaseNames({ run, at }: Value): readonly Value[] {
  const text = blanked(run.text).slice(0, LONGEST);
  const end = text.search(/\s[—–-]+\s|[.;]\s|$/);
  const names: Value[] = [];
  let from = 0;
  for (const part of text.slice(0, end).split(/(,|\/|&|\+|\sand\s)/i)) {
    const story = STORY_NAME.exec(part);
    const [lead = ''] = LEAD.exec(part) ?? [];
    const words = story === null ? part.slice(lead.length).replace(TAIL, '') : story[0];
    const start = from + (story === null ? lead.length : 0);
    from += part.length;
    const name = cut(run, start, start + words.length);
    if (MAY_NAME.test(withoutMarks(name).text)) names.push({ run: name, at });
  }
  return names;
}

const STORY_NAME = /^\P{L}*(?:US-?|user story |story )\d{1,3}(?!\d)/iu;
const LEAD = /^[^\p{L}\p{N}]*(?:(?:both|only|the|on|each|every|all other)\s+)*/iu;
const TAIL =
  /(?:\s+(?:phase|phases|tasks|work|being|is|are|be|complete|completed|completion|done|finished))*[^\p{L}\p{N}]*$/iu;
const MAY_NAME = /^\p{L}[\p{L}\p{N} &'’-]{1,50}$/u;

/** The text with remarks in brackets blanked; same length. */
function blanked(text: string): string {
  return text.includes('(') ? text.replace(/\([^()]{0,200}\)/g, (remark) => ' '.repeat(remark.length)) : text;
}

function withoutRemarks({ run, at }: Value): Value {
  const text = blanked(run.text);
  return text === run.text ? { run, at } : { run: new Run(run.start, run.end, text, run.spans), at };
}

/** `ALL previous tasks`, `everything above`, `all other tasks`. */
const ALL_TASKS =
  /^[^\p{L}\p{N}]*(?:all|everything)(?: (?:of )?(?:the )?(?:previous|prior|preceding|earlier|above|other))?(?: (?:tasks?|beads?|items?|steps?|stories|work))?(?: (?:above|before(?: it| this)?|completed?|done))?[^\p{L}\p{N}]*$/iu;

function allBeads(value: Value, making: Making): Reference {
  return { ...locationOf(value, making), value: ALL_BEADS, kind: 'bead' };
}

/** A reference that stands where the thing is named, or begins, where nothing names it. */
function itself(draft: NamedDraft, making: Making): Reference {
  const { start, end } = draft.id.range ?? { start: draft.head.start, end: draft.head.start };
  return {
    file: making.file,
    start: making.base + start,
    end: making.base + end,
    value: making.idOf(draft),
    kind: draft.kind,
  };
}
