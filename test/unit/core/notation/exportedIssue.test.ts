import { expect, test } from 'vitest';
import { issueInAnswer, issueInExport, namesInExport } from '../../../../src/core/notation/exportedIssue';

const line = (value: object) => `${JSON.stringify(value)}\n`;

test('an issue of an export: of several lines, the one that was changed last', () => {
  const text =
    line({ id: 'a', status: 'closed', updated_at: '2026-05-03' }) +
    line({ id: 'a', status: 'open', assignee: 'maria', updated_at: '2026-05-02' }) +
    'no JSON\n' +
    line({ id: 'b', assignee: null });
  expect(issueInExport(text, 'a')).toEqual({ status: 'closed', assignee: '' });
  expect(issueInExport(`\uFEFF${text}`, 'b')).toEqual({ status: 'open', assignee: '' });
  expect(issueInExport(text, 'c')).toBeUndefined();
});

const issue = { id: 'a', status: 'in_progress', assignee: 'maria', dependencies: [{ id: 'b', status: 'open' }] };

test.each([
  ['alone', issue],
  ['in a list', [issue]],
  ['in an envelope', { schema_version: 1, items: [issue] }],
  ['in another envelope', { schema_version: 1, data: { items: [issue] } }],
])('an issue that bd prints: %s', (_, value) => {
  for (const text of [JSON.stringify(value), `Sandbox detected\n${JSON.stringify(value, undefined, 2)}\n`]) {
    expect(issueInAnswer(text, 'a')).toEqual({ status: 'in_progress', assignee: 'maria' });
    expect(issueInAnswer(text, 'z')).toBeUndefined();
  }
});

test('no answer', () => {
  for (const text of ['', 'Updated a', '[', '{"id":"a"}', '[null, 1]'])
    expect(issueInAnswer(text, 'a')).toBeUndefined();
});

test('what the lines of an export are about', () => {
  const lines = [
    { id: 'a' },
    { _type: 'issue', id: 'b' },
    { _type: 'memory', key: 'a' },
    [],
    { id: 'c', status: 'tombstone' },
  ];
  const text = `${lines.map(line).join('\n')}\n`;
  expect([...namesInExport(text)]).toEqual(['issue a', 'issue b', 'memory a']);
});
