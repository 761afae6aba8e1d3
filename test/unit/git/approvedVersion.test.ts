import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { approvalHash } from '../../../src/core/approval/approvedText';
import type { Phase } from '../../../src/core/model';
import { readPlanFile } from '../../../src/core/notation/read';
import { joinPlan } from '../../../src/core/plan/joinPlan';
import { approvedVersion } from '../../../src/git/approvedVersion';
import { createGit } from '../../../src/git/runGit';
import { planText } from '../../support/planText';
import { git, temporaryRepository, writeFiles } from '../../support/temporary';

const text = planText('history');

function repository(...versions: readonly string[]): { readonly folder: string; readonly file: string } {
  const folder = temporaryRepository();
  for (const [index, version] of versions.entries()) {
    writeFiles(folder, { 'docs/PLAN-history.md': version });
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', `--message=Version ${index}`);
  }
  return { folder, file: join(folder, 'docs/PLAN-history.md') };
}

function hashOf(content: string, phase?: string): string {
  const plan = joinPlan('key', [readPlanFile('PLAN.md', content)]);
  return approvalHash(plan, phase === undefined ? undefined : (plan.find(phase, 'phase') as Phase));
}

test('the newest commit that holds the approved text, though it was changed since', async () => {
  const { file } = repository(text, text.replace('1.0.0', '1.5.0'), text.replace('1.0.0', '2.0.0'));
  const found = await approvedVersion(createGit(), {
    hash: hashOf(text, '2'),
    thing: { kind: 'phase', id: '2' },
    files: [file],
  });
  expect(found?.texts.get(file)).toMatch(/^## Phase 2 — Ship[\s\S]*version 1\.0\.0/);
  expect(found?.date).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('a change elsewhere does not matter for a phase, but for the plan', async () => {
  const elsewhere = text.replace('3 pages', '4 pages');
  const { file, folder } = repository(text, elsewhere);
  const git2 = createGit();
  const phase = await approvedVersion(git2, {
    hash: hashOf(text, '2'),
    thing: { kind: 'phase', id: '2' },
    files: [file],
  });
  expect(phase?.commit).toBe(git(folder, 'rev-parse', 'HEAD').trim());
  const plan = await approvedVersion(git2, { hash: hashOf(text), files: [file] });
  expect(plan?.commit).toBe(git(folder, 'rev-parse', 'HEAD~1').trim());
  expect(plan?.texts.get(file)).toBe(text);
});

test('a text that was never committed is not found', async () => {
  const { file } = repository(text.replace('1.0.0', '2.0.0'));
  expect(readFileSync(file, 'utf8')).toContain('2.0.0');
  const wanted = { hash: hashOf(text, '2'), thing: { kind: 'phase' as const, id: '2' }, files: [file] };
  expect(await approvedVersion(createGit(), wanted)).toBeUndefined();
});
