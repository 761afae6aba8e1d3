// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are what is tested.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillTemplate, isBranchName, safeName, slug } from '../../../src/git/names';

test.each([
  ['Provision production resources', 'provision-production-resources'],
  ['Provision production resources (real accounts and infrastructure)', 'provision-production-resources-real'],
  ['Über-Größe: Æsir, Øre & Łódź', 'uber-grosse-aesir-ore-and-lodz'],
  ["Don't stop", 'dont-stop'],
  ['ﬁne ½ ②', 'fine-1-2-2'],
  ['  "quotes" `ticks` $HOME ; rm -rf / ', 'quotes-ticks-home-rm-rf'],
  ['--force', 'force'],
  ['two\nlines\r\n', 'two-lines'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a.lock', 'a-lock'],
  ['Türkçe İI', 'turkce-ii'],
])('the slug of %j', (title, expected) => {
  expect(slug(title)).toBe(expected);
});

test('a long word is cut, a title that ends in a long word loses that word', () => {
  expect(slug('a'.repeat(300))).toBe('a'.repeat(40));
  expect(slug(`migrate the whole read path ${'b'.repeat(50)}`)).toBe('migrate-the-whole-read-path');
});

test('titles without a single ASCII letter get words that differ', () => {
  for (const title of ['', '   ', '生産', 'خطة', '🚀🚀', '---']) expect(slug(title)).toMatch(/^x[a-z0-9]{7}$/);
  expect(slug('生産')).not.toBe(slug('計画'));
});

test('any slug is one safe part of a branch', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
      expect(slug(title)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slug(title).length).toBeLessThanOrEqual(40);
    }),
  );
});

test.each(['J', '0.5', 'phase_2', 'ft-0001.8a', '__proto__', 'constructor', 'toString'])('id %j stays', (id) => {
  expect(safeName(id)).toBe(id);
});

test.each([
  ['a/b', /^a-b-[a-z0-9]{7}$/],
  ['..', /^x[a-z0-9]{7}$/],
  ['.', /^x[a-z0-9]{7}$/],
  ['', /^x[a-z0-9]{7}$/],
  ['-rf', /^rf-[a-z0-9]{7}$/],
  ['.git', /^git-[a-z0-9]{7}$/],
  ['x.lock', /^x-[a-z0-9]{7}$/],
  ['CON', /^CON-[a-z0-9]{7}$/],
  ['nul.txt', /^nul.txt-[a-z0-9]{7}$/],
  ['two\nlines', /^two-lines-[a-z0-9]{7}$/],
  ['フェーズ', /^x[a-z0-9]{7}$/],
  ['Ä1', /^A1-[a-z0-9]{7}$/],
  ['a..b', /^a.b-[a-z0-9]{7}$/],
])('id %j becomes a name of its own', (id, expected) => {
  expect(safeName(id)).toMatch(expected);
});

test('different ids never share a name', () => {
  const ids = ['a b', 'a-b', 'a/b', 'a:b', 'ä b', 'a b ', '.a-b', 'a-b.', 'フ', 'ェ'];
  expect(new Set(ids.map((id) => safeName(id))).size).toBe(ids.length);
});

test('any id gives one safe part of a path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (id) => {
      expect(safeName(id)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/);
      expect(safeName(id)).not.toMatch(/\.\.|\.$|\.lock$/i);
      expect(safeName(id).length).toBeLessThanOrEqual(48);
    }),
  );
});

test('templates are filled, and unknown placeholders named', () => {
  const values = new Map([
    ['plan', 'golf'],
    ['phase', 'J'],
  ]);
  expect(fillTemplate('plan/${plan}/${ phase }-${phase}', values)).toEqual({ text: 'plan/golf/J-J', unknown: [] });
  expect(fillTemplate('${plan}/${__proto__}/${oops}', values)).toEqual({
    text: 'golf/${__proto__}/${oops}',
    unknown: ['__proto__', 'oops'],
  });
  expect(fillTemplate('a${b', values).text).toBe('a${b');
});

test('branch names that git refuses are refused', () => {
  const good = [
    'main',
    'plan/golf/J-provision',
    'ünïcode',
    'a.b',
    'x@y',
    'feature/#12',
    "it's",
    'a"b',
    '$(echo)',
    'ref',
  ];
  const bad = ['', '@', 'HEAD', '-x', '@{-1}', 'a..b', 'a b', 'a~1', 'a^', 'a:b', 'a?', 'a*', 'a[', 'a\\b', 'a/', '/a'];
  bad.push('a//b', '.a', 'a/.b', 'a.lock', 'a.lock/b', 'a.', 'a\nb', 'a\u007f', 'a@{b');
  for (const name of good) expect([name, isBranchName(name), gitTakes(name)]).toEqual([name, true, true]);
  for (const name of bad) expect([name, isBranchName(name)]).toEqual([name, false]);
});

test('whatever passes is a branch for git', () => {
  const names = fc.string({ unit: fc.constantFrom(...'ab./@{-~^:?*[\\ \n\t#$ü'), minLength: 1, maxLength: 8 });
  const passed = fc.sample(names, 3000).filter(isBranchName).slice(0, 150);
  expect(passed.length).toBeGreaterThan(50);
  for (const name of passed) expect([name, gitTakes(name)]).toEqual([name, true]);
});

function gitTakes(name: string): boolean {
  try {
    execFileSync('git', ['check-ref-format', `refs/heads/${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
