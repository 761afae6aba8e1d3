import { describe, expect, test } from 'vitest';
import { parseTemplate, renderTemplate } from '../../../../src/core/prompt/template';

const KNOWN = ['title', 'objective', 'beads', 'risks'];

function render(text: string, values: Record<string, string>): string {
  const { template, diagnostics } = parseTemplate('t.md', text, KNOWN);
  if (template === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return renderTemplate(template, new Map(Object.entries(values)));
}

function problems(text: string): string[] {
  return parseTemplate('t.md', text, KNOWN).diagnostics.map(({ location, message }) => {
    const line = text.slice(0, location.start).split('\n').length;
    return `${line}: ${text.slice(location.start, location.end)}: ${message}`;
  });
}

describe('rendering', () => {
  test('a placeholder is replaced wherever it stands', () => {
    expect(render('# {{title}} and {{ title }}!\n', { title: 'X' })).toBe('# X and X!\n');
  });

  test('plan text goes in as it is: nothing in it is expanded', () => {
    expect(render('{{title}}: {{beads}}', { title: '{{beads}} $& $1 {{#if risks}}', beads: 'b' })).toBe(
      '{{beads}} $& $1 {{#if risks}}: b\n',
    );
  });

  test('a section shows its first half when there is a value and its second half when there is none', () => {
    const template = '{{#if objective}}\nA {{objective}}\n{{else}}\nnone\n{{/if}}\nend\n';
    expect(render(template, { objective: 'o' })).toBe('A o\nend\n');
    expect(render(template, {})).toBe('none\nend\n');
  });

  test('sections work inside a line and inside each other', () => {
    const template = 'a{{#if title}}b{{#if risks}}c{{else}}d{{/if}}e{{else}}f{{/if}}g';
    expect(render(template, { title: '1', risks: '1' })).toBe('abceg\n');
    expect(render(template, { title: '1' })).toBe('abdeg\n');
    expect(render(template, { risks: '1' })).toBe('afg\n');
  });

  test('parts that are left out leave one blank line, not three', () => {
    const template = '# T\n\n{{#if risks}}\n## Risks\n\n{{risks}}\n\n{{/if}}\n{{title}}\n\n## End\n';
    expect(render(template, {})).toBe('# T\n\n## End\n');
    expect(render(template, { title: 'x' })).toBe('# T\n\nx\n\n## End\n');
    expect(render(template, { risks: 'r' })).toBe('# T\n\n## Risks\n\nr\n\n## End\n');
  });

  test('blank lines that the template itself wants stay', () => {
    expect(render('a\n\n\n\nb', {})).toBe('a\n\n\n\nb\n');
  });

  test('blank lines inside plan text stay', () => {
    expect(render('{{beads}}\n\nend', { beads: '```\na\n\n\n\nb\n```' })).toBe('```\na\n\n\n\nb\n```\n\nend\n');
  });

  test('a template with Windows line ends gives a prompt with plain ones', () => {
    expect(render('# {{title}}\r\n\r\n{{#if risks}}\r\nR\r\n{{/if}}\r\nend\r\n', { title: 'x' })).toBe('# x\n\nend\n');
  });

  test('escaped braces are plain text', () => {
    expect(render('use \\{{ secrets.KEY }} in {{title}}', { title: 'x' })).toBe('use {{ secrets.KEY }} in x\n');
  });
});

describe('what is wrong with a template', () => {
  test('an unknown placeholder, with the nearest known one', () => {
    expect(problems('# {{title}}\n\n{{ojective}}\n')).toEqual([
      '3: {{ojective}}: There is no placeholder “ojective”. Did you mean “objective”?',
    ]);
    expect(problems('{{#if rsks}}{{/if}}')[0]).toContain('Did you mean “risks”?');
  });

  test('an unknown placeholder that resembles none: all of them are named', () => {
    expect(problems('{{everything}}')[0]).toContain('Use title, objective, beads, risks.');
  });

  test('a section that is not closed is reported where it begins', () => {
    const [first, ...others] = problems('a\n{{#if title}}\nb\n{{#if risks}}\nc\n{{/if}}\n');
    expect(first).toMatch(/^2: \{\{#if title}}: .*not closed/);
    expect(others).toEqual([]);
  });

  test('a placeholder that is not closed on its line', () => {
    expect(problems('a {{title\nb }}\n')).toEqual([
      '1: {{title: This placeholder is not closed: write “}}” on the same line.',
    ]);
  });

  test.each([
    '{{/if}}',
    'a {{else}} b',
    '{{#if title}}{{else}}{{else}}{{/if}}',
    '{{#each beads}}',
    '{{#if}}',
    '{{/each}}',
  ])('%s is reported', (text) => {
    expect(problems(text)).toHaveLength(1);
  });

  test('several problems come in the order of the file', () => {
    expect(problems('{{#if title}}\n{{nope}}\n{{/unless}}\n').map((problem) => problem[0])).toEqual(['1', '2', '3']);
  });

  test('sections nested without end are refused, not followed', () => {
    const text = '{{#if title}}'.repeat(50_000) + '{{/if}}'.repeat(50_000);
    expect(problems(text)).toEqual([expect.stringContaining('at most 20 deep')]);
  });
});
