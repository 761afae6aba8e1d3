import type { Diagnostic, Severity, Thing } from '../model';
import type { Location } from '../text';
import { RULES, type RuleId } from './table';

/** What one rule found, as severe as its table says or, where `severity` is given, as that place deserves. */
export function finding(
  code: RuleId,
  location: Location,
  message: string,
  more: {
    readonly severity?: Severity;
    readonly related?: Diagnostic['related'];
    readonly suggestion?: string | undefined;
  } = {},
): Diagnostic {
  const { file, start, end } = location;
  const { severity = RULES[code].severity, related, suggestion } = more;
  return {
    code,
    severity,
    message,
    location: { file, start, end },
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(related === undefined || related.length === 0 ? {} : { related }),
  };
}

/** The id, or the line that names a thing without one. */
export function nameAt({ idAt, head }: Thing): Location {
  return idAt ?? head;
}

/** From the first to the last of them, when they stand in one file. */
export function spanOf(places: readonly Location[]): Location | undefined {
  const [first] = places;
  if (first === undefined) return undefined;
  const inFile = places.filter(({ file }) => file === first.file);
  return {
    file: first.file,
    start: Math.min(...inFile.map(({ start }) => start)),
    end: Math.max(...inFile.map(({ end }) => end)),
  };
}

/** `1 bead`, `3 beads`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
