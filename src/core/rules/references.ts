import type { Bead, Diagnostic, Gate, Phase, Plan, Reference, Severity, Thing } from '../model';
import { nearest } from '../nearest';
import { isOutside, type OtherPlans, resolve, resolveWaitable } from '../plan/references';
import { nameOf } from '../plan/tellings';

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
  return check.diagnostics;
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
      this.diagnostics.push({
        code: 'unknown-reference',
        severity: 'warning',
        message: `${nameOf(thing)} ${verb} ${id}, but no plan ${reference.plan} was found here. Open the folder that holds it, or correct the name.`,
        location: reference,
      });
    } else if (resolve(other, { ...reference, plan: other.id }) === undefined) {
      const suggestion = this.#nearest(reference.value, idsOf(other));
      this.diagnostics.push({
        code: 'unknown-reference',
        severity: 'error',
        message: `${nameOf(thing)} ${verb} ${id}, but the plan ${other.id} has no ${reference.value}.${hint(suggestion)}`,
        location: reference,
      });
    }
  }

  #unknown(thing: Thing, reference: Reference, verb: string): void {
    const severity = this.#looksLikeAnId(reference) ? 'error' : 'warning';
    this.#report(thing, reference, severity, verb);
  }

  #self(thing: Thing, reference: Reference, verb: string): void {
    this.diagnostics.push({
      code: 'self-dependency',
      severity: 'error',
      message: `${nameOf(thing)} ${verb} itself, so it can never start. Take this out.`,
      location: reference,
    });
  }

  #report(thing: Thing, reference: Reference, severity: Severity, verb: string, kind = reference.kind): void {
    const id = reference.value;
    const suggestion = this.#nearest(id, idsOf(this.#plan, kind, thing));
    this.diagnostics.push({
      code: 'unknown-reference',
      severity,
      message: `${nameOf(thing)} ${verb} ${id}, but this plan has no ${kind === undefined ? id : `${kind} ${id}`}.${hint(suggestion)}`,
      location: reference,
    });
  }

  /**
   * Whether the writer surely meant an id: the kind is said (`Phase 3`), or an id of the same build exists (`T012` where
   * there is a `T001`). Anything else may be a word of prose that only looks like one.
   */
  #looksLikeAnId(reference: Reference): boolean {
    if (reference.kind !== undefined) return true;
    this.#shapes ??= new Set([...idsOf(this.#plan)].map(shapeOf));
    return this.#shapes.has(shapeOf(reference.value));
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
