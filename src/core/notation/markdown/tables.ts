import { fieldOf, plainName } from '../fields';
import { hasIdShape } from '../ids';
import { parseStatus } from '../values';
import type { Table } from './blocks';
import { headOf } from './heads';
import type { Run } from './run';
import type { Topic } from './topics';

/** What a table's rows are, by the names of its columns. Columns are given by their index. */
export type TableKind =
  | {
      readonly kind: 'beads';
      readonly id: number | undefined;
      readonly title: number | undefined;
      readonly fields: Columns;
    }
  | { readonly kind: 'phases'; readonly id: number; readonly title: number | undefined; readonly fields: Columns }
  | { readonly kind: 'gates'; readonly id: number; readonly fields: Columns }
  | { readonly kind: 'criteria'; readonly fields: Columns }
  | {
      readonly kind: 'scenarios';
      readonly id: number | undefined;
      readonly title: number | undefined;
      readonly fields: Columns;
    }
  | { readonly kind: 'insights'; readonly tier: number; readonly text: number }
  | { readonly kind: 'critiques' }
  | {
      readonly kind: 'approvals';
      readonly what: number;
      readonly by: number;
      readonly date: number | undefined;
      readonly hash: number | undefined;
    }
  /** Names of fields in the first column, their values in the second. */
  | { readonly kind: 'fields' };

/** Column index and the name of the field that it holds. */
export type Columns = readonly (readonly [number, string])[];

const NO_BEADS =
  /^(?:requirements?|req|risks?|decisions?|questions?|metrics?|assumptions?|endpoints?|milestones?|failures?|scenarios?|gates?|prompts?|critiques?|windows?|waves?|dod items?|criteri(?:on|a)|invariants?|phases?|stages?|weeks?|days?)$/;

/** `isOfGate`: the table stands below a gate, and says what it is decided by. */
export function tableKind({ header, rows }: Table, topic: Topic | undefined, isOfGate = false): TableKind | undefined {
  const names = header.map(({ text }) => plainName(text));
  const column = (is: (name: string) => boolean) => {
    const index = names.findIndex(is);
    return index < 0 ? undefined : index;
  };
  const columns = (of: (name: string) => string | undefined): Columns =>
    names.flatMap((name, index) => {
      const field = of(name);
      return field === undefined ? [] : [[index, field] as const];
    });

  if (column((name) => fieldOf('critique', name) === 'text') !== undefined || topic === 'critique')
    return { kind: 'critiques' };
  const verdicts = columns((name) => fieldOf('criterion', name));
  const has = (field: string) => verdicts.some(([, name]) => name === field);
  if (has('pass') && (has('adjust') || has('abort'))) {
    const id = column((name) => fieldOf('gate', name) === 'id');
    if (id === undefined)
      return { kind: 'criteria', fields: has('criterion') ? verdicts : withCriterion(names, verdicts) };
    return { kind: 'gates', id, fields: columns((name) => fieldOf('gate', name)).filter(([index]) => index !== id) };
  }
  if (isOfGate && has('criterion')) return { kind: 'criteria', fields: verdicts };
  const tier = column((name) => fieldOf('insight', name) === 'tier');
  const insight = column((name) => fieldOf('insight', name) === 'text');
  if (tier !== undefined && insight !== undefined) return { kind: 'insights', tier, text: insight };

  const approvedBy = column((name) => fieldOf('approval', name) === 'by');
  const approved = column((name) => fieldOf('approval', name) === 'what');
  if (approvedBy !== undefined && approved !== undefined && topic === 'approval') {
    return {
      kind: 'approvals',
      what: approved,
      by: approvedBy,
      date: column((name) => fieldOf('approval', name) === 'date'),
      hash: column((name) => fieldOf('approval', name) === 'hash'),
    };
  }
  const cascade = columns((name) => fieldOf('scenario', name));
  const recovers = (field: string) => cascade.some(([, name]) => name === field);
  const failure = column((name) => /^(?:failure|scenario|failure mode|failure scenario)$/.test(name));
  if ((recovers('detection') || recovers('recovery')) && (failure !== undefined || topic === 'failure')) {
    const id = column((name) => fieldOf('scenario', name) === 'id') ?? idColumn(rows.map((row) => row.cells[0]));
    const title = failure !== id ? failure : column((name) => fieldOf('scenario', name) === 'title' && failure !== id);
    const fields = cascade.filter(
      ([index, name]) => index !== id && index !== title && name !== 'id' && name !== 'title',
    );
    return { kind: 'scenarios', id, title, fields };
  }
  return beadTable(names, rows) ?? phaseTable(names, rows) ?? fieldTable(names, rows);
}

