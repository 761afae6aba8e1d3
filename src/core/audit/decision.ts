import { parseReferences } from '../notation/references';
import type { Location } from '../text';
import type { LoggedCritique, LoggedDecision } from './planLog';

const ARROW = /\s*(?:→|⇒|->|=>)\s*/;

/** `Scan all sources → ft-0001.2, ft-0001.3`. `at` is where the text stands, character by character. */
export function decisionOf(text: string, at: Location): LoggedDecision {
  const arrow = ARROW.exec(text);
  if (arrow === null) return { ...at, text: text.trim(), covers: [] };
  const from = arrow.index + arrow[0].length;
  const covers = parseReferences(text.slice(from), { file: at.file, start: at.start + from, end: at.end });
  return { ...at, text: text.slice(0, arrow.index).trim(), covers };
}

const ADOPTED = /\b(?:adopt|accept|agree|fixed|appl(?:y|ied)|taken|incorporated|done|yes)(?:ed|d)?\b/i;
const REJECTED = /\b(?:reject|declin|refus|dismiss)(?:ed|e)?\b|\b(?:won'?t fix|not adopted|not accepted|no)\b/i;
const OPEN = /\b(?:open|pending|undecided|tbd|to be decided|deferred)\b/i;

export function verdictOf(text: string): LoggedCritique['verdict'] {
  if (REJECTED.test(text)) return 'rejected';
  if (ADOPTED.test(text)) return 'adopted';
  return OPEN.test(text) ? 'open' : undefined;
}
