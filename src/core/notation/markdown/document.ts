import type { Field } from '../../model';
import type { Steps } from '../../steps';
import type { BeadDraft, PhaseDraft, PlanDraft } from './drafts';
import { madePhaseIds } from './ids';
import { sectionKind } from './kinds';
import type { OutlineOptions, Section } from './outline';
import type { Harvest, NamedPhase, Reading } from './reading';
import type { Context } from './scope';
import { type MarkdownChunk, Segment, type SegmentOutline, segmentsOf } from './segments';
import { joinShape, type MarkdownShape } from './shape';
import { titleTextOf } from './titles';
import type { Topic } from './topics';
import { unnamedPhases } from './unnamedPhases';
import { titleOf } from './values';

/** A document in segments that are read by themselves, and what they have to know of each other. */
export class MarkdownDocument {
  readonly segments: readonly Segment[];
  readonly promptCount: number;
  readonly critiqueCount: number;
  readonly #outlines: readonly SegmentOutline[];
  readonly #shape: MarkdownShape;
  readonly #readings: readonly Reading[];

  private constructor(
    segments: readonly Segment[],
    outlines: readonly SegmentOutline[],
    shape: MarkdownShape,
    readings: readonly Reading[],
  ) {
    this.segments = segments;
    this.#outlines = outlines;
    this.#shape = shape;
    this.#readings = readings;
    this.promptCount = readings.reduce((sum, { findings }) => sum + findings.promptCount, 0);
    this.critiqueCount = readings.reduce((sum, { findings }) => sum + findings.critiqueCount, 0);
  }

  static *read(
    chunks: readonly MarkdownChunk[],
    { phase, bead }: About,
    previous: readonly Segment[],
  ): Steps<MarkdownDocument> {
    const hasPhaseHeadings = chunks.some(({ content }) => content.hasPhaseHeading);
    const isWhole = phase !== undefined || bead !== undefined;
    const { level, topic } = isWhole ? WHOLE : spineOf(chunks, hasPhaseHeadings);
    const segments = segmentsOf(chunks, level, previous);
    const outlines: SegmentOutline[] = [];
    for (const [index, segment] of segments.entries()) {
      outlines.push(segment.outline({ hasPhaseHeadings, topic: index === 0 ? undefined : topic }));
      yield;
    }
    const titles = chunks.reduce((sum, { content }) => sum + content.titles, 0);
    const title = titleSection(outlines[0]?.root, titles);
    const shape = joinShape(
      outlines.map(({ facts }) => facts),
      title,
      hasPhaseHeadings,
    );
    const readings = yield* readSegments({ segments, outlines, shape, phase, bead });
    return new MarkdownDocument(segments, outlines, shape, readings);
  }

  /** The words of the heading that all of the document is under. */
  get headline(): string {
    return this.#shape.title?.title.text ?? '';
  }

