import { isMap, isScalar, isSeq, type Node, parseDocument, Schema, type YAMLMap } from 'yaml';
import type { Approval, Bead, Diagnostic, Field, Insight, Phase, PlanHead, PlanPart, Tier } from '../../model';
import type { Location } from '../../text';
import { NO_HEAD } from '../empty';
import type { FieldName } from '../fields';
import type { Wait } from '../waits';
import type { ListKind } from './outline';
import { plainYaml } from './plain';
import {
  beadOf,
  fieldsOf,
  gateOf,
  type Home,
  holdsBeads,
  isKeyedMap,
  phaseOf,
  scenarioOf,
  type Written,
  writtenApprovals,
} from './things';
import { type Entry, RULES, type YamlPiece, YamlValues } from './values';

/** What a piece of YAML holds: all but what makes it a file's. */
export interface Harvest extends Pick<PlanPart, 'head' | 'promptCount' | 'critiqueCount'> {
  readonly phases: PlanPart['phases'][number][];
  readonly beads: PlanPart['beads'][number][];
  readonly gates: PlanPart['gates'][number][];
  readonly scenarios: PlanPart['scenarios'][number][];
  readonly insights: Insight[];
  readonly diagnostics: Diagnostic[];
  /** Approvals of phases and gates that stand at the top of the plan, by what they approve. */
  readonly approvals: { readonly of: string; readonly approval: Approval }[];
  /** What things say of others that wait for them. */
  readonly waits: Wait[];
}

/** Errors of the parser that are passed on; a broken file can have one for each of its characters. */
const MOST_ERRORS = 50;
/** Beads inside beads, as deep as they are followed. */
const DEEPEST = 50;

