import type { ThingKind } from '../../model';
import type { CompletionPlace } from './place';

const KIND_WORDS: Readonly<Record<string, ThingKind>> = {
  phase: 'phase',
  phases: 'phase',
  gate: 'gate',
  gates: 'gate',
  scenario: 'scenario',
  scenarios: 'scenario',
  bead: 'bead',
  beads: 'bead',
};

/** Behind a word such as `Gate`, on a line that begins at `start` and is written up to the cursor. */
export function mentionPlace(start: number, before: string): CompletionPlace | undefined {
  const match = /(?<![\p{L}\p{N}])(phases?|gates?|scenarios?|beads?)[ \t]+([\p{L}\p{N}_.-]*)$/iu.exec(before);
  const of = KIND_WORDS[match?.[1]?.toLowerCase() ?? ''];
  // A heading gives a new thing its own id.
  if (match === null || of === undefined || /^\s*#/.test(before)) return undefined;
  return { kind: 'mention', of, from: start + before.length - (match[2] ?? '').length };
}
