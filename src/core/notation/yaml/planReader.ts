import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Approval, Bead, Diagnostic, Field, Insight, Phase, PlanHead, Reference } from '../../model';
import type { Location } from '../../text';
import { NO_HEAD } from '../empty';
import { type FieldName, type FieldOwner, fieldOf } from '../fields';
import type { Wait } from '../waits';
import { isNumber, phaseKeyOf, splitSlug, ticketKeyOf, withoutSlug } from './aboutOne';
import { writtenApprovals } from './approvals';
import { beadOf, holdsBeads } from './bead';
import { gateOf } from './gate';
import type { Harvest } from './harvest';
import { insightsOf } from './insights';
import { isLoneId } from './names';
import type { ListKind } from './outline';
import { phaseOf } from './phase';
import { scenarioOf } from './scenario';
import { type Entry, RULES, type YamlValues } from './values';
import { fieldsOf, type Home, isKeyedMap, type Written } from './written';

const THING = { phases: 'phase', beads: 'bead', gates: 'gate', scenarios: 'scenario' } as const;
/** Beads inside beads, as deep as they are followed. */
const DEEPEST = 50;

/** Walks the keys of a plan, and the things in them. */
export class PlanReader {
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
    const about = phaseKeyOf(this.values, root);
    const ticket = ticketKeyOf(this.values, root);
    if (ticket !== undefined) this.#ticket(root, ticket);
    else if (about !== undefined) this.#filePerPhase(root, about);
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
        this.#insights.push(...insightsOf(values, value));
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
      case 'progressEntries':
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

  // ── a file that is one bead ───────────────────────────────────────────────────────────────────────────────────────

