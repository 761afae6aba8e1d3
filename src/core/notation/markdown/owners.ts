import { fieldOf } from '../fields';
import { parseScenarioPointers } from '../references';
import { addTo, type OwnerDraft, type Value } from './drafts';
import { writtenLine } from './fields';
import { isBlank, joined, type Run, type WrittenField } from './run';
import type { OpenField } from './scope';

/** Names that hold things of their own: what follows them is read as if they were not there. */
const HOLDERS: ReadonlySet<string> = new Set(
  'phases beads gates scenarios insights prompts critiques readinessPasses'.split(' '),
);

/** The field that a name means for whatever is being read. */
export function fieldNamed(owner: OwnerDraft, name: string): string | undefined {
  if (owner.kind === 'tier' || owner.kind === 'aside') return undefined;
  const field = fieldOf(owner.kind, name);
  return field === undefined || HOLDERS.has(field) ? undefined : field;
}

const WITH_PARTS = ['operations', 'workspace', 'verification'] as const;

/** `Git:` below Operations gives `operations.git`. */
export function partNamed(field: string, name: string): string | undefined {
  const whole = WITH_PARTS.find((each) => field === each || field.startsWith(`${each}.`));
  const part = whole === undefined ? undefined : fieldOf(whole, name);
  return part === undefined ? undefined : `${whole}.${part}`;
}

/** Fields that are told in prose: a task with an id below them is a task. */
const IN_PROSE: ReadonlySet<string> = new Set(['objective', 'what', 'dependsOn', 'blockedBy', 'status', 'baseline']);

/** Whether an item in a field's value that looks like a task is one. Of the steps of 1, `1.1` is; `2` is a step. */
export function holdsTasks({ field, owner }: OpenField, id = ''): boolean {
  if (field === 'steps' && owner.kind === 'bead') return isPartOf(id, owner.id.value);
  return IN_PROSE.has(field) || /^T\d{2,}/.test(id);
}

function isPartOf(id: string, whole: string): boolean {
  return whole !== '' && id.length > whole.length && id.startsWith(whole) && !/^\d/.test(id.slice(whole.length));
}

/** `Rationale: so that …`: a line that says something of its own and does not go on with the one before. */
export function hasLabel({ text }: Run): boolean {
  return /^\s*\p{Lu}[\p{L}\d /-]{1,30}:\s/u.test(text);
}

/** Whether a line begins with a field of any thing, or with one in bold. */
export function startsField(line: Run): boolean {
  const { lead, fields } = writtenLine(line);
  return isBlank(lead) && fields.length > 0;
}

/** `If < 80 %: see Scenario F3`. */
export function isFailurePointer(line: Run, owner: OwnerDraft): boolean {
  if (owner.kind !== 'bead' || !/^\s*if\s/i.test(line.text)) return false;
  const [field] = writtenLine(line).fields;
  if (field !== undefined && fieldNamed(owner, field.name) !== undefined) return false;
  return parseScenarioPointers(line.text, { file: '', start: 0, end: 0 }).length > 0;
}

/** The lines of an item that are one value, and those from the first that is a field on. */
export function valueLines(lines: readonly Run[]): readonly [Run, readonly Run[]] {
  const end = lines.findIndex((line, index) => index > 0 && startsField(line));
  const own = end < 0 ? lines : lines.slice(0, end);
  const whole = own.reduce((run, line) => joined(run, line));
  return [whole, end < 0 ? [] : lines.slice(end)];
}

/** Where the lines that follow a value are added to it. */
export interface Entry {
  readonly list: Value[];
  readonly index: number;
}

export function addEntry(list: Value[], value: Value): Entry {
  list.push(value);
  return { list, index: list.length - 1 };
}

export function extendEntry({ list, index }: Entry, line: Run): void {
  const value = list[index];
  if (value !== undefined) list[index] = { ...value, run: joined(value.run, line) };
}

/** Puts a field's value where it belongs. What the thing has no field for is said in a bead's prose, else left out. */
export function setField(
  owner: OwnerDraft,
  { name, value, whole }: WrittenField,
  at: number,
  isQuiet: boolean,
): Entry | undefined {
  const field = fieldNamed(owner, name);
  if (isBlank(value)) return undefined;
  if (field === undefined || field === 'title' || field === 'id') {
    return owner.kind === 'bead' && !isQuiet ? addEntry(owner.prose, { run: whole, at }) : undefined;
  }
  if (owner.kind === 'plan' && field === 'baseline' && owner.hasPhases) return undefined;
  return addEntry(addTo(owner.fields, field), { run: value, at });
}
