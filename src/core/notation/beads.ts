import type { Bead, Diagnostic, Field, Phase, PlanPart, Reference, Texts } from '../model';
import type { Location, Range } from '../text';
import { emptyPart, isBinary, NO_OPERATIONS, NOTHING, orNothing } from './empty';
import { elementsOf, jsonErrorAt, linesIn, membersOf, stringIn } from './json';
import { isNone, parsePriority, parseStatus } from './values';

/**
 * An export of the Beads tracker (`.beads/*.jsonl`), one issue a line: epics are phases, other issues beads. A line that
 * is no JSON is reported and left out; lines of another kind, and issues that were deleted, are passed over. Linear.
 */
export function readBeads(file: string, text: string): PlanPart {
  const empty = emptyPart(file, 'beads', text);
  if (isBinary(text)) return empty;
  const diagnostics: Diagnostic[] = [];
  const issues: Issue[] = [];
  const deleted = new Set<string>();
  for (const line of linesOf(text)) {
    const issue = readIssue(file, text, line, diagnostics);
    if (issue === undefined) continue;
    if (issue.isDeleted) deleted.add(issue.id.value);
    else issues.push(issue);
  }
  const byId = new Map(issues.map((issue) => [issue.id.value, issue]));
  const links: Links = { byId, deleted, epics: new Map() };
  return {
    ...empty,
    phases: orNothing(issues.filter((issue) => issue.isEpic).map((issue) => phaseOf(issue, links))),
    beads: orNothing(issues.filter((issue) => !issue.isEpic).map((issue) => beadOf(issue, links))),
    diagnostics: orNothing(diagnostics),
  };
}

interface Issue {
  readonly file: string;
  readonly text: string;
  readonly line: Location;
  readonly members: ReadonlyMap<string, Range>;
  readonly id: Field<string>;
  readonly isEpic: boolean;
  readonly isDeleted: boolean;
  /** Ids of issues that must be closed before this one. */
  readonly blockedBy: readonly Reference[];
  readonly parent?: string;
}

interface Links {
  readonly byId: ReadonlyMap<string, Issue>;
  readonly deleted: ReadonlySet<string>;
  /** What was found out about the epics above issues. */
  readonly epics: Map<Issue, string | undefined>;
}

function* linesOf(text: string): Iterable<Range> {
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const next = found < 0 ? text.length : found;
    const end = text[next - 1] === '\r' ? next - 1 : next;
    if (text.slice(start, end).trim() !== '') yield { start, end };
    start = next + 1;
  }
}

function readIssue(file: string, text: string, line: Range, diagnostics: Diagnostic[]): Issue | undefined {
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
  return {
    file,
    text,
    line: { file, ...line },
    members,
    id,
    isEpic: fieldIn(file, text, members.get('issue_type'))?.value === 'epic',
    isDeleted:
      fieldIn(file, text, members.get('status'))?.value === 'tombstone' || isFilled(text, members.get('deleted_at')),
    blockedBy: dependencies.filter(({ type }) => type === 'blocks').map(({ on }) => on),
    ...(parent === undefined ? {} : { parent }),
  };
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
}

/** Beads itself writes the first one; exports of trackers like it have others. */
const DEPENDENCY_KEYS = ['dependencies', 'depends_on', 'blocked_by'] as const;

/** `{issue_id: A, depends_on_id: B, type: blocks}` says that A waits for B; so does the id alone. */
function dependenciesIn(file: string, text: string, range: Range | undefined, issue: string): readonly Dependency[] {
  if (range === undefined) return [];
  return elementsOf(text, range).flatMap((element) => {
    if (text[element.start] !== '{') {
      const on = fieldIn(file, text, element);
      return on === undefined || on.value === '' ? [] : [{ type: 'blocks', on }];
    }
    const members = membersOf(text, element);
    const on = fieldIn(file, text, members.get('depends_on_id'));
    const from = fieldIn(file, text, members.get('issue_id'))?.value ?? issue;
    const type = fieldIn(file, text, members.get('type'))?.value ?? 'blocks';
    return on === undefined || on.value === '' || from !== issue ? [] : [{ type, on }];
  });
}

function phaseOf(issue: Issue, links: Links): Phase {
  const status = statusOf(issue);
  return {
    kind: 'phase',
    ...named(issue),
    // An epic often waits for its own issues; these end it, they do not come before it.
    dependsOn: blockersOf(issue, links).filter((on) => epicOf(links.byId.get(on.value), links) !== issue.id.value),
    objective: textsIn(issue, 'description'),
    constraints: NOTHING,
    outOfScope: NOTHING,
    doneMeans: textsIn(issue, 'acceptance_criteria'),
    interfaces: NOTHING,
    prerequisites: NOTHING,
    verification: NOTHING,
    operations: NO_OPERATIONS,
    risks: NOTHING,
    approvals: NOTHING,
    ...(status === undefined ? {} : { status }),
  };
}

