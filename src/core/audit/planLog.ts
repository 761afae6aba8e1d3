import type { Plan, Reference } from '../model';
import type { Location } from '../text';
import { markdownLog } from './markdownLog';
import { yamlLog } from './yamlLog';

/** What was said to the plan's makers, word for word, and what followed from it. */
export interface LoggedPrompt extends Location {
  /** As written: `7`. */
  readonly number: string;
  readonly title: string;
  /** The heading, row or key that names it. */
  readonly head: Location;
  readonly decisions: readonly LoggedDecision[];
}

export interface LoggedDecision extends Location {
  readonly text: string;
  /** The things that cover it. */
  readonly covers: readonly Reference[];
}

export interface LoggedCritique extends Location {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  readonly verdict: 'adopted' | 'rejected' | 'open' | undefined;
  readonly reason: string;
  /** Where it landed, as written. */
  readonly landed: string;
}

export interface ReadinessPass extends Location {
  readonly number: string;
  readonly date: string;
  readonly reviewer: string;
  readonly rating: string;
  readonly gaps: readonly string[];
}

/** What a plan keeps besides its work. */
export interface PlanLog {
  readonly prompts: readonly LoggedPrompt[];
  readonly critiques: readonly LoggedCritique[];
  readonly passes: readonly ReadinessPass[];
  /** Insights that stand in no tier. */
  readonly unranked: readonly Location[];
}

const logs = new WeakMap<Plan, PlanLog>();

/** Read from the texts of the plan's files, once for each plan. Linear in them; never throws. */
export function logOf(plan: Plan): PlanLog {
  const known = logs.get(plan);
  if (known !== undefined) return known;
  const all = plan.files.map((file) => logIn(file, plan.textOf(file) ?? ''));
  const log = {
    prompts: all.flatMap((each) => each.prompts),
    critiques: all.flatMap((each) => each.critiques),
    passes: all.flatMap((each) => each.passes),
    unranked: all.flatMap((each) => each.unranked),
  };
  logs.set(plan, log);
  return log;
}

const NOTHING_LOGGED: PlanLog = { prompts: [], critiques: [], passes: [], unranked: [] };
const MAY_LOG = /\b(?:prompts?|feedback|critiques?|criticisms?|readiness|insights?)\b/i;

function logIn(file: string, text: string): PlanLog {
  if (!MAY_LOG.test(text)) return NOTHING_LOGGED;
  if (/\.ya?ml$/i.test(file)) return yamlLog(file, text);
  return /\.jsonl$/i.test(file) ? NOTHING_LOGGED : markdownLog(file, text);
}
