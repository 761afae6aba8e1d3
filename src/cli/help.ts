import { type CommandName, type CommandShape, commandTable, optionTable, shapeOf, usageOf } from './commandTable';

const groups = [
  ['read', 'Read'],
  ['act', 'Work'],
  ['tell', 'Write down'],
  ['connect', 'Agents'],
] as const;

/** What the program can do. */
export function helpText(): string {
  const parts = groups.flatMap(([group, title]) => {
    const shapes = (commandTable as readonly CommandShape[]).filter((shape) => shape.group === group);
    if (shapes.length === 0) return [];
    return [
      `${title}:\n${shapes.map((shape) => row(usageOf(shape).slice('phasewise '.length), shape.summary)).join('')}`,
    ];
  });
  return `Usage: phasewise COMMAND [PATHS] [OPTIONS]

Reads phased plans in Markdown, YAML and Beads files, and writes into them what
happens while they are executed.

${parts.join('\n')}
PATHS are files and folders; without any, the current folder, or in the worktree
of a phase the checkout that its plan stands in. A file is read whatever it is
called. A folder is searched for plan files: PLAN*.md, *.plan.md, *.plan.yaml,
plan.md, tasks.md, ROADMAP.md, .beads/*.jsonl, and all Markdown and YAML below
folders named plan, plans, planning, .planning or runbooks. What .gitignore
names is left out.

Options:
${(['json', 'plan', 'as', 'help', 'version'] as const).map(optionRow).join('')}
\`phasewise COMMAND --help\` tells the options of one command.

Exit codes:
  0  all is well
  1  check found an error or more warnings than allowed; or an action was refused
  2  the call was wrong, or a plan file could not be read
`;
}

/** What one command takes. */
export function commandHelp(name: CommandName): string {
  const shape = shapeOf(name);
  const rows = shape.options.map(optionRow).join('');
  const summary = `${shape.summary.charAt(0).toUpperCase()}${shape.summary.slice(1)}.`;
  return `Usage: ${usageOf(shape)} [OPTIONS]\n\n${summary}\n\nOptions:\n${rows}`;
}

function optionRow(name: keyof typeof optionTable): string {
  const shape: { readonly value?: string; readonly short?: string; readonly summary: string } = optionTable[name];
  const { value, short, summary } = shape;
  return row(`${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`, summary);
}

const COLUMN = 30;

function row(left: string, right: string): string {
  return left.length < COLUMN - 4
    ? `  ${left.padEnd(COLUMN - 2)}${right}\n`
    : `  ${left}\n${' '.repeat(COLUMN)}${right}\n`;
}