/** What is decided by stands in the first column, whatever that is called. */
function withCriterion(names: readonly string[], verdicts: Columns): Columns {
  const first = names.findIndex((_, index) => !verdicts.some(([column]) => column === index));
  return first < 0 ? verdicts : [[first, 'criterion'], ...verdicts];
}

function idColumn(cells: readonly (Run | undefined)[]): number | undefined {
  return cells.length > 0 && cells.every((cell) => cell !== undefined && isId(cell)) ? 0 : undefined;
}

function isId(cell: Run): boolean {
  return isOnlyId(cell) || headOf(cell).id?.strength === 'strong';
}

function isOnlyId(cell: Run): boolean {
  const { id, rest } = headOf(cell);
  const text = cell.text.trim();
  return (id !== undefined && rest.text.trim() === '') || (!/\s/.test(text) && hasIdShape(text));
}

/** Names that say of a column that its table is one of beads. */
const TELLING = new Set(['priority', 'blockedBy', 'doneWhen', 'ifItFails', 'status', 'owner', 'estimate', 'evidence']);

function beadTable(names: readonly string[], rows: Table['rows']): TableKind | undefined {
  const fields = names.map((name, index) => (isOfMarks(name, rows, index) ? 'status' : columnField(name)));
  const ids = fields.flatMap((field, index) => (field === 'id' ? [index] : []));
  const [counts, ownIds] = ids;
  // `# | ID | Title`: the number only counts the rows.
  const isCounted =
    counts !== undefined && ownIds !== undefined && COUNTS.test(names[counts] ?? '') && isColumnOfIds(rows, ownIds);
  let id = isCounted ? ownIds : counts;
  // `ID | Bead | …` and `Bead | What | …`: with an id beside it, Bead is the title.
  let title = (isCounted ? undefined : ownIds) ?? indexOf(fields, 'title');
  if (id === undefined && title !== undefined && isColumnOfIds(rows, title)) {
    id = title;
    title = indexOf(fields, 'title', id + 1);
  }
  if (id === undefined && fields.some((field) => field === 'blockedBy' || field === 'doneWhen')) {
    id = fields[0] === undefined && isColumnOfIds(rows, 0, isOnlyId) ? 0 : undefined;
  }
  const namesBeads = names.some((name) =>
    /^(?:beads?|tasks?|bead id|task id|sub ?tasks?|tickets?|work items?)$/.test(name),
  );
  title ??= namesBeads || id !== undefined ? indexOf(fields, 'what') : undefined;
  title ??= id === undefined || !isColumnOfIds(rows, id, isOnlyId) ? undefined : firstText(names, fields, rows, id);
  const telling = fields.filter((field, index) => field !== undefined && index !== id && TELLING.has(field));
  const isAboutOthers = names.slice(0, 2).some((name) => NO_BEADS.test(name)) && !namesBeads;
  if (isAboutOthers || (id === undefined && (title === undefined || !(namesBeads || isOfWork(fields)))))
    return undefined;
  if (telling.length === 0 && !(namesBeads && id !== undefined && title !== undefined)) return undefined;
  const isNumbered = id !== undefined && COUNTS.test(names[id] ?? '');
  if (isNumbered && !namesBeads && !fields.includes('blockedBy') && !fields.includes('doneWhen')) return undefined;
  const columns = fields.flatMap(
    (field, index): Columns =>
      field === undefined || index === id || index === title || field === 'id' ? [] : [[index, field]],
  );
  return { kind: 'beads', id, title, fields: columns };
}

/** `Name | Status | Assignee | Blocked by`, as trackers export it: nothing but pieces of work has such columns. */
function isOfWork(fields: readonly (string | undefined)[]): boolean {
  const has = (field: string) => fields.includes(field);
  return has('status') && (has('blockedBy') || has('owner') || has('priority'));
}

