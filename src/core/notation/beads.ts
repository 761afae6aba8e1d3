import type { Bead, Diagnostic, Field, Phase, PlanPart, Reference, Texts } from '../model';
import type { Range } from '../text';
import { fieldIn, type Issue, readIssue, type WrittenStatus } from './beadsIssue';
import { emptyPart, isBinary, NO_OPERATIONS, NOTHING, orNothing } from './empty';
import { elementsOf, linesIn } from './json';
import { isNone, parsePriority } from './values';

/**
 * An export of the Beads tracker (`.beads/*.jsonl`), one issue a line: epics are phases, other issues beads. A line that
 * is no JSON is reported and left out; lines of another kind, issues that were deleted, templates and messages are passed
 * over. Of an issue that stands in several lines, as merges leave it, the one that was changed last counts. Linear.
 */
export function readBeads(file: string, text: string): PlanPart {
  const empty = emptyPart(file, 'beads', text);
  if (isBinary(text)) return empty;
  const diagnostics: Diagnostic[] = [];
  const found = new Map<string, Issue>();
  for (const line of linesOf(text)) {
    const issue = readIssue(file, text, line, diagnostics);
    if (issue === undefined) continue;
    const before = found.get(issue.id.value);
    if (before === undefined || before.changed <= issue.changed) found.set(issue.id.value, issue);
  }
  const issues = [...found.values()].filter(({ isWork }) => isWork);
  const byId = new Map(issues.map((issue) => [issue.id.value, issue]));
  const links: Links = { found, byId, children: childrenOf(issues), epics: new Map() };
  return {
    ...empty,
    phases: orNothing(issues.filter((issue) => issue.isEpic).map((issue) => phaseOf(issue, links))),
    beads: orNothing(issues.filter((issue) => !issue.isEpic).map((issue) => beadOf(issue, links))),
    diagnostics: orNothing(diagnostics),
  };
}

interface Links {
  /** Those that are no work, too. */
  readonly found: ReadonlyMap<string, Issue>;
  readonly byId: ReadonlyMap<string, Issue>;
  /** By the id of the parent. */
  readonly children: ReadonlyMap<string, readonly Issue[]>;
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

function phaseOf(issue: Issue, links: Links): Phase {
  const { status } = issue;
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
  const status = statusNow(issue, links);
  // `owner` is who answers for it, mostly whoever wrote it; the one who works on it is the assignee.
  const owner = filledField(issue, 'assignee');
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
    ...(status?.isBlocked === true ? { saysBlocked: true } : {}),
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

/** Deleted and pinned issues hold nobody up; nor does one whose first closed child is enough. */
function blockersOf({ blockers }: Issue, { found, children }: Links): Reference[] {
  return blockers.flatMap(({ on, type, isAnyChild }) => {
    const target = found.get(on.value);
    if (target !== undefined && (!target.isWork || target.isPinned)) return [];
    const isEnough =
      type === 'waits-for' && isAnyChild && children.get(on.value)?.some(({ status }) => status?.value === 'closed');
    return isEnough === true ? [] : on;
  });
}

/** What is done only if something else fails is put off once that went well. */
function statusNow(issue: Issue, { byId }: Links): WrittenStatus | undefined {
  const { status, isPinned, blockers, file, id } = issue;
  const value = status?.value ?? 'open';
  if (value === 'closed' || value === 'in_progress') return status;
  const wentWell = blockers.some(({ type, on }) => {
    const other = type === 'conditional-blocks' ? byId.get(on.value) : undefined;
    return other?.status?.value === 'closed' && !hasFailed(other);
  });
  if (!wentWell && !isPinned) return status;
  const { start, end } = status ?? id;
  return { file, start, end, value: 'deferred' };
}

const FAILED =
  /\b(?:fail(?:ed|ure)?|rejected|won'?t ?fix|cancell?ed|abandoned|blocked|error|timed? ?out|timeout|aborted)\b/i;

function hasFailed({ file, text, members }: Issue): boolean {
  return FAILED.test(fieldIn(file, text, members.get('close_reason'))?.value ?? '');
}

function childrenOf(issues: readonly Issue[]): ReadonlyMap<string, readonly Issue[]> {
  const children = new Map<string, Issue[]>();
  for (const issue of issues) {
    const parent = issue.parent ?? WHOLE.exec(issue.id.value)?.[1];
    if (parent === undefined) continue;
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [issue]);
    else known.push(issue);
  }
  return children;
}

const WHOLE = /^(.+)\.\d+$/;

/** Written as a dependency, or in the id: `bd-a1b2.1` is a part of `bd-a1b2`. */
function parentOf(issue: Issue, { byId }: Links): Issue | undefined {
  if (issue.parent !== undefined) return byId.get(issue.parent);
  const whole = WHOLE.exec(issue.id.value)?.[1];
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