function beadOf(issue: Issue, links: Links): Bead {
  const { file, text, members } = issue;
  const parent = parentOf(issue, links);
  const phase = epicOf(issue, links);
  const type = fieldIn(file, text, members.get('issue_type'));
  const status = statusOf(issue);
  const owner = filledField(issue, 'assignee') ?? filledField(issue, 'owner');
  const priorityAt = members.get('priority');
  const priority = priorityAt && parsePriority(text.slice(priorityAt.start, priorityAt.end));
  const minutesAt = members.get('estimated_minutes');
  const minutes = minutesAt && Number(text.slice(minutesAt.start, minutesAt.end));
  return {
    kind: 'bead',
    ...named(issue),
    ...(phase === undefined ? {} : { phase }),
    ...(parent === undefined || parent.isEpic ? {} : { parent: parent.id.value }),
    ...(type === undefined ? {} : { type }),
    ...(priorityAt === undefined || priority === undefined
      ? {}
      : { priority: { file, ...priorityAt, value: priority } }),
    blockedBy: orNothing(blockersOf(issue, links)),
    what: orNothing([...textsIn(issue, 'description'), ...textsIn(issue, 'design'), ...textsIn(issue, 'notes')]),
    doneWhen: textsIn(issue, 'acceptance_criteria'),
    ifItFails: NOTHING,
    failureScenarios: NOTHING,
    steps: NOTHING,
    status: status?.value ?? 'open',
    ...(status === undefined ? {} : { statusAt: { file, start: status.start, end: status.end } }),
    ...(owner === undefined ? {} : { owner }),
    ...(minutesAt && minutes && minutes > 0 ? { estimate: { file, ...minutesAt, value: minutes / 60 } } : {}),
    labels: labelsOf(issue),
    evidence: textsIn(issue, 'close_reason'),
  };
}

function named({ file, text, line, members, id }: Issue) {
  const { start, end } = id;
  const title = fieldIn(file, text, members.get('title')) ?? { file, start, end, value: '' };
  return { id: id.value, idAt: { file, start, end }, title, location: line, head: line };
}

function blockersOf(issue: Issue, { deleted }: Links): Reference[] {
  return issue.blockedBy.filter((on) => !deleted.has(on.value));
}

/** Written as a dependency, or in the id: `bd-a1b2.1` is a part of `bd-a1b2`. */
function parentOf(issue: Issue, { byId }: Links): Issue | undefined {
  if (issue.parent !== undefined) return byId.get(issue.parent);
  const whole = /^(.+)\.\d+$/.exec(issue.id.value)?.[1];
  return whole === undefined ? undefined : byId.get(whole);
}

/** The nearest epic above an issue. Issues that are in the end their own parents have none. */
function epicOf(issue: Issue | undefined, links: Links): string | undefined {
  const way: Issue[] = [];
  let epic: string | undefined;
  for (let at = issue; at !== undefined; ) {
    if (links.epics.has(at)) {
      epic = links.epics.get(at);
      break;
    }
    links.epics.set(at, undefined);
    way.push(at);
    at = parentOf(at, links);
    if (at?.isEpic) {
      epic = at.id.value;
      break;
    }
  }
  for (const below of way) links.epics.set(below, epic);
  return epic;
}

function statusOf({ file, text, members }: Issue) {
  const written = fieldIn(file, text, members.get('status'));
  const value = written && parseStatus(written.value);
  return written === undefined || value === undefined ? undefined : { ...written, value };
}

function textsIn({ file, text, members }: Issue, key: string): Texts {
  const range = members.get(key);
  if (range === undefined) return NOTHING;
  const lines = linesIn(text, range);
  if (!lines.every(({ value }) => LIST_ITEM.test(value))) {
    const whole = fieldIn(file, text, range);
    return whole === undefined || isNone(whole.value) ? NOTHING : [whole];
  }
  return orNothing(
    lines.map(({ value, start, end }) => {
      const mark = LIST_ITEM.exec(value)?.[0] ?? '';
      return { file, start: Math.min(start + mark.length, end), end, value: value.slice(mark.length) };
    }),
  );
}

const LIST_ITEM = /^(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/;

function labelsOf({ file, text, members }: Issue): Texts {
  const range = members.get('labels');
  if (range === undefined) return NOTHING;
  return orNothing(elementsOf(text, range).flatMap((element) => fieldIn(file, text, element) ?? []));
}

function filledField({ file, text, members }: Issue, key: string): Field<string> | undefined {
  const field = fieldIn(file, text, members.get(key));
  return field === undefined || isNone(field.value) ? undefined : field;
}

function fieldIn(file: string, text: string, range: Range | undefined): Field<string> | undefined {
  const string = range && stringIn(text, range);
  return string === undefined ? undefined : { file, start: string.start, end: string.end, value: string.value };
}

function isFilled(text: string, range: Range | undefined): boolean {
  return range !== undefined && !['null', '""'].includes(text.slice(range.start, range.end));
}
