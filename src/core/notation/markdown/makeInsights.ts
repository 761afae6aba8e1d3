import type { Insight } from '../../model';
import type { TierDraft, Value } from './drafts';
import type { Making } from './making';
import { cut } from './run';
import { textOf } from './values';

const SOURCE = /\s*(?:\((?:source|from):\s*([^()]{1,300})\)|\s(?:—|–|-)\s(?:source|from):\s*(.{1,300}))\s*\.?$/iu;

export function makeInsights(draft: TierDraft, making: Making): Insight[] {
  const values =
    draft.items.length > 0 ? draft.items : draft.prose.flatMap((value) => splitInsights(value, draft.tier));
  return values.flatMap((value) => {
    const { value: whole, ...location } = textOf(value, making);
    if (whole === '') return [];
    const source = SOURCE.exec(whole);
    const text = source === null ? whole : whole.slice(0, source.index);
    const written = source?.[1] ?? source?.[2];
    return [{ ...location, kind: 'insight', tier: draft.tier, text, source: written?.trim() }];
  });
}

/** `first · second`; things that do not apply are often just named: `streaming, billing, tax`. */
function splitInsights(value: Value, tier: TierDraft['tier']): readonly Value[] {
  const { run, at } = value;
  const divider = /\s[·•|]\s/.test(run.text) ? /\s[·•|]\s/g : /;\s/.test(run.text) ? /;\s/g : undefined;
  const isNamed = tier === 'does-not-apply' && !/[.:]\s|\(/.test(run.text) && run.text.split(', ').length > 2;
  const by = divider ?? (isNamed ? /,\s/g : undefined);
  if (by === undefined) return [value];
  const parts: Value[] = [];
  let from = 0;
  for (const match of run.text.matchAll(by)) {
    parts.push({ run: cut(run, from, match.index), at });
    from = match.index + match[0].length;
  }
  parts.push({ run: cut(run, from, run.text.length), at });
  const last = parts.at(-1);
  if (last?.run.text.endsWith('.') && parts.length > 1) {
    parts[parts.length - 1] = { run: cut(last.run, 0, last.run.text.length - 1), at };
  }
  return parts;
}
