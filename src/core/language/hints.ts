import type { Thing } from '../model';
import { mentionsBetween } from './mentions';
import type { PlanSource } from './planSource';

/** Something that stands beside the text and is not written. */
export type Hint =
  /** Behind a reference of a field: what it leads to, for its state. */
  | { readonly kind: 'state'; readonly at: number; readonly thing: Thing }
  /** Behind a bead's id: from 1, the wave that it can be worked on in. */
  | { readonly kind: 'wave'; readonly at: number; readonly wave: number };

/** For the lines that the stretch touches. Scenarios have no state, and things of other plans show theirs at home. */
export function hintsBetween(source: PlanSource, file: string, from: number, to: number): readonly Hint[] {
  const { plan, schedule } = source.snapshot;
  const { text = '' } = source.part(file) ?? {};
  return mentionsBetween(source, file, from, to).flatMap((mention): Hint | readonly [] => {
    const { role, thing } = mention;
    const end = behindMarks(text, mention.end);
    if (mention.plan !== plan) return [];
    if (role === 'reference') return thing.kind === 'scenario' ? [] : { kind: 'state', at: end, thing };
    const wave = role === 'name' && thing.kind === 'bead' ? schedule.waveOf(thing.id) : undefined;
    return wave === undefined ? [] : { kind: 'wave', at: end, wave: wave + 1 };
  });
}

/** A hint inside of emphasis or quotation marks would look like a part of the id. */
function behindMarks(text: string, end: number): number {
  let at = end;
  while (MARKS.has(text[at] ?? '')) at++;
  return at;
}

const MARKS: ReadonlySet<string> = new Set(['*', '_', '`', '~', '"', "'"]);
