import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allTranslatable, bundleFile, translatable } from '../../scripts/l10n.mjs';
import { root } from '../../scripts/root.mjs';

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

test('every string that the extension shows can be translated', () => {
  const { strings, unreadable } = allTranslatable();
  expect(unreadable).toEqual([]);
  expect(strings.length).toBeGreaterThan(0);
  expect(Object.keys(read(bundleFile) as object), 'run `node scripts/l10n.mjs`').toEqual(strings);
});

test('the strings of package.json and those of package.nls.json are the same', () => {
  const used = new Set<string>();
  collect(read(join(root, 'package.json')), used);
  expect([...used].sort()).toEqual(Object.keys(read(join(root, 'package.nls.json')) as object).sort());
});

test('what people read in package.json is not written there', () => {
  const { contributes } = read(join(root, 'package.json')) as { contributes: Contributes };
  const texts = [
    ...contributes.commands.map(({ title }) => title),
    ...contributes.viewsWelcome.map(({ contents }) => contents),
    ...Object.values(contributes.configuration.properties).map(
      ({ markdownDescription, description }) => markdownDescription ?? description,
    ),
  ];
  for (const text of texts) expect(text).toMatch(/^%[\w.-]+%$/);
});

test('strings are found in every way of writing them', () => {
  const source = String.raw`
    vscode.l10n.t('one')
    l10n.t("it's {0}", x)
    vscode.l10n.t(
      'on a line \u2026 of its own',
    )
    vscode.l10n.t(${'`'}plain${'`'})
    vscode.l10n.t(${'`'}two ${'$'}{parts}${'`'})
    vscode.l10n.t(variable)`;
  expect(translatable(source).strings).toEqual(['one', "it's {0}", 'on a line … of its own', 'plain']);
  expect(translatable(source).unreadable).toHaveLength(2);
});

interface Contributes {
  readonly commands: readonly { readonly title: string }[];
  readonly viewsWelcome: readonly { readonly contents: string }[];
  readonly configuration: {
    readonly properties: Readonly<
      Record<string, { readonly markdownDescription?: string; readonly description?: string }>
    >;
  };
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    const key = /^%([\w.-]+)%$/.exec(value)?.[1];
    if (key !== undefined) into.add(key);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) collect(part, into);
  }
}
