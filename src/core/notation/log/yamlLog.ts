import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type {
  Critique,
  Field,
  KeyDecision,
  PlanLog,
  ProgressEntry,
  Prompt,
  ReadinessPass,
  Reference,
  Texts,
} from '../../model';
import type { Location } from '../../text';
import { type FieldName, type FieldOwner, fieldOf } from '../fields';
import { type Entry, outlineOf } from '../yaml/outline';
import { parse } from '../yaml/parse';
import { plainYaml } from '../yaml/plain';
import { YamlValues } from '../yaml/values';
import { decisionOf, verdictIn } from './decision';

/**
 * What a plan in YAML logs. In block style only the keys that hold logs are parsed, each by itself. All places are moved
 * by `offset`. What is wrong with the document is for the reader to report.
 */
export function yamlLog(file: string, text: string, offset: number): PlanLog {
  const keys = outlineOf(text, () => undefined)?.filter((entry) => holdsLog(entry, text));
  const log = new YamlLog();
  const isRead = keys?.every(({ start, end }) => log.read(file, text.slice(start, end), offset + start, false));
  if (isRead === true) return log;
  const whole = new YamlLog();
  whole.read(file, text, offset, true);
  return whole;
}

/** `plan` may hold all other keys. */
function holdsLog({ key, contentStart, contentEnd }: Entry, text: string): boolean {
  const field = key === undefined ? undefined : fieldOf('plan', key);
  if (field === 'id') return text.slice(contentStart, contentEnd).includes('\n');
  return field !== undefined && LOGS.has(field);
}

const LOGS: ReadonlySet<FieldName<'plan'>> = new Set([
  'prompts',
  'critiques',
  'readinessPasses',
  'progressEntries',
  'insights',
]);

class YamlLog implements PlanLog {
  readonly prompts: Prompt[] = [];
  readonly critiques: Critique[] = [];
  readonly readinessPasses: ReadinessPass[] = [];
  readonly progressEntries: ProgressEntry[] = [];
  readonly unrankedInsights: Location[] = [];

  /** False when it cannot be understood without the rest of the document. */
  read(file: string, text: string, offset: number, isWhole: boolean): boolean {
    try {
      const place = (start: number, end: number) => ({ file, start: start + offset, end: end + offset });
      const piece = { file, text, place };
      const root = plainYaml(text) ?? parse(piece, []);
      const values = new YamlValues(piece, root, { reportsUnknown: false, isWhole });
      this.#plan(values, values.resolved(root), 0);
      return !values.needsDocument;
    } catch (error) {
      // Nested too deeply for the parser.
      if (error instanceof RangeError) return true;
      throw error;
    }
  }

  #plan(values: YamlValues, root: Node | undefined, depth: number): void {
    if (!isMap(root) || depth > 1) return;
    for (const [name, { value }] of values.knownFields('plan', root)) {
      if (name === 'id') this.#plan(values, value, depth + 1);
      else if (name === 'prompts') this.prompts.push(...itemsOf(values, value).map((item) => promptOf(values, item)));
      else if (name === 'critiques')
        this.critiques.push(...itemsOf(values, value).map((item) => critiqueOf(values, item)));
      else if (name === 'readinessPasses')
        this.readinessPasses.push(...itemsOf(values, value).map((item) => passOf(values, item)));
      else if (name === 'progressEntries')
        this.progressEntries.push(...itemsOf(values, value).flatMap((item) => entryOf(values, item) ?? []));
      else if (name === 'insights' && isSeq(value))
        this.unrankedInsights.push(...values.elements(value).flatMap((node) => unranked(values, node)));
    }
  }
}

// ── items ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** An element of a list, or an entry of a mapping, whose key is then its number or id. */
interface Item {
  readonly value: Node;
  readonly key: Field<string> | undefined;
  readonly head: Location;
  readonly location: Location;
}

function itemsOf(values: YamlValues, node: Node | undefined): readonly Item[] {
  if (isMap(node)) {
    return values.entries(node).flatMap(({ key, value }) => {
      const head = values.lineOf(key);
      if (value === undefined) return [];
      return { value, key: values.field(key), head, location: { ...head, end: values.placeOf(value).end } };
    });
  }
  return values.elements(node).flatMap((value) => {
    if (isSeq(value) || (isScalar(value) && values.textOf(value) === '')) return [];
    const location = values.placeOf(value);
    return { value, key: undefined, head: isScalar(value) ? location : values.lineOf(value), location };
  });
}

/** The named fields that the mapping of an item gives, as they are written. */
function written<T extends FieldOwner, K extends FieldName<T>>(
  values: YamlValues,
  owner: T,
  item: Item,
  ...names: readonly K[]
): { readonly [P in K]?: Field<string> } {
  const fields = fieldsOf(values, owner, item.value);
  const result: { [P in K]?: Field<string> } = {};
  for (const name of names) {
    const node = fields.get(name)?.value;
    const field = isScalar(node) || node === undefined ? values.field(node) : proseOf(values, node);
    if (field !== undefined) result[name] = field;
  }
  return result;
}

