import { spellingOf } from '../language/completion/spelling';
import { lineAbove, lineAt, lineBelow, lineEnd, lineStart } from '../language/lines';
import type { PlanSource } from '../language/planSource';
import type { Phase, Plan, PlanPart, Thing, ThingKind } from '../model';
import { beadLines, pushed } from './beadLines';
import { whyNotWritten } from './planEdits';
import { type Skeleton, skeletonOf } from './skeleton';

/** A snippet to put into a file; its first tab stop is the title. */
export interface Addition {
  readonly file: string;
  readonly at: number;
  /** How many characters there give way: `[]` of an empty list. */
  readonly replaces: number;
  readonly snippet: string;
}

/** Where a new thing goes: beads and gates to the end of `home`, phases and scenarios behind the last one. */
export function addThing(source: PlanSource, kind: ThingKind, home?: Phase): Addition | { readonly refused: string } {
  const { plan } = source.snapshot;
  const neighbour = lastLike(plan, kind, home);
  const file = neighbour?.location.file ?? home?.location.file ?? plan.files[0] ?? '';
  const part = source.part(file);
  if (part === undefined) return { refused: 'The plan has no file to write into.' };
  const reason = whyNotWritten(part);
  if (reason !== undefined) return { refused: reason };
  const skeleton = skeletonOf(plan, part, kind, home);
  const place =
    part.notation === 'yaml'
      ? inYaml(part, kind, home, neighbour, skeleton)
      : inMarkdown(part, kind, home, neighbour, skeleton);
  if (place === undefined) {
    return { refused: `Phasewise does not see where a new ${kind} belongs in this file. Write the first one by hand.` };
  }
  const eol = part.text.includes('\r\n') ? '\r\n' : '\n';
  return { file, ...place, snippet: place.snippet.replace(/\n/g, eol) };
}

type Place = Omit<Addition, 'file'>;

function lastLike(plan: Plan, kind: ThingKind, home: Phase | undefined): Thing | undefined {
  switch (kind) {
    case 'phase':
      return lastWritten(plan.phases);
    case 'scenario':
      return lastWritten(plan.scenarios);
    case 'gate':
      return lastWritten(plan.gates.filter(({ phase }) => phase === home?.id));
    case 'bead':
      return lastWritten(plan.beads.filter((bead) => bead.phase === home?.id && plan.parentOf(bead) === undefined));
  }
}

/** In the file of the last one. */
function lastWritten(things: readonly Thing[]): Thing | undefined {
  const last = things.at(-1);
  return things
    .filter(({ location }) => location.file === last?.location.file)
    .reduce<Thing | undefined>((a, b) => (a === undefined || b.location.start > a.location.start ? b : a), undefined);
}

// ── Markdown ────────────────────────────────────────────────────────────────────────────────────────────────────────

function inMarkdown(
  part: PlanPart,
  kind: ThingKind,
  home: Phase | undefined,
  neighbour: Thing | undefined,
  { text: snippet, form }: Skeleton,
): Place | undefined {
  const { text } = part;
  const gap = form === 'heading' ? '\n\n' : '\n';
  if (neighbour !== undefined) {
    const isSameForm = formAt(text, neighbour) === form;
    const at = form === 'row' ? lineEnd(text, neighbour.head.start) : endOf(text, endWithGates(part, neighbour, kind));
    return { at, replaces: 0, snippet: (isSameForm ? gap : '\n\n') + snippet };
  }
  const whole = form === 'row' ? withTable(part, snippet) : snippet;
  const gate = kind === 'bead' ? firstGateIn(part, home) : undefined;
  if (gate !== undefined) return { at: lineStart(text, gate.head.start), replaces: 0, snippet: `${whole}\n\n` };
  const group = kind === 'scenario' && !/^#{1,6}[ \t].*\bfailure/im.test(text) ? '## Failure scenarios\n\n' : '';
  const end = home === undefined ? endOf(text, text.length) : endOf(text, home.location.end);
  return { at: end, replaces: 0, snippet: `${end === 0 ? '' : '\n\n'}${group}${whole}` };
}

function formAt(text: string, { head }: Thing): Skeleton['form'] | undefined {
  const line = lineAt(text, head.start).trimStart();
  if (line.startsWith('#')) return 'heading';
  if (line.startsWith('|')) return 'row';
  return /^(?:[-*+]|\d{1,9}[.)])[ \t]/.test(line) ? 'item' : undefined;
}

