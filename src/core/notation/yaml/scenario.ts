import type { Scenario } from '../../model';
import { named } from './names';
import type { YamlValues } from './values';
import type { Fields, Written } from './written';

export function scenarioOf(values: YamlValues, written: Written, fields: Fields<'scenario'>): Scenario {
  return {
    kind: 'scenario',
    ...named(values, written, fields, 'scenario'),
    detection: values.texts(fields.get('detection')?.value),
    recovery: values.texts(fields.get('recovery')?.value),
  };
}