  /** The document's title, where it is not the name of a phase. */
  title(file: string, text: string): Field<string> | undefined {
    const root = this.#outlines[0]?.root;
    const section = this.#shape.title ?? root?.sections.find(({ level }) => level === 1);
    if (section === undefined) return undefined;
    const { kind, word = '' } = section.head;
    if (kind === 'phase' && !this.#shape.groupWords.has(word)) return undefined;
    return titleOf({ run: section.title, at: section.at }, { file, text, base: 0, isKnown: () => false });
  }

  /** The things of each segment. `textOf` gives the text between two offsets of the file, `others` are ids beside it. */
  *make(
    file: string,
    textOf: (start: number, end: number) => string,
    others: readonly string[],
  ): Steps<readonly Harvest[]> {
    const written = new Set(this.#readings.flatMap(({ writtenIds }) => writtenIds));
    for (const id of others) written.add(id);
    const taken = new Set(written);
    const countAnew = countsAnew(this.#readings);
    const phasesBefore: NamedPhase[] = [];
    const harvests: Harvest[] = [];
    let start = 0;
    for (const [index, reading] of this.#readings.entries()) {
      const { phases } = reading.findings;
      const phaseIds = madePhaseIds(phases, taken);
      const from = start;
      const end = from + (this.segments[index]?.length ?? 0);
      start = end;
      const count = phasesBefore.length;
      const made = [...phaseIds];
      for (const phase of phases) {
        const id = phase.id.value || (made.shift() ?? '');
        if (!phase.isRemark) phasesBefore.push({ id, title: titleTextOf(phase) });
      }
      harvests.push(
        yield* reading.make({
          file,
          text: () => textOf(from, end),
          start: from,
          isWritten: (id) => written.has(id),
          countAnew,
          phaseIds,
          phasesBefore: () => phasesBefore.slice(0, count),
        }),
      );
      yield;
    }
    return harvests;
  }
}

/** What the whole file is about, where its front matter says so. */
export interface About {
  readonly phase: PhaseDraft | undefined;
  readonly bead: BeadDraft | undefined;
}

interface Outlined extends About {
  readonly segments: readonly Segment[];
  readonly outlines: readonly SegmentOutline[];
  readonly shape: MarkdownShape;
}

function* readSegments(outlined: Outlined): Steps<readonly Reading[]> {
  const found = yield* readWith(outlined, NO_SECTIONS);
  if (outlined.bead !== undefined || found.some(({ findings }) => findings.phases.length > 0)) return found;
  const asPhases = unnamedPhases(found, outlined.outlines, outlined.shape);
  return asPhases.size === 0 ? found : yield* readWith(outlined, asPhases);
}

function* readWith(
  { segments, outlines, shape, phase, bead }: Outlined,
  asPhases: ReadonlySet<Section>,
): Steps<readonly Reading[]> {
  const readings: Reading[] = [];
  let hasPhases = phase !== undefined;
  let before: PhaseDraft | undefined;
  for (const [index, segment] of segments.entries()) {
    const outline = outlines[index] ?? segment.outline(NO_OPTIONS);
    const reading = yield* segment.read(outline, { shape, asPhases, phase, bead, before, hasPhases });
    hasPhases ||= reading.findings.phases.length > 0;
    before = standIn(reading.findings.last);
    readings.push(reading);
    yield;
  }
  return readings;
}

const NO_SECTIONS: ReadonlySet<Section> = new Set();
const NO_OPTIONS: OutlineOptions = { hasPhaseHeadings: false, topic: undefined };
/** The document is one segment. */
const WHOLE = { level: 0, topic: undefined };

/**
 * The level of the headings that divide the document, and the topic of the title above them. Where the title itself is a
 * thing, such as the phase that the file is about, what is under it cannot be read apart from it.
 */
function spineOf(
  chunks: readonly MarkdownChunk[],
  hasPhaseHeadings: boolean,
): { readonly level: number; readonly topic: Topic | undefined } {
  let titles = 0;
  let level = Number.POSITIVE_INFINITY;
  for (const chunk of chunks) {
    titles += chunk.content.titles;
    if (chunk.level > 1 && chunk.level < level) level = chunk.level;
  }
  if (titles > 1) return { level: 1, topic: undefined };
  if (titles === 0) return { level, topic: undefined };
  const end = chunks.findIndex((chunk, index) => index > 0 && chunk.level > 1 && chunk.level <= level);
  const first = new Segment(end < 0 ? chunks : chunks.slice(0, end)).outline({ hasPhaseHeadings, topic: undefined });
  const title = titleSection(first.root, titles);
  if (title === undefined) return { level: 1, topic: undefined };
  const isGroup =
    title.head.kind === 'phase'
      ? title.head.word !== 'phase' &&
        chunks.slice(end < 0 ? chunks.length : end).some(({ content }) => content.hasPhaseHeading)
      : sectionKind(title, aroundTitle(title), joinShape([first.facts], title, hasPhaseHeadings)) === 'group';
  return isGroup ? { level, topic: title.topic } : WHOLE;
}

function aroundTitle(section: Section): Context {
  const owner: PlanDraft = { kind: 'plan', fields: new Map(), prose: [], hasPhases: false };
  return { owner, phase: undefined, bead: undefined, topic: undefined, section, isQuiet: false };
}

/** The only heading of the first level, when no other heading stands before it. */
function titleSection(root: Section | undefined, titles: number): Section | undefined {
  const first = root?.sections[0];
  return titles === 1 && first?.level === 1 ? first : undefined;
}

/** A phase of one segment as the next one sees it: by its id alone, so that what is read there does not change it. */
function standIn(phase: PhaseDraft | undefined): PhaseDraft | undefined {
  if (phase === undefined || phase.id.value === '') return undefined;
  return { ...phase, fields: new Map(), prose: [], plain: [], beside: [], numbered: [] };
}

/** Whether the same plain number names beads of several phases. */
function countsAnew(readings: readonly Reading[]): boolean {
  const homes = new Map<string, string>();
  for (const [index, { ordinals }] of readings.entries()) {
    for (const [id, phase] of ordinals) {
      const home = phase < 0 ? '' : `${index} ${phase}`;
      const known = homes.get(id);
      if (known !== undefined && known !== home) return true;
      homes.set(id, home);
    }
  }
  return false;
}
