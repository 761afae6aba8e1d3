import type { Bead, Diagnostic, Gate, Phase, Plan, Reference, Severity, Thing } from '../model';
import { nearest } from '../nearest';
import { isOutside, type OtherPlans, resolve, resolveWaitable } from '../plan/references';
import { nameOf } from '../plan/tellings';
import { finding } from './finding';

/** Unknown references for which a nearest id is looked for: each costs a look at every id of the plan. */
const MOST_SUGGESTIONS = 100;

/** References of a plan that lead nowhere, and things that wait for themselves. */
export function checkReferences(plan: Plan, others?: OtherPlans): readonly Diagnostic[] {
  const check = new ReferenceCheck(plan, others);
  for (const phase of plan.phases) check.waits(phase, phase.dependsOn, 'depends on');
  for (const bead of plan.beads) {
    check.waits(bead, bead.blockedBy, 'is blocked by');
    check.points(bead);
  }
  for (const gate of plan.gates) {
    check.waits(gate, gate.blockedBy, 'is blocked by');
    check.waits(gate, gate.blocks, 'blocks');
  }
  return plan.beads.length === 0 ? together(check.diagnostics) : check.diagnostics;
}

/** A plan whose beads are kept elsewhere names many of them, and none can be looked up here. */
function together(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const [first, ...others] = diagnostics.filter(({ code }) => code === 'unknown-reference');
  if (first === undefined || others.length < 2) return diagnostics;
  const message = `This plan has no beads, so ${others.length + 1} references lead nowhere. Add the beads, or name their plan in front: other-plan/id.`;
  const related = others.map(({ location, message }) => ({ location, message }));
  const told = finding('unknown-reference', first.location, message, { severity: 'info', related });
  return [...diagnostics.filter(({ code }) => code !== 'unknown-reference'), told];
}

class ReferenceCheck {
  readonly diagnostics: Diagnostic[] = [];
  readonly #plan: Plan;
  readonly #others: OtherPlans | undefined;
  #shapes: ReadonlySet<string> | undefined;
  #suggestions = 0;

  constructor(plan: Plan, others: OtherPlans | undefined) {
    this.#plan = plan;
    this.#others = others;
  }

  waits(thing: Phase | Bead | Gate, references: readonly Reference[], verb: string): void {
    for (const reference of references) {
      if (isOutside(this.#plan, reference)) this.#outside(thing, reference, verb);
      else {
        const target = resolveWaitable(this.#plan, reference, thing.kind === 'phase' ? 'phase' : undefined);
        if (target === undefined) this.#unknown(thing, reference, verb);
        else if (target === thing) this.#self(thing, reference, verb);
      }
    }
  }

  /** The scenarios that a bead names for when it fails. */
  points(bead: Bead): void {
    for (const reference of bead.failureScenarios) {
      if (isOutside(this.#plan, reference) || resolve(this.#plan, reference, 'scenario') !== undefined) continue;
      this.#report(bead, reference, 'warning', 'points at', 'scenario');
    }
  }

  #outside(thing: Thing, reference: Reference, verb: string): void {
    const other = reference.plan === undefined ? undefined : this.#others?.planById(reference.plan);
    const id = `${reference.plan}/${reference.value}`;
    if (other === undefined) {
      const message = `${nameOf(thing)} ${verb} ${id}, but no plan ${reference.plan} was found here. Open the folder that holds it, or correct the name.`;
      this.diagnostics.push(finding('unknown-reference', reference, message, { severity: 'warning' }));
    } else if (resolve(other, { ...reference, plan: other.id }) === undefined) {
      const suggestion = this.#nearest(reference.value, idsOf(other));
      const message = `${nameOf(thing)} ${verb} ${id}, but the plan ${other.id} has no ${reference.value}.${hint(suggestion)}`;
      this.diagnostics.push(finding('unknown-reference', reference, message, { suggestion }));
    }
  }

  #unknown(thing: Thing, reference: Reference, verb: string): void {
    const severity = this.#looksLikeAnId(reference) ? 'error' : 'warning';
    this.#report(thing, reference, severity, verb);
  }

  #self(thing: Thing, reference: Reference, verb: string): void {
    const message = `${nameOf(thing)} ${verb} itself, so it can never start. Take this out.`;
    this.diagnostics.push(finding('self-dependency', reference, message));
  }

  #report(thing: Thing, reference: Reference, severity: Severity, verb: string, kind = reference.kind): void {
    const id = reference.value;
    const suggestion = this.#nearest(id, idsOf(this.#plan, kind, thing));
    const message = `${nameOf(thing)} ${verb} ${id}, but this plan has no ${kind === undefined ? id : `${kind} ${id}`}.${hint(suggestion)}`;
    this.diagnostics.push(finding('unknown-reference', reference, message, { severity, suggestion }));
  }

  /**
   * Whether the writer surely meant an id: the kind is said (`Phase 3`), or an id of the same build exists (`T012` where
   * there is a `T001`). Anything else may be a word of prose that only looks like one.
   */
  #looksLikeAnId(reference: Reference): boolean {
    const { phases, beads, gates } = this.#plan;
    // A file for one bead or phase waits for what other files tell.
    if (phases.length + beads.length + gates.length === 1) return false;
    const [only, ...others] = phases;
    if (reference.kind === 'phase' && only !== undefined && others.length === 0 && this.#isAboutAll(only)) return false;
    if (reference.kind !== undefined) return true;
    this.#shapes ??= new Set([...idsOf(this.#plan)].map(shapeOf));
    return this.#shapes.has(shapeOf(reference.value));
  }

  /** Whether all of the file is under the heading of a phase, or its front matter names one. */
  #isAboutAll({ head }: Phase): boolean {
    const text = this.#plan.textOf(head.file);
    return (
      text !== undefined &&
      (text.startsWith('# ', head.start) ||
        (/^---\r?\n/.test(text.slice(0, 5)) && head.start < text.indexOf('\n---', 3)))
    );
  }

  #nearest(id: string, ids: Iterable<string>): string | undefined {
    if (this.#suggestions++ >= MOST_SUGGESTIONS) return undefined;
    const near = nearest(id, ids);
    // `A1` is no slip of the pen for `G1`.
    const isSlip = id.length > 3 || near?.[0]?.toLowerCase() === id[0]?.toLowerCase();
    return isSlip ? near : undefined;
  }
}

function hint(suggestion: string | undefined): string {
  return suggestion === undefined ? ' Correct the id, or add what is missing.' : ` Did you mean ${suggestion}?`;
}

/** Of the given kind, or of everything that can be waited for. */
function* idsOf(plan: Plan, kind?: Thing['kind'], except?: Thing): Iterable<string> {
  for (const things of [plan.beads, plan.gates, plan.phases, plan.scenarios]) {
    for (const thing of things) {
      const fits = kind === undefined ? thing.kind !== 'scenario' : thing.kind === kind;
      if (fits && thing.idAt !== undefined && thing !== except) yield thing.id;
    }
  }
}

/** `ft-0001.8a` and `ft-12.3b` are built alike: letters as they are, any number in place of digits, any last letter. */
function shapeOf(id: string): string {
  return id
    .toLowerCase()
    .replace(/\d+/g, '9')
    .replace(/(?<=9)[a-z]$/, 'a');
}
