import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * Writes l10n/bundle.l10n.json: every string that the extension shows, for translators to copy and translate.
 *
 *   node scripts/l10n.mjs
 */

/** The first argument of `l10n.t(…)`: one literal without parts to fill in. */
const call = /\bl10n\.t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`|[^)])/g;

/**
 * @param {string} source
 * @returns {{ strings: string[], unreadable: string[] }} `unreadable` are calls whose text a translator would never see
 */
export function translatable(source) {
  const strings = [];
  const unreadable = [];
  for (const match of source.matchAll(call)) {
    const literal = match[1];
    if (/^['"`]/.test(literal) && literal.length > 1) strings.push(textOf(literal));
    else unreadable.push(source.slice(match.index, match.index + 80));
  }
  return { strings, unreadable };
}

/** @returns {{ strings: string[], unreadable: string[] }} over all of src, each string once, sorted */
export function allTranslatable() {
  const folder = join(root, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const found = files.map((file) => translatable(readFileSync(join(folder, file), 'utf8')));
  return {
    strings: [...new Set(found.flatMap(({ strings }) => strings))].sort(),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
  };
}

const escapes = { n: '\n', r: '\r', t: '\t', 0: '\0' };

function textOf(literal) {
  return literal
    .slice(1, -1)
    .replace(
      /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g,
      (_, braced, long, short, one) =>
        one === undefined ? String.fromCodePoint(Number.parseInt(braced ?? long ?? short, 16)) : (escapes[one] ?? one),
    );
}

export const bundleFile = join(root, 'l10n/bundle.l10n.json');

if (process.argv[1] === import.meta.filename) {
  const bundle = Object.fromEntries(allTranslatable().strings.map((text) => [text, text]));
  writeFileSync(bundleFile, `${JSON.stringify(bundle, null, 2)}\n`);
}
