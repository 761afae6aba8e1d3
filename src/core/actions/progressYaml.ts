import { type NewRecord, recordEdit } from '../edit/record';
import { lineStart } from '../language/lines';
import type { Diagnostic, PlanPart, ProgressEntry } from '../model';
import { progressEntriesIn } from '../notation/log/progress';
import { readPlanFile } from '../notation/read';
import { parse } from '../notation/yaml/parse';
import type { TextEdit } from '../text';
import { type Actor, dayOf } from './action';
import { handleOf } from './person';
import type { ProgressEvent } from './progressEvent';

/**
 * The edit that adds an entry to the list `progress_entries` of a YAML file, with `about` above the first one of an empty
 * file. Undefined where the list has a form in which the entry would not be read as one.
 */
export function yamlEntryEdit(
  { file, text }: PlanPart,
  about: readonly string[],
  actor: Actor,
  event: ProgressEvent,
): TextEdit | undefined {
  const entries = progressEntriesIn(file, text);
  const head = text.trim() === '' ? about.map((line) => `# ${line}\n`).join('') : '';
  const edit = entryEdit(readPlanFile(file, head + text), entries, recordOf(actor, event));
  if (edit === undefined) return undefined;
  if (head === '') return edit;
  return { range: { start: 0, end: text.length }, newText: `${head.trimEnd()}${edit.newText}\n` };
}

/** What the parser has against a text: readers pass over what is wrong in a file that holds no plan. */
export function errorsIn({ file, text }: Pick<PlanPart, 'file' | 'text'>): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  parse({ file, text, place: (start, end) => ({ file, start, end }) }, found);
  return found;
}

function entryEdit(part: PlanPart, entries: readonly ProgressEntry[], record: NewRecord): TextEdit | undefined {
  const edit = recordEdit(part, entries.at(-1), record);
  const [first, last] = [entries[0], entries.at(-1)];
  const isNewestFirst = (first?.date.value ?? '').slice(0, 10) > (last?.date.value ?? '').slice(0, 10);
  if (edit === undefined || first === undefined || !isNewestFirst) return edit;
  const top = lineStart(part.text, first.start);
  const [lineBreak = '\n'] = /^\r?\n/.exec(edit.newText) ?? [];
  return { range: { start: top, end: top }, newText: edit.newText.slice(lineBreak.length) + lineBreak };
}

function recordOf(actor: Actor, { of, event, detail = '' }: ProgressEvent): NewRecord {
  return {
    owner: 'progressEntry',
    heading: '',
    key: 'progress_entries',
    item: '',
    fields: [
      { field: 'date', column: 'Date', value: dayOf(actor), yaml: dayOf(actor) },
      { field: 'about', column: 'About', value: of },
      { field: 'what', column: 'What happened', value: event },
      { field: 'who', column: 'Who', value: handleOf(actor) },
      { field: 'evidence', column: 'Evidence', value: detail },
    ],
  };
}