  #ticket(root: YAMLMap, id: Entry): void {
    const { values } = this;
    const ofPlan = values.knownFields('plan', root);
    for (const name of ['id', 'mode'] as const) {
      const entry = ofPlan.get(name);
      if (entry !== undefined) this.#planField(name, entry.value);
    }
    const fields = new Map(values.knownFields('bead', root));
    fields.set('id', id);
    const written = { value: root, location: values.placeOf(root), head: values.lineOf(id.key), number: 1 };
    const bead = beadOf(values, written, fields, {});
    this.#beads.push(bead);
    this.#waitsOf(bead, fields.get('blockedBy')?.value, fields.get('blocks')?.value);
  }

  // ── a file that is about one phase ────────────────────────────────────────────────────────────────────────────────

  #filePerPhase(root: YAMLMap, about: Entry): void {
    const { values } = this;
    const planFields = values.knownFields('plan', root);
    const planId = values.textOf(planFields.get('id')?.value);
    // Some write the number of a plan inside the phase; what that plan waits for is not what the phase waits for.
    const isPlanInPhase = isNumber(planId);
    for (const name of ABOUT_THE_PLAN) {
      const entry = planFields.get(name);
      if (entry !== undefined && !(name === 'id' && isPlanInPhase)) this.#planField(name, entry.value);
    }
    const fields = new Map(values.knownFields('phase', root));
    if (isPlanInPhase) fields.delete('dependsOn');
    fields.set('id', about);
    const location = values.placeOf(root);
    const phase = phaseOf(values, { value: root, location, head: values.placeOf(about.key), number: 1 }, fields);
    this.#addPhase(splitSlug({ ...phase, dependsOn: phase.dependsOn.map(withoutSlug) }), fields, 0);
  }

  /** What keys at the top say as fields of a phase that is named elsewhere; what says something of the plan is not taken. */
  phaseFields(root: YAMLMap): Phase | undefined {
    const { values } = this;
    const ofPlan = values.knownFields('plan', root);
    const fields = new Map(values.knownFields('phase', root));
    for (const [name, { key }] of fields) {
      if (fieldOf('plan', values.textOf(key)) !== undefined) fields.delete(name);
    }
    if (isNumber(values.textOf(ofPlan.get('id')?.value))) fields.delete('dependsOn');
    if (fields.size === 0) return undefined;
    const location = values.placeOf(root);
    const phase = phaseOf(values, { value: root, location, head: location, number: 1 }, fields);
    return { ...phase, dependsOn: phase.dependsOn.map(withoutSlug) };
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
    this.#written(node, THING[kind]).forEach((written, index) => {
      this.#add(kind, only === undefined ? { ...written, number: index + 1 } : { ...written, ...only }, home, depth);
    });
  }

  #written(node: Node | undefined, owner: FieldOwner): readonly Omit<Written, 'number'>[] {
    const { values } = this;
    if (isMap(node)) {
      if (!isKeyedMap(node)) return [];
      return values.entries(node).map((entry) => this.#keyed(entry));
    }
    if (!isSeq(node)) return [];
    return node.items.flatMap((item) => {
      const value = values.resolved(item);
      if (value === undefined || isSeq(value) || (isScalar(value) && values.textOf(value) === '')) return [];
      const entry = isMap(value) ? this.#onlyId(value, owner) : undefined;
      if (entry !== undefined) return this.#keyed(entry);
      return { value, location: values.placeOf(value), head: values.lineOf(value) };
    });
  }

  /** `- T1: Draw the page` in a list gives the thing by its id, too. */
  #onlyId(map: YAMLMap, owner: FieldOwner): Entry | undefined {
    const [only] = map.items.length === 1 ? this.values.entries(map) : [];
    if (only === undefined || isSeq(only.value)) return undefined;
    const name = this.values.textOf(only.key);
    return isLoneId(name) && fieldOf(owner, name) === undefined ? only : undefined;
  }

  #keyed({ key, value }: Entry): Omit<Written, 'number'> {
    const { values } = this;
    const { file, start } = values.placeOf(key);
    const end = value === undefined ? values.placeOf(key).end : values.placeOf(value).end;
    return { key, value, location: { file, start, end: Math.max(start, end) }, head: values.lineOf(key) };
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
        this.#waitsOf(bead, fields.get('blockedBy')?.value, fields.get('blocks')?.value);
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
    this.#waitsOf(phase, fields.get('dependsOn')?.value, fields.get('blocks')?.value);
    this.things(fields.get('beads')?.value, 'beads', { phase: phase.id }, depth + 1);
    this.things(fields.get('gates')?.value, 'gates', { phase: phase.id }, depth + 1);
    this.#gateIn(fields.get('organisationGates')?.value, phase.id);
  }

  /** `gate: { id: G1, criteria: … }` is the one gate of its phase; a text or a list says what the organisation asks for. */
  #gateIn(value: Node | undefined, phase: string): void {
    if (!isMap(value)) return;
    const { values } = this;
    const written = { value, location: values.placeOf(value), head: values.lineOf(value), number: 1 };
    this.#gates.push(gateOf(values, written, fieldsOf(values, 'gate', written), { phase }));
  }

  /** What a thing waits for by titles, and what waits for it. */
  #waitsOf({ id, kind, idAt, head }: Bead | Phase, blockers: Node | undefined, blocked: Node | undefined): void {
    const { file, start, end } = idAt ?? { ...head, end: head.start };
    const itself: Reference = { file, start, end, value: id, kind };
    const by = this.values.calledIn(blockers, kind);
    if (by.length > 0) this.#waits.push({ of: itself, by });
    for (const of of [...this.values.references(blocked), ...this.values.calledIn(blocked, kind)])
      this.#waits.push({ of, by: [itself] });
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

function modeOf(field: Field<string> | undefined): PlanHead['mode'] {
  if (field === undefined) return undefined;
  if (/^exec/i.test(field.value)) return { ...field, value: 'executing' };
  return /^plan/i.test(field.value) ? { ...field, value: 'planning' } : undefined;
}

function countOf(node: Node | undefined): number {
  return isSeq(node) || isMap(node) ? node.items.length : 0;
}
