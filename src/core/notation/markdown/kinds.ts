import { fieldOf, plainName } from '../fields';
import type { Item, Table } from './blocks';
import { statusOfHeading } from './boards';
import {
  holdsBeadFields,
  holdsBeadHeadings,
  holdsCheckedBeads,
  holdsChecks,
  holdsClearBeadFields,
  holdsNamedItems,
  isBeadField,
  linesOf,
  startsWithBeadField,
} from './contents';
import { writtenLine } from './fields';
import { headOf } from './heads';
import { BLANKED } from './inline';
import { namedLine } from './names';
import type { PlacedBlock, Section } from './outline';
import { fieldNamed } from './owners';
import { isBlank, type Run } from './run';
import type { Context } from './scope';
import { type MarkdownShape, startsBold } from './shape';
import type { Topic } from './topics';

/** What a section or a list item is, where it stands. */
export type SectionKind = 'phase' | 'bead' | 'gate' | 'scenario' | 'tier' | 'prompt' | 'field' | 'phaseGroup' | 'group';
export type ItemKind = 'phase' | 'bead' | 'gate' | 'scenario' | 'tier' | 'prompt' | 'none';

/** Topics whose sections tell nothing new of beads: they repeat, explain or ask. */
const NO_BEADS: ReadonlySet<Topic | undefined> = new Set<Topic>([
  'requirement',
  'critique',
  'prompt',
  'insight',
  'approval',
  'failure',
]);
const ASIDES: ReadonlySet<Topic | undefined> = new Set<Topic>(['aside', 'dependency', 'gate']);

export function holdsNoBeads(topic: Topic | undefined): boolean {
  return NO_BEADS.has(topic);
}

/** Whether check boxes without an id may be tasks here. */
export function mayHoldChecklists(topic: Topic | undefined): boolean {
  return topic === undefined;
}

/** `isBehindPhase`: the heading stands behind that of a phase, on the same level. */
export function sectionKind(
  section: Section,
  context: Context,
  shape: MarkdownShape,
  isBehindPhase = false,
): SectionKind {
  const { head, topic } = section;
  switch (head.kind) {
    case 'phase':
      return isPhaseWord(head.word, shape) || holdsCheckedBeads(section) ? 'phase' : 'phaseGroup';
    case 'prompt':
      return 'prompt';
    case 'tier':
      return topic === 'insight' || context.phase === undefined ? 'tier' : 'group';
    case 'gate':
      return 'gate';
    case 'scenario':
      return topic === 'failure' || /\p{L}/u.test(head.id?.value ?? '') ? 'scenario' : 'group';
    default:
  }
  if (headingField(section, context) !== undefined) return 'field';
  if (head.id !== undefined && head.kind === undefined && context.bead === undefined) {
    if (topic === 'failure') return 'scenario';
    if (topic === 'gate' && head.id.strength !== 'ordinal') return 'gate';
    if (GATE_ID.test(head.id.value) && section.body.some(({ block }) => block.kind === 'table' && isDecided(block)))
      return 'gate';
  }
  return isBeadSection(section, context, shape, isBehindPhase) ? 'bead' : 'group';
}

const GATE_ID = /^G(?:ATE)?-?\d/i;

/** Whether a table has columns for pass and abort. */
function isDecided({ header }: Table): boolean {
  const fields = header.slice(0, 8).map(({ text }) => fieldOf('criterion', text));
  return fields.includes('pass') && (fields.includes('adjust') || fields.includes('abort'));
}

function isPhaseWord(word: string | undefined, { groupWords }: MarkdownShape): boolean {
  return word === 'phase' || !groupWords.has(word ?? '');
}

/** Fields that a heading under each thing may name. Others are written on lines, or hold things of their own. */
const NO_HEADINGS: ReadonlySet<string> = new Set([
  'id',
  'title',
  'mode',
  'progress',
  'branch',
  'worktrees',
  'phase',
  'type',
]);
/** A goal is the plan's only above the first phase; these are wherever they stand. */
const BASELINE = /^(?:baseline|definition of done|dod)$/;

