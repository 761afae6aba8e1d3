import type { PlanPart, Step, Thing, ThingKind } from '../model';
import type { PlanSnapshot } from '../snapshot';
import type { Location, Range } from '../text';
import { thingsIn } from './enclosing';

/** A row of a file's outline. Ranges of children lie inside their parent's. */
export interface PlanSymbol {
  readonly kind: ThingKind | 'step';
  readonly thing?: Thing;
  readonly step?: Step;
  /** All of it, and the characters that the cursor goes to. */
  readonly range: Range;
  readonly selection: Range;
  readonly children: readonly PlanSymbol[];
}

interface Growing extends PlanSymbol {
  readonly children: Growing[];
}

/** The things that a file tells, one inside the other as they are written. Sorting is the most of its cost. */
export function symbolsOf(part: PlanPart): readonly PlanSymbol[] {
  const all: Growing[] = [];
  for (const thing of thingsIn(part)) {
    const { head, location } = thing;
    const range = { start: Math.min(location.start, head.start), end: Math.max(location.end, head.end) };
    all.push({ kind: thing.kind, thing, range, selection: head, children: [] });
    if (thing.kind === 'bead') for (const step of thing.steps) all.push(stepSymbol(step));
  }
  all.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
  const roots: Growing[] = [];
  const open: Growing[] = [];
  for (const symbol of all) {
    while (open.length > 0 && (open.at(-1)?.range.end ?? 0) < symbol.range.end) open.pop();
    (open.at(-1)?.children ?? roots).push(symbol);
    open.push(symbol);
  }
  return roots;
}

function stepSymbol(step: Step): Growing {
  const { start, end } = step.text;
  return { kind: 'step', step, range: { start, end }, selection: { start, end }, children: [] };
}

/** A thing of any plan, found by its id or title. */
export interface FoundThing {
  readonly snapshot: PlanSnapshot;
  readonly thing: Thing;
  readonly at: Location;
}

/** Things whose id and title hold the letters of the query in their order. An empty query finds all, up to `most`. */
export function findThings(snapshots: readonly PlanSnapshot[], query: string, most = 2000): readonly FoundThing[] {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const found: FoundThing[] = [];
  for (const snapshot of snapshots) {
    const { phases, gates, beads, scenarios } = snapshot.plan;
    for (const things of [phases, gates, beads, scenarios]) {
      for (const thing of things) {
        if (!holdsLetters(`${thing.id} ${thing.title.value}`, wanted)) continue;
        found.push({ snapshot, thing, at: thing.head });
        if (found.length >= most) return found;
      }
    }
  }
  return found;
}

function holdsLetters(text: string, letters: string): boolean {
  if (letters === '') return true;
  const lower = text.toLowerCase();
  let from = 0;
  for (const letter of letters) {
    const at = lower.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}
