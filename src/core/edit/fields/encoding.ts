import type { PlanPart } from '../../model';

/** Where a value stands: on a line of Markdown, in a table's cell, in a YAML scalar. */
export type ValueContext = 'line' | 'cell' | 'yaml';

/** A value of one line as it is written in a place of this kind. `isFlow`: between the brackets of YAML. */
export function encoded(value: string, context: ValueContext, isFlow = false): string {
  if (context === 'line') return value;
  if (context === 'cell') return value.replace(/(?<!\\)\|/g, '\\|');
  return isPlainScalar(value, isFlow) ? value : JSON.stringify(value);
}

const SPECIAL = /^(?:true|false|null|yes|no|on|off|~|[-+.]?\d[\d_.,:eExXoO+-]*|\.inf|\.nan)$/i;

/** Whether YAML reads these characters as the text that they are, without quotes. Stricter than it has to be. */
export function isPlainScalar(value: string, isFlow: boolean): boolean {
  if (!/^[\p{L}\p{N}(/$+<=]/u.test(value) || /\s$/.test(value) || SPECIAL.test(value)) return false;
  if (/:(?:\s|$)|\s#|[\p{Cc}\u2028\u2029\uFEFF]/u.test(value)) return false;
  return !isFlow || !/[,[\]{}]|:\S*["']/.test(value);
}

/** Whether an offset lies in YAML: in a YAML file, or in the front matter of a Markdown file. */
export function isInYaml({ notation, text }: PlanPart, offset: number): boolean {
  if (notation !== 'markdown') return notation === 'yaml';
  const end = /^\uFEFF?---[ \t]*\r?\n/.test(text) ? text.indexOf('\n---', 3) : -1;
  return offset <= end;
}

/** Text for one line: white space folded, and without what no file should hold. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}

/** The same without characters that begin or divide something in Markdown: for when the words alone do not read back. */
export function softened(text: string): string {
  return text
    .replace(/\s[|·•]\s/g, ', ')
    .replace(/[|·•]/g, '/')
    .replace(/[<>`*_~[\]]/g, '')
    .replace(/^[\s#>+=-]+/, '')
    .replace(/:(?=\s|$)/g, ' –')
    .replace(/\s+/g, ' ')
    .trim();
}
