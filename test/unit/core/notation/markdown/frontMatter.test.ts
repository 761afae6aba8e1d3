import { describe, expect, test } from 'vitest';
import { frontMatterOf } from '../../../../../src/core/notation/markdown/frontMatter';
import { readMarkdown } from '../../../../../src/core/notation/markdown/readMarkdown';
import { readYamlDocument } from '../../../../../src/core/notation/yaml/readYaml';

describe('front matter', () => {
  test.each([
    'plan: shop\nmode: executing\n',
    'plan:   shop-2\ntitle: The shop of the year\n\nmode: planning  \n',
    'plan: shop\nrepository: ../shop\nprogress: data/progress.md\n',
    'plan: 04\n',
    'plan: "shop"\n',
    'plan: shop # the one\n',
    'plan: yes\n',
    'plan: true\n',
    'title: What: a title\n',
    'title: "Quoted: title"\n',
    'mode: sleeping\n',
    'plan: shop\nplan: other\n',
    'plan: shop\n  and: more\n',
    'PLAN: shop\n',
    'plan: shop\r\nmode: executing\r\n',
    'plan: shop\ntags: [a, b]\n',
    'title: a b\n  c\n',
  ])('reads %j as YAML does', (source) => {
    const text = `---\n${source}---\n`;
    const { part } = frontMatterOf('plan.md', text, 4, 4 + source.length);
    expect(part.head).toEqual(readYamlDocument('plan.md', source, 4).head);
  });

  test('what is wrong in it is reported at its place in the file', () => {
    const part = readMarkdown('plan.md', '---\nplan: [shop\n---\n# Shop\n');
    expect(part.diagnostics.map(({ code }) => code)).toContain('malformed-file');
    expect(part.diagnostics.every(({ location }) => location.start >= 4)).toBe(true);
  });
});
