import type { Plan, Scenario } from '../model';
import { textsOfScenario, words } from './texts';

/** The scenarios that the texts name, and those that these lead on to, in the order of the plan. */
export function scenariosIn(plan: Plan, texts: readonly string[]): readonly Scenario[] {
  if (plan.scenarios.length === 0) return [];
  const byId = new Map(plan.scenarios.map((scenario) => [scenario.id.toLowerCase(), scenario]));
  const found = new Set<Scenario>();
  const waiting = [...texts];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    for (const scenario of namedIn(text, byId, plan.scenarios)) {
      if (found.has(scenario)) continue;
      found.add(scenario);
      for (const next of textsOfScenario(scenario)) waiting.push(next);
    }
  }
  return plan.scenarios.filter((scenario) => found.has(scenario));
}

/** `F3`, `Scenario 3`, `F1–F4` and `F1-F4`. A bare number is a scenario only after the word. */
function namedIn(text: string, byId: ReadonlyMap<string, Scenario>, inOrder: readonly Scenario[]): readonly Scenario[] {
  const named: Scenario[] = [];
  let previous = '';
  for (const word of words(text)) {
    const scenario = byId.get(word);
    if (scenario === undefined) named.push(...rangeIn(word, byId, inOrder));
    else if (!isNumber(word) || /^(?:scenario|failure)s?$/.test(previous)) named.push(scenario);
    previous = word;
  }
  for (const [, first = '', last = ''] of text.matchAll(/([\p{L}\p{N}_.]{1,100})\s?[–—]\s?([\p{L}\p{N}_.]{1,100})/gu)) {
    named.push(...between(byId.get(first.toLowerCase()), byId.get(last.toLowerCase()), inOrder));
  }
  return named;
}

function rangeIn(word: string, byId: ReadonlyMap<string, Scenario>, inOrder: readonly Scenario[]): readonly Scenario[] {
  const hyphen = word.indexOf('-');
  if (hyphen === -1) return [];
  return between(byId.get(word.slice(0, hyphen)), byId.get(word.slice(hyphen + 1)), inOrder);
}

function between(
  first: Scenario | undefined,
  last: Scenario | undefined,
  inOrder: readonly Scenario[],
): readonly Scenario[] {
  if (first === undefined || last === undefined || isNumber(first.id)) return [];
  return inOrder.slice(inOrder.indexOf(first), inOrder.indexOf(last) + 1);
}

function isNumber(id: string): boolean {
  return /^\d+$/.test(id);
}