const COUNTS = /^(?:#|nr|no)$/;

/** A column `Done`, or one without a name, that holds check boxes, signs, or yes and no. */
function isOfMarks(name: string, rows: Table['rows'], column: number): boolean {
  if (!MARKED.test(name)) return false;
  const cells = rows.flatMap(({ cells }) => cells[column]?.text.trim() ?? []).filter((text) => text !== '');
  return (
    cells.length > 0 && cells.every((text) => text.length < 6 && (MARK.test(text) || parseStatus(text) !== undefined))
  );
}

const MARKED = /^(?:|done|complete|completed|finished|ok)$/;
const MARK = /^\[.?\]$/u;

/** Columns are named more shortly than lines: `P` is the priority, and whatever ends in `ID` is one. */
function columnField(name: string): string | undefined {
  if (name === 'p') return 'priority';
  if (RELATIONS.test(name)) return 'relations';
  return (
    fieldOf('bead', name) ??
    (/^(?:story|item|work item|work package|wp|action|feature) id$/.test(name) ? 'id' : undefined)
  );
}

/** What is said there of other beads has a verb: `is blocked by T1, blocks T3`. */
const RELATIONS = /^(?:links|issue links|linked (?:work )?(?:issues|items)|relations?|relationships?)$/;

/** Whatever a plan calls the column of titles: the first one that is no field and holds words. */
function firstText(
  names: readonly string[],
  fields: readonly (string | undefined)[],
  rows: Table['rows'],
  id: number,
): number | undefined {
  const index = names.findIndex((name, column) => {
    if (column === id || fields[column] !== undefined || NO_TITLES.test(name)) return false;
    return rows.some(({ cells }) => /\p{L}{2}/u.test(cells[column]?.text ?? '')) && !isColumnOfIds(rows, column);
  });
  return index < 0 ? undefined : index;
}

const NO_TITLES =
  /^$|\b(?:points?|track|spec|files?|paths?|dates?|since|start|end|closed|waves?|weeks?|days?|sprints?|phases?|stages?|notes?|comments?|links?|prs?|branch|size|complexity|risks?|parallel|commits?|lines?|tests?|gates?|traces?|requirements?|reqs?|source|refs?|stories|epics?|(?<!user )story)\b/;

function indexOf(fields: readonly (string | undefined)[], field: string, from = 0): number | undefined {
  const index = fields.indexOf(field, from);
  return index < 0 ? undefined : index;
}

/** `is` tells whether a cell is an id, or begins with one. */
function isColumnOfIds(rows: Table['rows'], column: number, is = isId): boolean {
  const cells = rows.map((row) => row.cells[column]).filter((cell) => cell !== undefined);
  return cells.length > 0 && cells.every(is);
}

/** Only a table that says what waits for what: one of progress alone tells again what stands elsewhere. */
function phaseTable(names: readonly string[], rows: Table['rows']): TableKind | undefined {
  if (
    !/^(?:phase|stage|milestone|wave|sprint|iteration|phase id|#)$/.test(names[0] ?? '') ||
    !names.some((name) => /^(?:phase|stage|milestone|wave|sprint|iteration)/.test(name))
  ) {
    return undefined;
  }
  const fields = names.map((name) => fieldOf('phase', name));
  const status = fields.indexOf('status');
  const waits = rows.some(({ cells }) => /^[^\p{L}]*blocked by\s/iu.test(cells[status]?.text ?? ''));
  if (!fields.includes('dependsOn') && !waits) return undefined;
  const called = names.findIndex((name, index) => index > 0 && /^(?:name|title|phase|stage|milestone)$/.test(name));
  const isTold = rows.some(({ cells }) => /\s[—–-]\s|:\s/.test(cells[0]?.text ?? ''));
  const title =
    called < 0 && !isTold
      ? names.findIndex((name) => /^(?:theme|focus|content|scope|workstream|deliverable)s?$/.test(name))
      : called;
  return {
    kind: 'phases',
    id: 0,
    title: title < 0 ? undefined : title,
    fields: fields.flatMap(
      (field, index): Columns =>
        field === undefined || field === 'id' || field === 'title' || index === 0 ? [] : [[index, field]],
    ),
  };
}

const FIELD_OWNERS = ['phase', 'bead', 'gate'] as const;

function fieldTable(names: readonly string[], rows: Table['rows']): TableKind | undefined {
  if (names.length !== 2) return undefined;
  const isField = (name: string) => FIELD_OWNERS.some((owner) => fieldOf(owner, name) !== undefined);
  const isNamed = /^(?:field|property|key|attribute|item|)$/.test(names[0] ?? '') || isField(names[0] ?? '');
  const known = rows.filter(({ cells }) => isField(cells[0]?.text ?? '')).length;
  return isNamed && known > 0 && known * 2 >= rows.length ? { kind: 'fields' } : undefined;
}
