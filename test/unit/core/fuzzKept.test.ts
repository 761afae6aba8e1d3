import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf, type Trial } from '../../fuzz/trial';

const folder = join(import.meta.dirname, '../../fuzz/kept');
const kept = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** `npm run fuzz` found these. */
describe('what broke once holds', () => {
  test('what the fuzzer looks for would be found', () => {
    const trial = { file: 'plan.md', text: '- [ ] B1 x\n', changes: [], offset: 0 };
    expect(failureOf(trial)).toBeUndefined();
    expect(failureOf({ ...trial, changes: undefined as never })).toContain('TypeError');
  });

  test.each(kept)('%s', (name) => {
    expect(failureOf(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Trial)).toBeUndefined();
  });
});
