import type { Bead, Gate, Phase, PlanHead, PlanPart } from '../../model';
import { finish, type Steps } from '../../steps';
import { emptyPart, isBinary, NO_HEAD, orNothing } from '../empty';
import { withWaits } from '../waits';
import { type Chunked, chunksOf, detached } from './chunks';
import { MarkdownDocument } from './document';
import { type FrontMatter, frontMatterOf, ticketOf, titledBelow, toldOf } from './frontMatter';
import type { Harvest } from './reading';
import { type ChunkBlocks, readChunk, type Segment } from './segments';
import { markdownSource } from './source';

/** What is kept of a reading for the next one of the same file. */
interface Memory {
  readonly chunked: Chunked<ChunkBlocks>;
  readonly segments: readonly Segment[];
}

/** A file that is about more than one thing. */
const NOTHING_ELSE = { phase: undefined, bead: undefined };

const memories = new WeakMap<PlanPart, Memory>();

/**
 * A plan in Markdown. With `previous`, the part that this file gave before, only what changed is parsed and read again;
 * the result is the same as without. Never throws.
 *
 * The first part of a file keeps nothing for the next: most files of an index are never edited.
 */
export function readMarkdown(file: string, text: string, previous?: PlanPart): PlanPart {
  return finish(markdownSteps(file, text, previous));
}

/** The same in steps: one for a few list items and headings, then a few for each part of the document. */
export function* markdownSteps(file: string, text: string, previous?: PlanPart): Steps<PlanPart> {
  if (isBinary(text)) return emptyPart(file, 'markdown', text);
  if (previous?.file === file && previous.notation === 'markdown' && previous.text === text) return previous;
  const memory = previous === undefined ? undefined : memories.get(previous);
  const source = markdownSource(text);
  const front = source.frontMatter;
  const matter = front === undefined ? undefined : frontMatterOf(file, text, front.start, front.end);
  const chunked = yield* chunksOf(source.text, readChunk, memory?.chunked);
  const document = yield* MarkdownDocument.read(chunked.chunks, matter ?? NOTHING_ELSE, memory?.segments ?? []);
  const slice = (start: number, end: number) => text.slice(start, end);
  const harvests = yield* document.make(
    file,
    memory === undefined ? slice : (start, end) => detached(slice(start, end)),
    idsIn(matter?.part),
  );
  const part = partOf(file, text, harvests, document, matter);
  if (previous !== undefined) memories.set(part, { chunked, segments: document.segments });
  return part;
}

function idsIn(part: PlanPart | undefined): readonly string[] {
  if (part === undefined) return [];
  return [...part.phases, ...part.beads, ...part.gates].map(({ id }) => id);
}

function partOf(
  file: string,
  text: string,
  harvests: readonly Harvest[],
  document: MarkdownDocument,
  matter: FrontMatter | undefined,
): PlanPart {
  const title = document.title(file, text);
  const front = matter?.part && withTitle(matter, harvests, title);
  const approvals = harvests.flatMap((harvest) => harvest.approvals);
  const approved = new Set<string>();
  const withApprovals = <T extends Phase | Gate>(thing: T): T => {
    const given = approvals.filter(({ of }) => names(of, thing.id));
    for (const { of } of given) approved.add(of);
    return given.length === 0
      ? thing
      : { ...thing, approvals: [...thing.approvals, ...given.map(({ approval }) => approval)] };
  };
  const all = <T>(
    of: (harvest: Pick<PlanPart, 'phases' | 'beads' | 'gates' | 'scenarios' | 'insights'>) => readonly T[],
  ) => {
    const things = front === undefined ? [] : [...of(front)];
    for (const harvest of harvests) for (const thing of of(harvest)) things.push(thing);
    return orNothing(things);
  };
  const remarks = harvests.flatMap((harvest) => harvest.remarks);
  const isReport =
    REPORT.test(document.headline) && [...harvests, ...(front === undefined ? [] : [front])].every(isWithoutWork);
  const told = isReport
    ? orNothing<Phase>([])
    : withFrontMatter(
        all((harvest) => harvest.phases),
        text,
        matter,
        title,
      );
  const toldBeads = isReport
    ? orNothing<Bead>([])
    : withTicket(
        all((harvest) => harvest.beads),
        text,
        matter,
        title,
      );
  const { phases, beads } = withWaits(
    { phases: remarks.length === 0 ? told : [...told, ...remarks], beads: toldBeads },
    harvests.flatMap((harvest) => harvest.waits),
  );
  const gates = all((harvest) => harvest.gates);
  const withoutApprovals = approvals.length === 0;
  const ofPhases = withoutApprovals ? phases : phases.map(withApprovals);
  const ofGates = withoutApprovals ? gates : gates.map(withApprovals);
  const ofPlan = approvals.filter(({ of }) => !approved.has(of)).map(({ approval }) => approval);
  const ownTitle = matter?.bead === undefined ? title : undefined;
  const heads = [
    front?.head ?? NO_HEAD,
    { ...NO_HEAD, title: ownTitle, approvals: ofPlan },
    ...harvests.map(({ head }) => head),
  ];
  return {
    file,
    notation: 'markdown',
    text,
    head: joinHeads(heads),
    phases: ofPhases,
    beads,
    gates: ofGates,
    scenarios: all((harvest) => harvest.scenarios),
    insights: all((harvest) => harvest.insights),
    promptCount: document.promptCount + (front?.promptCount ?? 0),
    critiqueCount: document.critiqueCount + (front?.critiqueCount ?? 0),
    diagnostics: front?.diagnostics ?? orNothing([]),
  };
}

