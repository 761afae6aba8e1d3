import type { Scenario, Texts } from '../../model';
import { numberedSteps } from '../cascade';
import { named } from './names';
import type { YamlValues } from './values';
import type { Fields, Written } from './written';

export function scenarioOf(values: YamlValues, written: Written, fields: Fields<'scenario'>): Scenario {
  return {
    kind: 'scenario',
    ...named(values, written, fields, 'scenario'),
    detection: values.texts(fields.get('detection')?.value),
    recovery: cascadeOf(values.texts(fields.get('recovery')?.value)),
  };
}

/** A single text may hold all steps: `1) retry 2) restore`. */
function cascadeOf(texts: Texts): Texts {
  const [only, ...others] = texts;
  const steps = only === undefined || others.length > 0 ? [] : numberedSteps(only.value);
  if (only === undefined || steps.length < 2) return texts;
  return steps.map(({ start, end }) => ({
    ...only,
    start: only.start + start,
    end: only.start + end,
    value: only.value.slice(start, end),
  }));
}
