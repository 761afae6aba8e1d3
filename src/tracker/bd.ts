import type { ExportedIssue } from '../core/notation/exportedIssue';
import { issueInAnswer } from '../core/notation/exportedIssue';
import { findProgram, type SearchOptions } from '../programs/findProgram';
import { runProgram } from '../programs/runProgram';

/** Where npm puts the program; what it puts on the PATH of Windows is a script for a shell. */
const inPackage = [['node_modules', '@beads', 'bd', 'bin'].join('/'), ['..', '@beads', 'bd', 'bin'].join('/')];

/** The command of the Beads tracker, by its absolute path. */
export async function findBd(options: SearchOptions = {}): Promise<string | undefined> {
  const { isWindows = process.platform === 'win32' } = options;
  return await findProgram('bd', isWindows ? inPackage : [], options);
}

export interface Bd {
  readonly path: string;
  /** The one that holds `.beads`. */
  readonly folder: string;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
}

export type BdRun =
  | { readonly ended: 'well'; readonly answer: string; readonly complaint: string }
  /** It knows no such option or command. */
  | { readonly ended: 'too-old' | 'failed'; readonly complaint: string }
  | { readonly ended: 'timeout' | 'cancelled' };

/** Runs `bd` without a shell: each argument reaches it as it is. */
export async function runBd({ path, ...options }: Bd, args: readonly string[]): Promise<BdRun> {
  const text = { out: '', err: '' };
  const { exitCode, ended } = await runProgram(path, args, {
    ...options,
    leavesOthers: true,
    onOutput: (part, stream) => {
      text[stream] += part;
    },
  });
  if (ended === 'timeout' || ended === 'cancelled') return { ended };
  const complaint = complaintIn(text.err) || (exitCode === 0 ? '' : complaintIn(text.out));
  if (exitCode === 0) return { ended: 'well', answer: text.out, complaint };
  const isTooOld = /\bunknown (?:shorthand )?(?:flag|command)\b/i.test(text.err + text.out);
  return { ended: isTooOld ? 'too-old' : 'failed', complaint: complaint || `it ended with ${exitCode ?? 'a signal'}` };
}

/** The issue as the tracker has it now. Older ones end with 0 also when there is none, and only complain. */
export async function showIssue(bd: Bd, id: string): Promise<ExportedIssue | Exclude<BdRun, { ended: 'well' }>> {
  const run = await runBd(bd, ['show', id, '--json']);
  if (run.ended !== 'well') return run;
  const issue = issueInAnswer(run.answer, id);
  return issue ?? { ended: 'failed', complaint: run.complaint || `it does not know ${id}` };
}

const LONGEST = 300;

/** What it has to say to a person, in one line: of errors as JSON their words, of others all before the usage. */
function complaintIn(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals are told begins with one.
  const plain = text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').split(/^Usage:/m)[0] ?? '';
  const words = errorIn(plain) ?? plain.replace(/^(?:✗|⛔|\s)*error:?\s*/i, '');
  const line = words
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .replace(/\.$/, '');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

function errorIn(text: string): string | undefined {
  for (const { index } of text.matchAll(/^\{/gm)) {
    try {
      const value: unknown = JSON.parse(text.slice(index));
      const { error, hint } = (typeof value === 'object' && value !== null && 'data' in value ? value.data : value) as {
        readonly error?: unknown;
        readonly hint?: unknown;
      };
      if (typeof error === 'string') return typeof hint === 'string' ? `${error} (${hint})` : error;
    } catch {
      // not there yet
    }
  }
  return undefined;
}
