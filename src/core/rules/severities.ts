import type { Diagnostic, Plan, RuleSetting, Severity } from '../model';
import { nearest } from '../nearest';
import { finding } from './finding';
import { isRule, RULE_IDS } from './table';

/** What is said of rules: in settings, or in a plan's head. */
export type RuleLevel = Severity | 'off';

/** By rule id. What is not in it is as severe as the table says. */
export type RuleLevels = ReadonlyMap<string, RuleLevel>;

/** As settings and plans write them. */
export const LEVEL_WORDS = ['error', 'warning', 'information', 'hint', 'off'] as const;

const LEVELS: ReadonlyMap<string, RuleLevel> = new Map([
  ['error', 'error'],
  ['warning', 'warning'],
  ['warn', 'warning'],
  ['information', 'info'],
  ['info', 'info'],
  ['hint', 'hint'],
  ['off', 'off'],
  ['false', 'off'],
]);

export function levelOf(word: unknown): RuleLevel | undefined {
  return LEVELS.get(String(word).trim().toLowerCase());
}

/** From a setting such as `{"vague-done-when": "off"}`; what is no rule or no level is left out. */
export function levelsOf(setting: unknown): RuleLevels {
  const levels = new Map<string, RuleLevel>();
  if (typeof setting !== 'object' || setting === null) return levels;
  for (const [rule, word] of Object.entries(setting)) {
    const level = levelOf(word);
    if (isRule(rule) && level !== undefined) levels.set(rule, level);
  }
  return levels;
}

/** What a plan's head says; of a rule named twice the first one counts. */
export function levelsInPlan({ head }: Plan): RuleLevels {
  const levels = new Map<string, RuleLevel>();
  for (const { rule, value } of head.rules ?? []) {
    const level = levelOf(value);
    if (level !== undefined && !levels.has(rule)) levels.set(rule, level);
  }
  return levels;
}

/** Lines of `rules:` that name no rule, or say nothing of it that can be understood. */
export function checkRuleSettings({ head }: Plan): readonly Diagnostic[] {
  return (head.rules ?? []).flatMap((setting) => {
    const message = isRule(setting.rule) ? unknownLevel(setting) : unknownRule(setting);
    return message === undefined ? [] : [finding('invalid-value', setting, message)];
  });
}

function unknownLevel({ rule, value }: RuleSetting): string | undefined {
  if (levelOf(value) !== undefined) return undefined;
  return `The rule ${rule} cannot be ${value === '' ? 'empty' : value}. Write one of ${LEVEL_WORDS.join(', ')}.`;
}

function unknownRule({ rule }: RuleSetting): string {
  const near = nearest(rule, RULE_IDS);
  return `There is no rule ${rule}. ${near === undefined ? 'See the list of rules.' : `Did you mean ${near}?`}`;
}
