import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseRecord, readRecord } from '../../../src/git/phaseRecord';
import { Undo } from '../../../src/git/undo';
import { handoffWasWritten, writePhaseFiles } from '../../../src/workspaces/phaseFiles';
import { worktreeOfPhase } from '../../../src/workspaces/recorded';
import { windowFileText } from '../../../src/workspaces/windowFile';
import { temporaryFolder, writeFiles } from '../../support/temporary';
import { problemOf } from '../git/repositories';
import { filesBelow } from './files';

const record = { plan: 'golf', phase: 'J', title: 'T', planFile: 'PLAN.md', branch: 'b', base: 'main' };
const texts = new Map([
  ['PROMPT.md', 'prompt'],
  ['HANDOFF.md', 'handoff'],
]);

test('what is written is read again', async () => {
  const root = temporaryFolder();
  const folder = join(root, '.phasewise/phase');
  await writePhaseFiles(root, folder, texts, record, new Undo());
  expect(await readRecord(folder)).toEqual({ ...record, handoffHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(readFileSync(join(folder, 'PROMPT.md'), 'utf8')).toBe('prompt');
});

test('files that are there stay as they are, and only the others are taken back', async () => {
  const root = temporaryFolder({ '.phasewise/phase/HANDOFF.md': 'mine', '.phasewise/templates/phase.md': 'own' });
  const folder = join(root, '.phasewise/phase');
  const undo = new Undo();
  await writePhaseFiles(root, folder, texts, record, undo);
  expect(readFileSync(join(folder, 'HANDOFF.md'), 'utf8')).toBe('mine');
  expect(await undo.run()).toEqual([]);
  expect(filesBelow(root)).toEqual(['.phasewise/phase/HANDOFF.md', '.phasewise/templates/phase.md']);
});

test('whether somebody wrote in the hand-off notes', async () => {
  const root = temporaryFolder();
  await writePhaseFiles(root, root, texts, record, new Undo());
  const written = await readRecord(root);
  if (written === undefined) throw new Error('no record');
  expect(await handoffWasWritten(root, written)).toBe(false);
  writeFiles(root, { 'HANDOFF.md': 'handoff\nstopped at bead 3' });
  expect(await handoffWasWritten(root, written)).toBe(true);
  expect(await handoffWasWritten(join(root, 'gone'), written)).toBe(false);
});

test('links lead nothing out of the folder', async () => {
  const outside = temporaryFolder({ 'PROMPT.md': 'not yours' });
  const root = temporaryFolder();
  symlinkSync(outside, join(root, '.phasewise'));
  const folder = join(root, '.phasewise/phase');
  expect(await problemOf(writePhaseFiles(root, folder, texts, record, new Undo()))).toMatchObject({ kind: 'outside' });
  expect(filesBelow(outside)).toEqual(['PROMPT.md']);

  const other = temporaryFolder();
  symlinkSync(join(outside, 'new.md'), join(other, 'HANDOFF.md'));
  symlinkSync(join(outside, 'PROMPT.md'), join(other, 'PROMPT.md'));
  await writePhaseFiles(other, other, texts, record, new Undo());
  expect(filesBelow(outside)).toEqual(['PROMPT.md']);
  expect(readFileSync(join(outside, 'PROMPT.md'), 'utf8')).toBe('not yours');
});

test('a file in the way of the folder is told, and nothing is left', async () => {
  const root = temporaryFolder({ '.phasewise': 'a file' });
  const undo = new Undo();
  const problem = await problemOf(writePhaseFiles(root, join(root, '.phasewise/phase'), texts, record, undo));
  expect(problem).toMatchObject({ kind: 'path-taken' });
  await undo.run();
  expect(filesBelow(root)).toEqual(['.phasewise']);
});

test('records that are not ours are passed over', () => {
  for (const text of ['', '{', '[]', '"x"', 'null', '{}', '{"plan":1,"phase":"J"}', '{"plan":"a"}'])
    expect(parseRecord(text)).toBeUndefined();
  expect(parseRecord('{"plan":"__proto__","phase":"constructor","base":7,"__proto__":{"x":1}}')).toEqual({
    plan: '__proto__',
    phase: 'constructor',
    title: '',
    planFile: '',
  });
});

test('a phase’s worktree is the one that says so, else one on its branch that says nothing', () => {
  const at = (path: string, branch?: string) => ({ path, main: false, bare: false, ...(branch && { branch }) });
  const other = { worktree: at('/other', 'b'), record: { ...record, phase: 'K' } };
  const own = { worktree: at('/own', 'moved-on'), record };
  const silent = { worktree: at('/silent', 'b') };
  expect(worktreeOfPhase([silent, other, own], 'golf', 'J', () => 'b')).toBe(own);
  expect(worktreeOfPhase([other, silent], 'golf', 'J', () => 'b')).toBe(silent);
  expect(worktreeOfPhase([other, silent], 'golf', 'J', () => undefined)).toBeUndefined();
  expect(worktreeOfPhase([other, { worktree: at('/detached') }], 'golf', 'J', () => 'b')).toBeUndefined();
  expect(worktreeOfPhase([own], 'another plan', 'J', () => 'b')).toBeUndefined();
});

test('a window file names its folders from where it stands', () => {
  const text = windowFileText('/w/golf-J/.phasewise/phase/phase.code-workspace', [
    { path: '/w/golf-J', name: 'Phase J — "T"' },
    { path: '/plans/with space' },
    { path: '/w/golf-J/.phasewise/phase' },
  ]);
  expect(JSON.parse(text)).toEqual({
    folders: [{ name: 'Phase J — "T"', path: '../..' }, { path: '../../../../plans/with space' }, { path: '.' }],
  });
});
