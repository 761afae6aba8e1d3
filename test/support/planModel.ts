import type {
  Approval,
  Bead,
  Diagnostic,
  Gate,
  Phase,
  Plan,
  PlanHead,
  PlanPart,
  Priority,
  Reference,
  Scenario,
  Status,
  ThingKind,
  Verdict,
} from '../../src/core/model';
import { joinPlan } from '../../src/core/plan/joinPlan';
import type { Location } from '../../src/core/text';

/** Plans made of a few words, for tests of what a plan means. Places are those in a text that says the same words. */

export interface BeadWords {
  readonly id: string;
  readonly title?: string;
  readonly phase?: string;
  readonly parent?: string;
  readonly status?: Status;
  readonly priority?: Priority;
  readonly estimate?: number;
  readonly blockedBy?: readonly ReferenceWords[];
  readonly doneWhen?: readonly string[];
  readonly ifItFails?: readonly string[];
  readonly scenarios?: readonly string[];
}

export interface PhaseWords {
  readonly id: string;
  readonly title?: string;
  readonly dependsOn?: readonly ReferenceWords[];
  readonly status?: Status;
  readonly approved?: boolean;
}

export interface GateWords {
  readonly id: string;
  readonly phase?: string;
  readonly blockedBy?: readonly ReferenceWords[];
  readonly blocks?: readonly ReferenceWords[];
  readonly verdict?: Verdict;
  readonly criteria?: readonly string[];
}

/** `b1`, `phase:A`, `other-plan/b2`, `b1–b4`. */
export type ReferenceWords = string;

export interface PlanWords {
  readonly id?: string;
  readonly mode?: 'planning' | 'executing';
  readonly approved?: boolean;
  readonly phases?: readonly PhaseWords[];
  readonly beads?: readonly BeadWords[];
  readonly gates?: readonly GateWords[];
  readonly scenarios?: readonly string[];
  readonly diagnostics?: readonly Diagnostic[];
  /** What lines that name things begin with: `##` for headings, `-` for list items, `|` for rows. */
  readonly mark?: string;
}

export function planOf(words: PlanWords): Plan {
  return joinPlan(words.id ?? 'plan', [partOf(words)]);
}

export function partOf(words: PlanWords, file = `${words.id ?? 'plan'}.md`): PlanPart {
  let written = '';
  const place = (text: string): Location => {
    const start = written.length;
    written += `${text} `;
    return { file, start, end: start + text.length };
  };
  const field = <T>(value: T) => ({ value, ...place(String(value)) });
  const named = (kind: string, id: string, title: string) => {
    written += `\n${words.mark ?? '##'} `;
    const idAt = place(id);
    return { kind, id, idAt, title: field(title), location: idAt, head: idAt };
  };
  const references = (all: readonly ReferenceWords[] = []) => all.map((text) => reference(text, place(text)));
  const approvals = (given = false): readonly Approval[] => (given ? [{ by: '@maria', ...place('@maria') }] : []);

  const phases = (words.phases ?? []).map(
    ({ id, title = `Phase ${id}`, dependsOn, status, approved }) =>
      ({
        ...named('phase', id, title),
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
        approvals: approvals(approved),
        ...(status === undefined ? {} : { status: field(status) }),
      }) as Phase,
  );
  const beads = (words.beads ?? []).map((bead) => {
    const { id, title = `Bead ${id}`, phase, parent, status = 'open', priority, estimate, blockedBy } = bead;
    return {
      ...named('bead', id, title),
      ...(phase === undefined ? {} : { phase }),
      ...(parent === undefined ? {} : { parent }),
      ...(priority === undefined ? {} : { priority: field(priority) }),
      ...(estimate === undefined ? {} : { estimate: field(estimate) }),
      blockedBy: references(blockedBy),
      what: [],
      doneWhen: (bead.doneWhen ?? []).map(field),
      ifItFails: (bead.ifItFails ?? []).map(field),
      failureScenarios: references(bead.scenarios),
      steps: [],
      status,
      ...(bead.status === undefined ? {} : { statusAt: place(status) }),
      labels: [],
      evidence: [],
    } as Bead;
  });
  const gates = (words.gates ?? []).map(
    ({ id, phase, blockedBy, blocks, verdict, criteria = [] }) =>
      ({
        ...named('gate', id, `Gate ${id}`),
        type: 'decision',
        ...(phase === undefined ? {} : { phase }),
        blockedBy: references(blockedBy),
        blocks: references(blocks),
        criteria: criteria.map((text) => ({ ...place(text), criterion: text, pass: '', adjust: '', abort: '' })),
        approvals: [],
        ...(verdict === undefined ? {} : { decision: { verdict, ...place(verdict) } }),
      }) as Gate,
  );
  const scenarios = (words.scenarios ?? []).map(
    (id) => ({ ...named('scenario', id, `Scenario ${id}`), detection: [], recovery: [] }) as Scenario,
  );
  const head: PlanHead = {
    baseline: [],
    risks: [],
    approvals: approvals(words.approved),
    ...(words.id === undefined ? {} : { planId: field(words.id) }),
    ...(words.mode === undefined ? {} : { mode: field(words.mode) }),
  };
  return {
    file,
    notation: 'markdown',
    text: written,
    head,
    phases,
    beads,
    gates,
    scenarios,
    insights: [],
    promptCount: 0,
    critiqueCount: 0,
    diagnostics: words.diagnostics ?? [],
  };
}

function reference(text: ReferenceWords, at: Location): Reference {
  const [, kind, plan, value = text, through] = /^(?:(\w+):)?(?:([^/]+)\/)?(.+?)(?:–(.+))?$/.exec(text) ?? [];
  return {
    value,
    ...at,
    ...(kind === undefined ? {} : { kind: kind as ThingKind }),
    ...(plan === undefined ? {} : { plan }),
    ...(through === undefined ? {} : { through }),
  };
}
