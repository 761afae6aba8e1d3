import type { Reference } from '../../model';
import { hasIdShape } from '../ids';
import { FOREIGN_PHASES } from '../languages';
import type { Wait } from '../waits';
import type { BeadDraft, NamedDraft, PhaseDraft, Value } from './drafts';
import type { Making } from './making';
import { cut, type Run } from './run';
import { referencesOf } from './values';

/** A line of a list of dependencies: what waits, and for what. */
export interface WaitDraft {
  readonly of: Value;
  readonly by: Value;
}

/** `ft-2 depends on ft-1`, `**Search (Phase 3)**: depends on Phase 2`. */
export function writtenWait(run: Run, at: number): readonly WaitDraft[] {
  const said = SAYS.exec(run.text.slice(0, LONGEST));
  if (said === null) return arrows(run, at);
  const [whole, subject = ''] = said;
  if (NEGATED.test(subject)) return [];
  const named = PHASE.exec(subject);
  const of = cut(run, named === null ? 0 : named.index, subject.length);
  return [{ of: { run: of, at }, by: { run: cut(run, whole.length, run.text.length), at } }];
}

/** Whether a line in bold begins with the name of a phase: what is said of it there may be said of it nowhere else. */
export function beginsWithPhase({ text, spans, start }: Run): boolean {
  return spans[0]?.kind === 'strong' && spans[0].start - start < 6 && (PHASE.exec(text.slice(0, 80))?.index ?? 9) < 6;
}

const LONGEST = 400;
const SAYS =
  /^(.{1,120}?)[\s:—–-]{1,6}(?:is |are )?(?:depends? on|dependent on|blocked by|requires?|needs?|waits? for|(?:can start |starts? |begins? )?after)\s+(?=\S)/iu;
const NEGATED = /\b(?:not|no|never|without|independent)\b/i;
const PHASE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:phases?|stages?|milestones?|epics?|sprints?|batch(?:es)?|iterations?|${FOREIGN_PHASES})\\s+[\\p{L}\\p{N}]`,
  'iu',
);

/** `A1, A2 → B1 → C1`: each waits for what stands before its arrow. Nothing but names may stand between arrows. */
function arrows(run: Run, at: number): readonly WaitDraft[] {
  if (!ARROW.test(run.text)) return [];
  const end = /:\s|\s[—–-]\s|\s\(/.exec(run.text)?.index ?? run.text.length;
  const sides: Run[] = [];
  let from = 0;
  for (const { index, 0: arrow } of run.text.slice(0, end).matchAll(ARROWS)) {
    sides.push(cut(run, from, index));
    from = index + arrow.length;
  }
  sides.push(cut(run, from, end));
  if (!sides.every(isNames)) return [];
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
    const blockers = referencesOf([by], making);
    return blockers.length === 0 ? [] : referencesOf([of], making).map((each) => ({ of: each, by: blockers }));
  });
  for (const draft of [...phases, ...beads]) {
    const blocked = draft.fields.get('blocks');
    if (blocked === undefined) continue;
    const by = [itself(draft, making)];
    const phase = draft.kind === 'bead' ? draft.phase : undefined;
    for (const each of referencesOf(blocked, making)) made.push({ of: making.scoped(each, phase), by });
  }
  return made;
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
