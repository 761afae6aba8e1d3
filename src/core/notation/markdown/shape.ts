import { familyOf, isStrongId } from '../ids';
import type { Item } from './blocks';
import { writtenLine } from './fields';
import { headOf } from './heads';
import type { Section } from './outline';
import type { Head, Id } from './run';

/** What can be said of a document as a whole, before any part of it is read. */
export interface MarkdownShape {
  /** The heading that is the document's title: the only one of the first level, before all others. */
  readonly title: Section | undefined;
  readonly hasPhaseHeadings: boolean;
  /** Words whose headings hold phases of another word: `Milestone 2` around `Phase 11`. */
  readonly groupWords: ReadonlySet<string>;
  /** Whether a weak id, such as `S3` in `S3 bucket`, counts with others of its family. */
  isCounted(id: Id): boolean;
  /** Whether a word alone in bold may be an id: not where others begin with a title in bold. */
  readonly hasWordIds: boolean;
  /** Equal for shapes that read the same. */
  readonly key: string;
}

/** What a part of a document adds to its shape. */
export interface ShapeFacts {
  readonly groupWords: ReadonlySet<string>;
  /** Of each family of weak ids the first id, or `true` when there are several. */
  readonly families: ReadonlyMap<string, string | true>;
  readonly checked: number;
  readonly checkedWithId: number;
  readonly hasBoldTitles: boolean;
  /** Words of the headings that are phases, below the document's title. */
  readonly phaseWords: ReadonlySet<string>;
}

export function shapeFacts(root: Section): ShapeFacts {
  const groupWords = new Set<string>();
  const families = new Map<string, string | true>();
  let checked = 0;
  let checkedWithId = 0;
  let hasBoldTitles = false;
  const phaseWords = new Set<string>();
  const meetId = ({ id, kind }: Head) => {
    if (id !== undefined && kind === undefined && MAY_BE_WEAK.test(id.value))
      addFamily(families, familyOf(id.value), id.value);
  };
  const meetPhase = (word: string, around: readonly Section[]) => {
    for (const { head } of around) if (head.kind === 'phase' && head.word !== word) groupWords.add(head.word ?? '');
  };
  const visit = (section: Section, around: readonly Section[]) => {
    const { head } = section;
    if (head.kind === 'phase') {
      meetPhase(head.word ?? '', around);
      if (section.level > 1) phaseWords.add(head.word ?? '');
    }
    meetId(head);
    const inside = head.kind === 'phase' ? [...around, section] : around;
    for (const { block } of section.body) {
      if (block.kind !== 'item') continue;
      const [line] = block.lines;
      if (line === undefined) continue;
      const itemHead = headOf(line);
      const { check } = block;
      if (itemHead.kind === 'phase' && (check !== undefined || startsBold(block)))
        meetPhase(itemHead.word ?? '', inside);
      if (check === undefined && writtenLine(line).fields.length === 0) continue;
      hasBoldTitles ||=
        itemHead.id === undefined && check !== undefined && BOLD_TITLE.test(line.text) && startsBold(block);
      checked++;
      if (itemHead.id !== undefined && itemHead.id.strength !== 'word') checkedWithId++;
      // `SRS0 encode` may name what is encoded.
      if (itemHead.id?.strength !== 'weak' || !/^\s*\p{Ll}/u.test(itemHead.rest.text)) meetId(itemHead);
    }
    for (const child of section.sections) visit(child, inside);
  };
  visit(root, []);
  return { groupWords, families, checked, checkedWithId, hasBoldTitles, phaseWords };
}

const MAY_BE_WEAK = /^(?:\p{Lu}\p{L}{0,3}\d|\d{1,3}[a-f]$)/u;
/** Several words between marks. */
const BOLD_TITLE = /^\s*\S+(?: \S+)+\u205F{2}/;

function addFamily(families: Map<string, string | true>, family: string, id: string | true): void {
  const known = families.get(family);
  if (known === undefined) families.set(family, id);
  else if (known !== id) families.set(family, true);
}

export function joinShape(
  facts: readonly ShapeFacts[],
  title: Section | undefined,
  hasPhaseHeadings: boolean,
): MarkdownShape {
  const groupWords = new Set(facts.flatMap((each) => [...each.groupWords]));
  const { kind, word = '' } = title?.head ?? {};
  if (kind === 'phase' && facts.some(({ phaseWords }) => [...phaseWords].some((each) => each !== word)))
    groupWords.add(word);
  const families = new Map<string, string | true>();
  for (const each of facts) for (const [family, id] of each.families) addFamily(families, family, id);
  const checked = facts.reduce((sum, each) => sum + each.checked, 0);
  const mostHaveIds = facts.reduce((sum, each) => sum + each.checkedWithId, 0) * 2 >= checked;
  const hasWordIds = !facts.some((each) => each.hasBoldTitles);
  const several = [...families].flatMap(([family, id]) => (id === true ? [family] : []));
  return {
    title,
    hasPhaseHeadings,
    groupWords,
    hasWordIds,
    isCounted: ({ value }) => isStrongId(value) || mostHaveIds || families.get(familyOf(value)) === true,
    key: [hasPhaseHeadings, mostHaveIds, hasWordIds, title === undefined, ...groupWords, ...several.sort()].join(' '),
  };
}

export function startsBold({ lines: [line] }: Item): boolean {
  const span = line?.spans[0];
  if (line === undefined || span?.kind !== 'strong') return false;
  const before = line.text.slice(0, span.start - line.start);
  return before.replace(/\p{Extended_Pictographic}|\uFE0F/gu, '').trim() === '';
}
