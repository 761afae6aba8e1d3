import { type Covered, coverage } from '../audit/coverage';
import type { Diagnostic, KeyDecision, Plan, Prompt } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { finding } from './finding';

const MOST_RELATED = 30;

/** Whether what was said to the plan's makers, by those who ask and by those who criticise, went into the plan. */
export function checkAudits({ plan }: PlanSnapshot): readonly Diagnostic[] {
  return [
    ...uncovered(plan),
    ...contradicted(plan.prompts),
    ...plan.critiques.flatMap((critique) => {
      const name = critique.id === undefined ? 'This critique' : `Critique ${critique.id.value}`;
      if (critique.verdict === undefined || critique.verdict.value === 'open') {
        return finding(
          'critique-without-verdict',
          critique,
          `${name} has no verdict. Adopt it, or reject it with a reason.`,
        );
      }
      if (critique.verdict.value === 'adopted' || critique.reason !== undefined) return [];
      return finding('rejected-without-reason', critique, `${name} was rejected without a reason. Say why.`);
    }),
    ...plan.unrankedInsights.map((place) => {
      const message =
        'This insight stands in no tier. Rank it: the plan fails without it, it matters, it is small, or it does not apply.';
      return finding('unranked-insight', place, message);
    }),
    ...unstable(plan),
  ];
}

/** Decisions without a bead; all together in a plan whose log never names beads. */
function uncovered(plan: Plan): readonly Diagnostic[] {
  if (plan.beads.length === 0) return [];
  const covered = coverage(plan).filter(({ prompt, decision }) => decision !== undefined || prompt.words.length > 0);
  const gaps = covered.filter(({ things }) => things.length === 0);
  const [first, ...others] = gaps;
  if (first === undefined) return [];
  if (gaps.length === covered.length && gaps.length > 2) {
    const message = `None of the ${gaps.length} logged decisions names the beads that cover it. Write them behind an arrow: → ${plan.beads[0]?.id}.`;
    const related = others.slice(0, MOST_RELATED).map(({ at }) => ({ location: at, message: 'This one, too' }));
    return [finding('prompt-uncovered', first.at, message, { severity: 'info', related })];
  }
  return gaps.map((gap) => finding('prompt-uncovered', gap.at, gapMessage(gap, plan)));
}

function gapMessage({ prompt, decision }: Covered, plan: Plan): string {
  const name = nameOfPrompt(prompt, decision === undefined ? 'This prompt' : 'a prompt');
  if (decision === undefined) {
    return `${name} has no key decisions, so nobody can tell whether the plan covers it. List them, each with its beads: → ${plan.beads[0]?.id}.`;
  }
  const [first] = decision.coveredBy;
  return first === undefined
    ? `No bead covers this decision of ${name}. Name the beads behind an arrow, or add one.`
    : `This decision of ${name} names ${first.value}, which is not in the plan. Correct the id, or add the bead.`;
}

function nameOfPrompt({ number }: Prompt, otherwise: string): string {
  return number === undefined ? otherwise : `Prompt ${number.value}`;
}

// ── contradictions ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Words that say that a decision no longer holds, or takes the place of another one. */
const REPLACED =
  /\b(?:replac\w*|supersed\w*|instead|no longer|in place of|formerly|was|until|chang\w*|rais\w*|lower\w*|revis\w*|overrid\w*|corrected)\b/i;
/** Words that two decisions must share to be on the same thing. */
const FEWEST_SHARED = 2;

interface Measured {
  readonly prompt: Prompt;
  readonly decision: KeyDecision;
  readonly words: ReadonlySet<string>;
  /** By unit. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
}

function contradicted(prompts: readonly Prompt[]): readonly Diagnostic[] {
  const measured = prompts.flatMap((prompt) =>
    prompt.decisions.flatMap((decision) => {
      const values = valuesIn(decision.text.value);
      return values.size === 0 ? [] : { prompt, decision, words: wordsIn(decision.text.value), values };
    }),
  );
  return measured.flatMap((earlier, index) => {
    if (REPLACED.test(earlier.decision.text.value)) return [];
    const later = measured
      .slice(index + 1)
      .find((each) => each.prompt !== earlier.prompt && contradicts(earlier, each));
    if (later === undefined) return [];
    const message = `${nameOfPrompt(later.prompt, 'A later prompt')} decides otherwise: "${later.decision.text.value}". Say here that it was replaced, and see that the beads follow the one that holds.`;
    const related = [
      { location: later.decision, message: `The decision of ${nameOfPrompt(later.prompt, 'the later prompt')}` },
    ];
    return finding('contradicted-decision', earlier.decision, message, { related });
  });
}

/** On the same thing, by most of their words, and with no value of a unit in common. */
function contradicts(a: Measured, b: Measured): boolean {
  const shared = [...a.words].filter((word) => b.words.has(word)).length;
  if (shared < FEWEST_SHARED || shared * 2 < Math.min(a.words.size, b.words.size)) return false;
  return [...a.values].some(([unit, values]) => {
    const others = b.values.get(unit);
    return others !== undefined && ![...values].some((value) => others.has(value));
  });
}

const VALUE = /(\d[\d.,]*)\s?(%|[a-z]{1,12}\b)?/gi;

function valuesIn(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const [, number = '', unit = ''] of text.matchAll(VALUE)) {
    const key = unit.toLowerCase();
    values.set(key, (values.get(key) ?? new Set()).add(number.replace(/[.,]+$/, '')));
  }
  return values;
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
}

// ── readiness ───────────────────────────────────────────────────────────────────────────────────────────────────────

function unstable(plan: Plan): readonly Diagnostic[] {
  const [last, before] = [plan.readinessPasses.at(-1), plan.readinessPasses.at(-2)];
  if (last === undefined || before === undefined) return [];
  if (last.gapCount === 0 || last.gapCount < before.gapCount) return [];
  const message = `This readiness pass found ${last.gapCount} new gaps, the one before it ${before.gapCount}. Close them, and have the plan read again until a pass finds less.`;
  return [finding('readiness-not-stable', last, message)];
}
