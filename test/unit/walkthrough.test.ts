import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.mjs';

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly image?: string | Record<string, string>; readonly markdown?: string };
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { contributes } = JSON.parse(read('package.json')) as {
  contributes: { commands: { command: string }[]; walkthroughs: { steps: Step[] }[] };
};
const words = JSON.parse(read('package.nls.json')) as Record<string, string>;
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

test('the steps to get started name commands that are there', () => {
  const commands = new Set(contributes.commands.map(({ command }) => command));
  const named = steps.flatMap(({ description }) =>
    [...(words[description.replaceAll('%', '')] ?? '').matchAll(/command:([\w.]+)/g)].map((match) => match[1] ?? ''),
  );
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((command) => !commands.has(command))).toEqual([]);
});

test('their pictures are there, and in the package', () => {
  const packaged = read('.vscodeignore').split('\n');
  for (const { media } of steps) {
    const files = media.markdown ?? media.image ?? {};
    for (const file of typeof files === 'string' ? [files] : Object.values(files)) {
      expect(existsSync(join(root, file)), file).toBe(true);
      const pattern = file.startsWith('docs/pictures/') ? '!docs/pictures/*.png' : '!media/walkthrough/**';
      expect(packaged).toContain(pattern);
    }
  }
});
