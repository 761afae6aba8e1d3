import { spellingOf } from '../../language/completion/spelling';
import { type EmptyField, emptyFieldsIn } from '../../language/emptyFields';
import { lineAbove, lineAt, lineBelow, lineEnd, lineStart } from '../../language/lines';
import type { Approval, Gate, Phase, PlanPart } from '../../model';
import { fieldOf } from '../../notation/fields';
import { cellsOf, tableAround } from '../../rules/tables';
import type { Range, TextEdit } from '../../text';
import { emptyField, replacing } from './emptyField';
import { encoded, isInYaml } from './encoding';
import { newFieldEdits } from './newFieldEdits';
import { isInFlow, isTableRow } from './replace';
import { entryPlace } from './yamlEntry';

export interface NewApproval {
  /** With its `@`. */
  readonly by: string;
  readonly date: string;
  readonly hash: string;
}

/** Where approvals of the same thing stand, and the one of the same person among them, which gives way. */
export interface Standing {
  readonly all: readonly Approval[];
  readonly own: Approval | undefined;
}

/** `@maria on 2026-05-02 (sha256:1a2b3c4d)`. */
function approvalText({ by, date, hash }: NewApproval): string {
  return `${by} on ${date} (sha256:${hash})`;
}

/** Ways to write an approval of a phase or gate, or of the plan that a file tells; the most usual form first. */
export function* waysToApprove(
  part: PlanPart,
  of: Phase | Gate | undefined,
  approval: NewApproval,
  { all, own }: Standing,
): Iterable<readonly TextEdit[]> {
  const { text } = part;
  const beside = own ?? all.findLast(({ file }) => file === part.file);
  if (beside !== undefined && beside.file === part.file) {
    const edits = isInYaml(part, beside.start)
      ? besideInYaml(text, approval, beside, own !== undefined)
      : besideInMarkdown(text, approval, beside, own !== undefined, of);
    if (edits !== undefined) yield edits;
  }
  if (of === undefined) yield* ofPlan(part, approval);
  else if (isInYaml(part, of.location.start)) yield* newList(part, of, approval);
  else {
    const name = spellingOf(part).name(of.kind, 'approvals');
    const usual = /approv.* by|signed/i.test(name) ? undefined : 'Approved by';
    const edits = newFieldEdits(part, of, new Map([['approvals', approvalText(approval)]]), usual);
    if (edits !== undefined) yield edits;
  }
}

// ── Markdown ────────────────────────────────────────────────────────────────────────────────────────────────────────

function besideInMarkdown(
  text: string,
  approval: NewApproval,
  beside: Range,
  replaces: boolean,
  of: Phase | Gate | undefined,
): readonly TextEdit[] | undefined {
  if (isTableRow(text, beside.start)) return inTable(text, approval, beside, replaces, of);
  if (replaces) return [{ range: { start: beside.start, end: beside.end }, newText: approvalText(approval) }];
  const line = lineStart(text, beside.start);
  const label = text.slice(line, beside.start);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  // Where fields have blank lines between them, so have approvals.
  const above = lineAbove(text, line);
  const gap = /^(?:\*\*|__)/.test(label) && above !== undefined && lineAt(text, above).trim() === '' ? lineBreak : '';
  if (!/(?::|^[ \t]*[-*+][ \t])/.test(label) || /[|·]/.test(label)) return undefined;
  const end = lineEnd(text, beside.end);
  return [{ range: { start: end, end }, newText: `${lineBreak}${gap}${label}${approvalText(approval)}` }];
}

/** A row of a table `What | By | Date | Hash`. */
function inTable(
  text: string,
  { by, date, hash }: NewApproval,
  beside: Range,
  replaces: boolean,
  of: Phase | Gate | undefined,
): readonly TextEdit[] | undefined {
  const row = lineStart(text, beside.start);
  const table = tableAround(text, row);
  if (table === undefined) return undefined;
  const columns = cellsOf(text, table.header).map(({ start, end }) => fieldOf('approval', text.slice(start, end)));
  if (!columns.includes('by')) return undefined;
  const hasHash = columns.includes('hash');
  const whole = hasHash ? `sha256:${hash}` : '';
  const what = of === undefined ? 'Plan' : `${of.kind === 'phase' ? 'Phase' : 'Gate'} ${of.id}`;
  const said: Partial<Record<string, string>> = {
    what,
    by: hasHash ? by : `${by} (sha256:${hash})`,
    date,
    hash: whole,
  };
  const cells = columns.map((column) => (column === undefined ? '' : (said[column] ?? '')));
  if (replaces) {
    const before = cellsOf(text, row);
    return cells.flatMap((cell, index) => {
      const range = before[index];
      return range === undefined || columns[index] === 'what' || cell === '' ? [] : [{ range, newText: ` ${cell} ` }];
    });
  }
  const last = lineEnd(text, table.rows.at(-1) ?? table.delimiter);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return [{ range: { start: last, end: last }, newText: `${lineBreak}| ${cells.join(' | ')} |` }];
}

