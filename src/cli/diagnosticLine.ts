import type { Diagnostic, Severity } from '../core/model';
import type { Position } from '../core/text';
import { type Colour, paint, type Terminal, visible } from './terminal';

const colours: Readonly<Record<Severity, Colour>> = { error: 'red', warning: 'yellow', info: 'blue', hint: 'grey' };

/** `PLAN.md:12:3: error unknown-reference There is no …`. */
export function diagnosticLine(terminal: Terminal, diagnostic: Diagnostic, { line, character }: Position): string {
  const { code, severity, message, location } = diagnostic;
  const place = `${visible(location.file)}:${line + 1}:${character + 1}:`;
  return `${place} ${paint(terminal, colours[severity], severity)} ${code} ${visible(message)}\n`;
}
