import { isMap, type Node } from 'yaml';
import type { Insight, Tier } from '../../model';
import type { FieldName } from '../fields';
import type { YamlValues } from './values';

/** Insights by tier, or in a list where each says its own. */
export function insightsOf(values: YamlValues, node: Node | undefined): readonly Insight[] {
  if (!isMap(node)) return values.elements(node).flatMap((element) => insightOf(values, element, undefined));
  return [...values.fields('insights', node)].flatMap(([name, { value }]) =>
    values.elements(value).flatMap((each) => insightOf(values, each, TIERS[name])),
  );
}

function insightOf(values: YamlValues, node: Node, tier: Tier | undefined): readonly Insight[] {
  const at = values.placeOf(node);
  if (!isMap(node)) {
    const text = values.textOf(node);
    return text === '' ? [] : [{ kind: 'insight', tier: tier ?? 2, text, ...at }];
  }
  const fields = values.fields('insight', node);
  const text = values.prose(fields.get('text')?.value);
  const source = values.prose(fields.get('source')?.value);
  const own = tierOf(values.textOf(fields.get('tier')?.value));
  const said = { kind: 'insight' as const, tier: tier ?? own ?? 2, text, ...at };
  if (text === '') return [];
  return [source === '' ? said : { ...said, source }];
}

const TIERS: Readonly<Record<FieldName<'insights'>, Tier>> = {
  tier1: 1,
  tier2: 2,
  tier3: 3,
  doesNotApply: 'does-not-apply',
};

function tierOf(text: string): Tier | undefined {
  const digit = /\b([123])\b/.exec(text)?.[1];
  if (digit !== undefined) return digit === '1' ? 1 : digit === '2' ? 2 : 3;
  return /not/i.test(text) ? 'does-not-apply' : undefined;
}