export function headingField(section: Section, { owner }: Context): string | undefined {
  if (owner.kind === 'aside' || owner.kind === 'tier') return undefined;
  const name = section.title.text.replace(/^\s*(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)])\s+/, '');
  const field = fieldNamed(owner, name);
  if (field === undefined || NO_HEADINGS.has(field)) return undefined;
  // Below `Done`, beside `In progress`, stand the tasks that are done.
  if (holdsChecks(section) && statusOfHeading(section) !== undefined) return undefined;
  if (owner.kind === 'plan' && field === 'baseline' && owner.hasPhases && !BASELINE.test(plainName(name)))
    return undefined;
  return field;
}

function isBeadSection(section: Section, context: Context, shape: MarkdownShape, isBehindPhase: boolean): boolean {
  const { head, topic } = section;
  if (holdsNoBeads(topic)) return false;
  const { id, kind } = head;
  if (kind === 'bead') return true;
  if (kind === 'step') return context.bead === undefined && topic === undefined;
  if (topic === 'dependency' || topic === 'aside') return id?.strength === 'strong' && holdsBeadFields(section);
  if (id === undefined)
    return (
      context.phase !== undefined &&
      context.bead === undefined &&
      (section.check !== undefined || holdsClearBeadFields(section))
    );
  if (section === shape.title) return !shape.hasPhaseHeadings && holdsClearBeadFields(section);
  const isInside = context.phase !== undefined || context.bead !== undefined;
  switch (id.strength) {
    case 'strong':
      return isInside || isBehindPhase || holdsBeadFields(section) || holdsChecks(section);
    case 'word':
    case 'set-off':
      return isInside
        ? holdsBeadFields(section) || holdsChecks(section) || /\d/.test(id.value)
        : holdsBeadFields(section) || holdsChecks(section);
    case 'weak':
      return shape.isCounted(id) && (holdsBeadFields(section) || holdsChecks(section));
    case 'ordinal':
      return isInside
        ? holdsClearBeadFields(section) || (holdsChecks(section) && !holdsNamedItems(section))
        : holdsClearBeadFields(section) && !holdsBeadHeadings(section);
  }
}

/** `following` are the blocks behind the item, in which what is nested in it comes first. */
export function itemKind(
  item: Item,
  context: Context,
  shape: MarkdownShape,
  following: () => readonly PlacedBlock[],
): ItemKind {
  const [line] = item.lines;
  if (line === undefined) return 'none';
  const { topic } = context;
  const head = headOf(line);
  const { id } = head;
  const isChecked = item.check !== undefined;
  switch (head.kind) {
    case 'tier':
      return topic === 'insight' || (context.phase === undefined && startsBold(item)) ? 'tier' : 'none';
    case 'prompt':
      return startsBold(item) || topic === 'prompt' ? 'prompt' : 'none';
    case 'phase': {
      if (!isPhaseWord(head.word, shape) || topic === 'requirement' || topic === 'critique') return 'none';
      if (isChecked) return 'phase';
      return !shape.hasPhaseHeadings && startsBold(item) && topic === undefined && isNamed(line) ? 'phase' : 'none';
    }
    case 'gate':
      return id !== undefined && (topic === 'gate' || startsBold(item)) ? 'gate' : 'none';
    case 'scenario':
      return topic === 'failure' || startsBold(item) ? 'scenario' : 'none';
    default:
  }
  if (context.bead === undefined && id !== undefined && head.kind === undefined && !isChecked) {
    if (topic === 'failure' && id.strength !== 'ordinal' && (startsBold(item) || id.strength !== 'weak'))
      return 'scenario';
    if (topic === 'gate' && id.strength !== 'ordinal') return 'gate';
  }
  return isBeadItem(item, line, context, shape, following) ? 'bead' : 'none';
}

