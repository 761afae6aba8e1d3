import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import type {
  Approval,
  Bead,
  Criterion,
  Decision,
  Field,
  Gate,
  Operations,
  Phase,
  PhaseWorkspace,
  Scenario,
  Status,
  Step,
  Texts,
  Verification,
} from '../../model';
import type { Location } from '../../text';
import { NO_OPERATIONS, NOTHING, orNothing } from '../empty';
import type { FieldName, FieldOwner } from '../fields';
import { hasIdShape, TOKEN } from '../ids';
import { parseScenarioPointers } from '../references';
import {
  isNone,
  parseApproval,
  parseBoolean,
  parseDecision,
  parseEstimate,
  parsePriority,
  parseStatus,
  parseVerdict,
} from '../values';
import type { Entry, YamlValues } from './values';

type Fields<T extends FieldOwner> = ReadonlyMap<FieldName<T>, Entry>;

/** A thing as a list or mapping gives it. */
export interface Written {
  /** What says what the thing is: a mapping, a title, or nothing. */
  readonly value: Node | undefined;
  /** The key that it stands under, where things are given by id. */
  readonly key?: Scalar;
  /** From its first to its last character. */
  readonly location: Location;
  readonly head: Location;
  /** From 1, for the id of a thing that has none. */
  readonly number: number;
}

/** Where a thing stands. */
export interface Home {
  readonly phase?: string;
  readonly parent?: string;
}

/** A mapping's fields, and none for a thing that is no mapping. */
export function fieldsOf<T extends FieldOwner>(values: YamlValues, owner: T, written: Written): Fields<T> {
  return isMap(written.value) ? values.fields(owner, written.value) : new Map();
}

export function phaseOf(values: YamlValues, written: Written, fields: Fields<'phase'>): Phase {
  const texts = (name: FieldName<'phase'>) => values.texts(fields.get(name)?.value);
  const workspace = workspaceOf(values, fields);
  const status = statusOf(values, fields.get('status')?.value);
  return {
    kind: 'phase',
    ...named(values, written, fields, ''),
    dependsOn: values.references(fields.get('dependsOn')?.value),
    objective: texts('objective'),
    constraints: texts('constraints'),
    outOfScope: texts('outOfScope'),
    doneMeans: texts('doneMeans'),
    interfaces: texts('interfaces'),
    prerequisites: texts('prerequisites'),
    verification: verificationOf(values, fields.get('verification')?.value),
    operations: operationsOf(values, fields),
    risks: texts('risks'),
    ...(workspace === undefined ? {} : { workspace }),
    approvals: approvalsIn(values, fields.get('approvals')?.value),
    ...(status === undefined ? {} : { status }),
  };
}

export function beadOf(values: YamlValues, written: Written, fields: Fields<'bead'>, home: Home): Bead {
  const texts = (name: FieldName<'bead'>) => values.texts(fields.get(name)?.value);
  const field = (name: FieldName<'bead'>) => values.field(fields.get(name)?.value);
  const phase = idIn(values, fields.get('phase')?.value) ?? home.phase;
  const parent = idIn(values, fields.get('parent')?.value) ?? home.parent;
  const type = field('type');
  const owner = field('owner');
  const priority = mapped(field('priority'), parsePriority);
  const estimate = mapped(field('estimate'), parseEstimate);
  const done = fields.get('doneWhen')?.value;
  const steps = fields.get('steps')?.value;
  const isMark = isScalar(done) && typeof done.value === 'boolean';
  const status = statusOf(values, fields.get('status')?.value) ?? (isMark ? doneStatus(values, done) : undefined);
  const ifItFails = texts('ifItFails');
  const names = named(values, written, fields, home.parent ?? home.phase ?? '');
  const [first, ...others] = texts('what');
  // A bead that only says what is to be done is called that.
  const isCalledWhat = names.title.value === '' && first !== undefined;
  return {
    kind: 'bead',
    ...names,
    title: isCalledWhat ? first : names.title,
    ...(phase === undefined ? {} : { phase }),
    ...(parent === undefined ? {} : { parent }),
    ...(type === undefined ? {} : { type }),
    ...(priority === undefined ? {} : { priority }),
    blockedBy: values.references(fields.get('blockedBy')?.value),
    what: isCalledWhat ? orNothing(others) : texts('what'),
    doneWhen: isMark ? NOTHING : values.texts(done),
    ifItFails,
    failureScenarios: orNothing(ifItFails.flatMap(scenariosIn)),
    steps: holdsBeads(values, steps)
      ? NOTHING
      : orNothing(values.elements(steps).flatMap((step) => stepOf(values, step) ?? [])),
    status: status?.value ?? 'open',
    ...(status === undefined ? {} : { statusAt: { file: status.file, start: status.start, end: status.end } }),
    ...(owner === undefined ? {} : { owner }),
    ...(estimate === undefined ? {} : { estimate }),
    labels: labelsOf(texts('labels')),
    evidence: texts('evidence'),
  };
}

