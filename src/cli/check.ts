import type { Diagnostic, Severity } from '../core/model';
import { showJson } from '../core/show';
import { holdFiles } from '../writing/holdFiles';
import { WriteRefusal } from '../writing/refusal';
import { diagnosticLine } from './diagnosticLine';
import { exitCodes } from './exitCodes';
import { fixPlans } from './fixPlans';
import { choosePlans, type LoadedPlans } from './plans';
import { sarif } from './sarif';
import { surroundingsOf } from './surroundings';
import { type Terminal, visible } from './terminal';
import { type Call, numberOf, wordOf } from './usage';
import { UsageError } from './usageError';

export interface CheckCall {
  readonly plan: string | undefined;
  readonly format: (typeof formats)[number];
  /** Whether to solve what can be solved without asking. */
  readonly fix: boolean;
  readonly hints: boolean;
  readonly maxWarnings: number | undefined;
}

const formats = ['text', 'json', 'sarif'] as const;

/** Throws `UsageError`. */
export function checkOptions({ options }: Call, plan: string | undefined): CheckCall {
  const format = wordOf('format', options.format, formats);
  if (options.json === true && format !== undefined && format !== 'json') {
    throw new UsageError(`--json and --format ${format} exclude each other`);
  }
  return {
    plan,
    format: format ?? (options.json === true ? 'json' : 'text'),
    fix: options.fix === true,
    hints: options.hints === true,
    maxWarnings: numberOf('max-warnings', options['max-warnings']),
  };
}

/** Prints what the rules find, after solving what can be solved where that was asked for. Gives the exit code. */
export async function check(call: CheckCall, before: LoadedPlans, terminal: Terminal): Promise<number> {
  const choose = (loaded: LoadedPlans) => choosePlans(loaded.snapshots, call.plan);
  let loaded = before;
  let isWhole = true;
  if (call.fix) {
    const { texts, count } = fixPlans(before, choose, call.hints);
    const written = await writeAll(before, texts, terminal);
    isWhole = written.size === texts.size;
    loaded = before.withTexts(written);
    if (isWhole && count > 0) terminal.err(`Solved ${counted(count, 'problem')} in ${counted(texts.size, 'file')}\n`);
  }
  const chosen = choose(loaded);
  const diagnostics = loaded.diagnosticsOf(chosen, call.hints, await surroundingsOf(loaded, chosen));
  switch (call.format) {
    case 'json':
      terminal.out(json({ diagnostics: showJson([], diagnostics, loaded.positionOf).diagnostics }));
      break;
    case 'sarif':
      terminal.out(json(sarif(diagnostics, loaded.positionOf)));
      break;
    case 'text':
      for (const diagnostic of diagnostics) {
        const { file, start } = diagnostic.location;
        terminal.out(diagnosticLine(terminal, diagnostic, loaded.positionOf(file, start)));
      }
      terminal.err(summary(diagnostics, chosen.length));
  }
  if (!isWhole) return exitCodes.wrongCall;
  return exitCodeFor(diagnostics, call, terminal);
}

/** Gives the texts that were written. */
async function writeAll(
  loaded: LoadedPlans,
  texts: ReadonlyMap<string, string>,
  terminal: Terminal,
): Promise<ReadonlyMap<string, string>> {
  const written = new Map<string, string>();
  for (const [file, text] of texts) {
    const why = await tryToWrite(loaded, file, text);
    if (why === undefined) written.set(file, text);
    else terminal.err(`phasewise: ${visible(file)} was left as it is: ${why}\n`);
  }
  return written;
}

async function tryToWrite(loaded: LoadedPlans, file: string, after: string): Promise<string | undefined> {
  const path = loaded.pathOf(file);
  const before = loaded.part(file)?.text ?? '';
  try {
    await holdFiles([path], ({ replace }) => replace([{ path, before, after }]));
    return undefined;
  } catch (error) {
    if (error instanceof WriteRefusal) return error.message;
    throw error;
  }
}

function exitCodeFor(diagnostics: readonly Diagnostic[], { maxWarnings }: CheckCall, terminal: Terminal): number {
  const count = (severity: Severity) => diagnostics.filter((each) => each.severity === severity).length;
  if (count('error') > 0) return exitCodes.problemsFound;
  if (maxWarnings === undefined || count('warning') <= maxWarnings) return exitCodes.fine;
  terminal.err(`phasewise: ${counted(count('warning'), 'warning')}, and at most ${maxWarnings} are allowed\n`);
  return exitCodes.problemsFound;
}

function summary(diagnostics: readonly Diagnostic[], planCount: number): string {
  const count = (severity: Severity, word: string) => {
    const found = diagnostics.filter((each) => each.severity === severity).length;
    return found === 0 ? [] : [counted(found, word)];
  };
  const found = [
    ...count('error', 'error'),
    ...count('warning', 'warning'),
    ...count('info', 'note'),
    ...count('hint', 'hint'),
  ];
  return `${found.join(', ') || 'Nothing to report'} in ${counted(planCount, 'plan')}\n`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
