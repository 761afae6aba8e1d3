import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf } from '../../../../src/core/notation/difference';

test('puts the new text together from the old one and what is new, and is the smallest such span', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 5 }),
    fc.constantFrom('a', 'aa', 'ab'),
    fc.integer({ min: 2000, max: 9000 }).map((length) => 'x'.repeat(length)),
  );
  const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, text, text, text, (head, tail, removed, added) => {
      const before = head + removed + tail;
      const after = head + added + tail;
      const difference = differenceOf(before, after);
      if (difference === undefined) {
        expect(after).toBe(before);
        return;
      }
      const { start, end, newEnd } = difference;
      expect(before.slice(0, start) + after.slice(start, newEnd) + before.slice(end) === after).toBe(true);
      expect(end - start).toBeLessThanOrEqual(removed.length);
      expect(before[start] === after[start] && start < end && start < newEnd).toBe(false);
      expect(before[end - 1] === after[newEnd - 1] && start < end && start < newEnd).toBe(false);
    }),
  );
});
