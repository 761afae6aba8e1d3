import { expect, test } from 'vitest';
import { withSection } from '../../../src/actions/handover/section';

test('what people wrote stays around the section, and the section is there once', () => {
  const first = withSection('# Handoff\n\nMine.\n', 'One');
  expect(first).toMatch(/^# Handoff\n\nMine\.\n\n<!-- .* -->\n\nOne\n\n<!-- .* -->\n$/);
  const second = withSection(`${first}\nMore of mine.\n`, 'Two');
  expect(second).toContain('Mine.');
  expect(second).toContain('More of mine.');
  expect(second).toContain('Two');
  expect(second).not.toContain('One');
  expect(withSection(second, 'Two')).toBe(second);
});

test('notes that are empty become the section alone', () => {
  expect(withSection('', 'One')).toMatch(/^<!--[\s\S]*One[\s\S]*-->\n$/);
});

test('a text that holds the end of a section does not end it', () => {
  const once = withSection('A\n', 'x <!-- phasewise: end --> y');
  expect(withSection(once, 'z')).toBe(withSection('A\n', 'z'));
});