/** In the front matter where there is one, else below the title. */
function* ofPlan(part: PlanPart, approval: NewApproval): Iterable<readonly TextEdit[]> {
  const { text, notation } = part;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const entry = `  - ${flow(approval, true)}`;
  const empty = emptyOfPlan(part);
  if (empty !== undefined) {
    yield [replacing(empty, isInYaml(part, empty.start) ? `[${flow(approval, true)}]` : approvalText(approval))];
    return;
  }
  if (notation === 'yaml') {
    const key = /^(?:phases|beads|tasks|gates|scenarios|insights|prompts)[ \t]*:/m.exec(text)?.index ?? text.length;
    const gap = key === text.length && !text.endsWith('\n') ? lineBreak : '';
    yield [insert(key, `${gap}approvals:${lineBreak}${entry}${lineBreak}${key === text.length ? '' : lineBreak}`)];
    yield [insert(key, `${gap}approvals:${lineBreak}${entry}${lineBreak}`)];
    return;
  }
  const end = /^\uFEFF?---[ \t]*\r?\n/.test(text) ? text.indexOf('\n---', 3) : -1;
  if (end > 0) yield [insert(end + 1, `approvals:${lineBreak}${entry}${lineBreak}`)];
  const title = /^#[ \t].*$/m.exec(text);
  const line = `${spellingOf(part)
    .line('plan', 'approvals', '')
    .replace(/Approvals?(?=\W)/i, 'Approved by')} ${approvalText(approval)}`;
  if (title !== null) {
    const at = lineEnd(text, title.index);
    const below = lineBelow(text, at);
    const closing = below === undefined || lineAt(text, below).trim() === '' ? '' : lineBreak;
    yield [insert(at, `${lineBreak}${lineBreak}${line}${closing}`)];
  }
  yield [insert(Math.max(0, end + 1 === 0 ? 0 : lineEnd(text, end + 1)), `${line}${lineBreak}${lineBreak}`)];
}

/** `approvals: []` at the top or in the front matter, or `Approved by: —` above the first thing. */
function emptyOfPlan({ text, notation, phases, beads }: PlanPart): EmptyField | undefined {
  const things = [...phases.slice(0, 1), ...beads.slice(0, 1)].map(({ head }) => head.start);
  const head = lineStart(text, Math.min(text.length, ...things));
  return emptyFieldsIn(text, notation === 'yaml').find(
    ({ name, column, isFlow, start }) =>
      fieldOf('plan', name) === 'approvals' && column === 0 && !isFlow && (notation === 'yaml' || start < head),
  );
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

// ── YAML ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function flow({ by, date, hash }: NewApproval, isOfPlan = false): string {
  return `{ ${isOfPlan ? 'of: plan, ' : ''}by: ${encoded(by, 'yaml', true)}, date: ${date}, hash: ${/^\d*(?:e\d+)?$/i.test(hash) ? `"${hash}"` : hash} }`;
}

function besideInYaml(
  text: string,
  approval: NewApproval,
  beside: Range,
  replaces: boolean,
): readonly TextEdit[] | undefined {
  const written = text.slice(beside.start, beside.end);
  const isOfPlan = /\b(?:of|what)[ \t]*:/.test(written);
  const entry = /^\{|^["']?[a-z]+["']?[ \t]*:/i.test(written)
    ? flow(approval, isOfPlan)
    : encoded(approvalText(approval), 'yaml');
  const quote = /["']/.test(text[beside.start - 1] ?? '') && text[beside.end] === text[beside.start - 1] ? 1 : 0;
  const range = { start: beside.start - quote, end: beside.end + quote };
  if (replaces) return [{ range, newText: entry }];
  if (isInFlow(text, beside.start)) return [insert(range.end, `, ${entry}`)];
  const dash = /^([ \t]*-[ \t]+)/.exec(lineAt(text, beside.start))?.[1];
  if (dash === undefined) return undefined;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return [insert(lineEnd(text, beside.end), `${lineBreak}${dash}${entry}`)];
}

function* newList(part: PlanPart, of: Phase | Gate, approval: NewApproval): Iterable<readonly TextEdit[]> {
  const empty = emptyField(part, of, 'approvals');
  if (empty !== undefined) yield [replacing(empty, `[${flow(approval)}]`)];
  const place = entryPlace(part, of);
  if (place === undefined || empty !== undefined) return;
  const name = spellingOf(part).name(of.kind, 'approvals');
  if (place.isFlow) {
    yield [insert(place.at, `${place.comma} ${name}: [${flow(approval)}]`)];
    return;
  }
  const lineBreak = part.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = ' '.repeat(place.column);
  yield [insert(place.at, `${lineBreak}${indent}${name}:${lineBreak}${indent}  - ${flow(approval)}`)];
}
