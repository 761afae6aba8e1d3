import type { Location } from './text';

/**
 * The nouns of a plan. Everything is immutable and knows where it was written.
 * Links between things are ids as the plan writes them; `Plan.find` turns an id into a thing.
 */

/** A value and the place of exactly that value in its file. */
export interface Field<T> extends Location {
  readonly value: T;
}

/** A list of texts: one field per list item, or one per paragraph where the plan writes prose. */
export type Texts = readonly Field<string>[];

/** `value` is the id alone (`Gate G1` gives `G1`); `kind` is set where the words said so. */
export interface Reference extends Field<string> {
  readonly kind?: ThingKind;
  /** The other plan's id in `other-plan/ft-2`. */
  readonly plan?: string;
  /** The last id of a written range: `C1–C5` gives value `C1` through `C5`. */
  readonly through?: string;
}

export type ThingKind = 'phase' | 'bead' | 'gate' | 'scenario';

/** What every named thing has. */
interface Named {
  readonly id: string;
  /** Where the id is written; absent when the plan gave none and the reader made one. */
  readonly idAt?: Location;
  readonly title: Field<string>;
  /** The whole thing, from its first to its last character. */
  readonly location: Location;
  /** The heading, list line, table row or key that names it: where the editor's cursor goes. */
  readonly head: Location;
}

export interface Phase extends Named {
  readonly kind: 'phase';
  readonly dependsOn: readonly Reference[];
  readonly objective: Texts;
  readonly constraints: Texts;
  readonly outOfScope: Texts;
  readonly doneMeans: Texts;
  readonly interfaces: Texts;
  readonly prerequisites: Texts;
  readonly verification: readonly Verification[];
  readonly operations: Operations;
  readonly risks: Texts;
  readonly workspace?: PhaseWorkspace;
  readonly approvals: readonly Approval[];
  /** Set only where the plan says so itself (`[x] Phase 1`, `Status: complete`). */
  readonly status?: Field<Status>;
}

/** A command to run, or a manual step. */
export interface Verification extends Field<string> {
  readonly kind: 'command' | 'manual';
}

export interface Operations {
  readonly git: Texts;
  readonly migrations: Texts;
  readonly tophatting: Texts;
  readonly gates: Texts;
  /** What the plan wrote under "Operations" without naming one of the four. */
  readonly notes: Texts;
}

export interface PhaseWorkspace {
  readonly paths: Texts;
  readonly branch?: Field<string>;
  readonly sparse?: Field<boolean>;
}

export interface Approval extends Location {
  readonly by: string;
  readonly date?: string;
  readonly hash?: string;
}

/** What the plan says of a bead. What follows from it is `BeadState`. */
export type Status = 'open' | 'in_progress' | 'closed' | 'deferred';

/** 0 is the most urgent, as P0 is written. */
export type Priority = 0 | 1 | 2 | 3 | 4;

export interface Bead extends Named {
  readonly kind: 'bead';
  /** Id of the phase it stands in. */
  readonly phase?: string;
  /** Id of the bead it is a part of. */
  readonly parent?: string;
  /** task, research, review … as the plan writes it. */
  readonly type?: Field<string>;
  readonly priority?: Field<Priority>;
  readonly blockedBy: readonly Reference[];
  readonly what: Texts;
  readonly doneWhen: Texts;
  readonly ifItFails: Texts;
  /** References inside `ifItFails`, in order. */
  readonly failureScenarios: readonly Reference[];
  readonly steps: readonly Step[];
  readonly status: Status;
  /** Set where an open bead's status says that it is blocked: by what it names, else by something that it does not name. */
  readonly saysBlocked?: true;
  /** The characters that say the status: a check mark's inside, a field's value, a `✅`. Absent when nothing says it. */
  readonly statusAt?: Location;
  readonly owner?: Field<string>;
  /** In hours; a bare number is hours. */
  readonly estimate?: Field<number>;
  readonly labels: Texts;
  readonly evidence: Texts;
}

export interface Step {
  readonly text: Field<string>;
  readonly done: boolean;
  /** The character between the brackets; absent in notations without a check box. */
  readonly mark?: Location;
}

export interface Gate extends Named {
  readonly kind: 'gate';
  readonly type: 'decision' | 'human' | 'external';
  /** Id of the phase it stands in, or of the phase before it. */
  readonly phase?: string;
  /** As written; `gateLinks` in graph.ts gives what follows when nothing is written. */
  readonly blockedBy: readonly Reference[];
  readonly blocks: readonly Reference[];
  readonly criteria: readonly Criterion[];
  readonly decision?: Decision;
  readonly approvals: readonly Approval[];
}

export interface Criterion extends Location {
  readonly criterion: string;
  readonly pass: string;
  readonly adjust: string;
  readonly abort: string;
}

export type Verdict = 'pass' | 'adjust' | 'abort';

export interface Decision extends Location {
  readonly verdict: Verdict;
  readonly date?: string;
  readonly by?: string;
  readonly measured?: string;
  readonly note?: string;
}

export interface Scenario extends Named {
  readonly kind: 'scenario';
  readonly detection: Texts;
  /** Cheapest first, in the plan's order. */
  readonly recovery: Texts;
}

export type Tier = 1 | 2 | 3 | 'does-not-apply';

export interface Insight extends Location {
  readonly kind: 'insight';
  readonly tier: Tier;
  readonly text: string;
  readonly source?: string;
}

export type Thing = Phase | Bead | Gate | Scenario;

