import type { Holding } from './findings';
import type { Section } from './outline';
import type { Reading } from './reading';
import type { SegmentOutline } from './segments';
import type { MarkdownShape } from './shape';

/**
 * In a plan without a heading such as `Phase 1`, each heading that directly holds beads is a phase, and so are those that
 * count on from it. The title is among them only for its check boxes: where other headings hold some too, it is no phase,
 * and its own are beads without one.
 */
export function unnamedPhases(
  readings: readonly Reading[],
  outlines: readonly SegmentOutline[],
  { title }: MarkdownShape,
): ReadonlySet<Section> {
  const holders = homesIn(readings.flatMap(({ findings }) => [...findings.holders]));
  const checklists = readings.flatMap(({ findings }) => [...findings.checklists]);
  if (readings.every(({ findings }) => findings.beads.length === 0)) return new Set([...holders, ...checklists]);
  const beside = checklists.filter((section) => section !== title && isBeside(section, holders));
  return new Set([...holders, ...beside, ...countingOn(holders, outlines)]);
}

/** Without the sections whose tables only tell again of beads that stand elsewhere, or in a table before. */
function homesIn(holders: readonly (readonly [Section, Holding])[]): readonly Section[] {
  const told = new Set(holders.flatMap(([, { ids, isTable }]) => (isTable ? [] : ids)));
  return holders.flatMap(([section, { ids, isTable }]) => {
    if (!isTable) return [section];
    const isAgain = ids.every((id) => id !== '' && told.has(id));
    for (const id of ids) told.add(id);
    return isAgain ? [] : [section];
  });
}

/** Whether a list of check boxes stands under a heading that is numbered on from those that hold beads. */
function isBeside(section: Section, holders: readonly Section[]): boolean {
  const isNumbered = ({ title }: Section) => /^\s*\d+[.)]?\s/.test(title.text);
  return isNumbered(section) && holders.some((holder) => holder.level === section.level && isNumbered(holder));
}

/** `Sprint 2` beside a `Sprint 1` that holds beads. */
function countingOn(holders: readonly Section[], outlines: readonly SegmentOutline[]): readonly Section[] {
  const words = new Set(holders.flatMap((holder) => countedWord(holder) ?? []));
  if (words.size === 0) return [];
  const found: Section[] = [];
  const visit = (section: Section) => {
    const word = countedWord(section);
    if (word !== undefined && words.has(word)) found.push(section);
    else section.sections.forEach(visit);
  };
  for (const { root } of outlines) root.sections.forEach(visit);
  return found;
}

function countedWord({ title, level }: Section): string | undefined {
  const word = /^\s*(\p{Lu}[\p{L} ]{1,30}?)\s+\d{1,3}\s*(?:[.):]|—|–|-|$)/u.exec(title.text)?.[1];
  return word === undefined ? undefined : `${level} ${word}`;
}