function withTitle({ part, phase }: FrontMatter, harvests: readonly Harvest[], title: PlanHead['title']): PlanPart {
  if (phase === undefined) return part;
  const below = harvests.flatMap((harvest) => harvest.phases);
  return { ...part, phases: part.phases.map((each) => titledBelow(each, below, title)) };
}

/** In a file that is one bead, that one from both of its tellings. */
function withTicket(
  beads: readonly Bead[],
  text: string,
  matter: FrontMatter | undefined,
  title: PlanHead['title'],
): readonly Bead[] {
  const [front, ...below] = beads;
  if (matter?.bead === undefined || front === undefined) return beads;
  const others = below.filter(({ head }) => head.start !== front.head.start);
  return [ticketOf(front, below, title, text.trimEnd().length), ...others];
}

/** In a file whose title is the one phase that it holds, front matter is about that phase, too. */
function withFrontMatter(
  phases: readonly Phase[],
  text: string,
  matter: FrontMatter | undefined,
  title: PlanHead['title'],
): readonly Phase[] {
  const [only, ...others] = phases;
  if (matter?.range === undefined || title !== undefined) return phases;
  if (only === undefined || others.length > 0) return phases;
  const told = toldOf(only, text, matter.range);
  return told === undefined ? phases : [...phases, told];
}

function isWithoutWork({ beads, gates }: Pick<PlanPart, 'beads' | 'gates'>): boolean {
  return beads.every(({ idAt }) => idAt === undefined) && gates.length === 0;
}

/** `Phase 14: Documentation Summary`, with no bead below but check boxes: what came of a phase, not the phase. */
const REPORT =
  /^\W{0,9}phase\s.{1,200}(?:\bsummary|\bresearch|\bcontext|\bverification(?: report)?|\bvalidation(?: strategy)?|\bdiscussion log|\bretrospective|\buat|\breview)\s*$/i;

/** Whether a text names a thing by its id: `Phase J` names J. */
function names(text: string, id: string): boolean {
  return (text.match(/[\p{L}\p{N}][\p{L}\p{N}._-]*/gu) ?? []).some((word) => word.replace(/[._-]+$/, '') === id);
}

/** What stands first counts; baselines and risks are told in several places. */
function joinHeads(heads: readonly PlanHead[]): PlanHead {
  const first = <K extends keyof PlanHead>(key: K): PlanHead[K] | undefined =>
    heads.find((head) => head[key] !== undefined)?.[key];
  const front = heads[0] ?? NO_HEAD;
  const texts = (key: 'baseline' | 'risks') =>
    front[key].length > 0 ? front[key] : orNothing(heads.flatMap((head) => head[key]));
  return {
    planId: first('planId'),
    title: first('title'),
    mode: first('mode'),
    baseline: texts('baseline'),
    risks: texts('risks'),
    repository: first('repository'),
    progress: first('progress'),
    branch: first('branch'),
    worktrees: first('worktrees'),
    approvals: orNothing(heads.flatMap((head) => head.approvals)),
    ...(front.rules === undefined ? {} : { rules: front.rules }),
  };
}
