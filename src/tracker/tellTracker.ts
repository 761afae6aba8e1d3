import { basename, dirname, relative } from 'node:path';
import type { Refusal } from '../core/actions/action';
import type { TrackerChange } from '../core/actions/trackerChange';
import { type ExportedIssue, issueInAnswer, issueInExport } from '../core/notation/exportedIssue';
import { type Bd, type BdRun, findBd, runBd, showIssue } from './bd';
import { textOf, writeExport } from './exportFile';

export interface TellOptions {
  /** Absolute path of the export. */
  readonly path: string;
  readonly signal?: AbortSignal;
  /** For each run of `bd`. */
  readonly timeoutSeconds?: number;
  readonly env?: NodeJS.ProcessEnv;
}

export type Told =
  /** The tracker did it. `note`: that its export does not show it, why, and what to do. */
  | { readonly ended: 'done'; readonly note?: string }
  /** The export was behind the tracker, and is no more: what was decided from it has to be decided again. */
  | { readonly ended: 'outdated' }
  | { readonly ended: 'refused'; readonly refused: Pick<Refusal, 'code' | 'message' | 'advice'> };

const TIMEOUT = 60;
const SILENT = 'it did not say that it has';

/** Tells `bd` of a change, and sees to it that the export shows it. */
export async function tellTracker(change: TrackerChange, options: TellOptions): Promise<Told> {
  const { path, signal, timeoutSeconds = TIMEOUT, env } = options;
  const { id, before, after } = change;
  if (basename(dirname(path)) !== '.beads') {
    const message = `Bead ${id} stands in an export that is in no folder .beads, and is never written here.`;
    return refused('not-written', message, 'Take the one that the tracker itself writes.');
  }
  const program = await findBd(env === undefined ? {} : { env });
  if (program === undefined) return { ended: 'refused', refused: noBd(id, change.ways[0]) };
  const bd: Bd = { path: program, folder: dirname(dirname(path)), timeoutSeconds, ...(signal && { signal }) };
  const now = await showIssue(bd, id);
  if ('ended' in now) return notDone(bd, id, now, ['show', id], 'Nothing was changed.');
  if (!isSame(now, before)) return await catchUp(bd, path, id, now);
  const run = await firstKnown(bd, change.ways);
  if (run.ended !== 'well') return notDone(bd, id, run, change.ways[0]);
  const answer = issueInAnswer(run.answer, id);
  if (answer === undefined || !isSame(answer, { ...answer, ...after }))
    return notDone(bd, id, { ended: 'failed', complaint: run.complaint || SILENT }, change.ways[0]);
  return { ended: 'done', ...(await noteOf(bd, path, change)) };
}

/** The first way all of whose options this `bd` knows. */
async function firstKnown(bd: Bd, ways: TrackerChange['ways']): Promise<BdRun> {
  let run: BdRun = { ended: 'failed', complaint: '' };
  for (const way of ways) {
    run = await runBd(bd, way);
    if (run.ended !== 'too-old') return run;
  }
  return run;
}

async function catchUp(bd: Bd, path: string, id: string, now: ExportedIssue): Promise<Told> {
  const why = await writeExport(bd, path);
  const shown = issueInExport(await textOf(path), id);
  if (shown !== undefined && isSame(shown, now)) return { ended: 'outdated' };
  const holder = now.assignee === '' ? '' : `, held by ${now.assignee}`;
  return refused(
    'bd-failed',
    `The export is older than the tracker, which has ${id} as ${now.status}${holder}, and \`bd\` did not bring it up to date${why === undefined ? '' : `: ${why}`}.`,
    handWritten(bd, path),
  );
}

async function noteOf(bd: Bd, path: string, { id, after }: TrackerChange): Promise<{ readonly note?: string }> {
  const isShown = async () => {
    const issue = issueInExport(await textOf(path), id);
    return issue !== undefined && isSame(issue, { ...issue, ...after });
  };
  if (await isShown()) return {};
  const why = await writeExport(bd, path);
  if (await isShown()) return {};
  const because = why === undefined ? '' : `: ${why}`;
  return { note: `Beads has changed ${id}, but its export does not show it yet${because}. ${handWritten(bd, path)}` };
}

function isSame(one: ExportedIssue, other: ExportedIssue): boolean {
  return one.status === other.status && one.assignee === other.assignee;
}

/** Says that `bd` is not there; with what it would be told, for somebody to run it elsewhere. */
export function noBd(id: string, args?: readonly string[]): Pick<Refusal, 'code' | 'message' | 'advice'> {
  const elsewhere = args === undefined ? '' : `, or run where it is installed: ${commandLine(args)}`;
  return {
    code: 'no-bd',
    message: `Bead ${id} stands in an export of the Beads tracker, which only its command \`bd\` changes, and there is no \`bd\` on the PATH.`,
    advice: `Install Beads here${elsewhere}${elsewhere === '' ? '.' : ''}`,
  };
}

function notDone(
  bd: Bd,
  id: string,
  run: Exclude<BdRun, { ended: 'well' }>,
  tried: readonly string[] | undefined,
  isChanged = `Whether it got to ${id} is open. See how the tracker has it, in ${bd.folder}: \`bd show ${id}\``,
): Told {
  switch (run.ended) {
    case 'timeout':
      return refused('bd-failed', `\`bd\` did not answer within ${bd.timeoutSeconds} s, and was stopped.`, isChanged);
    case 'cancelled':
      return refused('bd-failed', '`bd` was stopped.', isChanged);
    case 'too-old':
      return refused('bd-failed', `This \`bd\` is too old: ${run.complaint}.`, 'Install a newer Beads.');
    case 'failed': {
      const again = `Run it yourself to see more, in ${bd.folder}: ${commandLine(tried)}`;
      return refused('bd-failed', `\`bd\` did not do it: ${run.complaint}.`, again);
    }
  }
}

function handWritten({ folder }: Bd, path: string): string {
  return `Run in ${folder}: \`bd export -o ${relative(folder, path).replaceAll('\\', '/')}\``;
}

/** As a person types it. */
function commandLine(args: readonly string[] = []): string {
  const words = args
    .filter((word) => word !== '--json')
    .map((word) => (/[^\w.,:/@=-]/.test(word) ? `"${word.replace(/(["\\$`])/g, '\\$1')}"` : word));
  return `\`bd ${words.join(' ')}\``;
}

function refused(code: Refusal['code'], message: string, advice: string): Told {
  return { ended: 'refused', refused: { code, message, advice } };
}
