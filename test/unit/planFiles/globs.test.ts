import { describe, expect, test } from 'vitest';
import { contributes } from '../../../package.json';
import { expandBraces, folderExcluder, globMatcher, joinGlobs } from '../../../src/planFiles/globs';

const files = contributes.configuration.properties['phasewise.files'].default;
const exclude = contributes.configuration.properties['phasewise.exclude'].default;

describe('the default globs', () => {
  const matches = globMatcher({ files, exclude });

  test.each([
    'PLAN.md',
    'PLAN-search.md',
    'docs/PLAN-search-prompts.md',
    'a/b/search.plan.md',
    'search.plan.yaml',
    'search.plan.yml',
    'plans/search/phase-1.md',
    'docs/planning/search.yaml',
    '.planning/ROADMAP.md',
    '.planning/phases/1/notes.md',
    'runbooks/restore.md',
    'plan.yaml',
    'tasks.md',
    'specs/060/tasks.md',
    'ROADMAP.md',
    '.beads/issues.jsonl',
  ])('take %s', (path) => expect(matches(path)).toBe(true));

  test.each([
    'README.md',
    'src/plan.ts',
    'EXPLAIN.md',
    'docs/planets/mars.md',
    'plans.txt',
    'node_modules/pkg/PLAN.md',
    'web/node_modules/pkg/docs/plans/a.md',
    '.beads/deep/er.txt',
  ])('leave %s', (path) => expect(matches(path)).toBe(false));
});

describe('excludes', () => {
  test('of a folder reach everything in it', () => {
    const matches = globMatcher({ files: ['**/*.md'], exclude: ['**/archive', 'old/**', 'draft.md'] });
    expect(
      ['a.md', 'archive/a.md', 'x/archive/y/a.md', 'old/a.md', 'x/old/a.md', 'draft.md', 'x/draft.md'].filter(matches),
    ).toEqual(['a.md', 'x/old/a.md', 'x/draft.md']);
  });

  test('prune a walk at the folder, whether they name it or what is in it', () => {
    const excludes = folderExcluder(['**/archive', 'old/**']);
    const folders = ['archive', 'x/archive', 'x/archive/y', 'old', 'old/y', 'x/old', 'olden'];
    expect(folders.filter(excludes)).toEqual(['archive', 'x/archive', 'x/archive/y', 'old', 'old/y']);
  });
});

test('a name with an exclamation mark or parentheses is no special pattern', () => {
  const matches = globMatcher({ files: ['!important/*.md', 'a(b)/*.md'], exclude: [] });
  expect(['!important/x.md', 'important/x.md', 'a(b)/x.md'].filter(matches)).toEqual(['!important/x.md', 'a(b)/x.md']);
});

describe('braces', () => {
  test.each([
    ['a.md', ['a.md']],
    ['a.{md,yaml}', ['a.md', 'a.yaml']],
    ['{a,b}/{c,d}', ['a/c', 'a/d', 'b/c', 'b/d']],
    ['{a,{b,c}d}', ['a', 'bd', 'cd']],
    ['{a,}', ['a', '']],
    ['{a', ['{a']],
    ['a}', ['a}']],
  ])('%s', (glob, expanded) => expect(expandBraces(glob)).toEqual(expanded));

  test('that would give very many patterns stay as they are', () => {
    const glob = '{a,b}'.repeat(20);
    expect(expandBraces(glob)).toEqual([glob]);
  });

  test('join into one pattern without nesting', () => {
    expect(joinGlobs(['**/PLAN*.md', '**/*.plan.{md,yml}', '**/PLAN*.md'])).toBe(
      '{**/PLAN*.md,**/*.plan.md,**/*.plan.yml}',
    );
    expect(joinGlobs(['a'])).toBe('a');
    expect(joinGlobs([])).toBeUndefined();
  });
});
