/** What a command takes and does. The help text, the checks of a call, and the suggestions are all made from this. */
export interface CommandShape {
  readonly name: string;
  /** Words that have to be there, in order: `BEAD`. */
  readonly words: readonly string[];
  /** Whether the word is read from standard input when it is left out, or is `-`. */
  readonly readsInput?: true;
  /** Shown in place of the words and paths where that alone does not tell. */
  readonly usage?: string;
  /** One line for the help text. */
  readonly summary: string;
  readonly options: readonly OptionName[];
  /** Whether PATHS can follow. */
  readonly takesPaths: boolean;
  readonly group: 'read' | 'act' | 'tell' | 'connect';
}

/** What an option takes: nothing, a value, or several values. */
export interface OptionShape {
  readonly value?: string;
  readonly many?: true;
  readonly short?: string;
  readonly summary: string;
}

export const optionTable = {
  json: { summary: 'print JSON' },
  plan: { value: 'ID', summary: 'only this plan' },
  as: { value: 'NAME', summary: 'who acts; else git’s user.name, else the system’s user' },
  help: { short: 'h', summary: 'print this text, or what a command takes' },
  version: { short: 'v', summary: 'print the version' },
  format: { value: 'FORMAT', summary: 'check: text, json or sarif (for code scanning); graph: mmd or svg' },
  level: { value: 'LEVEL', summary: 'overview, phase, waves or all; all without this' },
  phase: { value: 'ID', summary: 'only this phase, and what it touches in others' },
  background: { value: 'COLOUR', summary: 'of an SVG: white or transparent' },
  output: { value: 'FILE', summary: 'write into this file instead of printing' },
  write: { summary: 'bring the graphs between markers in the plan’s documents up to date' },
  fix: { summary: 'correct in the files what can be corrected without asking' },
  hints: { summary: 'report hints, too' },
  'max-warnings': { value: 'N', summary: 'end with 1 when there are more warnings than this' },
  next: { summary: 'the first bead that is ready, instead of one by its id' },
  force: { summary: 'also what somebody else holds' },
  evidence: { value: 'TEXT', many: true, summary: 'what shows that it is done; can be given several times' },
  commit: { value: 'REVISION', many: true, summary: 'a commit as evidence, such as HEAD' },
  verified: { summary: 'run the verification first, and take its result as evidence' },
  override: { value: 'REASON', summary: 'close although something is open; the reason is written down' },
  yes: { summary: 'run without asking, where nobody is at a terminal' },
  timeout: { value: 'SECONDS', summary: 'for each command; 600 without this' },
  measured: { value: 'CRITERION=VALUE', many: true, summary: 'a measured value; can be given several times' },
  verdict: {
    value: 'VERDICT',
    summary: 'pass, adjust or abort, without which nothing is written; of a critique adopted, rejected or open',
  },
  note: { value: 'TEXT', summary: 'why' },
  step: { value: 'N', summary: 'the recovery step that was tried, to be sure that it is the next one' },
  outcome: { value: 'OUTCOME', summary: 'what came of the next recovery step: worked or failed' },
  start: { summary: 'begin with the first recovery step' },
  bead: { value: 'ID', summary: 'the bead that failed' },
  rating: { value: 'TEXT', summary: 'how ready the plan is, in a few words' },
  gap: { value: 'TEXT', many: true, summary: 'a new gap; can be given several times' },
  title: { value: 'TEXT', summary: 'a short name for it' },
  source: { value: 'TEXT', summary: 'who said it' },
  reason: { value: 'TEXT', summary: 'why' },
  landed: { value: 'TEXT', summary: 'where in the plan an adopted critique landed' },
  changed: { value: 'TEXT', summary: 'what was changed in the plan for it' },
  file: { value: 'FILE', many: true, summary: 'the file to write, instead of AGENTS.md and CLAUDE.md' },
} as const satisfies Readonly<Record<string, OptionShape>>;

export type OptionName = keyof typeof optionTable;

const common: readonly OptionName[] = ['json', 'plan'];
const acting: readonly OptionName[] = [...common, 'as'];

