import { type Node, parseDocument, Schema } from 'yaml';
import type { Diagnostic } from '../../model';
import type { Location } from '../../text';
import type { YamlPiece } from './values';

/** Errors of the parser that are passed on; a broken file can have one for each of its characters. */
const MOST_ERRORS = 50;

const PARSER_OPTIONS = {
  schema: new Schema({ schema: 'core' }),
  // Looking for repeated keys takes the square of their number in the parser; here it is linear.
  uniqueKeys: false,
  keepSourceTokens: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** What a piece says; what the parser finds wrong with it is added to the diagnostics. */
export function parse({ text, place }: YamlPiece, diagnostics: Diagnostic[]): Node | null {
  const { contents, errors, range } = parseDocument(text, PARSER_OPTIONS);
  for (const { message, pos } of errors.slice(0, MOST_ERRORS)) {
    const [start, end] = pos;
    // The parser may take all that follows for a part of the mistake; it is shown on its first line.
    const line = text.indexOf('\n', start + 1);
    const shown = line === -1 ? end : Math.min(end, line);
    diagnostics.push(malformed(message, place(start, Math.max(shown, start))));
  }
  const [, , end = text.length] = range ?? [];
  const next = NEXT_DOCUMENT.exec(text.slice(end));
  if (next !== null) {
    const message = 'Only the first document of a file is read. Move this one to a file of its own.';
    diagnostics.push({ ...malformed(message, place(end + next.index, end + next.index + 3)), severity: 'warning' });
  }
  return contents;
}

/** The end of a document, and something behind it. */
const NEXT_DOCUMENT = /^---(?=\s+[^\s#])/m;

export function malformed(message: string, location: Location): Diagnostic {
  return { code: 'malformed-file', severity: 'error', message, location };
}