/** A phase ends with the gates that stand behind it. */
function endWithGates(part: PlanPart, neighbour: Thing, kind: ThingKind): number {
  if (kind !== 'phase') return neighbour.location.end;
  const gates = part.gates.filter((gate) => gate.phase === neighbour.id && formAt(part.text, gate) === 'heading');
  return Math.max(neighbour.location.end, ...gates.map(({ location }) => location.end));
}

function firstGateIn({ gates, file }: PlanPart, home: Phase | undefined): Thing | undefined {
  if (home === undefined || home.location.file !== file) return undefined;
  const { start, end } = home.location;
  return gates.find(({ location }) => location.start > start && location.end <= end);
}

/** The row below the two lines that begin the last table of beads. */
function withTable(part: PlanPart, row: string): string {
  const model = part.beads.findLast((bead) => formAt(part.text, bead) === 'row');
  let first = model === undefined ? undefined : lineStart(part.text, model.head.start);
  for (let line = first; line !== undefined && lineAt(part.text, line).includes('|'); line = lineAbove(part.text, line))
    first = line;
  const second = first === undefined ? undefined : lineBelow(part.text, first);
  if (first === undefined || second === undefined) return row;
  return `${lineAt(part.text, first)}\n${lineAt(part.text, second)}\n${row}`;
}

/** Behind the last character that is no white space. */
function endOf(text: string, end: number): number {
  let at = Math.min(end, text.length);
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}

// ── YAML ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const LISTS: Readonly<Record<ThingKind, { readonly field: string; readonly names: string }>> = {
  phase: { field: 'phases', names: 'phases|stages|milestones' },
  bead: { field: 'beads', names: 'beads|tasks' },
  gate: { field: 'gates', names: 'gates|decision_gates' },
  scenario: { field: 'scenarios', names: 'scenarios|failure_scenarios|failures' },
};

function inYaml(
  part: PlanPart,
  kind: ThingKind,
  home: Phase | undefined,
  neighbour: Thing | undefined,
  { text: snippet }: Skeleton,
): Place | undefined {
  const { text } = part;
  if (neighbour !== undefined) {
    const start = lineStart(text, neighbour.location.start);
    const dash = /^([ ]*)-[ ]/.exec(lineAt(text, start));
    const isAlone = neighbour.kind !== 'bead' || beadLines(part, neighbour) !== undefined;
    if (dash === null || !isAlone) return undefined;
    const at = lineEnd(text, endOf(text, neighbour.location.end));
    const above = lineAbove(text, start);
    const gap = above !== undefined && lineAt(text, above).trim() === '' ? '\n\n' : '\n';
    return { at, replaces: 0, snippet: gap + pushed(snippet, 'entry', dash[1]?.length ?? 0) };
  }
  const isInPhase = kind === 'bead' || kind === 'gate';
  if (isInPhase && home === undefined) return undefined;
  const around = isInPhase && home !== undefined ? home.location : { start: 0, end: text.length };
  const column = isInPhase ? /^[ ]*(?:-[ ]+)+(?=\S)/.exec(lineAt(text, around.start))?.[0].length : 0;
  if (column === undefined) return undefined;
  const lines = pushed(snippet, 'entry', column + 2);
  const { field, names } = LISTS[kind];
  const own = text.slice(around.start, around.end);
  const key = new RegExp(`^(?:[ ]{${column}}|[ ]*(?:-[ ]+)+)(?:${names})[ ]*:[ ]*(\\[[ ]*\\])?[ ]*$`, 'm').exec(own);
  if (key !== null) {
    const empty = key[1]?.length ?? 0;
    const end = around.start + key.index + key[0].trimEnd().length;
    const at = empty === 0 ? end : end - empty - 1;
    return { at, replaces: end - at, snippet: `\n${lines}` };
  }
  if (new RegExp(`^[ ]{${column}}(?:${names})[ ]*:`, 'm').test(own)) return undefined;
  const at = lineEnd(text, endOf(text, around.end));
  const name = spellingOf(part).name(isInPhase ? 'phase' : 'plan', field);
  return { at, replaces: 0, snippet: `${at === 0 ? '' : '\n'}${' '.repeat(column)}${name}:\n${lines}` };
}