/** `**Phase 1: Alpha**` and `**Phase 1** — alpha` name a phase, `**Phase 1** support` does not. */
function isNamed(line: Run): boolean {
  const end = headOf(line).id?.end ?? line.start;
  const bold = line.spans.find(({ kind, end: to }) => kind === 'strong' && to >= end);
  const behind = line.text.slice(end - line.start).replaceAll(BLANKED, '');
  return (bold !== undefined && bold.end > end + 1) || !/^\s+[\p{L}\p{N}]/u.test(behind);
}

function isBeadItem(
  item: Item,
  line: Run,
  context: Context,
  shape: MarkdownShape,
  following: () => readonly PlacedBlock[],
): boolean {
  const { topic } = context;
  // A line of a log: `2026-05-01 · T001 · closed`.
  if (holdsNoBeads(topic) || /^\s*\d{4}-\d{2}-\d{2}(?!\d)/.test(line.text)) return false;
  const { id, kind, sign } = headOf(line);
  const isChecked = item.check !== undefined;
  if (kind === 'step' || isCriterion(id?.value, context)) return false;
  // `MAIL_TOKEN` in a list of what must be there is none.
  if (ASIDES.has(topic)) return isChecked && ((id?.strength === 'strong' && /\d/.test(id.value)) || kind === 'bead');
  const hasFields = () => hasBeadFields(item, line, following);
  /** `✅ A1: first` below a phase. */
  const isTicked = sign !== undefined && id !== undefined && sign.start < id.start && context.phase !== undefined;
  /** `**M1: Alpha**` above a list of check boxes. */
  const hasSteps = () =>
    startsBold(item) && topic === undefined && context.bead === undefined && holdsBoxes(item, following);
  if (id === undefined) {
    return !isChecked && context.phase !== undefined && context.bead === undefined && hasOwnBeadFields(line);
  }
  if (kind === 'bead') return isChecked || startsBold(item) || hasFields();
  switch (id.strength) {
    case 'strong':
      return isChecked || sign !== undefined || hasFields() || hasSteps();
    case 'set-off':
      return isChecked || isTicked || hasFields() || (/\d/.test(id.value) && hasSteps());
    case 'word':
      return hasFields() || ((isChecked || isTicked) && shape.hasWordIds);
    case 'weak':
      return shape.isCounted(id) && (isChecked || isTicked || hasFields());
    case 'ordinal':
      return isChecked && context.bead === undefined;
  }
}

/** `G1-2`, or `G1 approved`, in a list below gate G1. */
function isCriterion(id: string | undefined, { owner }: Context): boolean {
  if (id === undefined || owner.kind !== 'gate' || owner.id.value === '') return false;
  return id === owner.id.value || id.startsWith(`${owner.id.value}-`);
}

function holdsBoxes(item: Item, following: () => readonly PlacedBlock[]): boolean {
  for (const { block } of following()) {
    if (block.depth <= item.depth) break;
    if (block.kind === 'item' && block.check !== undefined) return true;
  }
  return false;
}

/** On the line of the item itself, behind a title. */
function hasOwnBeadFields(line: Run): boolean {
  const { lead, fields } = writtenLine(line);
  return !isBlank(lead) && fields.some((field) => isBeadField(field) && CLEAR_OR_BARE.test(field.name));
}

const CLEAR_OR_BARE =
  /^(?:priority|blocked by|if it fails|on failure|done when|acceptance criteria|acceptance|depends on|owner|estimate)$/;

function hasBeadFields(item: Item, line: Run, following: () => readonly PlacedBlock[]): boolean {
  if (namedLine(line).fields.some(isBeadField) || item.lines.slice(1).some(startsWithBeadField)) return true;
  for (const { block } of following()) {
    if (block.depth <= item.depth) break;
    if (block.depth === item.depth + 1 && linesOf(block).some(startsWithBeadField)) return true;
  }
  return false;
}
