/** A text for an agent, ready for the clipboard. */
export interface Prompt {
  readonly text: string;
  /** Unicode characters. */
  readonly characters: number;
  /** Estimated; see `estimateTokens`. */
  readonly tokens: number;
  /** What the plan leaves out and the prompt therefore asks for. */
  readonly missing: readonly MissingField[];
}

export type MissingField =
  | 'objective'
  | 'constraints'
  | 'interfaces'
  | 'prerequisites'
  | 'verification'
  | 'beads'
  | 'doneWhen'
  | 'criteria';

export function promptOf(text: string, missing: readonly MissingField[]): Prompt {
  return { text, characters: countCharacters(text), tokens: estimateTokens(text), missing };
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * A quarter of the bytes in UTF-8: the usual rule of four characters a token for English, and about
 * three quarters of a token for each Chinese, Japanese or Korean character..
 */
export function estimateTokens(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return Math.ceil(bytes / 4);
}
