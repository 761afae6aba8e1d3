import { familyOf, isStrongId } from './ids';
import type { Item } from './markdownBlocks';
import { writtenLine } from './markdownFields';
import { type Head, headOf, type Id } from './markdownHeads';
import type { Section } from './markdownOutline';

/** What can be said of a document as a whole, before any part of it is read. */
export interface MarkdownShape {
  /** The heading that is the document's title: the only one of the first level, before all others. */
  readonly title: Section | undefined;
  readonly hasPhaseHeadings: boolean;
  /** Words whose headings hold phases of another word: `Milestone 2` around `Phase 11`. */
  readonly groupWords: ReadonlySet<string>;
  /** Whether a weak id, such as `S3` in `S3 bucket`, counts with others of its family. */
  isCounted(id: Id): boolean;
}

export function shapeOf(root: Section): MarkdownShape {
  const groupWords = new Set<string>();
  const families = new Map<string, Set<string>>();
  let hasPhaseHeadings = false;
  let checked = 0;
  let checkedWithId = 0;
  const meetId = ({ id, kind }: Head) => {
    if (id === undefined || kind !== undefined) return;
    const family = families.get(familyOf(id.value));
    if (family === undefined) families.set(familyOf(id.value), new Set([id.value]));
    else family.add(id.value);
  };
  const meetPhase = (word: string, around: readonly Section[]) => {
    for (const { head } of around) if (head.kind === 'phase' && head.word !== word) groupWords.add(head.word ?? '');
  };
  const visit = (section: Section, around: readonly Section[]) => {
    const { head } = section;
    if (head.kind === 'phase') {
      meetPhase(head.word ?? '', around);
      hasPhaseHeadings ||= Number.isInteger(section.level);
    }
    meetId(head);
    const inside = head.kind === 'phase' ? [...around, section] : around;
    for (const { block } of section.body) {
      const [line] = block.kind === 'item' ? block.lines : [];
      if (block.kind !== 'item' || line === undefined) continue;
      const itemHead = headOf(line);
      if (itemHead.kind === 'phase' && (block.check !== undefined || startsBold(block))) {
        meetPhase(itemHead.word ?? '', inside);
      }
      if (block.check === undefined && writtenLine(line).fields.length === 0) continue;
      checked++;
      if (itemHead.id !== undefined) checkedWithId++;
      meetId(itemHead);
    }
    for (const child of section.sections) visit(child, inside);
  };
  visit(root, []);
  const mostHaveIds = checkedWithId * 2 >= checked;
  return {
    title: titleSection(root),
    hasPhaseHeadings,
    groupWords,
    isCounted: ({ value }) => isStrongId(value) || mostHaveIds || (families.get(familyOf(value))?.size ?? 0) > 1,
  };
}

function titleSection({ sections }: Section): Section | undefined {
  const [first, ...others] = sections.filter(({ level }) => level === 1);
  return first !== undefined && others.length === 0 && first === sections[0] ? first : undefined;
}

export function startsBold({ lines: [line] }: Item): boolean {
  const span = line?.spans[0];
  return (
    line !== undefined &&
    span?.kind === 'strong' &&
    line.text
      .slice(0, span.start - line.start)
      .replace(/\p{Extended_Pictographic}|\uFE0F/gu, '')
      .trim() === ''
  );
}
