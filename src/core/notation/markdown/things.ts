import type {
  Approval,
  Bead,
  Field,
  Gate,
  Insight,
  Operations,
  Phase,
  PhaseWorkspace,
  PlanHead,
  Reference,
  Scenario,
  Status,
  Step,
  Texts,
  Verdict,
  Verification,
} from '../../model';
import type { Location, Range } from '../../text';
import { NO_HEAD, NO_OPERATIONS, NOTHING, orNothing } from '../empty';
import { familyOf } from '../ids';
import { parseScenarioPointers } from '../references';
import {
  parseApproval,
  parseBoolean,
  parseDecision,
  parseEstimate,
  parsePriority,
  parseStatus,
  parseVerdict,
} from '../values';
import type {
  BeadDraft,
  GateDraft,
  Mark,
  NamedDraft,
  PhaseDraft,
  PlanDraft,
  ScenarioDraft,
  TierDraft,
  Value,
} from './drafts';
import { cut, withoutMarks } from './run';
import { referencesByTitle, waitInTitle } from './titles';
import {
  locationOf,
  nameOf,
  numberedFrom,
  type Origin,
  referencesOf,
  splitList,
  splitNumbered,
  textOf,
  textsOf,
  titleOf,
  verificationOf,
} from './values';

/** What drafts become. Ids are settled before: `idOf` gives each draft's. */
export interface Making extends Origin {
  idOf(draft: NamedDraft): string;
  /** Whether the id is not the one that is written. */
  isMade(draft: NamedDraft): boolean;
  /** Ids of the phases before this one, for `all previous phases`. */
  phasesBefore(phase: PhaseDraft): readonly string[];
  /** The id of the one phase before this one that has this title, or of the one bead of this part of the document. */
  phaseCalled(title: string, phase: PhaseDraft): string | undefined;
  beadCalled(title: string): string | undefined;
  /** What a reference to a plain number means inside a phase where numbers count anew. */
  scoped(reference: Reference, phase: PhaseDraft | undefined): Reference;
}

export function makePhase(draft: PhaseDraft, making: Making): Phase {
  const { fields } = draft;
  const texts = (name: string) => textsOf(fields.get(name), making);
  const objective = texts('objective');
  const purpose = objective.length > 0 ? objective : textsOf(draft.prose.slice(0, 1), making);
  return {
    kind: 'phase',
    id: making.idOf(draft),
    idAt: idPlace(draft, making),
    title: titleOfDraft(draft, making),
    location: placed(draft, making),
    head: placed(draft.head, making),
    dependsOn: dependenciesOf(draft, making),
    objective: purpose,
    constraints: texts('constraints'),
    outOfScope: texts('outOfScope'),
    doneMeans: texts('doneMeans'),
    interfaces: texts('interfaces'),
    prerequisites: texts('prerequisites'),
    verification: verificationsOf(draft, making),
    operations: operationsOf(draft, making),
    risks: texts('risks'),
    workspace: workspaceOf(draft, making),
    approvals: makeApprovals(fields.get('approvals'), making),
    status: phaseStatusOf(draft, making),
  };
}

const ALL_BEFORE =
  /^\s*(?:all|every)\s+(?:the\s+|of\s+the\s+)?(?:previous|prior|earlier|preceding|above|other)(?![\p{L}])/iu;
const ONE_BEFORE = /^\s*(?:the\s+)?(?:previous|prior|preceding)\s+(?:phase|stage)(?![\p{L}])/iu;

function dependenciesOf(draft: PhaseDraft, making: Making): readonly Reference[] {
  const values = draft.fields.get('dependsOn');
  if (values === undefined) return orNothing([]);
  const references = values.flatMap((value): readonly Reference[] => {
    const all = ALL_BEFORE.test(value.run.text);
    if (!all && !ONE_BEFORE.test(value.run.text)) {
      const written = referencesOf([value], making);
      if (written.length > 0) return written;
      return referencesByTitle(value, 'phase', (title) => making.phaseCalled(title, draft), making);
    }
    const before = making.phasesBefore(draft);
    const location = locationOf(value, making);
    return (all ? before : before.slice(-1)).map((id) => ({ ...location, value: id, kind: 'phase' }));
  });
  return orNothing(references);
}