export function gateOf(values: YamlValues, written: Written, fields: Fields<'gate'>, home: Home): Gate {
  const phase = idIn(values, fields.get('phase')?.value) ?? home.phase;
  const decision = decisionIn(values, fields.get('decision')?.value) ?? decisionIn(values, fields.get('status')?.value);
  return {
    kind: 'gate',
    ...named(values, written, fields, home.phase === undefined ? 'gate' : `${home.phase}-gate`),
    type: gateType(values.textOf(fields.get('type')?.value)),
    ...(phase === undefined ? {} : { phase }),
    blockedBy: values.references(fields.get('blockedBy')?.value),
    blocks: values.references(fields.get('blocks')?.value),
    criteria: criteriaOf(values, written, fields),
    ...(decision === undefined ? {} : { decision }),
    approvals: approvalsIn(values, fields.get('approvals')?.value),
  };
}

export function scenarioOf(values: YamlValues, written: Written, fields: Fields<'scenario'>): Scenario {
  return {
    kind: 'scenario',
    ...named(values, written, fields, 'scenario'),
    detection: values.texts(fields.get('detection')?.value),
    recovery: values.texts(fields.get('recovery')?.value),
  };
}

// ── id and title ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Written as a field, as the key, or at the head of the title (`Phase J — Provision`); else made from the position. */
function named(
  values: YamlValues,
  { value, key, location, head, number }: Written,
  fields: ReadonlyMap<string, Entry>,
  prefix: string,
) {
  const written = values.field(fields.get('id')?.value) ?? values.field(key);
  const title = values.field(fields.get('title')?.value) ?? values.field(value);
  const split = title === undefined ? undefined : splitTitle(title);
  if (written !== undefined) {
    const whole = splitTitle(written);
    const id = whole?.id ?? { ...written, value: withoutKind(written.value) };
    const fallback = { file: head.file, start: id.end, end: id.end, value: '' };
    const own = split !== undefined && split.id.value === id.value ? split.title : title;
    return { id: id.value, idAt: placeOf(id), title: own ?? whole?.title ?? fallback, location, head };
  }
  if (split !== undefined) return { id: split.id.value, idAt: placeOf(split.id), title: split.title, location, head };
  const alone = title !== undefined && !fields.has('title') && isLoneId(title.value) ? title : undefined;
  if (alone !== undefined) {
    const rest = { file: alone.file, start: alone.end, end: alone.end, value: '' };
    return { id: alone.value, idAt: placeOf(alone), title: rest, location, head };
  }
  const id = prefix === '' ? String(number) : `${prefix}.${number}`;
  return { id, title: title ?? { file: head.file, start: head.start, end: head.start, value: '' }, location, head };
}

const KIND_WORD = '(?:phase|stage|milestone|gate|scenario|failure|bead|task)';
const TITLE = new RegExp(`^(${KIND_WORD}\\s+)?(${TOKEN})(\\s*(?:[—–:]|\\s-)\\s+|\\.\\s+)(\\S.*)$`, 'isu');

/** `Phase J — Provision` and `T001: Set up`: id and title, each at its place. */
function splitTitle(field: Field<string>): { readonly id: Field<string>; readonly title: Field<string> } | undefined {
  const [, kind = '', id = '', mark = '', title = ''] = TITLE.exec(field.value) ?? [];
  if (id === '' || id.length > 100) return undefined;
  // `CI: run the tests` is a title about CI, `T001: run the tests` one of T001.
  if (kind === '' && !(/[:.]/.test(mark) ? /\d/.test(id) : hasIdShape(id))) return undefined;
  const start = field.start + kind.length;
  const { file, end } = field;
  return {
    id: { file, start, end: start + id.length, value: id },
    title: { file, start: end - title.length, end, value: title },
  };
}

function withoutKind(id: string): string {
  return new RegExp(`^${KIND_WORD}\\s+(\\S+)$`, 'i').exec(id)?.[1] ?? id;
}

