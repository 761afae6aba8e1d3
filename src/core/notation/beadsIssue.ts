import type { Diagnostic, Field, Reference, Status } from '../model';
import type { Location, Range } from '../text';
import { elementsOf, jsonErrorAt, membersOf, stringIn } from './json';
import { parseStatus, saysBlocked } from './values';

/** One line of an export. */
export interface Issue {
  readonly file: string;
  readonly text: string;
  readonly line: Location;
  readonly members: ReadonlyMap<string, Range>;
  readonly id: Field<string>;
  readonly isEpic: boolean;
  /** Not deleted, no template, and no message or agent. */
  readonly isWork: boolean;
  /** Kept in view for good; not to be done, and nothing waits for it. */
  readonly isPinned: boolean;
  /** When it was changed last, as ISO time; empty when it does not say. */
  readonly changed: string;
  readonly status: WrittenStatus | undefined;
  readonly blockers: readonly Dependency[];
  readonly parent?: string;
}

export interface WrittenStatus extends Location {
  readonly value: Status;
  readonly isBlocked?: true;
}

/** Undefined for a line that holds no issue; what is no JSON is reported. */
export function readIssue(file: string, text: string, line: Range, diagnostics: Diagnostic[]): Issue | undefined {
  const value = parseLine(file, text, line, diagnostics);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = membersOf(text, line);
  const id = fieldIn(file, text, members.get('id'));
  const kind = fieldIn(file, text, members.get('_type'))?.value ?? 'issue';
  if (id === undefined || id.value === '' || kind !== 'issue' || !members.has('title')) return undefined;
  const dependencies = DEPENDENCY_KEYS.flatMap((key) => dependenciesIn(file, text, members.get(key), id.value));
  const parent =
    dependencies.find(({ type }) => type === 'parent-child' || type === 'parent')?.on.value ??
    (fieldIn(file, text, members.get('parent') ?? members.get('parent_id'))?.value || undefined);
  const type = fieldIn(file, text, members.get('issue_type'))?.value ?? 'task';
  const status = fieldIn(file, text, members.get('status'));
  const isDeleted = status?.value === 'tombstone' || isFilled(text, members.get('deleted_at'));
  return {
    file,
    text,
    line: { file, ...line },
    members,
    id,
    isEpic: type === 'epic',
    isWork: !isDeleted && !isTrue(text, members.get('is_template')) && !NO_WORK.has(type),
    isPinned: status?.value === 'pinned' || isTrue(text, members.get('pinned')),
    changed: fieldIn(file, text, members.get('updated_at'))?.value ?? '',
    status: statusOf(file, text, members, status),
    blockers: dependencies.filter((dependency) => BLOCKING.has(dependency.type)),
    ...(parent === undefined ? {} : { parent }),
  };
}

/** What agents tell each other, and what they are. */
const NO_WORK: ReadonlySet<string> = new Set(['message', 'agent', 'role', 'rig', 'event', 'slot']);

/** Dependencies of all other types say where something comes from or what it is like. */
const BLOCKING: ReadonlySet<string> = new Set(['blocks', 'conditional-blocks', 'waits-for']);

/**
 * Teams have statuses of their own. One whose word says nothing is never ready: under way when somebody has it, else put
 * off.
 */
function statusOf(
  file: string,
  text: string,
  members: ReadonlyMap<string, Range>,
  written: Field<string> | undefined,
): WrittenStatus | undefined {
  const isClosed = isFilled(text, members.get('closed_at'));
  if (written === undefined || written.value === '') {
    const closedAt = members.get('closed_at');
    return isClosed && closedAt !== undefined ? { file, ...closedAt, value: 'closed' } : undefined;
  }
  const { start, end } = written;
  const isTaken = isFilled(text, members.get('assignee')) || isFilled(text, members.get('started_at'));
  const otherwise = isClosed ? 'closed' : isTaken ? 'in_progress' : 'deferred';
  const value = written.value === 'pinned' ? 'deferred' : (parseStatus(written.value) ?? otherwise);
  return { file, start, end, value, ...(value === 'open' && saysBlocked(written.value) && { isBlocked: true }) };
}

function parseLine(file: string, text: string, line: Range, diagnostics: Diagnostic[]): unknown {
  try {
    return JSON.parse(text.slice(line.start, line.end));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const start = Math.min(jsonErrorAt(text, line), line.end - 1);
    diagnostics.push({
      code: 'malformed-file',
      severity: 'error',
      message: `This line is no JSON, so its issue is left out: ${reason}. Run the export of Beads again.`,
      location: { file, start, end: start + 1 },
    });
    return undefined;
  }
}

interface Dependency {
  readonly type: string;
  readonly on: Reference;
  /** `waits-for` with this in its metadata needs one child only. */
  readonly isAnyChild: boolean;
}

/** Beads itself writes the first one; exports of trackers like it have others. */
const DEPENDENCY_KEYS = ['dependencies', 'depends_on', 'blocked_by'] as const;

/** `{issue_id: A, depends_on_id: B, type: blocks}` says that A waits for B; so does the id alone. */
function dependenciesIn(file: string, text: string, range: Range | undefined, issue: string): readonly Dependency[] {
  if (range === undefined) return [];
  const elements = text[range.start] === '[' ? elementsOf(text, range) : [range];
  return elements.flatMap((element) => {
    if (text[element.start] !== '{') {
      const on = fieldIn(file, text, element);
      return on === undefined || on.value === '' ? [] : [{ type: 'blocks', on, isAnyChild: false }];
    }
    const members = membersOf(text, element);
    const from = fieldIn(file, text, members.get('issue_id'))?.value ?? issue;
    // `bd show --json` writes the other issue's id beside its title.
    const on = fieldIn(file, text, members.get('depends_on_id') ?? members.get('id'));
    const type = fieldIn(file, text, members.get('type') ?? members.get('dependency_type'))?.value ?? 'blocks';
    const metadata = members.get('metadata');
    const isAnyChild = metadata !== undefined && text.slice(metadata.start, metadata.end).includes('any-children');
    return on === undefined || on.value === '' || from !== issue ? [] : [{ type, on, isAnyChild }];
  });
}

/** A JSON string with its place. */
export function fieldIn(file: string, text: string, range: Range | undefined): Field<string> | undefined {
  const string = range && stringIn(text, range);
  return string === undefined ? undefined : { file, start: string.start, end: string.end, value: string.value };
}

function isTrue(text: string, range: Range | undefined): boolean {
  return range !== undefined && text.slice(range.start, range.end) === 'true';
}

function isFilled(text: string, range: Range | undefined): boolean {
  return range !== undefined && !['null', '""'].includes(text.slice(range.start, range.end));
}