function verificationsOf({ fields }: PhaseDraft, making: Making): readonly Verification[] {
  const all = [
    ...(fields.get('verification') ?? []).map((value) => verificationOf(value, making)),
    ...(fields.get('verification.command') ?? []).map((value) => verificationOf(value, making, true)),
    ...(fields.get('verification.manual') ?? []).map((value) => verificationOf(value, making)),
  ].filter((each) => each !== undefined);
  return orNothing(all.sort((a, b) => a.start - b.start));
}

function operationsOf({ fields }: PhaseDraft, making: Making): Operations {
  if (![...fields.keys()].some((name) => OPERATIONS.test(name))) return NO_OPERATIONS;
  const texts = (...names: readonly string[]) =>
    textsOf(
      names.flatMap((name) => fields.get(name) ?? []),
      making,
    );
  const operations = {
    git: texts('operations.git', 'git'),
    migrations: texts('operations.migrations', 'migrations'),
    tophatting: texts('operations.tophatting', 'tophatting'),
    gates: texts('operations.gates', 'organisationGates'),
    notes: texts('operations', 'operations.notes'),
  };
  return Object.values(operations).some((list) => list.length > 0) ? operations : NO_OPERATIONS;
}

const OPERATIONS = /^(?:operations|git|migrations|tophatting|organisationGates)(?:\.|$)/;

function workspaceOf({ fields }: PhaseDraft, making: Making): PhaseWorkspace | undefined {
  const values = (...names: readonly string[]) => names.flatMap((name) => fields.get(name) ?? []);
  const paths = values('workspace', 'workspace.paths', 'paths')
    .flatMap(splitList)
    .map((path) => nameOf(path, making));
  const [branch] = values('workspace.branch', 'branch').map((value) => nameOf(value, making));
  const [sparseValue] = values('workspace.sparse', 'sparse').map((value) => textOf(value, making));
  const isSparse = sparseValue === undefined ? undefined : parseBoolean(sparseValue.value);
  if (paths.length === 0 && branch === undefined && isSparse === undefined) return undefined;
  return {
    paths: orNothing(paths),
    branch,
    sparse: sparseValue === undefined || isSparse === undefined ? undefined : { ...sparseValue, value: isSparse },
  };
}

function phaseStatusOf(draft: PhaseDraft, making: Making): Field<Status> | undefined {
  const written = writtenStatus(draft, making) ?? markedStatus(draft, making);
  return written === undefined ? undefined : { ...written.at, value: written.status };
}

export function makeBead(draft: BeadDraft, making: Making): Bead {
  const { fields } = draft;
  const { doneWhen, ifItFails } = splitPointers(fields);
  const steps = stepsOf(draft, making);
  const said = writtenStatus(draft, making);
  const inTitle = draft.title === undefined ? undefined : waitInTitle(draft.title);
  const waits = inTitle && making.beadCalled(inTitle.wait.run.text) ? inTitle : undefined;
  const status = said ?? markedStatus(draft, making);
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
    blockedBy: blockersOf(draft, making, waits?.wait),
    what: whatOf(draft, making),
    doneWhen: textsOf(doneWhen, making),
    ifItFails: textsOf(ifItFails, making),
    failureScenarios: pointersOf(ifItFails, making),
    steps,
    status: (said ?? listedStatus(draft, status))?.status ?? (isDone ? 'closed' : 'open'),
    statusAt: status?.at,
    owner: first(fields.get('owner'), making),
    estimate: parsed(first(fields.get('estimate'), making), parseEstimate),
    labels: labelsOf(draft, making),
    evidence: textsOf(fields.get('evidence'), making),
  };
}

/** What the heading of a board says goes before an empty check box, but for one that stands below Done. */
function listedStatus({ listedAs, check }: BeadDraft, own: Written | undefined): Pick<Written, 'status'> | undefined {
  if (listedAs === undefined || (own !== undefined && own.status !== 'open')) return own;
  return { status: listedAs === 'closed' && check !== undefined ? 'open' : listedAs };
}

function first(values: readonly Value[] | undefined, making: Making): Field<string> | undefined {
  return values === undefined ? undefined : textsOf(values, making)[0];
}

function blockersOf(draft: BeadDraft, making: Making, inTitle: Value | undefined): readonly Reference[] {
  const values = draft.fields.get('blockedBy');
  const written = referencesOf(values, making);
  const called = (value: Value) => referencesByTitle(value, 'bead', making.beadCalled, making);
  const references = written.length > 0 ? written : orNothing((values ?? NOTHING).flatMap(called));
  if (inTitle !== undefined) return [...references, ...called(inTitle)];
  if (references.length === 0) return references;
  const family = familyOf(making.idOf(draft));
  return references.map((each) => inFamily(making.scoped(each, draft.phase), family, making));
}

