/** Letters that do not fall apart into a base letter and a mark, but that readers write in ASCII. */
const spelled = new Map<string, string>([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ł', 'l'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['ŋ', 'n'],
  ['&', ' and '],
]);

/**
 * Lower-case ASCII words joined by `-`, cut between words where that keeps most of `maxLength`.
 * Letters of other scripts are dropped; when nothing is left, a word made from the text's hash. Never empty.
 */
export function slug(text: string, maxLength = 40): string {
  const words = ascii(text.toLowerCase())
    .replace(/['’]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let result = '';
  for (const word of words) {
    const longer = result === '' ? word : `${result}-${word}`;
    if (longer.length > maxLength) {
      if (result.length < maxLength / 2) result = longer.slice(0, maxLength).replace(/-+$/, '');
      break;
    }
    result = longer;
  }
  return result === '' ? `x${hash(text)}` : result;
}

/**
 * An id as one name in a path and a branch: ids that are plain already stay as they are, in their own case.
 * What had to change gets a hash of the whole id, so that different ids stay different.
 */
export function safeName(id: string, maxLength = 48): string {
  const plain = ascii(id)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[-.]+|[-.]+$/g, '');
  const usable = plain === id && plain.length <= maxLength && !/\.lock$/i.test(plain) && !deviceName.test(plain);
  if (usable && plain !== '') return plain;
  const start = plain
    .slice(0, maxLength - 8)
    .replace(/\.lock$/i, '')
    .replace(/[-.]+$/, '');
  return start === '' ? `x${hash(id)}` : `${start}-${hash(id)}`;
}

/** Names that Windows keeps for devices, with any ending. */
const deviceName = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

function ascii(text: string): string {
  const letters = [...text.normalize('NFKD')].map(
    (letter) => spelled.get(letter) ?? spelled.get(letter.toLowerCase()) ?? letter,
  );
  return letters.join('').replace(/\p{Mark}+/gu, '');
}

/** Seven letters and digits (FNV-1a, 32 bits, base 36): tells names apart, protects nothing. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return (value >>> 0).toString(36).padStart(7, '0');
}

/** `${name}` in `template`, replaced; `unknown` lists the names that have no value. */
export function fillTemplate(
  template: string,
  values: ReadonlyMap<string, string>,
): { readonly text: string; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const text = template.replace(/\$\{([^{}]*)\}/g, (whole, name: string) => {
    const value = values.get(name.trim());
    if (value === undefined) unknown.push(name.trim());
    return value ?? whole;
  });
  return { text, unknown };
}

/**
 * Git's rules for a branch name (git-check-ref-format), and none of its shorthands such as `@{-1}`.
 * A name that fails here never reaches git.
 */
export function isBranchName(name: string): boolean {
  if (name === '' || name === '@' || name === 'HEAD' || name.startsWith('-') || name.length > 240) return false;
  if (name.startsWith('refs/') || name.endsWith('.') || name.includes('..') || name.includes('@{')) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git refuses control characters, so they are named.
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name)) return false;
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && !/\.lock$/i.test(part));
}