function isLoneId(text: string): boolean {
  return !/\s/.test(text) && hasIdShape(text);
}

function idIn(values: YamlValues, node: Node | undefined): string | undefined {
  const field = values.field(node);
  return field === undefined ? undefined : (splitTitle(field)?.id.value ?? withoutKind(field.value));
}

function placeOf({ file, start, end }: Location): Location {
  return { file, start, end };
}

// ── fields of phases ────────────────────────────────────────────────────────────────────────────────────────────────

function verificationOf(values: YamlValues, node: Node | undefined): readonly Verification[] {
  return orNothing(
    values.elements(node).flatMap((element): readonly Verification[] => {
      if (!isMap(element)) return values.texts(element).map(asVerification);
      const fields = values.fields('verification', element);
      const commands = values.texts(fields.get('command')?.value);
      const manual = values.texts(fields.get('manual')?.value);
      return [
        ...commands.map((text): Verification => ({ ...text, kind: 'command' })),
        ...manual.map((text): Verification => ({ ...text, kind: 'manual' })),
      ];
    }),
  );
}

/** A text that is all code is a command. */
function asVerification(text: Field<string>): Verification {
  const command = /^`([^`]+)`$/.exec(text.value)?.[1];
  if (command === undefined) return { ...text, kind: 'manual' };
  return { ...text, start: text.start + 1, end: text.end - 1, value: command, kind: 'command' };
}

function operationsOf(values: YamlValues, fields: Fields<'phase'>): Operations {
  const node = fields.get('operations')?.value;
  const inner: Fields<'operations'> = isMap(node) ? values.fields('operations', node) : new Map();
  const texts = (name: FieldName<'operations'>, outside?: FieldName<'phase'>): Texts =>
    orNothing([
      ...values.texts(inner.get(name)?.value),
      ...(outside === undefined ? [] : values.texts(fields.get(outside)?.value)),
    ]);
  const operations = {
    git: texts('git', 'git'),
    migrations: texts('migrations', 'migrations'),
    tophatting: texts('tophatting', 'tophatting'),
    gates: texts('gates', 'organisationGates'),
    notes: isMap(node) ? texts('notes') : values.texts(node),
  };
  return Object.values(operations).every((list) => list.length === 0) ? NO_OPERATIONS : operations;
}

function workspaceOf(values: YamlValues, fields: Fields<'phase'>): PhaseWorkspace | undefined {
  const node = fields.get('workspace')?.value;
  const inner: Fields<'workspace'> = isMap(node) ? values.fields('workspace', node) : new Map();
  const at = (name: 'paths' | 'branch' | 'sparse') => inner.get(name)?.value ?? fields.get(name)?.value;
  const paths = isMap(node) || node === undefined ? values.texts(at('paths')) : values.texts(node);
  const branch = values.field(at('branch'));
  const sparse = mapped(values.field(at('sparse')), parseBoolean);
  if (paths.length === 0 && branch === undefined && sparse === undefined) return undefined;
  return { paths, ...(branch === undefined ? {} : { branch }), ...(sparse === undefined ? {} : { sparse }) };
}

/** An approval as written, with what it approves where it says that. */
export interface WrittenApproval {
  readonly approval: Approval;
  readonly of?: string;
}

export function writtenApprovals(values: YamlValues, node: Node | undefined): readonly WrittenApproval[] {
  return values.elements(node).flatMap((element) => {
    const at = values.placeOf(element);
    if (!isMap(element)) {
      const approval = parseApproval(values.textOf(element), at);
      return approval === undefined ? [] : { approval };
    }
    const fields = values.fields('approval', element);
    const text = (name: FieldName<'approval'>) => values.textOf(fields.get(name)?.value) || undefined;
    const by = text('by');
    if (by === undefined || isNone(by)) return [];
    return {
      approval: { ...at, by, ...defined({ date: text('date'), hash: text('hash') }) },
      ...defined({ of: text('what') }),
    };
  });
}

function approvalsIn(values: YamlValues, node: Node | undefined): readonly Approval[] {
  return orNothing(writtenApprovals(values, node).map(({ approval }) => approval));
}

// ── fields of beads ─────────────────────────────────────────────────────────────────────────────────────────────────

function statusOf(values: YamlValues, node: Node | undefined): Field<Status> | undefined {
  return mapped(values.field(node), parseStatus);
}

function doneStatus(values: YamlValues, node: Node): Field<Status> | undefined {
  const field = values.field(node);
  return field === undefined ? undefined : { ...field, value: parseBoolean(field.value) === true ? 'closed' : 'open' };
}

function scenariosIn(text: Field<string>) {
  const found = parseScenarioPointers(text.value, text);
  if (found.length > 0 || !isLoneId(text.value)) return found;
  return [{ ...text, kind: 'scenario' as const }];
}

/** Whether a list of steps is one of beads: some of them have an id. */
export function holdsBeads(values: YamlValues, node: Node | undefined): boolean {
  return (
    isSeq(node) &&
    node.items.some((item) => isMap(item) && values.entries(item).some(({ key }) => values.textOf(key) === 'id'))
  );
}

/** `[x] text`, a text, or a mapping that says what and whether it is done. */
function stepOf(values: YamlValues, node: Node): Step | undefined {
  if (isMap(node)) {
    const fields = values.fields('step', node);
    const text = values.field(fields.get('text')?.value);
    const done = values.field(fields.get('done')?.value);
    if (text === undefined) return undefined;
    const isDone = done !== undefined && (parseBoolean(done.value) ?? parseStatus(done.value) === 'closed');
    return { text, done: isDone };
  }
  const field = values.field(node);
  if (field === undefined) return undefined;
  const box = /^\[([ xX])\]\s+(?=\S)/.exec(field.value);
  if (box === null) return { text: field, done: false };
  const text = { ...field, start: field.start + box[0].length, value: field.value.slice(box[0].length) };
  return { text, done: box[1] !== ' ', mark: { file: field.file, start: field.start + 1, end: field.start + 2 } };
}

/** A list, or one text with commas. */
function labelsOf(texts: Texts): Texts {
  const only = texts[0];
  if (texts.length !== 1 || only === undefined || !only.value.includes(',')) return texts;
  return [...only.value.matchAll(/[^,\s](?:[^,]*[^,\s])?/g)].map((match) => {
    const start = only.start + match.index;
    return { file: only.file, start, end: start + match[0].length, value: match[0] };
  });
}

// ── fields of gates ─────────────────────────────────────────────────────────────────────────────────────────────────

function gateType(text: string): Gate['type'] {
  if (/^(?:human|people|person|manual|approval|sign)/i.test(text)) return 'human';
  return /^(?:external|vendor|third)/i.test(text) ? 'external' : 'decision';
}

function criteriaOf(values: YamlValues, written: Written, fields: Fields<'gate'>): readonly Criterion[] {
  const cells = (inner: ReadonlyMap<string, Entry>) => {
    const cell = (name: string) => values.prose(inner.get(name)?.value);
    return { criterion: cell('criterion'), pass: cell('pass'), adjust: cell('adjust'), abort: cell('abort') };
  };
  const listed = values.elements(fields.get('criteria')?.value).flatMap((element): readonly Criterion[] => {
    const at = values.placeOf(element);
    if (isMap(element)) return [{ ...at, ...cells(values.fields('criterion', element)) }];
    const criterion = values.prose(element);
    return criterion === '' ? [] : [{ ...at, criterion, pass: '', adjust: '', abort: '' }];
  });
  const own = cells(fields);
  const isOwn = own.criterion !== '' || own.pass !== '' || own.adjust !== '' || own.abort !== '';
  return orNothing(isOwn ? [...listed, { ...written.location, ...own }] : listed);
}

function decisionIn(values: YamlValues, node: Node | undefined): Decision | undefined {
  if (node === undefined || isSeq(node)) return undefined;
  const at = values.placeOf(node);
  if (!isMap(node)) return parseDecision(values.textOf(node), at);
  const fields = values.fields('decision', node);
  const text = (name: FieldName<'decision'>) => values.prose(fields.get(name)?.value) || undefined;
  const verdict = parseVerdict(text('verdict') ?? '');
  if (verdict === undefined) return undefined;
  const rest = { date: text('date'), by: text('by'), measured: text('measured'), note: text('note') };
  return { ...at, verdict, ...defined(rest) };
}

function mapped<T>(field: Field<string> | undefined, parse: (text: string) => T | undefined): Field<T> | undefined {
  const value = field === undefined ? undefined : parse(field.value);
  return field === undefined || value === undefined ? undefined : { ...field, value };
}

/** The object without the keys that have no value. */
function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Whether a mapping gives things by id: its values are mappings, texts or nothing. */
export function isKeyedMap(node: YAMLMap): boolean {
  return node.items.every(({ value }) => value === null || isMap(value) || isScalar(value));
}