export const commandTable = [
  {
    name: 'show',
    words: [],
    usage: '[ID] [PATHS]',
    summary: 'phases, beads, gates and failure scenarios with their states; one of them by its ID',
    options: common,
    takesPaths: true,
    group: 'read',
  },
  {
    name: 'check',
    words: [],
    summary: 'what is wrong, as file:line:column: severity code message',
    options: [...common, 'format', 'fix', 'hints', 'max-warnings'],
    takesPaths: true,
    group: 'read',
  },
  {
    name: 'prompt',
    words: ['PHASE'],
    usage: 'PHASE|BEAD|GATE [PATHS]',
    summary: 'the prompt of a phase, a bead or a gate, to hand to an agent; readiness or critique for reviewers',
    options: common,
    takesPaths: true,
    group: 'read',
  },
  {
    name: 'graph',
    words: [],
    summary: 'the dependency graph as mermaid text, or as a picture',
    options: ['plan', 'level', 'phase', 'format', 'background', 'output', 'write'],
    takesPaths: true,
    group: 'read',
  },
  {
    name: 'ready',
    words: [],
    summary: 'what can be worked on or decided now, most useful first',
    options: common,
    takesPaths: true,
    group: 'read',
  },
  {
    name: 'claim',
    words: ['BEAD'],
    usage: 'BEAD|--next [PATHS]',
    summary: 'take a ready bead: status, owner and date are written',
    options: [...acting, 'next'],
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'release',
    words: ['BEAD'],
    summary: 'give a claimed bead back',
    options: [...acting, 'force'],
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'verify',
    words: ['ID'],
    usage: 'BEAD|PHASE [PATHS]',
    summary: 'show the verification commands, run them once that is confirmed',
    options: [...acting, 'yes', 'timeout'],
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'close',
    words: ['BEAD'],
    summary: 'close a bead with evidence: its status, the evidence and a progress entry in one step',
    options: [...acting, 'evidence', 'commit', 'verified', 'override', 'yes', 'timeout'],
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'reopen',
    words: ['BEAD'],
    summary: 'open a closed or deferred bead again',
    options: [...acting, 'reason'],
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'defer',
    words: ['BEAD'],
    summary: 'put a bead off until somebody reopens it',
    options: [...acting, 'reason'],
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'gate',
    words: ['GATE'],
    summary: 'what a gate asks and the verdict that follows; with --verdict, decide it',
    options: [...acting, 'measured', 'verdict', 'note'],
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'scenario',
    words: ['SCENARIO'],
    summary: 'how far a recovery is; begin it with --start, and tell of each step with --outcome',
    options: [...acting, 'start', 'bead', 'outcome', 'step', 'note'],
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'approve',
    words: ['THING'],
    usage: 'plan|PHASE|GATE [PATHS]',
    summary: 'approve the plan, a phase or a gate as it is now',
    options: acting,
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'start',
    words: [],
    summary: 'go from planning to executing, when the plan is approved, without errors and committed',
    options: acting,
    takesPaths: true,
    group: 'act',
  },
  {
    name: 'handoff',
    words: [],
    summary: 'what somebody has to know to go on, in under 4,000 characters',
    options: acting,
    takesPaths: true,
    group: 'read',
  },
  {
    name: 'log',
    words: ['WORDS'],
    readsInput: true,
    usage: '[WORDS] [PATHS]',
    summary: 'log what a user said, word for word; from standard input without WORDS, or with -',
    options: [...acting, 'title'],
    takesPaths: true,
    group: 'tell',
  },
  {
    name: 'critique',
    words: ['WORDS'],
    readsInput: true,
    usage: '[WORDS] [PATHS]',
    summary: 'record a critique of the plan, with what became of it',
    options: [...acting, 'verdict', 'reason', 'source', 'landed'],
    takesPaths: true,
    group: 'tell',
  },
  {
    name: 'readiness',
    words: [],
    summary: 'whether reviewers still find gaps; with --rating, record a review',
    options: [...acting, 'rating', 'gap', 'source', 'changed'],
    takesPaths: true,
    group: 'tell',
  },
  {
    name: 'mcp',
    words: [],
    summary: 'serve the plans to an agent, by the Model Context Protocol on standard input and output',
    options: ['plan', 'as'],
    takesPaths: true,
    group: 'connect',
  },
  {
    name: 'init-agents',
    words: [],
    summary: 'write or renew the section of AGENTS.md and CLAUDE.md that tells agents how to work with the plan',
    options: ['json', 'file'],
    takesPaths: false,
    group: 'connect',
  },
] as const satisfies readonly CommandShape[];

export type CommandName = (typeof commandTable)[number]['name'];

export const commandNames: readonly CommandName[] = commandTable.map(({ name }) => name);

export function shapeOf(name: CommandName): CommandShape {
  const shape = commandTable.find((each) => each.name === name);
  if (shape === undefined) throw new Error(name);
  return shape;
}

/** `phasewise claim BEAD|--next [PATHS]`. */
export function usageOf({ name, usage, words, takesPaths }: CommandShape): string {
  const rest = usage ?? [...words, ...(takesPaths ? ['[PATHS]'] : [])].join(' ');
  return `phasewise ${name} ${rest}`.trimEnd();
}

/** Commands that change nothing. */
export const reading: readonly CommandName[] = commandTable.flatMap(({ name, group }) =>
  group === 'read' ? [name] : [],
);
