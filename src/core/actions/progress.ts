import { oneLine, softened } from '../edit/fields/encoding';
import { applyEdits, type PlanEdits } from '../edit/planEdits';
import type { PlanPart } from '../model';
import { progressEntriesIn } from '../notation/log/progress';
import { holdsPlan, readPlanFile } from '../notation/read';
import { type ActionSource, type Actor, type Refusal, refuse, type SideFile } from './action';
import type { ProgressEvent } from './progressEvent';
import { markdownEntryEdit } from './progressMarkdown';
import { errorsIn, yamlEntryEdit } from './progressYaml';
import { whyNotChanged } from './write';

/** The edit that adds an entry to the plan's progress file, in the form that it has; none where the plan names no file. */
export function logged(
  source: ActionSource,
  actor: Actor,
  event: ProgressEvent,
): { readonly edits: PlanEdits } | { readonly refused: Refusal } {
  const { progress } = source;
  if (progress === undefined) return { edits: new Map() };
  if (/\.(?:jsonl?|csv|tsv|xml)$/i.test(progress.file)) {
    return refuse(
      'not-written',
      `Progress is written in Markdown, plain text or YAML, and ${nameOfFile(progress)} is none of these.`,
      'Name another file in the plan: progress: progress.md.',
    );
  }
  const before = readPlanFile(progress.file, progress.text);
  if (/\.ya?ml$/i.test(progress.file)) return loggedInYaml(source, before, actor, event);
  // A log that reads as a plan of its own does so already; one that is told with the plan must not add to it.
  const isFree = source.part(progress.file) === undefined && holdsPlan(before);
  for (const [reworded, isDated] of [
    [(text: string) => text, false],
    [softened, false],
    // Below the heading of a day, `B1 · closed` may look like a bead; with its date it is an event.
    [softened, true],
  ] as const) {
    const detail = event.detail === undefined ? undefined : reworded(oneLine(event.detail));
    const told = { ...event, ...(detail !== undefined && { detail }) };
    const edit = markdownEntryEdit(source, progress, actor, told, isDated);
    const after = readPlanFile(progress.file, applyEdits(progress.text, [edit]));
    if (isFree || thingsIn(before) === thingsIn(after)) return { edits: new Map([[progress.file, [edit]]]) };
  }
  return refuse(
    'not-written',
    `An entry in ${nameOfFile(progress)} would be read as a part of the plan.`,
    'Keep progress in a file of its own: progress: progress.md in the head of the plan.',
  );
}

function loggedInYaml(
  source: ActionSource,
  before: PlanPart,
  actor: Actor,
  event: ProgressEvent,
): { readonly edits: PlanEdits } | { readonly refused: Refusal } {
  const { file, text } = before;
  const name = nameOfFile(before);
  const why = whyNotChanged(before);
  if (why !== undefined) return refuse('not-written', `${name}: ${why}`);
  const [error] = errorsIn(before);
  if (error !== undefined)
    return refuse('not-written', `${name} cannot be read: ${error.message}`, 'Correct it first.', error.location);
  const told = { ...event, ...(event.detail !== undefined && { detail: oneLine(event.detail) }) };
  const about = [
    `Progress: ${oneLine(source.snapshot.plan.title)}`,
    'One entry for each event, oldest first. Entries are added at the end and never changed.',
  ];
  const edit = yamlEntryEdit(before, about, actor, told);
  if (edit !== undefined) {
    const after = readPlanFile(file, applyEdits(text, [edit]));
    const isAdded = progressEntriesIn(file, after.text).length === progressEntriesIn(file, text).length + 1;
    if (isAdded && errorsIn(after).length === 0 && thingsIn(before) === thingsIn(after))
      return { edits: new Map([[file, [edit]]]) };
  }
  return refuse(
    'not-written',
    `${name} has a form in which Phasewise cannot add an entry.`,
    'Give it a key progress_entries with a list of entries, each with a date, or name another file in the plan: progress: progress.md.',
  );
}

function nameOfFile({ file }: Pick<SideFile, 'file'>): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** How much a file tells of a plan: an entry must not add to it. */
function thingsIn(part: PlanPart): string {
  const { phases, beads, gates, scenarios, insights, promptCount, critiqueCount } = part;
  const ids = [...phases, ...beads, ...gates, ...scenarios].map(({ kind, id }) => `${kind} ${id}`);
  return [...ids, insights.length, promptCount, critiqueCount].join('\n');
}
