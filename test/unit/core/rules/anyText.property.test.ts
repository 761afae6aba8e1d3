import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditCritiques } from '../../../../src/core/audit/critiques';
import { auditPrompts } from '../../../../src/core/audit/prompts';
import { planReadiness } from '../../../../src/core/audit/readiness';
import { checkPlan } from '../../../../src/core/rules/check';
import { fixesOf } from '../../../../src/core/rules/fixes/fixes';
import { RULE_IDS, RULES } from '../../../../src/core/rules/table';
import { sourcesOf } from '../../../support/planSource';

const readings = join(import.meta.dirname, '../readings');
const texts = [
  ...readdirSync(readings)
    .filter((file) => /(?<!\.expected)\.(?:md|yaml)$/.test(file) && !file.includes('.expected.'))
    .map((file) => ({ file, text: readFileSync(join(readings, file), 'utf8') })),
  ...RULE_IDS.map((id) => ({ file: `PLAN.${RULES[id].notation === 'yaml' ? 'yaml' : 'md'}`, text: RULES[id].example })),
];

/** Pieces that mean something to readers, rules and regular expressions. */
const PIECES = [
  '|',
  '[',
  ']',
  '`',
  '**',
  '\n',
  '\n\n',
  '- ',
  '# ',
  ': ',
  '—',
  '→',
  '__proto__',
  'B1',
  'G1',
  '"',
  '{',
  '}',
  '\r',
  '\0',
  '\t',
  '🚧',
  'ü',
  ' ',
];

const edit = fc.record({
  at: fc.nat(10_000),
  length: fc.nat(30),
  insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 5 })),
});

test('rules, fixes and audits take any text, and stay inside of it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { maxLength: 6 }), ({ file, text }, edits) => {
      let broken = text;
      for (const { at, length, insert } of edits) {
        const start = at % (broken.length + 1);
        broken = broken.slice(0, start) + insert + broken.slice(start + length);
      }
      for (const source of sourcesOf({ [file]: broken })) {
        const linkTo = () => '#';
        for (const diagnostic of checkPlan(source.snapshot)) {
          const { location, related = [] } = diagnostic;
          for (const { start, end } of [location, ...related.map((each) => each.location)]) {
            expect(start, diagnostic.code).toBeGreaterThanOrEqual(0);
            expect(end, diagnostic.code).toBeGreaterThanOrEqual(start);
            // The YAML parser's own position may be the end of the line that follows.
            const room = diagnostic.code === 'malformed-file' ? 1 : 0;
            expect(end, diagnostic.code).toBeLessThanOrEqual(broken.length + room);
          }
          for (const { edits: changes } of fixesOf(diagnostic, source)) {
            let before = 0;
            for (const { range } of changes) {
              expect(range.start, diagnostic.code).toBeGreaterThanOrEqual(before);
              expect(range.end, diagnostic.code).toBeLessThanOrEqual(broken.length);
              before = Math.max(range.start, range.end);
            }
          }
        }
        for (const report of [auditPrompts, auditCritiques, planReadiness]) report(source.snapshot, linkTo);
      }
    }),
    { numRuns: 150 },
  );
});