/** What was said to the plan's makers, and what follows from it. */
export interface Prompt extends Location {
  /** The heading, item, row or key that names it. */
  readonly head: Location;
  /** As written: `7`. */
  readonly number?: Field<string>;
  readonly title?: Field<string>;
  readonly date?: Field<string>;
  /** Verbatim, one for each quotation. Marks of quoting inside the range are not part of the value. */
  readonly words: Texts;
  readonly decisions: readonly KeyDecision[];
}

/** The range holds the text and what covers it. */
export interface KeyDecision extends Location {
  readonly text: Field<string>;
  readonly coveredBy: readonly Reference[];
}

export interface Critique extends Location {
  readonly id?: Field<string>;
  readonly text: Field<string>;
  readonly source?: Field<string>;
  readonly verdict?: Field<CritiqueVerdict>;
  readonly reason?: Field<string>;
  /** Where it landed, as written. */
  readonly landed?: Field<string>;
}

export type CritiqueVerdict = 'adopted' | 'rejected' | 'open';

/** One review of the whole plan. */
export interface ReadinessPass extends Location {
  readonly number?: Field<string>;
  readonly date?: Field<string>;
  readonly reviewer?: Field<string>;
  readonly rating?: Field<string>;
  readonly newGaps: Texts;
  /** How many new gaps it found; more than are listed where the plan gives a number alone. */
  readonly gapCount: number;
  readonly changed?: Field<string>;
}

/** One event of the work. */
export interface ProgressEntry extends Location {
  /** `2026-04-27`, with or without a time. */
  readonly date: Field<string>;
  /** The bead, gate or phase that it is about. */
  readonly about?: Reference;
  readonly what: Field<string>;
  readonly who?: Field<string>;
  readonly evidence?: Field<string>;
}

/** What a plan keeps besides its work. Approvals stand with what they approve. */
export interface PlanLog {
  readonly prompts: readonly Prompt[];
  readonly critiques: readonly Critique[];
  readonly readinessPasses: readonly ReadinessPass[];
  /** Those in the plan's own files; a progress file of its own is read by `progressEntriesIn`. */
  readonly progressEntries: readonly ProgressEntry[];
  /** Insights that stand in no tier. */
  readonly unrankedInsights: readonly Location[];
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export interface Diagnostic {
  /** The rule's stable id, such as `unknown-reference`. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong and what to do. */
  readonly message: string;
  readonly location: Location;
  readonly related?: readonly { readonly location: Location; readonly message: string }[];
  /** What to write in place of what stands there, where that is near at hand. */
  readonly suggestion?: string;
}

/** One line of `rules:` in a plan's head, such as `vague-done-when: off`. The place is that of the value. */
export interface RuleSetting extends Field<string> {
  readonly rule: string;
}

/** What stands in a plan's head, or in the part of the head that one file gives. */
export interface PlanHead {
  readonly planId?: Field<string>;
  readonly title?: Field<string>;
  readonly mode?: Field<'planning' | 'executing'>;
  readonly baseline: Texts;
  readonly risks: Texts;
  readonly repository?: Field<string>;
  readonly progress?: Field<string>;
  /** Template of phase branches; see workspaces. */
  readonly branch?: Field<string>;
  /** Folder for phase workspaces, when not `<repo>.worktrees`. */
  readonly worktrees?: Field<string>;
  readonly approvals: readonly Approval[];
  /** How severe rules are in this plan, as written. Absent when the plan says nothing of it. */
  readonly rules?: readonly RuleSetting[];
}

/** One file, read. Never fails: what could not be read is in `diagnostics`. */
export interface PlanPart {
  readonly file: string;
  readonly notation: 'markdown' | 'yaml' | 'beads';
  readonly text: string;
  readonly head: PlanHead;
  readonly phases: readonly Phase[];
  readonly beads: readonly Bead[];
  readonly gates: readonly Gate[];
  readonly scenarios: readonly Scenario[];
  readonly insights: readonly Insight[];
  /** Logged prompts and critiques make a file a plan file too. */
  readonly promptCount: number;
  readonly critiqueCount: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** One plan, joined from one or more files. What it logs is read when somebody first asks for it. */
export interface Plan extends PlanLog {
  /** Unique over everything indexed: the root it was found under and the plan's id. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly mode: 'planning' | 'executing';
  /** Main file first (the one that gives the title), then in path order. */
  readonly files: readonly string[];
  readonly head: PlanHead;
  readonly phases: readonly Phase[];
  readonly beads: readonly Bead[];
  readonly gates: readonly Gate[];
  readonly scenarios: readonly Scenario[];
  readonly insights: readonly Insight[];
  readonly diagnostics: readonly Diagnostic[];
  /** Exact id first, then without regard to case; without a kind: bead, gate, phase, scenario. Constant time. */
  find(id: string, kind?: ThingKind): Thing | undefined;
  /** The one phase, bead or gate that has this title, or its slug; of this kind if there is one. Constant time. */
  called(title: string, kind?: ThingKind): Phase | Bead | Gate | undefined;
  /** Whether anything was looked for by its title so far: what follows from the plan may then depend on titles. */
  readonly reliesOnTitles: boolean;
  /** Where the first thing with exactly this id stands in the list of its kind; -1 when there is none. Constant time. */
  indexOf(id: string, kind: ThingKind): number;
  beadsOfPhase(phaseId: string): readonly Bead[];
  gatesOfPhase(phaseId: string): readonly Gate[];
  childrenOf(beadId: string): readonly Bead[];
  /** The text of one of its files, as it was read. */
  textOf(file: string): string | undefined;
  /** The bead it is a part of, when this plan holds it. Following parents always ends, whatever the plan says. */
  parentOf(bead: Bead): Bead | undefined;
}
