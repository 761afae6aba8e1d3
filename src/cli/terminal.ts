/** Where a command writes, and whom it can ask. */
export interface Terminal {
  out(text: string): void;
  /** Messages to the person at the keyboard. */
  err(text: string): void;
  /** Whether `out` takes escape codes. */
  readonly hasColour: boolean;
  /** Asks the person at the keyboard; absent where there is nobody. */
  readonly ask?: (question: string) => Promise<string>;
  /** Standard input to its end. */
  readonly input?: () => Promise<string>;
  /** Aborted by Ctrl-C. */
  readonly signal?: AbortSignal;
}

const codes = { bold: 1, red: 31, green: 32, yellow: 33, blue: 34, grey: 90 } as const;

export type Colour = keyof typeof codes;

export function paint({ hasColour }: Terminal, colour: Colour | undefined, text: string): string {
  return hasColour && colour !== undefined && text !== '' ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
}

/** See https://no-color.org: a set, non-empty NO_COLOR always wins. */
export function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return isTerminal && env.TERM !== 'dumb';
}

export interface Cell {
  readonly text: string;
  readonly colour?: Colour;
}

/** Rows with aligned columns, two spaces apart; the last is as long as it is, empty ones are left out. Control characters are, too. */
export function columns(terminal: Terminal, rows: readonly (readonly Cell[])[], indent = ''): string {
  const widths: number[] = [];
  const clean = rows.map((row) => row.map((cell) => ({ ...cell, text: visible(cell.text) })));
  for (const row of clean) {
    for (const [column, { text }] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(text));
  }
  const line = (row: readonly Cell[]) =>
    row
      .map(({ text, colour }, column) => {
        const padding = column === row.length - 1 ? 0 : (widths[column] ?? 0) - width(text);
        return paint(terminal, colour, text) + ' '.repeat(padding);
      })
      .filter((_, column) => widths[column] !== 0)
      .join('  ')
      .trimEnd();
  return clean.map((row) => `${indent}${line(row)}\n`).join('');
}

/** One line without control characters: plan text may come from strangers, and a terminal obeys escape codes. */
export function visible(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}

function width(text: string): number {
  return [...text].length;
}
