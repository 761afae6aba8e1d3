import type { Bead, Reference, Step, Texts } from '../../model';
import type { Location } from '../../text';
import { NOTHING, orNothing } from '../empty';
import { parseScenarioPointers } from '../references';
import { ownerInStatus, ownerOf, parseEstimate, parsePriority, saysBlocked } from '../values';
import { blockersOf } from './beadBlockers';
import type { BeadDraft, Value } from './drafts';
import { first, idPlace, type Making, parsed, placed, titleOfDraft } from './making';
import { cut, withoutMarks } from './run';
import { CLOSED_MARKS, listedStatus, markedStatus, writtenStatus } from './statuses';
import { waitInTitle } from './titles';
import { locationOf, referencesOf, splitList, splitNumbered, textOf, textsOf, titleOf } from './values';

export function makeBead(draft: BeadDraft, making: Making): Bead {
  const { fields } = draft;
  const { doneWhen, ifItFails } = splitPointers(fields);
  const steps = stepsOf(draft, making);
  const said = writtenStatus(draft, making);
  const inTitle = draft.title === undefined ? undefined : waitInTitle(draft.title);
  const waits = inTitle && making.beadCalled(inTitle.wait.run.text) ? inTitle : undefined;
  const status = said ?? markedStatus(draft, making);
  const blockedBy = blockersOf(draft, making, waits?.wait);
  const listed = said === undefined ? listedStatus(draft, status) : undefined;
  const isHeld = said === undefined ? listed?.isHeld === true : saysBlocked(textAt(said.at, making));
  const isDone = steps.length > 0 && steps.every((step) => step.done);
  return {
    kind: 'bead',
    id: making.idOf(draft),
    idAt: idPlace(draft, making),
    title: waits === undefined ? titleOfDraft(draft, making) : titleOf(waits.title, making),
    location: placed(draft, making),
    head: placed(draft.head, making),
    phase: phaseOf(draft, making),
    parent: parentOf(draft, making),
    type: first(fields.get('type'), making),
    priority: parsed(first(fields.get('priority'), making), parsePriority),
    blockedBy,
    what: whatOf(draft, making),
    doneWhen: textsOf(doneWhen, making),
    ifItFails: textsOf(ifItFails, making),
    failureScenarios: pointersOf(ifItFails, making),
    steps,
    status: (said ?? listed)?.status ?? (isDone ? 'closed' : 'open'),
    ...(isHeld && blockedBy.length === 0 && { saysBlocked: true }),
    statusAt: status?.at,
    owner: ownerOf(first(fields.get('owner'), making)) ?? (said && ownerInStatus(textAt(said.at, making), said.at)),
    estimate: parsed(first(fields.get('estimate'), making), parseEstimate),
    labels: labelsOf(draft, making),
    evidence: textsOf(fields.get('evidence'), making),
  };
}

function textAt({ start, end }: Location, { text, base }: Making): string {
  return text.slice(start - base, end - base);
}

function whatOf({ fields, prose }: BeadDraft, making: Making): Texts {
  const named = textsOf(fields.get('what'), making);
  if (prose.length === 0) return named;
  const told = textsOf(prose, making);
  return named.length === 0 ? told : [...named, ...told].sort((a, b) => a.start - b.start);
}

function pointersOf(values: readonly Value[], making: Making): readonly Reference[] {
  if (values.length === 0) return NOTHING;
  return orNothing(
    values.flatMap((value) => parseScenarioPointers(withoutMarks(value.run).text, locationOf(value, making))),
  );
}

function labelsOf({ fields, labels }: BeadDraft, making: Making): Texts {
  const listed = textsOf(fields.get('labels')?.flatMap(splitList), making);
  return labels.length === 0 ? listed : [...labels.map((label) => textOf(label, making)), ...listed];
}

/** `Done when: at least 80 %. If < 80 %: see Scenario F3.` says two things. */
function splitPointers(fields: ReadonlyMap<string, readonly Value[]>): {
  readonly doneWhen: readonly Value[];
  readonly ifItFails: readonly Value[];
} {
  const told = fields.get('doneWhen') ?? NOTHING;
  const failing = fields.get('ifItFails') ?? NOTHING;
  if (!told.some(({ run }) => /\bif\s/i.test(run.text) && POINTER.test(run.text)))
    return { doneWhen: told, ifItFails: failing };
  const doneWhen: Value[] = [];
  const ifItFails: Value[] = [...failing];
  for (const value of told) {
    const { run, at } = value;
    const pointer = POINTER.exec(run.text);
    if (pointer === null) {
      doneWhen.push(value);
      continue;
    }
    const start = pointer.index + pointer[0].length - (pointer[1] ?? '').length;
    doneWhen.push({ run: cut(run, 0, pointer.index + 1), at });
    ifItFails.push({ run: cut(run, start, run.text.length), at });
  }
  return { doneWhen, ifItFails };
}

const POINTER = /[.;]\s+(If\s[^:.]{1,80}:\s+(?:see|go to|→|->)\s)/i;

function stepsOf({ steps, fields }: BeadDraft, making: Making): readonly Step[] {
  const listed = fields.get('steps');
  if (steps.length === 0 && listed === undefined) return NOTHING;
  const checked = steps.map(
    ({ text, mark }): Step => ({
      text: titleOf(text, making),
      done: mark !== undefined && CLOSED_MARKS.test(mark.mark),
      mark: mark === undefined ? undefined : placed(mark, making),
    }),
  );
  if (listed === undefined) return checked;
  const plain = textsOf(
    listed.flatMap((value) => splitNumbered(value)),
    making,
  ).map((text): Step => ({ text, done: false, mark: undefined }));
  return orNothing([...checked, ...plain].sort((a, b) => a.text.start - b.text.start));
}

function phaseOf(draft: BeadDraft, making: Making): string | undefined {
  const values = draft.fields.get('phase');
  const home = draft.phase === undefined ? undefined : making.idOf(draft.phase);
  if (values === undefined) return home;
  const [written] = referencesOf(values, making);
  const text = first(values, making)?.value ?? '';
  return written?.value ?? /^(?:phase\s+)?([\p{L}\d.]+)/iu.exec(text)?.[1] ?? home;
}

function parentOf(draft: BeadDraft, making: Making): string | undefined {
  const [written] = referencesOf(draft.fields.get('parent'), making);
  return written?.value ?? (draft.parent === undefined ? undefined : making.idOf(draft.parent));
}
