import type { Field, Gate, Verdict } from '../../model';
import { NOTHING } from '../empty';
import { parseVerdict } from '../values';
import type { GateDraft, Value } from './drafts';
import { type Making, placed } from './making';
import { cut } from './run';
import { locationOf, textOf, textsOf } from './values';

/** Rows of a gate's table, its fields, its list, or, where there is none of these, what a sentence says. */
export function criteriaOf(draft: GateDraft, making: Making): Gate['criteria'] {
  const text = (value: Value | undefined) => {
    const [written] = value === undefined ? [] : textsOf([value], making);
    return written?.value ?? '';
  };
  const rows = draft.criteria.map(({ start, end, criterion, pass, adjust, abort }) => ({
    ...placed({ start, end }, making),
    criterion: text(criterion),
    pass: text(pass),
    adjust: text(adjust),
    abort: text(abort),
  }));
  const named = ['criterion', 'pass', 'adjust', 'abort'] as const;
  const [criterion, pass, adjust, abort] = named.map((name) => textsOf(draft.fields.get(name), making));
  const told = [pass, adjust, abort].flatMap((texts) => texts ?? []);
  if (told.length > 0) {
    const join = (texts: readonly Field<string>[] = []) => texts.map(({ value }) => value).join('; ');
    const places = [...(criterion ?? []), ...told];
    rows.push({
      file: making.file,
      start: Math.min(...places.map(({ start }) => start)),
      end: Math.max(...places.map(({ end }) => end)),
      criterion: join(criterion),
      pass: join(pass),
      adjust: join(adjust),
      abort: join(abort),
    });
  }
  const listed = [
    ...(draft.fields.get('criteria') ?? []),
    ...(told.length > 0 ? [] : (draft.fields.get('criterion') ?? [])),
  ];
  for (const { value, ...location } of textsOf(listed, making)) {
    rows.push({ ...location, criterion: value, pass: '', adjust: '', abort: '' });
  }
  if (rows.length === 0) rows.push(...draft.prose.flatMap((value) => toldCriterion(value, making)));
  if (rows.length === 0) {
    for (const { value, ...location } of textsOf(draft.fields.get('listed'), making)) {
      rows.push({ ...location, criterion: value, pass: '', adjust: '', abort: '' });
    }
  }
  return rows.sort((a, b) => a.start - b.start);
}

const CLAUSE = /(?:^|[;.,]\s+)(pass|go|proceed|adjust|iterate|abort|stop|no-go|fail)(?::|\s+(?:if|when))?\s+(?=\S)/giu;

/** `Pass if ice ≥ 40 cm; Adjust if ≥ 30 cm; Abort otherwise.` */
function toldCriterion({ run, at }: Value, making: Making): Gate['criteria'] {
  const clauses = [...run.text.matchAll(CLAUSE)].map((match, index, all) => {
    const from = match.index + match[0].length;
    const value = { run: cut(run, from, all[index + 1]?.index ?? run.text.length), at };
    return { verdict: parseVerdict(match[1] ?? ''), value: textOf(value, making).value.replace(/[.;,]$/, '') };
  });
  const said = (verdict: Verdict) => clauses.find((clause) => clause.verdict === verdict)?.value ?? '';
  if (clauses.length < 2 || said('pass') === '') return NOTHING;
  const told = { pass: said('pass'), adjust: said('adjust'), abort: said('abort') };
  return [{ ...locationOf({ run, at }, making), criterion: '', ...told }];
}
