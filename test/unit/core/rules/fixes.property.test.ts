import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../../src/core/edit/planEdits';
import type { Diagnostic } from '../../../../src/core/model';
import { checkPlan } from '../../../../src/core/rules/check';
import { fixesOf } from '../../../../src/core/rules/fixes/fixes';
import { sourceOf } from '../../../support/planSource';

/** Fields of the samples, as they stand there; a plan without some of them is one that rules find something in. */
const FIELD_LINE =
  /^[ \t]*(?:-[ \t]+)?(?:\*\*)?(?:priority|done[ _]when|if[ _]it[ _]fails|evidence|objective|verification|interfaces|detection|what)(?:\*\*)?:.*$/gim;
const ID = /\b(?:ft-0001\.\d+[a-f]?|grf-[a-l]\d)\b/g;

const folder = join(import.meta.dirname, '../../../../samples');
const samples = ['finetune', 'golf-round-finder'].flatMap((name) =>
  readdirSync(join(folder, name))
    .filter((file) => /^PLAN-finetune-qwen\.md$|\.plan\.yaml$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(folder, name, file), 'utf8') })),
);

/** Leaves lines of fields out, and writes ids over others, at places that the numbers choose. */
function damaged(text: string, left: readonly number[], renamed: readonly (readonly [number, number])[]): string {
  const count = [...text.matchAll(FIELD_LINE)].length;
  const out = new Set(left.map((number) => number % count));
  const ids = [...text.matchAll(ID)].map(([id]) => id);
  const places = new Map(renamed.map(([at, by]) => [at % ids.length, ids[by % ids.length] ?? '']));
  let id = 0;
  let line = 0;
  return text
    .replace(ID, (written) => places.get(id++) ?? written)
    .replace(FIELD_LINE, (written) => (out.has(line++) ? '' : written));
}

const keyOf = ({ code, message }: Diagnostic) => `${code} ${message}`;

describe.each(samples)('every fix of a damaged $file', ({ file, text }) => {
  test('solves what it is for, and leaves the file readable', () => {
    const numbers = fc.array(fc.nat(5000), { minLength: 1, maxLength: 4 });
    const pairs = fc.array(fc.tuple(fc.nat(5000), fc.nat(5000)), { maxLength: 2 });
    let tried = 0;
    fc.assert(
      fc.property(numbers, pairs, (left, renamed) => {
        const before = damaged(text, left, renamed);
        const source = sourceOf({ [file]: before });
        for (const diagnostic of checkPlan(source.snapshot).slice(0, 6)) {
          for (const { edits, title } of fixesOf(diagnostic, source).slice(0, 3)) {
            tried++;
            const after = sourceOf({ [file]: applyEdits(before, edits) });
            const found = checkPlan(after.snapshot);
            expect(found.map(keyOf), `${title} for ${diagnostic.message}`).not.toContain(keyOf(diagnostic));
            expect(found.map(({ code }) => code)).not.toContain('malformed-file');
            expect(after.snapshot.plan.beads).toHaveLength(source.snapshot.plan.beads.length);
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(tried).toBeGreaterThan(10);
  });
});
