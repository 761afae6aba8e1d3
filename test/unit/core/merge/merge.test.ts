import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../../src/core/edit/planEdits';
import { difference } from '../../../../src/core/merge/difference';
import { lineEdits, merge } from '../../../../src/core/merge/merge';

const plan = ['# Plan', '', '- [ ] A1 Write it', '- [ ] A2 Test it', '- [ ] A3 Ship it', ''].join('\n');

describe('two writers of one text', () => {
  test('lines apart from each other are both there', () => {
    const mine = plan.replace('# Plan', '# The plan');
    const theirs = plan.replace('- [ ] A3', '- [x] A3');
    const both = plan.replace('# Plan', '# The plan').replace('- [ ] A3', '- [x] A3');
    expect(merge(plan, mine, theirs)).toEqual({ text: both, conflicts: 0 });
  });

  test('neighbouring lines go together', () => {
    const mine = plan.replace('A1 Write it', 'A1 Write all of it');
    const theirs = plan.replace('- [ ] A2', '- [x] A2');
    expect(merge(plan, mine, theirs).text).toBe(mine.replace('- [ ] A2', '- [x] A2'));
  });

  test('so do words of one line', () => {
    const mine = plan.replace('A1 Write it', 'A1 Write it twice');
    const theirs = plan.replace('- [ ] A1', '- [x] A1');
    expect(merge(plan, mine, theirs)).toEqual({ text: mine.replace('- [ ] A1', '- [x] A1'), conflicts: 0 });
  });

  test('what both put in at one place is kept', () => {
    const mine = `${plan}- mine\n`;
    const theirs = `${plan}- theirs\n`;
    expect(merge(plan, mine, theirs)).toEqual({ text: `${plan}- theirs\n- mine\n`, conflicts: 0 });
  });

  test('what both wrote alike is there once', () => {
    const same = plan.replace('- [ ] A2', '- [x] A2');
    expect(merge(plan, same, same)).toEqual({ text: same, conflicts: 0 });
  });

  test('the same word in two ways is a conflict, and what stands is mine', () => {
    const mine = plan.replace('Ship it', 'Sell it');
    const theirs = plan.replace('Ship it', 'Give it');
    expect(merge(plan, mine, theirs)).toEqual({ text: mine, conflicts: 1 });
  });

  test('a line that one deletes and the other changes is a conflict', () => {
    const mine = plan.replace('- [ ] A2 Test it\n', '');
    const theirs = plan.replace('Test it', 'Test it well');
    expect(merge(plan, mine, theirs).conflicts).toBe(1);
  });

  test('a text without a last line end', () => {
    expect(merge('a\nb', 'a\nb c', 'x\nb').text).toBe('x\nb c');
  });
});

const texts = fc
  .array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n', '\n'), { maxLength: 12 })
  .map((lines) => lines.join(''));

test('a difference leads from one to the other', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 14 });
  fc.assert(
    fc.property(letters, letters, (one, other) => {
      let at = 0;
      const made: string[] = [];
      for (const { start, end, otherStart, otherEnd } of difference(one, other)) {
        made.push(...one.slice(at, start), ...other.slice(otherStart, otherEnd));
        at = end;
      }
      expect([...made, ...one.slice(at)]).toEqual(other);
    }),
  );
});

test('edits by lines lead from one text to the other', () => {
  fc.assert(fc.property(texts, texts, (one, other) => applyEdits(one, lineEdits(one, other)) === other));
});

test('who changed nothing gets what the other wrote, and the order of equal changes does not matter', () => {
  fc.assert(
    fc.property(texts, texts, (base, changed) => {
      expect(merge(base, base, changed)).toEqual({ text: changed, conflicts: 0 });
      expect(merge(base, changed, base)).toEqual({ text: changed, conflicts: 0 });
      expect(merge(base, changed, changed)).toEqual({ text: changed, conflicts: 0 });
    }),
  );
});

test('without a conflict every line that either put in is there', () => {
  fc.assert(
    fc.property(texts, fc.nat(12), fc.nat(12), (base, one, other) => {
      const lines = base.match(/.*\n/g) ?? [];
      const put = (at: number, line: string) => [...lines.slice(0, at), line, ...lines.slice(at)].join('');
      const { text, conflicts } = merge(base, put(one, 'mine\n'), put(other, 'theirs\n'));
      expect([conflicts, text.includes('mine\n'), text.includes('theirs\n')]).toEqual([0, true, true]);
      expect(text.replace('mine\n', '').replace('theirs\n', '')).toBe(base);
    }),
  );
});

test('texts of many lines without anything in common take no long search', () => {
  const many = (word: string) => Array.from({ length: 20_000 }, (_, line) => `${word} ${line}\n`).join('');
  const mine = many('mine');
  expect(merge(many('base'), mine, many('theirs')).text.length).toBeGreaterThan(0);
  expect(lineEdits(mine, many('other'))).toHaveLength(1);
});
