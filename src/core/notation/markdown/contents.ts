import { fieldOf } from '../fields';
import { writtenLine } from './fields';
import { headOf } from './heads';
import type { PlacedBlock, Section } from './outline';
import { isBlank, type Run } from './run';

/** Fields that say of an item or section that it is a bead. */
const BEAD_FIELDS: ReadonlySet<string | undefined> = new Set([
  'priority',
  'blockedBy',
  'blocks',
  'doneWhen',
  'ifItFails',
  'status',
  'owner',
  'estimate',
  'evidence',
]);
/** Names that are hardly used for anything else: enough for a heading without an id. */
const CLEAR_NAMES =
  /^(?:priority|blocked by|blocks|if it fails|on failure|done when|acceptance criteria|acceptance|definition of done|dod|estimate|estimated effort|effort|owner|assignee|depends on|dependencies|deps)$/;

export function holdsBeadFields(section: Section): boolean {
  return section.body.some(({ block }) => ownLinesOf(block).some(startsWithBeadField));
}

export function holdsClearBeadFields(section: Section): boolean {
  return section.body.some(({ block }) =>
    ownLinesOf(block).some((line) => {
      const { lead, fields } = writtenLine(line);
      return isBlank(lead) && fields.some(({ name }) => CLEAR_NAMES.test(name));
    }),
  );
}

export function holdsChecks(section: Section): boolean {
  return section.body.some(({ block }) => block.kind === 'item' && block.check !== undefined);
}

/** `## 2. Import`, with a `### Task 2.1` or `### 2.1 Read the list` below: a phase, whatever fields it has. */
export function holdsBeadHeadings({ sections }: Section): boolean {
  return sections.some(
    ({ head: { kind, id } }) => kind === 'bead' || (kind === undefined && id?.strength === 'strong'),
  );
}

/** Of a group of phases: some of the work is its own. */
export function holdsCheckedBeads({ body }: Section): boolean {
  return body.some(({ block }) => {
    const [line] = block.kind === 'item' && block.check !== undefined ? block.lines : [];
    const { kind, id } = line === undefined ? {} : headOf(line);
    return kind === undefined && id?.strength === 'strong';
  });
}

export function holdsNamedItems(section: Section): boolean {
  return section.body.some(
    ({ block }) =>
      block.kind === 'item' && block.lines[0] !== undefined && headOf(block.lines[0]).id?.strength === 'strong',
  );
}

/** Lines that say something of the section itself, not of an item in it. */
function ownLinesOf(block: PlacedBlock['block']): readonly Run[] {
  return block.depth > 0 ? [] : block.kind === 'item' ? block.lines.slice(0, 1) : linesOf(block);
}

export function linesOf(block: PlacedBlock['block']): readonly Run[] {
  return block.kind === 'paragraph' || block.kind === 'item' ? block.lines : [];
}

export function startsWithBeadField(line: Run): boolean {
  const { lead, fields } = writtenLine(line);
  return isBlank(lead) && fields.some(isBeadField);
}

export function isBeadField({ name }: { readonly name: string }): boolean {
  return BEAD_FIELDS.has(fieldOf('bead', name));
}
