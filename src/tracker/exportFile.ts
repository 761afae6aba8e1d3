import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namesInExport } from '../core/notation/exportedIssue';
import { type Bd, runBd } from './bd';

const MOST_NAMED = 3;

/**
 * Has `bd` write an export anew. Newer ones do so without a look at what stands there, so that it is tried in another
 * place first: nothing that the export holds may go. Says why it was not written, or undefined.
 */
export async function writeExport(bd: Bd, path: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'phasewise-bd-'));
  try {
    const trial = join(folder, 'issues.jsonl');
    const tried = await exportTo(bd, trial);
    if (tried !== undefined) return tried;
    const [before, after] = await Promise.all([textOf(path), textOf(trial)]);
    const names = namesInExport(after);
    const lost = [...namesInExport(before)]
      .filter((name) => !names.has(name))
      .map((name) => name.replace(/^issue /, ''));
    if (lost.length === 0) return await exportTo(bd, path);
    const more = lost.length > MOST_NAMED ? ` and ${lost.length - MOST_NAMED} more` : '';
    return `it would take ${lost.slice(0, MOST_NAMED).join(', ')}${more} out of it`;
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function exportTo(bd: Bd, path: string): Promise<string | undefined> {
  const run = await runBd(bd, ['export', '-o', path]);
  switch (run.ended) {
    case 'well':
      return undefined;
    case 'timeout':
      return `it did not end within ${bd.timeoutSeconds} s`;
    case 'cancelled':
      return 'it was stopped';
    default:
      return run.complaint;
  }
}

export async function textOf(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '');
}
