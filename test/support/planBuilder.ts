import type {
  Bead,
  Criterion,
  Field,
  Gate,
  Phase,
  Plan,
  PlanPart,
  Priority,
  Reference,
  Status,
  Texts,
} from '../../src/core/model';
import { joinPlan } from '../../src/core/plan/joinPlan';

export interface PhaseSketch {
  readonly id: string;
  readonly title?: string;
  readonly dependsOn?: readonly string[];
}

export interface BeadSketch {
  readonly id: string;
  readonly title?: string;
  readonly phase?: string;
  readonly parent?: string;
  readonly blockedBy?: readonly string[];
  readonly status?: Status;
  readonly priority?: Priority;
  readonly owner?: string;
  readonly estimate?: number;
  readonly what?: string;
  readonly doneWhen?: readonly string[];
}

export interface GateSketch {
  readonly id: string;
  readonly title?: string;
  readonly type?: Gate['type'];
  readonly phase?: string;
  readonly blockedBy?: readonly string[];
  readonly blocks?: readonly string[];
  readonly verdict?: 'pass' | 'adjust' | 'abort';
}

export interface PlanSketch {
  readonly id?: string;
  readonly title?: string;
  readonly phases?: readonly PhaseSketch[];
  readonly beads?: readonly BeadSketch[];
  readonly gates?: readonly GateSketch[];
}

/** A plan without a file behind it, for what is about plans and not about reading them. Every place in it is empty. */
export function buildPlan(sketch: PlanSketch): Plan {
  const part: PlanPart = {
    file: FILE,
    notation: 'markdown',
    text: '',
    head: {
      planId: field(sketch.id ?? 'plan'),
      title: field(sketch.title ?? 'Plan'),
      baseline: [],
      risks: [],
      approvals: [],
    },
    phases: (sketch.phases ?? []).map(phase),
    beads: (sketch.beads ?? []).map(bead),
    gates: (sketch.gates ?? []).map(gate),
    scenarios: [],
    insights: [],
    promptCount: 0,
    critiqueCount: 0,
    diagnostics: [],
  };
  return joinPlan(`test ${sketch.id ?? 'plan'}`, [part]);
}

const FILE = 'plan.md';
const NOWHERE = { file: FILE, start: 0, end: 0 };

function phase({ id, title, dependsOn = [] }: PhaseSketch): Phase {
  return {
    kind: 'phase',
    ...named(id, title),
    dependsOn: references(dependsOn),
    objective: [],
    constraints: [],
    outOfScope: [],
    doneMeans: [],
    interfaces: [],
    prerequisites: [],
    verification: [],
    operations: { git: [], migrations: [], tophatting: [], gates: [], notes: [] },
    risks: [],
    approvals: [],
  };
}

function bead({ id, title, phase, parent, blockedBy = [], status = 'open', ...more }: BeadSketch): Bead {
  return {
    kind: 'bead',
    ...named(id, title),
    ...(phase !== undefined && { phase }),
    ...(parent !== undefined && { parent }),
    ...(more.priority !== undefined && { priority: field(more.priority) }),
    ...(more.owner !== undefined && { owner: field(more.owner) }),
    ...(more.estimate !== undefined && { estimate: field(more.estimate) }),
    blockedBy: references(blockedBy),
    what: texts(more.what === undefined ? [] : [more.what]),
    doneWhen: texts(more.doneWhen ?? []),
    ifItFails: [],
    failureScenarios: [],
    steps: [],
    status,
    labels: [],
    evidence: [],
  };
}

function gate({ id, title, type = 'decision', phase, blockedBy = [], blocks = [], verdict }: GateSketch): Gate {
  const criteria: readonly Criterion[] = [];
  return {
    kind: 'gate',
    ...named(id, title),
    type,
    ...(phase !== undefined && { phase }),
    blockedBy: references(blockedBy),
    blocks: references(blocks),
    criteria,
    ...(verdict && { decision: { ...NOWHERE, verdict } }),
    approvals: [],
  };
}

function named(id: string, title = `Title of ${id}`) {
  return { id, idAt: NOWHERE, title: field(title), location: NOWHERE, head: NOWHERE };
}

function field<T>(value: T): Field<T> {
  return { ...NOWHERE, value };
}

function texts(values: readonly string[]): Texts {
  return values.map(field);
}

function references(ids: readonly string[]): readonly Reference[] {
  return ids.map(field);
}