const PARSER_OPTIONS = {
  schema: new Schema({ schema: 'core' }),
  // Looking for repeated keys takes the square of their number in the parser; here it is linear.
  uniqueKeys: false,
  keepSourceTokens: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

export interface PieceOptions {
  readonly reportsUnknown: boolean;
  /** Whether the piece is the whole document, so that its aliases can be resolved. */
  readonly isWhole: boolean;
}

/** One document, or some of its top-level keys. Undefined when it cannot be understood without the rest. */
export function readTop(piece: YamlPiece, options: PieceOptions): Harvest | undefined {
  return read(piece, options, (reader, root) => {
    if (isMap(root)) reader.plan(root);
  });
}

/** One thing of a list, with what is nested in it. */
export function readThing(
  piece: YamlPiece,
  options: PieceOptions,
  thing: { readonly kind: ListKind; readonly home: Home; readonly number: number; readonly location: Location },
): Harvest | undefined {
  return read(piece, options, (reader, root) => reader.things(root, thing.kind, thing.home, 0, thing));
}

function read(
  piece: YamlPiece,
  options: PieceOptions,
  fill: (reader: Reader, root: Node | undefined) => void,
): Harvest | undefined {
  const diagnostics: Diagnostic[] = [];
  try {
    const root = plainYaml(piece.text) ?? parse(piece, diagnostics);
    const values = new YamlValues(piece, root, options);
    const reader = new Reader(values);
    fill(reader, values.resolved(root));
    return values.needsDocument ? undefined : reader.harvest(diagnostics);
  } catch (error) {
    // The parser and this reader recurse into what is nested.
    if (!(error instanceof RangeError)) throw error;
    diagnostics.push(malformed('This is nested too deeply to be read.', piece.place(0, 0)));
    return new Reader(new YamlValues(piece, null, options)).harvest(diagnostics);
  }
}

function parse({ text, place }: YamlPiece, diagnostics: Diagnostic[]): Node | null {
  const { contents, errors } = parseDocument(text, PARSER_OPTIONS);
  for (const { message, pos } of errors.slice(0, MOST_ERRORS)) {
    const [start, end] = pos;
    diagnostics.push(malformed(message, place(start, Math.max(end, start))));
  }
  return contents;
}

function malformed(message: string, location: Location): Diagnostic {
  return { code: 'malformed-file', severity: 'error', message, location };
}

class Reader {
  readonly values: YamlValues;
  readonly #phases: Harvest['phases'] = [];
  readonly #beads: Harvest['beads'] = [];
  readonly #gates: Harvest['gates'] = [];
  readonly #scenarios: Harvest['scenarios'] = [];
  readonly #insights: Insight[] = [];
  readonly #approvals: Harvest['approvals'] = [];
  readonly #waits: Wait[] = [];
  #head: PlanHead = NO_HEAD;
  #promptCount = 0;
  #critiqueCount = 0;

  constructor(values: YamlValues) {
    this.values = values;
  }

  harvest(errors: readonly Diagnostic[]): Harvest {
    return {
      head: this.#head,
      phases: this.#phases,
      beads: this.#beads,
      gates: this.#gates,
      scenarios: this.#scenarios,
      insights: this.#insights,
      promptCount: this.#promptCount,
      critiqueCount: this.#critiqueCount,
      diagnostics: [...errors, ...this.values.diagnostics],
      approvals: this.#approvals,
      waits: this.#waits,
    };
  }

  plan(root: YAMLMap): void {
    this.#rulesIn(root);
    const about = this.#phaseKey(root);
    if (about !== undefined) this.#filePerPhase(root, about);
    else this.#planFields(this.values.fields('plan', root));
  }

  #planFields(fields: ReadonlyMap<FieldName<'plan'>, Entry>): void {
    for (const [name, { value }] of fields) {
      if (name === 'id' && isMap(value)) this.plan(value);
      else this.#planField(name, value);
    }
  }

  #planField(name: FieldName<'plan'>, value: Node | undefined): void {
    const { values } = this;
    switch (name) {
      case 'phases':
      case 'beads':
      case 'gates':
      case 'scenarios':
        this.things(value, name, {}, 0);
        break;
      case 'insights':
        this.#insightsIn(value);
        break;
      case 'prompts':
        this.#promptCount += countOf(value);
        break;
      case 'critiques':
        this.#critiqueCount += countOf(value);
        break;
      case 'approvals':
        for (const { approval, of } of writtenApprovals(values, value)) this.#approve(approval, of);
        break;
      case 'baseline':
      case 'risks':
        this.#head = { ...this.#head, [name]: values.texts(value) };
        break;
      case 'mode':
        this.#setHead({ mode: modeOf(values.field(value)) });
        break;
      case 'id':
        this.#setHead({ planId: values.field(value) });
        break;
      case 'title':
      case 'repository':
      case 'progress':
      case 'branch':
      case 'worktrees':
        this.#setHead({ [name]: values.field(value) });
        break;
      case 'readinessPasses':
        break;
    }
  }

  #rulesIn(root: YAMLMap): void {
    const { values } = this;
    const written = values.entries(root).find(({ key }) => values.textOf(key) === RULES)?.value;
    if (!isMap(written)) return;
    const rules = values.entries(written).map(({ key, value }) => ({
      rule: values.textOf(key),
      value: values.textOf(value),
      ...values.placeOf(value ?? key),
    }));
    this.#setHead({ rules });
  }

  #setHead(said: { readonly [K in keyof PlanHead]?: PlanHead[K] | undefined }): void {
    for (const [name, value] of Object.entries(said)) {
      if (value !== undefined) this.#head = { ...this.#head, [name]: value };
    }
  }

  #approve(approval: Approval, of: string | undefined): void {
    if (of === undefined || /^(?:the )?(?:whole )?(?:meta-?)?plan$/i.test(of)) {
      this.#head = { ...this.#head, approvals: [...this.#head.approvals, approval] };
    } else this.#approvals.push({ of, approval });
  }

  // ── a file that is about one phase ────────────────────────────────────────────────────────────────────────────────

  /** The value of a key `phase` that says which phase the document is about. */
  #phaseKey(root: YAMLMap): Entry | undefined {
    const entry = this.values.entries(root).find(({ key }) => /^phase$/i.test(this.values.textOf(key)));
    return entry !== undefined && isScalar(entry.value) && this.values.field(entry.value) !== undefined
      ? entry
      : undefined;
  }

  #filePerPhase(root: YAMLMap, about: Entry): void {
    const { values } = this;
    const planFields = values.knownFields('plan', root);
    const planId = values.textOf(planFields.get('id')?.value);
    // Some write the number of a plan inside the phase; what that plan waits for is not what the phase waits for.
    const isPlanInPhase = /^\d+$/.test(planId);
    for (const name of ABOUT_THE_PLAN) {
      const entry = planFields.get(name);
      if (entry !== undefined && !(name === 'id' && isPlanInPhase)) this.#planField(name, entry.value);
    }
    const fields = new Map(values.knownFields('phase', root));
    if (isPlanInPhase) fields.delete('dependsOn');
    fields.set('id', about);
    const location = values.placeOf(root);
    const phase = phaseOf(values, { value: root, location, head: values.placeOf(about.key), number: 1 }, fields);
    this.#addPhase(splitSlug(phase), fields, 0);
  }

  // ── lists of things ───────────────────────────────────────────────────────────────────────────────────────────────

  /** `only` says where the one thing of a list stands that was taken out of its document. */
  things(
    node: Node | undefined,
    kind: ListKind,
    home: Home,
    depth: number,
    only?: { readonly number: number; readonly location: Location },
  ): void {
    if (depth > DEEPEST) return;
    this.#written(node).forEach((written, index) => {
      this.#add(kind, only === undefined ? { ...written, number: index + 1 } : { ...written, ...only }, home, depth);
    });
  }

  #written(node: Node | undefined): readonly Omit<Written, 'number'>[] {
    const { values } = this;
    if (isMap(node)) {
      if (!isKeyedMap(node)) return [];
      return values.entries(node).map(({ key, value }) => {
        const { file, start } = values.placeOf(key);
        const end = value === undefined ? values.placeOf(key).end : values.placeOf(value).end;
        return { key, value, location: { file, start, end: Math.max(start, end) }, head: values.lineOf(key) };
      });
    }
    if (!isSeq(node)) return [];
    return node.items.flatMap((item) => {
      const value = values.resolved(item);
      if (value === undefined || isSeq(value) || (isScalar(value) && values.textOf(value) === '')) return [];
      return { value, location: values.placeOf(value), head: values.lineOf(value) };
    });
  }

  #add(kind: ListKind, written: Written, home: Home, depth: number): void {
    const { values } = this;
    switch (kind) {
      case 'phases': {
        const fields = fieldsOf(values, 'phase', written);
        this.#addPhase(phaseOf(values, written, fields), fields, depth);
        break;
      }
      case 'beads': {
        const fields = fieldsOf(values, 'bead', written);
        const bead = beadOf(values, written, fields, home);
        this.#beads.push(bead);
        const inside = { ...(bead.phase === undefined ? {} : { phase: bead.phase }), parent: bead.id };
        this.things(fields.get('beads')?.value, 'beads', inside, depth + 1);
        const steps = fields.get('steps')?.value;
        if (holdsBeads(values, steps)) this.things(steps, 'beads', inside, depth + 1);
        this.#blocks(bead, fields.get('blocks')?.value);
        break;
      }
      case 'gates':
        this.#gates.push(gateOf(values, written, fieldsOf(values, 'gate', written), home));
        break;
      case 'scenarios':
        this.#scenarios.push(scenarioOf(values, written, fieldsOf(values, 'scenario', written)));
        break;
    }
  }

  #addPhase(phase: Phase, fields: ReadonlyMap<FieldName<'phase'>, Entry>, depth: number): void {
    this.#phases.push(phase);
    this.#blocks(phase, fields.get('blocks')?.value);
    this.things(fields.get('beads')?.value, 'beads', { phase: phase.id }, depth + 1);
    this.things(fields.get('gates')?.value, 'gates', { phase: phase.id }, depth + 1);
  }

  #blocks({ id, kind, idAt, head }: Bead | Phase, node: Node | undefined): void {
    if (node === undefined) return;
    const { file, start, end } = idAt ?? head;
    for (const of of this.values.references(node))
      this.#waits.push({ of, by: [{ file, start, end, value: id, kind }] });
  }

  // ── insights ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #insightsIn(node: Node | undefined): void {
    const { values } = this;
    if (isMap(node)) {
      const fields = values.fields('insights', node);
      for (const [name, { value }] of fields)
        for (const each of values.elements(value)) this.#insight(each, TIERS[name]);
    } else for (const element of values.elements(node)) this.#insight(element, undefined);
  }

  #insight(node: Node, tier: Tier | undefined): void {
    const { values } = this;
    const at = values.placeOf(node);
    if (!isMap(node)) {
      const text = values.textOf(node);
      if (text !== '') this.#insights.push({ kind: 'insight', tier: tier ?? 2, text, ...at });
      return;
    }
    const fields = values.fields('insight', node);
    const text = values.prose(fields.get('text')?.value);
    const source = values.prose(fields.get('source')?.value);
    const own = tierOf(values.textOf(fields.get('tier')?.value));
    const said = { kind: 'insight' as const, tier: tier ?? own ?? 2, text, ...at };
    if (text !== '') this.#insights.push(source === '' ? said : { ...said, source });
  }
}

