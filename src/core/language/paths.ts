import type { PlanPart } from '../model';
import type { Range } from '../text';

/** A relative path to a file, as a plan writes it. Whether the file is there, the core cannot know. */
export interface WrittenPath extends Range {
  readonly path: string;
}

const MOST_PATHS = 1000;
/** At least one folder, and a name with an ending; not behind `//`, so that addresses are left alone. */
const PATH =
  /(?<![\p{L}\p{N}_./:@\\-])(?:\.{1,2}\/)?(?:[\p{L}\p{N}_.-]+\/){1,12}[\p{L}\p{N}_-][\p{L}\p{N}_.-]*\.[A-Za-z]\w{0,7}(?![\p{L}\p{N}/])/gu;

/** Paths anywhere in a file, and the progress file of its head. Linear. */
export function pathsIn({ text, head }: PlanPart): readonly WrittenPath[] {
  const paths: WrittenPath[] = [];
  for (const match of text.matchAll(PATH)) {
    if (paths.length >= MOST_PATHS) break;
    paths.push({ path: match[0], start: match.index, end: match.index + match[0].length });
  }
  const { progress } = head;
  if (progress !== undefined && !paths.some(({ start }) => start === progress.start)) {
    paths.push({ path: progress.value, start: progress.start, end: progress.end });
  }
  return paths;
}
