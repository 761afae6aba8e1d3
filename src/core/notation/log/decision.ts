import type { CritiqueVerdict, Field, KeyDecision } from '../../model';
import { parseReferences } from '../references';

const ARROW = /→|⇒|->|=>/;

/** `Scan all sources → ft-0001.2, ft-0001.3`. The field's characters stand in the file one by one. */
export function decisionOf(field: Field<string>): KeyDecision {
  const { value, file, start, end } = field;
  const arrow = ARROW.exec(value);
  if (arrow === null) return { file, start, end, text: field, coveredBy: [] };
  const from = arrow.index + arrow[0].length;
  const text = value.slice(0, arrow.index).trimEnd();
  return {
    file,
    start,
    end,
    text: { value: text, file, start, end: start + text.length },
    coveredBy: parseReferences(value.slice(from), { file, start: start + from, end }),
  };
}

const ADOPTED = /\b(?:adopt|accept|agree|fixed|appl(?:y|ied)|taken|incorporated|done|yes)(?:ed|d)?\b/i;
const REJECTED = /\b(?:reject|declin|refus|dismiss)(?:ed|e)?\b|\b(?:won'?t fix|not adopted|not accepted|no)\b/i;
const OPEN = /\b(?:open|pending|undecided|tbd|to be decided|deferred)\b/i;

export function critiqueVerdict(text: string): CritiqueVerdict | undefined {
  if (REJECTED.test(text)) return 'rejected';
  if (ADOPTED.test(text)) return 'adopted';
  return OPEN.test(text) ? 'open' : undefined;
}

/** The verdict that a text names, in place of the text. */
export function verdictIn(field: Field<string> | undefined): Field<CritiqueVerdict> | undefined {
  const value = field === undefined ? undefined : critiqueVerdict(field.value);
  return field === undefined || value === undefined ? undefined : { ...field, value };
}