/** A list where a text is expected, as it stands in the file. */
function proseOf(values: YamlValues, node: Node): Field<string> | undefined {
  const value = values.prose(node);
  return value === '' ? undefined : { ...values.placeOf(node), value };
}

function fieldsOf<T extends FieldOwner>(values: YamlValues, owner: T, node: Node | undefined) {
  return isMap(node) ? values.knownFields(owner, node) : new Map<FieldName<T>, { readonly value: Node | undefined }>();
}

function textsOf(values: YamlValues, node: Node | undefined): Texts {
  return values.elements(node).flatMap((element) => values.field(element) ?? []);
}

// ── prompts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function promptOf(values: YamlValues, item: Item): Prompt {
  const fields = fieldsOf(values, 'prompt', item.value);
  const { id: number = item.key, title, date } = written(values, 'prompt', item, 'id', 'title', 'date');
  return {
    ...item.location,
    head: item.head,
    ...(number === undefined ? {} : { number }),
    ...(title === undefined ? {} : { title }),
    ...(date === undefined ? {} : { date }),
    words: textsOf(values, isScalar(item.value) ? item.value : fields.get('words')?.value),
    decisions: values.elements(fields.get('decisions')?.value).flatMap((node) => decisionIn(values, node) ?? []),
  };
}

/** A line `Scan all → B1`, a mapping with the field names, or one with the decision as its key. */
function decisionIn(values: YamlValues, node: Node): KeyDecision | undefined {
  if (!isMap(node)) {
    const field = values.field(node);
    if (field === undefined) return undefined;
    const decision = decisionOf(field);
    if (field.end - field.start === field.value.length) return decision;
    // Where escapes or folding stand between text and file, the whole value is the place.
    const { file, start, end } = field;
    const around = { file, start, end };
    const coveredBy = decision.coveredBy.map((reference): Reference => ({ ...reference, ...around }));
    return { ...around, text: { value: decision.text.value, ...around }, coveredBy };
  }
  const fields = values.knownFields('keyDecision', node);
  const text = values.field(fields.get('text')?.value);
  if (text !== undefined)
    return { ...values.placeOf(node), text, coveredBy: values.references(fields.get('coveredBy')?.value) };
  const [entry] = values.entries(node);
  const key = entry === undefined ? undefined : values.field(entry.key);
  return key === undefined
    ? undefined
    : { ...values.placeOf(node), text: key, coveredBy: values.references(entry?.value) };
}

// ── critiques, passes, progress, insights ───────────────────────────────────────────────────────────────────────────

function critiqueOf(values: YamlValues, item: Item): Critique {
  const said = written(values, 'critique', item, 'id', 'text', 'source', 'verdict', 'reason', 'landed');
  const { id = item.key, text = values.field(item.value), source, reason, landed } = said;
  const verdict = verdictIn(said.verdict);
  return {
    ...item.location,
    text: text ?? { ...item.head, end: item.head.start, value: '' },
    ...(id === undefined ? {} : { id }),
    ...(source === undefined ? {} : { source }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(reason === undefined ? {} : { reason }),
    ...(landed === undefined ? {} : { landed }),
  };
}

function passOf(values: YamlValues, item: Item): ReadinessPass {
  const gaps = fieldsOf(values, 'readinessPass', item.value).get('gaps')?.value;
  const newGaps = textsOf(values, gaps).filter(({ value }) => !/^(?:\d{1,3}|no)$/i.test(value));
  const count = isScalar(gaps) ? /^(\d{1,3})(?!\d)/.exec(values.textOf(gaps))?.[1] : undefined;
  const said = written(values, 'readinessPass', item, 'number', 'date', 'reviewer', 'rating', 'changed');
  return {
    ...item.head,
    ...(item.key === undefined ? {} : { number: item.key }),
    ...said,
    newGaps,
    gapCount: count === undefined ? newGaps.length : Number(count),
  };
}

function entryOf(values: YamlValues, item: Item): ProgressEntry | undefined {
  const fields = fieldsOf(values, 'progressEntry', item.value);
  const { date = item.key, ...said } = written(values, 'progressEntry', item, 'date', 'what', 'who', 'evidence');
  const [about] = values.references(fields.get('about')?.value);
  if (date === undefined) return undefined;
  return {
    what: { ...item.head, end: item.head.start, value: '' },
    ...said,
    ...item.location,
    date,
    ...(about === undefined ? {} : { about }),
  };
}

/** A list of insights has no tiers but those that its mappings name. */
function unranked(values: YamlValues, node: Node): readonly Location[] {
  if (isSeq(node) || (isScalar(node) && values.textOf(node) === '')) return [];
  const tier = fieldsOf(values, 'insight', node).get('tier')?.value;
  if (tier !== undefined) return [];
  return [isScalar(node) ? (values.field(node) ?? values.placeOf(node)) : values.placeOf(node)];
}
