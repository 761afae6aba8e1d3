import type { Scenario } from '../../model';
import type { ScenarioDraft, Value } from './drafts';
import { idPlace, type Making, placed, titleOfDraft } from './making';
import { cut } from './run';
import { numberedFrom, splitNumbered, textsOf } from './values';

export function makeScenario(draft: ScenarioDraft, making: Making): Scenario {
  const { fields } = draft;
  const detection: Value[] = [];
  const recovery: Value[] = [...(fields.get('recovery') ?? []).flatMap((value) => splitNumbered(value))];
  for (const value of fields.get('detection') ?? []) {
    const from = recovery.length === 0 ? numberedFrom(value) : undefined;
    if (from === undefined) detection.push(value);
    else {
      detection.push({ run: cut(value.run, 0, from), at: value.at });
      recovery.push(...splitNumbered({ run: cut(value.run, from, value.run.text.length), at: value.at }));
    }
  }
  if (recovery.length === 0) recovery.push(...draft.numbered.flatMap((value) => splitNumbered(value, value.number)));
  if (recovery.length === 0) {
    const runIn = draft.prose.find((value) => numberedFrom(value) !== undefined);
    if (runIn !== undefined) recovery.push(...splitNumbered(runIn));
  }
  return {
    kind: 'scenario',
    id: making.idOf(draft),
    idAt: idPlace(draft, making),
    title: titleOfDraft(draft, making),
    location: placed(draft, making),
    head: placed(draft.head, making),
    detection: textsOf(detection, making),
    recovery: textsOf(recovery, making),
  };
}