/** What a file about one phase says of the whole plan; all other fields are the phase's. */
const ABOUT_THE_PLAN = [
  'id',
  'mode',
  'repository',
  'progress',
  'worktrees',
  'scenarios',
  'insights',
  'prompts',
  'critiques',
] as const satisfies readonly FieldName<'plan'>[];

/** `12.4-mfa-rollout`, as file names have it, is phase 12.4. */
function splitSlug(phase: Phase): Phase {
  const [, id = '', rest = ''] = /^(\d+(?:\.\d+)*)[-_ ]+(\p{L}.*)$/su.exec(phase.id) ?? [];
  if (id === '' || phase.idAt === undefined) return phase;
  const { file, start, end } = phase.idAt;
  const title = phase.title.value === '' ? { file, start: end - rest.length, end, value: rest } : phase.title;
  return { ...phase, id, idAt: { file, start, end: start + id.length }, title };
}

const TIERS: Readonly<Record<FieldName<'insights'>, Tier>> = {
  tier1: 1,
  tier2: 2,
  tier3: 3,
  doesNotApply: 'does-not-apply',
};

function tierOf(text: string): Tier | undefined {
  const digit = /\b([123])\b/.exec(text)?.[1];
  if (digit !== undefined) return digit === '1' ? 1 : digit === '2' ? 2 : 3;
  return /not/i.test(text) ? 'does-not-apply' : undefined;
}

function modeOf(field: Field<string> | undefined): PlanHead['mode'] {
  if (field === undefined) return undefined;
  if (/^exec/i.test(field.value)) return { ...field, value: 'executing' };
  return /^plan/i.test(field.value) ? { ...field, value: 'planning' } : undefined;
}

function countOf(node: Node | undefined): number {
  return isSeq(node) || isMap(node) ? node.items.length : 0;
}
