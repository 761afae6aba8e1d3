import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.mjs';

const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { contributes: Contributes };
const declared = contributes.commands.map(({ command }) => command).sort();

test('commands.ts and package.json name the same commands', () => {
  const source = readFileSync(join(root, 'src/commands.ts'), 'utf8');
  expect([...source.matchAll(/^ {2}'(phasewise\.[\w.]+)': /gm)].map((match) => match[1]).sort()).toEqual(declared);
});

test('every command is registered once, and nothing else is', () => {
  const folder = join(root, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const registered = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\bregisterCommand\(\s*'([^']+)'/g)].map((match) => match[1]),
  );
  expect(registered.sort()).toEqual(declared);
});

test('menus, key bindings and welcome texts name commands that are there', () => {
  const named = [...Object.values(contributes.menus).flat(), ...contributes.keybindings, ...welcomeCommands()].flatMap(
    ({ command }) => (command?.startsWith('phasewise.') ? [command] : []),
  );
  expect(named.length).toBeGreaterThan(0);
  for (const command of named) expect(declared).toContain(command);
});

test('every menu entry names a command or a submenu that is there', () => {
  const submenus = new Set(contributes.submenus.map(({ id }) => id));
  for (const { command, submenu } of Object.values(contributes.menus).flat()) {
    if (submenu === undefined) expect(command).toBeDefined();
    else expect(submenus).toContain(submenu);
  }
});

interface Contributes {
  readonly commands: readonly { readonly command: string }[];
  readonly menus: Readonly<Record<string, readonly Entry[]>>;
  readonly submenus: readonly { readonly id: string }[];
  readonly keybindings: readonly Entry[];
  readonly viewsWelcome: readonly unknown[];
}

interface Entry {
  readonly command?: string;
  readonly submenu?: string;
}

function welcomeCommands(): readonly Entry[] {
  const texts = Object.values(JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as object).map(String);
  return texts.flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)].map((match) => ({ command: match[1] })));
}
