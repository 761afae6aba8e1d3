import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarkdown } from '../../../../../src/core/notation/markdown/readMarkdown';

const MANY = 100_000;

/**
 * Texts that cost a careless reader its stack, or the square of their length. A test that takes long enough fails by its
 * time limit.
 */
const TEXTS: Record<string, () => string> = {
  'items in items on one line': () => `${'- '.repeat(MANY)}x`,
  'numbered items in items on one line': () => `${'1. '.repeat(MANY)}x`,
  'quotes in quotes': () => `${'> '.repeat(MANY)}x`,
  'items in items over many lines': () =>
    Array.from({ length: 1500 }, (_, i) => `${'  '.repeat(i)}- [ ] T${i} x`).join('\n'),
  'a line of 20 MB': () => `- [ ] T1 ${'word '.repeat(4_000_000)}`,
  'a table of 50,000 columns': () => `${'|a'.repeat(50_000)}\n${'|-'.repeat(50_000)}\n${'|b'.repeat(50_000)}\n`,
  'a table of 20,000 rows': () => `|ID|Task|Status|\n|-|-|-|\n${'|T1|x|todo|\n'.repeat(20_000)}`,
  '30,000 phases': () =>
    Array.from({ length: 30_000 }, (_, i) => `## Phase ${i}: x\n\nDepends on: Phase ${i - 1}\n`).join(''),
  '20,000 check boxes without an id': () => `## Phase 1: x\n${'- [ ] x\n'.repeat(20_000)}`,
  'tasks that are never closed': () => '<task>\n'.repeat(20_000),
  'fences that are never closed': () => '```\n'.repeat(MANY + 1),
  'marks that are never closed': () => `${'**a _b ~~c `'.repeat(20_000)}\n`,
  'brackets that are never closed': () => `${'[a](<b ('.repeat(20_000)}\n`,
  'comments that are never closed': () => '<!-- '.repeat(MANY),
  'fields and nothing else': () => 'Blocked by: a, '.repeat(MANY),
  'references and nothing else': () => `Blocked by: ${'T1–T2, '.repeat(MANY)}`,
  'numbers and nothing else': () => `## Failures\n\n- **F1 x** — detect: ${'1) a 2) b '.repeat(20_000)}`,
  'signs and nothing else': () => `## ${'🚀 '.repeat(MANY)}`,
  'white space and nothing else': () => `- [ ] T1 ${' '.repeat(1_000_000)}x`,
  'line ends and nothing else': () => '\r'.repeat(1_000_000),
  'an endless range': () => '- [~] T1–T99999999999 x\n- [ ] T2 y | blocked by: T1–T999999999999',
  'front matter and nothing else': () => `---\n${'a: b\n'.repeat(20_000)}---\n`,
};

describe('no text makes reading fail or hang', () => {
  test.each(Object.entries(TEXTS))('%s', (_, text) => {
    expect(readMarkdown('plan.md', text()).text.length).toBeGreaterThan(0);
  });

  test('binary files hold nothing', () => {
    const part = readMarkdown('plan.md', '\0## Phase 1: x\n- [ ] T1 y\n');
    expect([part.phases, part.beads]).toEqual([[], []]);
  });

  test('whatever is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...'#*-|:\n\t >`[]()~_<>!\\'.split(''))), { maxLength: 60 }),
        (pieces) => {
          const text = pieces.join('');
          const part = readMarkdown('plan.md', text);
          for (const { location } of [...part.phases, ...part.beads, ...part.gates, ...part.scenarios]) {
            expect(location.start >= 0 && location.end <= text.length).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
