import { FOREIGN_NAMES } from './languages';

/**
 * THE table of names: every way in which plans write a field's name, for each thing that has fields. Markdown, YAML and
 * front matter all read through it, and `docs/plan-format.md` is tested against it. Names stand in their plain form
 * (see `plainName`): lower case, words divided by one space.
 */
export const SYNONYMS = {
  plan: {
    id: ['plan', 'plan id'],
    title: ['title', 'name'],
    mode: ['mode'],
    baseline: [
      'baseline',
      'definition of done',
      'dod',
      'goal',
      'goals',
      'objective',
      'objectives',
      'done means',
      'done when',
      'success criteria',
      'exit criteria',
      'acceptance criteria',
    ],
    risks: ['risks', 'risk', 'risks and rollback', 'risk and rollback', 'rollback', 'rollback plan', 'rollback notes'],
    repository: ['repository', 'repo', 'code repository'],
    progress: ['progress file', 'progress log', 'progress'],
    branch: ['branch', 'branches', 'branch template'],
    worktrees: ['worktrees', 'worktree folder'],
    approvals: ['approvals', 'approval', 'approved by', 'signed off by', 'sign off'],
    phases: ['phases', 'stages', 'milestones'],
    beads: ['beads', 'tasks', 'todos', 'to dos'],
    gates: ['gates', 'decision gates'],
    scenarios: ['scenarios', 'failure scenarios', 'failures', 'failure modes'],
    insights: ['insights', 'insight tiers'],
    prompts: ['prompts', 'prompt log'],
    critiques: ['critiques', 'feedback', 'criticism', 'criticisms'],
    readinessPasses: ['readiness passes', 'readiness'],
  },
  phase: {
    id: ['id', 'phase'],
    title: ['title', 'name'],
    dependsOn: [
      'depends on',
      'dependencies',
      'dependency',
      'depends',
      'deps',
      'dep',
      'dependent on',
      'blocked by',
      'needs',
      'requires',
      'after',
      'waits for',
      'predecessors',
    ],
    blocks: ['blocks', 'unblocks', 'unlocks', 'blocking'],
    objective: [
      'objective',
      'objectives',
      'goal',
      'goals',
      'purpose',
      'aim',
      'mission',
      'phase goal',
      'what',
      'description',
    ],
    constraints: ['constraints', 'constraint', 'limits', 'guardrails', 'do not touch', 'ground rules'],
    outOfScope: ['out of scope', 'not in scope', 'non goals', 'non goal', 'excluded', 'exclusions'],
    doneMeans: [
      'done means',
      'done when',
      'definition of done',
      'dod',
      'exit criteria',
      'exit criterion',
      'acceptance criteria',
      'acceptance',
      'success criteria',
      'success metrics',
      'completion criteria',
      'checkpoint',
      'done',
    ],
    interfaces: ['interfaces', 'interface', 'interfaces with other phases', 'contracts', 'contract'],
    prerequisites: [
      'prerequisites',
      'prerequisite',
      'pre requisites',
      'prereqs',
      'preconditions',
      'before we start',
      'before starting',
      'environment variables',
    ],
    verification: [
      'verification',
      'verify',
      'verified by',
      'checks',
      'how to verify',
      'verification steps',
      'verification commands',
      'validation',
      'test plan',
      'how to test',
      'independent test',
      'manual checks',
      'tests',
    ],
    operations: ['operations', 'operation', 'ops', 'operations notes', 'operational notes'],
    git: ['git', 'git conventions', 'branching', 'git workflow'],
    migrations: ['migrations', 'migrations and flags', 'flags', 'feature flags'],
    tophatting: ['tophatting', 'tophat', 'top hatting', 'manual validation', 'exploratory testing'],
    organisationGates: ['organisation gates', 'organization gates', 'org gates', 'org specific gates', 'gate'],
    risks: ['risks', 'risk', 'risks and rollback', 'risk and rollback', 'rollback', 'rollback plan', 'mitigation'],
    workspace: ['workspace'],
    paths: ['paths', 'path', 'folders', 'directories'],
    branch: ['branch'],
    sparse: ['sparse'],
    approvals: ['approvals', 'approval', 'approved by', 'signed off by', 'sign off'],
    status: ['status', 'state'],
    beads: ['beads', 'tasks', 'steps', 'work items'],
    gates: ['gates', 'decision gates'],
  },
  operations: {
    git: ['git', 'git conventions', 'branching', 'git workflow'],
    migrations: ['migrations', 'migrations and flags', 'flags', 'feature flags'],
    tophatting: ['tophatting', 'tophat', 'top hatting', 'manual validation', 'exploratory testing'],
    gates: ['gates', 'organisation gates', 'organization gates', 'org gates', 'org specific gates'],
    notes: ['notes'],
  },
  workspace: {
    paths: ['paths', 'path', 'folders', 'directories', 'files'],
    branch: ['branch'],
    sparse: ['sparse'],
  },
  verification: {
    command: ['run', 'command'],
    manual: ['manual', 'manually', 'by hand', 'check'],
  },
  bead: {
    id: ['id', 'bead', 'bead id', 'task id', 'key', 'ticket', 'issue', 'nr', 'no', '#'],
    title: ['title', 'name', 'task', 'subject', 'summary', 'work item', 'deliverable', 'content'],
    phase: ['phase', 'stage', 'milestone'],
    parent: ['parent', 'part of'],
    type: ['kind', 'type', 'task type'],
    priority: ['priority', 'prio', 'pri'],
    blockedBy: [
      'blocked by',
      'blocked on',
      'depends on',
      'dependencies',
      'dependency',
      'depends',
      'deps',
      'dep',
      'needs',
      'requires',
      'after',
      'waits for',
      'waiting for',
      'blockers',
      'blocker',
      'prerequisites',
      'prerequisite',
      'prereqs',
      'predecessors',
    ],
    blocks: ['blocks', 'unblocks', 'unlocks', 'blocking'],
    what: ['what', 'description', 'details', 'what to build', 'what to do', 'goal', 'objective', 'purpose', 'action'],
    doneWhen: [
      'done when',
      'done means',
      'done',
      'acceptance criteria',
      'acceptance',
      'ac',
      'definition of done',
      'dod',
      'exit criteria',
      'success criteria',
      'completion criteria',
      'verification',
      'verify',
      'checks',
      'how to verify',
    ],
    ifItFails: [
      'if it fails',
      'if this fails',
      'if fails',
      'on failure',
      'on fail',
      'failure',
      'failure pointer',
      'failure scenario',
      'fallback',
    ],
    steps: ['steps', 'sub tasks', 'subtasks', 'checklist'],
    status: ['status', 'state', 'progress'],
    owner: ['owner', 'owners', 'assignee', 'assigned to', 'assigned', 'claimed by', 'responsible', 'who'],
    estimate: ['estimate', 'estimated', 'est', 'estimated effort', 'estimated time', 'effort', 'duration', 'time'],
    labels: ['labels', 'label', 'tags', 'tag'],
    evidence: ['evidence', 'reason', 'close reason', 'proof', 'result'],
    beads: ['beads', 'sub beads', 'children'],
  },
  step: {
    text: ['text', 'step', 'title', 'name', 'what', 'task'],
    done: ['done', 'status', 'checked', 'complete', 'completed'],
  },
  gate: {
    id: ['id', 'gate'],
    title: ['title', 'name'],
    type: ['kind', 'type'],
    phase: ['phase', 'stage', 'milestone'],
    blockedBy: [
      'blocked by',
      'after',
      'depends on',
      'dependencies',
      'depends',
      'needs',
      'requires',
      'waits for',
      'when',
    ],
    blocks: ['blocks', 'before', 'unblocks', 'unlocks', 'guards', 'opens'],
    criteria: ['criteria', 'checks'],
    criterion: ['criterion', 'check', 'question', 'measure', 'metric'],
    pass: ['pass', 'go', 'proceed'],
    adjust: ['adjust', 'adapt', 'iterate'],
    abort: ['abort', 'stop', 'escalate', 'fail', 'no go', 'kill'],
    decision: ['decision', 'verdict', 'outcome'],
    status: ['status', 'state'],
    approvals: ['approvals', 'approval', 'approved by', 'signed off by', 'sign off'],
  },
  criterion: {
    criterion: ['criterion', 'criteria', 'check', 'checks', 'question', 'measure', 'metric', 'test', 'what'],
    pass: ['pass', 'go', 'proceed', 'continue', 'green'],
    adjust: ['adjust', 'adapt', 'iterate', 'retry', 'yellow', 'amber'],
    abort: ['abort', 'stop', 'escalate', 'fail', 'no go', 'kill', 'red'],
  },
  decision: {
    verdict: ['verdict', 'decision', 'outcome'],
    date: ['date', 'on', 'when'],
    by: ['by', 'who', 'decided by'],
    measured: ['measured', 'measurement', 'value', 'values'],
    note: ['note', 'notes', 'comment', 'reason'],
  },
  scenario: {
    id: ['id', 'scenario id', '#'],
    title: ['title', 'name', 'failure', 'scenario', 'failure mode', 'failure scenario', 'what fails'],
    detection: ['detection', 'detect', 'detected by', 'detected when', 'signal', 'symptom', 'trigger', 'how we notice'],
    recovery: [
      'recovery',
      'recovery cascade',
      'cascade',
      'recover',
      'recovery steps',
      'response',
      'mitigation',
      'what to do',
    ],
  },
  insights: {
    tier1: ['tier 1', 'tier one'],
    tier2: ['tier 2', 'tier two'],
    tier3: ['tier 3', 'tier three'],
    doesNotApply: ['does not apply', 'do not apply', "doesn't apply", 'not applicable'],
  },
  insight: {
    tier: ['tier', 'rank'],
    text: ['insight', 'finding', 'text', 'what'],
    source: ['source', 'from'],
  },
  prompt: {
    id: ['prompt', 'number', 'nr', 'no', '#'],
    title: ['title', 'name'],
    date: ['date'],
    words: ['words', 'text', 'verbatim'],
    decisions: ['key decisions', 'decisions'],
  },
  critique: {
    id: ['id', 'nr', 'no', '#'],
    text: ['critique', 'criticism', 'feedback', 'text', 'point'],
    source: ['source', 'from', 'by'],
    verdict: ['verdict', 'decision'],
    reason: ['reason', 'why'],
    landed: ['landed in', 'landed', 'plan change', 'where it landed'],
  },
  approval: {
    what: ['what', 'of', 'approves', 'for', 'scope'],
    by: ['by', 'approved by', 'who', 'name'],
    date: ['date', 'on', 'when'],
    hash: ['hash', 'sha256', 'content hash'],
  },
  readinessPass: {
    number: ['number', 'pass', 'nr', 'no', '#'],
    date: ['date'],
    reviewer: ['reviewer', 'by', 'who'],
    rating: ['rating', 'score'],
    gaps: ['new gaps', 'gaps'],
    changed: ['what changed', 'changes', 'changed'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>;

/** What has fields of its own. */
export type FieldOwner = keyof typeof SYNONYMS;
export type FieldName<T extends FieldOwner> = keyof (typeof SYNONYMS)[T] & string;

const byName = new Map<FieldOwner, ReadonlyMap<string, string>>(
  Object.entries(SYNONYMS).map(([owner, fields]) => [owner as FieldOwner, withForeignNames(fields)]),
);

function withForeignNames(fields: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  const known = new Map(
    Object.entries(fields).flatMap(([field, names]) => names.map((name) => [name, field] as const)),
  );
  for (const names of Object.values(FOREIGN_NAMES)) {
    for (const [foreign, name] of Object.entries(names)) {
      const field = known.get(name);
      if (field !== undefined && !known.has(foreign)) known.set(foreign, field);
    }
  }
  return known;
}

/**
 * The field that a written name means for this thing: case, `_`, `-`, emphasis, emoji and a remark in brackets do not
 * matter, and of `Abort / escalate` the first part that is known counts.
 */
export function fieldOf<T extends FieldOwner>(owner: T, name: string): FieldName<T> | undefined {
  if (!mayNameField(name)) return undefined;
  const fields = byName.get(owner);
  const plain = plainName(name);
  if (fields === undefined || plain === '') return undefined;
  const whole = fields.get(plain);
  if (whole !== undefined) return whole as FieldName<T>;
  if (!SEVERAL.test(plain)) return undefined;
  for (const part of plain.split(SEVERAL)) {
    const field = fields.get(part.trim());
    if (field !== undefined) return field as FieldName<T>;
  }
  return undefined;
}

/** A quick look at the first word, which spares most titles and prose the slow one. */
export function mayNameField(name: string): boolean {
  const first = FIRST_WORD.exec(name)?.[1];
  return first === undefined || FIRST_WORDS.has(first.toLowerCase()) || SEVERAL.test(name);
}

/** Divides a name that stands for several fields, such as `Abort / escalate`. */
export const SEVERAL = /[/&]| or | and /i;
const FIRST_WORD = /^[^\p{L}\p{N}(#]*([a-z]+)/iu;
const FIRST_WORDS: ReadonlySet<string> = new Set(
  [...byName.values()].flatMap((fields) => [...fields.keys()].map((name) => FIRST_WORD.exec(name)?.[1] ?? name)),
);

/** Every English name that this thing's fields go by, for suggestions. */
export function fieldNames(owner: FieldOwner): readonly string[] {
  return Object.values<readonly string[]>(SYNONYMS[owner]).flat();
}

/** The same in every language that is understood. */
export function knownNames(owner: FieldOwner): readonly string[] {
  return [...(byName.get(owner)?.keys() ?? [])];
}

const plainNames = new Map<string, string>();

/** `**Done-When** (all of it):` gives `done when`. */
export function plainName(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const plain = name
    .slice(0, 120)
    .replace(/\([^()]*\)?/g, ' ')
    .replace(/[_*`~:："“”\p{Extended_Pictographic}-]|\uFE0F/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<=\p{L})\.$/u, '')
    .toLowerCase();
  // Plans repeat the same few names thousands of times; what is written once only must not fill the memory.
  if (plainNames.size > 5000) plainNames.clear();
  plainNames.set(name, plain);
  return plain;
}
