import type { Steps } from '../../steps';
import { blocksOf } from './blockReader';
import type { Block } from './blocks';
import type { Chunk } from './chunks';
import type { ReadingOptions } from './findings';
import { headOf } from './heads';
import { type OutlineOptions, outlineOf, type PlacedBlock, type Section } from './outline';
import { Reading } from './reading';
import { type ShapeFacts, shapeFacts } from './shape';

/** What is known of a chunk without what is around it. */
export interface ChunkBlocks {
  readonly blocks: readonly Block[];
  readonly hasPhaseHeading: boolean;
  /** How many headings of the first level it holds. */
  readonly titles: number;
}

export function readChunk(text: string): ChunkBlocks {
  const blocks = blocksOf(text);
  let hasPhaseHeading = false;
  let titles = 0;
  for (const block of blocks) {
    if (block.kind !== 'heading' || block.depth > 0) continue;
    if (block.level === 1) titles++;
    hasPhaseHeading ||= headOf(block.run).kind === 'phase';
  }
  return { blocks, hasPhaseHeading, titles };
}

export type MarkdownChunk = Chunk<ChunkBlocks>;

/** The headings of a segment, and what they add to the shape of the document. */
export interface SegmentOutline {
  readonly root: Section;
  readonly facts: ShapeFacts;
}

/**
 * A heading of the highest level with everything under it, or what stands before the first one. What is in it is read
 * once and then remembered, as long as neither it nor what it depends on changes.
 */
export class Segment {
  readonly chunks: readonly MarkdownChunk[];
  readonly length: number;
  #outline: (SegmentOutline & { readonly key: string }) | undefined;
  /** The last reading, and the last one with headings that became phases because no heading says that it is one. */
  #reading: Reading | undefined;
  #phasedReading: Reading | undefined;

  constructor(chunks: readonly MarkdownChunk[]) {
    this.chunks = chunks;
    this.length = chunks.reduce((sum, { text }) => sum + text.length, 0);
  }

  outline(options: OutlineOptions): SegmentOutline {
    const key = `${options.hasPhaseHeadings} ${options.topic}`;
    if (this.#outline?.key !== key) {
      const root = outlineOf(this.#blocks(), options);
      this.#outline = { key, root, facts: shapeFacts(root) };
      this.#reading = undefined;
      this.#phasedReading = undefined;
    }
    return this.#outline;
  }

  *read(outline: SegmentOutline, options: ReadingOptions): Steps<Reading> {
    const isPhased = options.asPhases.size > 0;
    const known = isPhased ? this.#phasedReading : this.#reading;
    if (known?.isOf(outline.root, options)) return known;
    const reading = yield* Reading.of(outline.root, options);
    if (isPhased) this.#phasedReading = reading;
    else this.#reading = reading;
    return reading;
  }

  #blocks(): PlacedBlock[] {
    const placed: PlacedBlock[] = [];
    let at = 0;
    for (const { text, content } of this.chunks) {
      for (const block of content.blocks) placed.push({ block, at });
      at += text.length;
    }
    return placed;
  }
}

/**
 * Chunks in segments: a new one begins with each heading of `level` or above, but for the first heading, which goes with
 * what stands before it. Known segments are used again.
 */
export function segmentsOf(
  chunks: readonly MarkdownChunk[],
  level: number,
  previous: readonly Segment[],
): readonly Segment[] {
  const known = new Map(previous.map((segment) => [segment.chunks[0], segment]));
  const segments: Segment[] = [];
  let from = 0;
  let hasHeading = false;
  for (let to = 1; to <= chunks.length; to++) {
    const next = chunks[to];
    hasHeading ||= (chunks[to - 1]?.level ?? 0) > 0;
    if (next !== undefined && (next.level === 0 || next.level > level || !hasHeading)) continue;
    const own = chunks.slice(from, to);
    const old = known.get(own[0]);
    const isSame = old?.chunks.length === own.length && own.every((chunk, index) => chunk === old.chunks[index]);
    segments.push(old !== undefined && isSame ? old : new Segment(own));
    from = to;
  }
  return segments;
}
