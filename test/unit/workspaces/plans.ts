import type { Field, Phase, Plan } from '../../../src/core/model';
import { joinPlan } from '../../../src/core/plan/joinPlan';

export const file = 'file:///plans/PLAN-golf.md';
export const nowhere = { file, start: 3, end: 9 };

export interface PhaseWords {
  readonly id?: string;
  readonly title?: string;
  readonly branch?: string;
  readonly paths?: readonly string[];
}

export interface PlanWords {
  readonly id?: string;
  readonly branch?: string;
  readonly worktrees?: string;
  readonly repository?: string;
  readonly phase?: PhaseWords;
}

/** A plan with one phase, from what matters to phase workspaces. */
export function planOf({ id = 'golf', phase = {}, ...head }: PlanWords): {
  readonly plan: Plan;
  readonly phase: Phase;
} {
  const only = phaseOf(phase);
  const plan = joinPlan('key', [
    {
      file,
      notation: 'markdown',
      text: '',
      head: {
        planId: field(id),
        baseline: [],
        risks: [],
        approvals: [],
        ...(head.branch === undefined ? {} : { branch: field(head.branch) }),
        ...(head.worktrees === undefined ? {} : { worktrees: field(head.worktrees) }),
        ...(head.repository === undefined ? {} : { repository: field(head.repository) }),
      },
      phases: [only],
      beads: [],
      gates: [],
      scenarios: [],
      insights: [],
      promptCount: 0,
      critiqueCount: 0,
      diagnostics: [],
    },
  ]);
  return { plan, phase: plan.phases[0] ?? only };
}

function phaseOf({ id = 'J', title = 'Provision production resources', branch, paths = [] }: PhaseWords): Phase {
  return {
    kind: 'phase',
    id,
    title: field(title),
    location: nowhere,
    head: nowhere,
    dependsOn: [],
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
    workspace: { paths: paths.map(field), ...(branch === undefined ? {} : { branch: field(branch) }) },
  };
}

function field<T>(value: T): Field<T> {
  return { ...nowhere, value };
}
