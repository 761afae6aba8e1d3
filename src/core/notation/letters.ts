/**
 * What characters are, by their codes. Nearly all of a plan is ASCII, which takes no expression to tell, and expressions
 * with classes such as `\p{L}` take the engine a millisecond each before they first run.
 */

const CAPITAL = /\p{Lu}/u;
const LETTER = /\p{L}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A letter of ASCII. */
export function isPlainLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Whether a capital of any script stands there. */
export function isCapitalAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? code >= 65 && code <= 90 : CAPITAL.test(characterAt(text, at));
}

/** Whether a letter of any script stands there. */
export function isLetterAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? isPlainLetter(code) : LETTER.test(characterAt(text, at));
}

/** Whether a letter or a digit of any script stands there. */
export function isWordAt(text: string, at: number): boolean {
  return widthOfWordCharacter(text, at) > 0;
}

/** Where the first letter or digit of any script stands, from an offset on; the end of the text where none does. */
export function firstWordFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isWordAt(text, at)) at++;
  return at;
}

/** The letters of ASCII that stand there, in lower case; empty where none do. */
export function plainWordAt(text: string, at: number): string {
  let end = at;
  while (isPlainLetter(text.charCodeAt(end))) end++;
  return text.slice(at, end).toLowerCase();
}

/** The token that may be an id (see `TOKEN`) and begins there; empty where none does. */
export function tokenAt(text: string, at: number): string {
  let end = at;
  for (let next = at; next < text.length; ) {
    const width = widthOfWordCharacter(text, next);
    if (width === 0 && (next === at || !isInsideToken(text.charCodeAt(next)))) break;
    next += width || 1;
    if (width > 0 || isApostrophe(text.charCodeAt(next - 1))) end = next;
  }
  return text.slice(at, end);
}

/** How many code units the letter or digit there takes; 0 where something else stands. */
function widthOfWordCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return isPlainLetter(code) || isDigit(code) ? 1 : 0;
  const character = characterAt(text, at);
  return LETTER_OR_DIGIT.test(character) ? character.length : 0;
}

/** Empty behind the end of the text. */
function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** What joins the letters and digits of a token: `_`, `.`, `-` and apostrophes. */
function isInsideToken(code: number): boolean {
  return code === 95 || code === 46 || code === 45 || isApostrophe(code);
}

function isApostrophe(code: number): boolean {
  return code === 39 || code === 0x2019;
}
