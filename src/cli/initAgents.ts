import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { nearestCheckout } from '../git/repository';
import { holdFiles } from '../writing/holdFiles';
import { textOfBytes } from '../writing/plainText';
import section from './agentSection.md';
import type { Answer } from './context';
import { Refused } from './envelope';

const BEGIN = '<!-- phasewise:begin -->';
const END = '<!-- phasewise:end -->';

/** Where agents look. The first is read by most, the second by Claude Code. */
const usual = ['AGENTS.md', 'CLAUDE.md'] as const;

/**
 * Writes the section into each file, between its markers where it has them, else at its end. Without names: into those of
 * the usual files that are there, at the top of the repository; AGENTS.md where none is.
 */
export async function initAgents(named: readonly string[], cwd: string): Promise<Answer> {
  const top = (await nearestCheckout(cwd)) ?? cwd;
  const files = named.length > 0 ? named.map((file) => resolve(cwd, file)) : await usualFiles(top);
  const written: string[] = [];
  await holdFiles(files, async (hold) => {
    const changes = [];
    for (const path of files) {
      const before = await textAt(path);
      const after = withSection(before ?? '', relative(cwd, path));
      if (after !== before) changes.push({ path, before, after });
    }
    await hold.replace(changes);
    written.push(...changes.map(({ path }) => relative(cwd, path).replaceAll(sep, '/')));
  });
  const names = files.map((file) => relative(cwd, file).replaceAll(sep, '/'));
  const upToDate = `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} up to date.`;
  const text = written.length === 0 ? upToDate : `Wrote ${written.join(' and ')}.`;
  return { data: { files: written }, text: `${text}\n` };
}

async function usualFiles(top: string): Promise<readonly string[]> {
  const there: string[] = [];
  for (const name of usual) if ((await textAt(resolve(top, name))) !== undefined) there.push(resolve(top, name));
  return there.length > 0 ? there : [resolve(top, usual[0])];
}

async function textAt(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined ? undefined : textOfBytes(path, bytes);
}

/** The rest of the file stays as it is, and so do its line ends. */
export function withSection(text: string, name: string): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const block = `${BEGIN}\n${section.trim()}\n${END}`.replaceAll('\n', lineEnd);
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  const isAgain = text.indexOf(BEGIN, begin + 1) !== -1 || text.indexOf(END, end + 1) !== -1;
  if ((begin === -1) !== (end === -1) || end < begin || (begin !== -1 && isAgain)) {
    throw new Refused(
      'not-written',
      `${name} has the markers ${BEGIN} and ${END} not as a pair`,
      'Leave one of each, around the section, or none.',
    );
  }
  if (begin !== -1) return text.slice(0, begin) + block + text.slice(end + END.length);
  if (text.trim() === '') return `${block}${lineEnd}`;
  return `${text.replace(/(?:\r?\n)*$/, '')}${lineEnd}${lineEnd}${block}${lineEnd}`;
}
