/** An issue as its tracker says it, with the tracker's own words. */
export interface ExportedIssue {
  readonly status: string;
  /** Empty when nobody has it. */
  readonly assignee: string;
}

/** The issue with this id in the text of an export; of several lines, the one that was changed last. */
export function issueInExport(text: string, id: string): ExportedIssue | undefined {
  let found: Readonly<Record<string, unknown>> | undefined;
  for (const record of recordsOf(text)) {
    if (record.id === id && textOf(record.updated_at) >= textOf(found?.updated_at)) found = record;
  }
  return found && issueOf(found);
}

/** The issue with this id in what `bd` prints with `--json`: alone, in a list, or in an envelope around either. */
export function issueInAnswer(answer: string, id: string): ExportedIssue | undefined {
  // Warnings can stand before it.
  for (const { index } of answer.matchAll(/^[[{]/gm)) {
    try {
      return issueWithin(JSON.parse(answer.slice(index)), id);
    } catch {
      // not there yet
    }
  }
  return undefined;
}

/** What each line of an export is about: issues by their ids, other records by their keys. Deleted issues are not. */
export function namesInExport(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { _type = 'issue', id, key, status } of recordsOf(text)) {
    if (status !== 'tombstone') names.add(`${textOf(_type)} ${textOf(id ?? key)}`);
  }
  return names;
}

function* recordsOf(text: string): Iterable<Readonly<Record<string, unknown>>> {
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    try {
      const value: unknown = JSON.parse(line);
      if (isRecord(value)) yield value;
    } catch {
      // Empty, or reported where plans are read.
    }
  }
}

const DEEPEST = 3;

function issueWithin(value: unknown, id: string, depth = 0): ExportedIssue | undefined {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return undefined;
  if (isRecord(value) && value.id === id && typeof value.status === 'string') return issueOf(value);
  for (const each of Object.values(value)) {
    const found = issueWithin(each, id, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function issueOf({ status, assignee }: Readonly<Record<string, unknown>>): ExportedIssue {
  return { status: textOf(status) || 'open', assignee: textOf(assignee) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