/** `001` in SKI-002 is SKI-001, where nothing is called 001. */
function inFamily(reference: Reference, family: string, making: Making): Reference {
  const { value, plan, through } = reference;
  if (family === '' || plan !== undefined || through !== undefined || !/^0\d*$/.test(value)) return reference;
  const whole = family + value;
  return !making.isKnown(value) && making.isKnown(whole) ? { ...reference, value: whole } : reference;
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
  const plain = textsOf(listed, making).map((text): Step => ({ text, done: false, mark: undefined }));
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

const CLOSED_MARKS = /^[xX✓✔☑✅]$/u;
const DROPPED =
  /\b(?:reverted|cancell?ed|dropped|removed|abandoned|obsolete|superseded|skipped|won'?t|not needed|out of scope|n\/a)\b/i;

interface Written {
  readonly status: Status;
  readonly at: Location;
}

function writtenStatus({ fields }: NamedDraft, making: Making): Written | undefined {
  for (const value of fields.get('status') ?? []) {
    const text = textOf(value, making);
    const status = parseStatus(text.value);
    if (status !== undefined) return { status, at: { file: text.file, start: text.start, end: text.end } };
  }
  return undefined;
}

/** What a check box, a struck title or a sign says. */
function markedStatus(draft: NamedDraft, making: Making): Written | undefined {
  const { check, struck, sign } = draft;
  if (check !== undefined) {
    const marked = statusOfMark(check, making.text.slice(draft.head.start, draft.head.end));
    if (marked !== 'open' || struck === undefined) return { status: marked, at: placed(check, making) };
  }
  if (struck !== undefined) return { status: 'closed', at: placed(struck, making) };
  return sign === undefined ? undefined : { status: sign.status, at: placed(sign, making) };
}

/** `[x]` is done, `[/]` and `[>]` are under way; `[-]` and `[~]` are so too, or dropped where the text says it. */
function statusOfMark({ mark }: Mark, line: string): Status {
  if (CLOSED_MARKS.test(mark) || mark === '✗' || mark === '✘') return 'closed';
  if (mark === '~' || mark === '-') {
    if (DROPPED.test(line)) return 'closed';
    return /\bdeferred\b/i.test(line) ? 'deferred' : 'in_progress';
  }
  return mark === '/' || mark === '>' || mark === '.' || mark === '+' ? 'in_progress' : 'open';
}

export function makeGate(draft: GateDraft, making: Making): Gate {
  const { fields } = draft;
  const [kind] = textsOf(fields.get('type'), making);
  const kindText = `${kind?.value ?? ''} ${draft.type}`;
  const sides = sidesOf(draft, making);
  const blockedBy = referencesOf(fields.get('blockedBy'), making);
  const blocks = referencesOf(fields.get('blocks'), making);
  return {
    kind: 'gate',
    id: making.idOf(draft),
    idAt: idPlace(draft, making),
    title: titleOfDraft(draft, making),
    location: placed(draft, making),
    head: placed(draft.head, making),
    type: /human|approval|sign|manual/i.test(kindText) ? 'human' : /external/i.test(kindText) ? 'external' : 'decision',
    phase: draft.phase === undefined ? undefined : making.idOf(draft.phase),
    blockedBy: blockedBy.length > 0 ? blockedBy : sides.before,
    blocks: blocks.length > 0 ? blocks : sides.after,
    criteria: orNothing(criteriaOf(draft, making)),
    decision: decisionOf(draft, making),
    approvals: makeApprovals(fields.get('approvals'), making),
  };
}

/** `Gate G1: Phase 1 → Phase 2` stands between the two. */
function sidesOf({ title }: GateDraft, making: Making): { before: readonly Reference[]; after: readonly Reference[] } {
  const arrow = title === undefined ? null : /\s*(?:→|->|=>)\s*/.exec(title.run.text);
  if (title === undefined || arrow === null) return { before: orNothing([]), after: orNothing([]) };
  const { run, at } = title;
  const open = run.text.lastIndexOf('(', arrow.index) + 1;
  const close = run.text.indexOf(')', arrow.index);
  const side = (from: number, to: number) => referencesOf([{ run: cut(run, from, to), at }], making);
  return {
    before: side(open, arrow.index),
    after: side(arrow.index + arrow[0].length, close < 0 ? run.text.length : close),
  };
}

function criteriaOf(draft: GateDraft, making: Making): Gate['criteria'] {
  const text = (value: Value | undefined) => {
    const [written] = value === undefined ? [] : textsOf([value], making);
    return written?.value ?? '';
  };
  const rows = draft.criteria.map(({ start, end, criterion, pass, adjust, abort }) => ({
    ...placed({ start, end }, making),
    criterion: text(criterion),
    pass: text(pass),
    adjust: text(adjust),
    abort: text(abort),
  }));
  const named = ['criterion', 'pass', 'adjust', 'abort'] as const;
  const [criterion, pass, adjust, abort] = named.map((name) => textsOf(draft.fields.get(name), making));
  const told = [pass, adjust, abort].flatMap((texts) => texts ?? []);
  if (told.length > 0) {
    const join = (texts: readonly Field<string>[] = []) => texts.map(({ value }) => value).join('; ');
    const places = [...(criterion ?? []), ...told];
    rows.push({
      file: making.file,
      start: Math.min(...places.map(({ start }) => start)),
      end: Math.max(...places.map(({ end }) => end)),
      criterion: join(criterion),
      pass: join(pass),
      adjust: join(adjust),
      abort: join(abort),
    });
  }
  const listed = [
    ...(draft.fields.get('criteria') ?? []),
    ...(told.length > 0 ? [] : (draft.fields.get('criterion') ?? [])),
  ];
  for (const { value, ...location } of textsOf(listed, making)) {
    rows.push({ ...location, criterion: value, pass: '', adjust: '', abort: '' });
  }
  if (rows.length === 0) rows.push(...draft.prose.flatMap((value) => toldCriterion(value, making)));
  return rows.sort((a, b) => a.start - b.start);
}

const CLAUSE = /(?:^|[;.,]\s+)(pass|go|proceed|adjust|iterate|abort|stop|no-go|fail)(?::|\s+(?:if|when))?\s+(?=\S)/giu;

/** `Pass if ice ≥ 40 cm; Adjust if ≥ 30 cm; Abort otherwise.` */
function toldCriterion({ run, at }: Value, making: Making): Gate['criteria'] {
  const clauses = [...run.text.matchAll(CLAUSE)].map((match, index, all) => {
    const from = match.index + match[0].length;
    const value = { run: cut(run, from, all[index + 1]?.index ?? run.text.length), at };
    return { verdict: parseVerdict(match[1] ?? ''), value: textOf(value, making).value.replace(/[.;,]$/, '') };
  });
  const said = (verdict: Verdict) => clauses.find((clause) => clause.verdict === verdict)?.value ?? '';
  if (clauses.length < 2 || said('pass') === '') return NOTHING;
  const told = { pass: said('pass'), adjust: said('adjust'), abort: said('abort') };
  return [{ ...locationOf({ run, at }, making), criterion: '', ...told }];
}

function decisionOf({ fields }: GateDraft, making: Making): Gate['decision'] {
  for (const value of [...(fields.get('decision') ?? []), ...(fields.get('status') ?? [])]) {
    const decision = parseDecision(textOf(value, making).value, locationOf(value, making));
    if (decision !== undefined) return decision;
  }
  return undefined;
}

export function makeScenario(draft: ScenarioDraft, making: Making): Scenario {
  const { fields } = draft;
  const detection: Value[] = [];
  const recovery: Value[] = [...(fields.get('recovery') ?? []).flatMap((value) => splitNumbered(value))];
  for (const value of fields.get('detection') ?? []) {
    const from = recovery.length === 0 ? numberedFrom(value) : undefined;
    if (from === undefined) detection.push(value);
    else {
      detection.push({ run: cut(value.run, 0, from), at: value.at });
      recovery.push(...splitNumbered({ run: cut(value.run, from, value.run.text.length), at: value.at }));
    }
  }
  if (recovery.length === 0) recovery.push(...draft.numbered.flatMap((value) => splitNumbered(value, value.number)));
  if (recovery.length === 0) {
    const runIn = draft.prose.find((value) => numberedFrom(value) !== undefined);
    if (runIn !== undefined) recovery.push(...splitNumbered(runIn));
  }
  return {
    kind: 'scenario',
    id: making.idOf(draft),
    idAt: idPlace(draft, making),
    title: titleOfDraft(draft, making),
    location: placed(draft, making),
    head: placed(draft.head, making),
    detection: textsOf(detection, making),
    recovery: textsOf(recovery, making),
  };
}

const SOURCE = /\s*(?:\((?:source|from):\s*([^()]{1,300})\)|\s(?:—|–|-)\s(?:source|from):\s*(.{1,300}))\s*\.?$/iu;

export function makeInsights(draft: TierDraft, making: Making): Insight[] {
  const values =
    draft.items.length > 0 ? draft.items : draft.prose.flatMap((value) => splitInsights(value, draft.tier));
  return values.flatMap((value) => {
    const { value: whole, ...location } = textOf(value, making);
    if (whole === '') return [];
    const source = SOURCE.exec(whole);
    const text = source === null ? whole : whole.slice(0, source.index);
    const written = source?.[1] ?? source?.[2];
    return [{ ...location, kind: 'insight', tier: draft.tier, text, source: written?.trim() }];
  });
}

/** `first · second`; things that do not apply are often just named: `streaming, billing, tax`. */
function splitInsights(value: Value, tier: TierDraft['tier']): readonly Value[] {
  const { run, at } = value;
  const divider = /\s[·•|]\s/.test(run.text) ? /\s[·•|]\s/g : /;\s/.test(run.text) ? /;\s/g : undefined;
  const isNamed = tier === 'does-not-apply' && !/[.:]\s|\(/.test(run.text) && run.text.split(', ').length > 2;
  const by = divider ?? (isNamed ? /,\s/g : undefined);
  if (by === undefined) return [value];
  const parts: Value[] = [];
  let from = 0;
  for (const match of run.text.matchAll(by)) {
    parts.push({ run: cut(run, from, match.index), at });
    from = match.index + match[0].length;
  }
  parts.push({ run: cut(run, from, run.text.length), at });
  const last = parts.at(-1);
  if (last?.run.text.endsWith('.') && parts.length > 1) {
    parts[parts.length - 1] = { run: cut(last.run, 0, last.run.text.length - 1), at };
  }
  return parts;
}

export function makeHead({ fields }: PlanDraft, making: Making): PlanHead {
  if (fields.size === 0) return NO_HEAD;
  const texts = (name: string) => textsOf(fields.get(name), making);
  const name = (field: string) => {
    const [value] = fields.get(field) ?? NOTHING;
    return value === undefined ? undefined : nameOf(value, making);
  };
  const mode = texts('mode').find(({ value }) => value === 'planning' || value === 'executing');
  const progress = name('progress');
  const branch = name('branch');
  return {
    mode: mode as PlanHead['mode'],
    baseline: texts('baseline'),
    risks: texts('risks'),
    repository: name('repository'),
    // `Progress: 3 of 7` names no file, and `Branch: 006-search` is where somebody works, not how phases are named.
    progress: progress !== undefined && /^[^\s]+\.[a-z]+$/i.test(progress.value) ? progress : undefined,
    branch: branch !== undefined && /[{<]/.test(branch.value) ? branch : undefined,
    worktrees: name('worktrees'),
    approvals: makeApprovals(fields.get('approvals'), making),
  };
}

export function makeApprovals(values: readonly Value[] | undefined, making: Making): readonly Approval[] {
  const approvals = (values ?? []).map((value) =>
    parseApproval(textOf(value, making).value, locationOf(value, making)),
  );
  return orNothing(approvals.filter((approval) => approval !== undefined));
}

function idPlace(draft: NamedDraft, making: Making): Location | undefined {
  const { range } = draft.id;
  return range === undefined || making.isMade(draft) ? undefined : placed(range, making);
}

function titleOfDraft({ title, head }: NamedDraft, making: Making): Field<string> {
  const end = making.base + head.end;
  return title === undefined ? { file: making.file, start: end, end, value: '' } : titleOf(title, making);
}

function placed({ start, end }: Range, { file, base }: Origin): Location {
  return { file, start: base + start, end: base + end };
}

function parsed<T>(text: Field<string> | undefined, parse: (text: string) => T | undefined): Field<T> | undefined {
  const value = text === undefined ? undefined : parse(text.value);
  return text === undefined || value === undefined ? undefined : { ...text, value };
}
