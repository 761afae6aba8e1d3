import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../scripts/root.mjs';

const pages = join(root, 'docs/problems');

/** Codes as the core writes them. Those of prompt templates are reported by another part, with what to write. */
function codesInCore(): readonly string[] {
  const core = join(root, 'src/core');
  const files = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const codes = files.flatMap((file) =>
    [...readFileSync(join(core, file), 'utf8').matchAll(/(?:code: |#report\()'([a-z-]+)'/g)].map(
      (match) => match[1] ?? '',
    ),
  );
  return [...new Set(codes)].filter((code) => code !== 'broken-template').sort();
}

test('every problem has a page that explains it, and the list names it', () => {
  const codes = codesInCore();
  expect(codes).toContain('unknown-reference');
  const list = readFileSync(join(pages, 'README.md'), 'utf8');
  for (const code of codes) {
    expect(existsSync(join(pages, `${code}.md`)), code).toBe(true);
    expect(list).toContain(`[${code}](${code}.md)`);
  }
});

test('every page is of a problem that is there', () => {
  const codes = codesInCore();
  for (const page of readdirSync(pages)) {
    if (page !== 'README.md') expect(codes).toContain(page.replace(/\.md$/, ''));
  }
});
