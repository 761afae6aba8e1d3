import { parseArgs } from 'node:util';
import { nearest } from '../core/nearest';

/** The call itself is wrong: the message says what to write instead. Ends the program with exit code 2. */
export class UsageError extends Error {}

export const commandNames = ['show', 'check', 'prompt', 'graph', 'ready'] as const;

export type CommandName = (typeof commandNames)[number];

export type Call = { readonly command: 'help' | 'version' } | PlanCall;

export type PlanCall = PlansCall | CheckCall | PromptCall;

interface PlansCall extends PlanChoice {
  readonly command: Exclude<CommandName, 'prompt' | 'check'>;
}

export interface CheckCall extends PlanChoice {
  readonly command: 'check';
  readonly format: (typeof formats)[number];
  /** Whether to solve what can be solved without asking. */
  readonly fix: boolean;
  readonly hints: boolean;
  readonly maxWarnings: number | undefined;
}

const formats = ['text', 'json', 'sarif'] as const;

interface PromptCall extends PlanChoice {
  readonly command: 'prompt';
  readonly phase: string;
}

interface PlanChoice {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly json: boolean;
  /** The id of the one plan that is meant. */
  readonly plan?: string;
}

export const help = `Usage: phasewise COMMAND [PATHS] [OPTIONS]

Reads phased plans in Markdown, YAML and Beads files.

Commands:
  show [PATHS]          phases, beads, gates and failure scenarios with their states
  check [PATHS]         what is wrong, as file:line:column: severity code message
  prompt PHASE [PATHS]  the prompt of one phase, to hand to an agent
  graph [PATHS]         the dependency graph as mermaid text
  ready [PATHS]         what can be worked on or decided now, most useful first

PATHS are files and folders; without any, the current folder. A file is read
whatever it is called. A folder is searched for plan files: PLAN*.md, *.plan.md,
*.plan.yaml, plan.md, tasks.md, ROADMAP.md, .beads/*.jsonl, and all Markdown and
YAML below folders named plan, plans, planning, .planning or runbooks. What
.gitignore names is left out.

Options:
  --json            print JSON (show, check, ready)
  --plan ID         only this plan
  --help            print this text
  --version         print the version

Options of check:
  --format FORMAT   text, json or sarif (for code scanning)
  --fix             correct in the files what can be corrected without asking
  --hints           report hints, too
  --max-warnings N  end with 1 when there are more warnings than this

Exit codes:
  0  all is well
  1  check found an error, or more warnings than allowed
  2  the call was wrong, or a plan file could not be read
`;

const options = {
  json: { type: 'boolean' },
  plan: { type: 'string' },
  format: { type: 'string' },
  fix: { type: 'boolean' },
  hints: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

const onlyOfCheck = ['format', 'fix', 'hints', 'max-warnings'] as const;

const withJson: readonly CommandName[] = ['show', 'check', 'ready'];

/** Takes the arguments after the program's name. Throws `UsageError`. */
export function parseCall(args: readonly string[]): Call {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === 'option') checkOption(token);
  if (values.help === true) return { command: 'help' };
  if (values.version === true) return { command: 'version' };

  const [name, ...rest] = positionals;
  if (name === undefined) throw new UsageError(`which command? Use one of ${commandNames.join(', ')}`);
  if (!isCommand(name)) throw new UsageError(unknownCommand(name));
  if (values.json === true && !withJson.includes(name)) throw new UsageError(`${name} has no --json`);
  const common = { json: values.json === true, ...(typeof values.plan === 'string' && { plan: values.plan }) };
  if (name === 'check') return { ...checkCall(values), ...common, paths: rest };
  const foreign = onlyOfCheck.find((option) => values[option] !== undefined);
  if (foreign !== undefined) throw new UsageError(`${name} has no --${foreign}`);
  if (name !== 'prompt') return { command: name, ...common, paths: rest };
  const [phase, ...paths] = rest;
  if (phase === undefined) throw new UsageError('which phase? Write: phasewise prompt PHASE [PATHS]');
  return { command: name, ...common, phase, paths };
}

function checkCall(values: ReturnType<typeof parseArgs>['values']) {
  const asked = values.format ?? (values.json === true ? 'json' : 'text');
  const format = formats.find((each) => each === asked);
  if (format === undefined) throw new UsageError(`there is no format ${asked}. Use one of ${formats.join(', ')}`);
  if (values.json === true && format !== 'json')
    throw new UsageError(`--json and --format ${format} exclude each other`);
  const most = values['max-warnings'];
  if (most !== undefined && !/^\d{1,9}$/.test(String(most))) throw new UsageError('--max-warnings needs a number');
  return {
    command: 'check' as const,
    format,
    fix: values.fix === true,
    hints: values.hints === true,
    maxWarnings: most === undefined ? undefined : Number(most),
  };
}

function checkOption({ name, rawName, value }: { name: string; rawName: string; value?: string | undefined }): void {
  if (!Object.hasOwn(options, name)) {
    const near = nearest(name, Object.keys(options));
    throw new UsageError(`unknown option ${rawName}${near === undefined ? '' : `. Did you mean --${near}?`}`);
  }
  const takesValue = options[name as keyof typeof options].type === 'string';
  if (takesValue && (value === undefined || value === '')) throw new UsageError(`${rawName} needs a value`);
  if (!takesValue && value !== undefined) throw new UsageError(`${rawName} takes no value`);
}

function unknownCommand(name: string): string {
  const near = nearest(name, commandNames);
  const advice = near === undefined ? `Use one of ${commandNames.join(', ')}` : `Did you mean ${near}?`;
  return `unknown command ${name}. ${advice}`;
}

function isCommand(name: string): name is CommandName {
  return (commandNames as readonly string[]).includes(name);
}
