import type { Approval, Bead, Gate, Insight, Phase, PlanHead, Scenario } from '../../model';
import type { Steps } from '../../steps';
import { NO_HEAD, orNothing } from '../empty';
import {
  moveAll,
  moveApproval,
  moveBead,
  moveGate,
  moveHead,
  moveInsight,
  movePhase,
  moveScenario,
  moveWait,
} from '../move';
import type { Wait } from '../waits';
import type { BeadDraft, PhaseDraft } from './drafts';
import type { Findings, ReadingOptions } from './findings';
import { type IdOptions, Ids } from './ids';
import { makeBead } from './makeBead';
import { makeGate } from './makeGate';
import { makeHead } from './makeHead';
import { makeInsights } from './makeInsights';
import { makePhase } from './makePhase';
import { makeScenario } from './makeScenario';
import { type Making, makeApprovals } from './making';
import type { Section } from './outline';
import { MarkdownReader } from './reader';
import { idsByTitle, titleKey, titleTextOf } from './titles';
import { makeWaits } from './waits';

/** Things as they stand in the file. */
export interface Harvest {
  readonly head: PlanHead;
  readonly phases: readonly Phase[];
  /** Phases that are told of in a list of progress or the like. */
  readonly remarks: readonly Phase[];
  readonly beads: readonly Bead[];
  readonly gates: readonly Gate[];
  readonly scenarios: readonly Scenario[];
  readonly insights: readonly Insight[];
  /** Approvals that a table gives to a phase or gate, wherever that is told. */
  readonly approvals: readonly { readonly of: string; readonly approval: Approval }[];
  /** What is told of things elsewhere than where they stand. */
  readonly waits: readonly Wait[];
}

export interface MakingOptions extends IdOptions {
  readonly file: string;
  /** The text that was read, and where it begins in the file. */
  readonly text: () => string;
  readonly start: number;
  /** The phases that are told before. */
  readonly phasesBefore: () => readonly NamedPhase[];
}

export interface NamedPhase {
  readonly id: string;
  readonly title: string;
}

/** What one segment of a document says, and the things that were made of it. */
export class Reading {
  readonly findings: Findings;
  /** With the check boxes that are beads because their phase has no others. */
  readonly beads: readonly BeadDraft[];
  readonly writtenIds: readonly string[];
  /** Beads whose id is a plain number, each with the place of its phase among the phases of the segment. */
  readonly ordinals: readonly (readonly [id: string, phase: number])[];
  readonly #key: string;
  readonly #asPhases: readonly Section[];
  #made: Made | undefined;

  private constructor(root: Section, options: ReadingOptions, findings: Findings) {
    this.#key = keyOf(options);
    this.#asPhases = ownOf(root, options);
    this.findings = findings;
    const { phases, beads, loose, gates, scenarios } = this.findings;
    const plain = [...loose, ...phases.flatMap(plainBeads)];
    this.beads = plain.length === 0 ? beads : [...beads, ...plain].sort((a, b) => a.start - b.start);
    this.ordinals = beads.flatMap(({ isOrdinal, parent, id, phase }) =>
      isOrdinal && parent === undefined ? [[id.value, phase === undefined ? -1 : phases.indexOf(phase)] as const] : [],
    );
    this.writtenIds = [...phases, ...this.beads, ...gates, ...scenarios].flatMap(({ id }) =>
      id.value === '' ? [] : [id.value],
    );
  }

  static *of(root: Section, options: ReadingOptions): Steps<Reading> {
    return new Reading(root, options, yield* new MarkdownReader(options).read(root));
  }

  /** Whether reading the same section again under these circumstances would find the same. */
  isOf(root: Section, options: ReadingOptions): boolean {
    if (options.phase !== undefined || options.bead !== undefined || keyOf(options) !== this.#key) return false;
    const own = ownOf(root, options);
    return own.length === this.#asPhases.length && own.every((section, index) => section === this.#asPhases[index]);
  }

  *make(options: MakingOptions): Steps<Harvest> {
    const known = this.#made;
    let made: Made;
    if (!known?.isFor(options)) made = yield* makeAll(this, options);
    else made = known.start === options.start ? known : known.movedTo(options);
    this.#made = made;
    return made.harvest;
  }
}

/** Beads of a phase that do not say that they are some. */
function plainBeads({ hasBeads, plain, beside, numbered }: PhaseDraft): readonly BeadDraft[] {
  const boxes = hasBeads ? beside : plain;
  if (numbered.length === 0) return boxes;
  const isList = !hasBeads && boxes.length === 0;
  return [...boxes, ...numbered.flatMap(({ bead, isSure }) => (isList || isSure ? [bead] : []))];
}

function keyOf({ shape, hasPhases, before, asPhases }: ReadingOptions): string {
  return `${shape.key}\n${hasPhases}\n${before?.id.value}\n${asPhases.size > 1}`;
}

function ownOf(root: Section, { asPhases }: ReadingOptions): readonly Section[] {
  return [...asPhases].filter((section) => {
    let top = section;
    while (top.parent !== undefined) top = top.parent;
    return top === root;
  });
}

/** Things that were made, and what was asked of the rest of the document while making them. */
class Made {
  readonly harvest: Harvest;
  readonly start: number;
  readonly #options: MakingOptions;
  readonly #asked: ReadonlyMap<string, boolean>;
  /** Only where it was asked for. */
  readonly #phasesBefore: readonly NamedPhase[] | undefined;

  constructor(
    harvest: Harvest,
    options: MakingOptions,
    asked: ReadonlyMap<string, boolean>,
    before: readonly NamedPhase[] | undefined,
  ) {
    this.harvest = harvest;
    this.start = options.start;
    this.#options = options;
    this.#asked = asked;
    this.#phasesBefore = before;
  }

  isFor({ file, isWritten, countAnew, phaseIds, phasesBefore }: MakingOptions): boolean {
    const made = this.#options;
    if (file !== made.file || countAnew !== made.countAnew || !sameTexts(phaseIds, made.phaseIds)) return false;
    if (this.#phasesBefore !== undefined && !sameNames(phasesBefore(), this.#phasesBefore)) return false;
    for (const [id, answer] of this.#asked) if (isWritten(id) !== answer) return false;
    return true;
  }

  movedTo(options: MakingOptions): Made {
    const by = options.start - this.start;
    const { head, phases, remarks, beads, gates, scenarios, insights, approvals, waits } = this.harvest;
    const moved: Harvest = {
      head: head === NO_HEAD ? head : moveHead(head, by),
      phases: moveAll(phases, by, movePhase),
      remarks: moveAll(remarks, by, movePhase),
      beads: moveAll(beads, by, moveBead),
      gates: moveAll(gates, by, moveGate),
      scenarios: moveAll(scenarios, by, moveScenario),
      insights: moveAll(insights, by, moveInsight),
      approvals: approvals.map(({ of, approval }) => ({ of, approval: moveApproval(approval, by) })),
      waits: moveAll(waits, by, moveWait),
    };
    return new Made(moved, options, this.#asked, this.#phasesBefore);
  }
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((text, index) => text === b[index]));
}

function sameNames(a: readonly NamedPhase[], b: readonly NamedPhase[]): boolean {
  return a.length === b.length && a.every(({ id, title }, index) => id === b[index]?.id && title === b[index]?.title);
}

/** A step for each bead would cost more than most of them do. */
const BEADS_A_STEP = 8;

function* makeAll({ findings, beads }: Reading, options: MakingOptions): Steps<Made> {
  const asked = new Map<string, boolean>();
  let before: readonly NamedPhase[] | undefined;
  let beadIds: ReadonlyMap<string, string> | undefined;
  const isWritten = (id: string) => {
    const answer = options.isWritten(id);
    asked.set(id, answer);
    return answer;
  };
  const ids = new Ids(findings, beads, { ...options, isWritten });
  const making: Making = {
    file: options.file,
    text: options.text(),
    base: options.start,
    isKnown: (id) => ids.has(id),
    idOf: (draft) => ids.of(draft),
    isMade: (draft) => ids.isScoped(draft),
    phasesBefore: (phase) => {
      before ??= options.phasesBefore();
      return [...new Set(phasesBefore(phase, findings, ids, before).map(({ id }) => id))];
    },
    phaseCalled: (title, phase) => {
      before ??= options.phasesBefore();
      const named = phasesBefore(phase, findings, ids, before);
      return idsByTitle(named.map((each) => [each.title, each.id])).get(titleKey(title));
    },
    beadCalled: (title) => {
      beadIds ??= idsByTitle(beads.map((bead) => [titleTextOf(bead), ids.of(bead)]));
      return beadIds.get(titleKey(title));
    },
    scoped: (reference, phase) => ids.scoped(reference, phase),
  };
  const made: Bead[] = [];
  for (const [index, bead] of beads.entries()) {
    if (index > 0 && index % BEADS_A_STEP === 0) yield;
    made.push(...makeBeads(bead, making));
  }
  const harvest: Harvest = {
    head: makeHead(findings.plan, making),
    phases: orNothing(findings.phases.flatMap((phase) => (phase.isRemark ? [] : makePhase(phase, making)))),
    remarks: orNothing(findings.phases.flatMap((phase) => (phase.isRemark ? makePhase(phase, making) : []))),
    beads: orNothing(made),
    gates: orNothing(findings.gates.map((gate) => makeGate(gate, making))),
    scenarios: orNothing(findings.scenarios.map((scenario) => makeScenario(scenario, making))),
    insights: orNothing(findings.tiers.flatMap((tier) => makeInsights(tier, making))),
    approvals: findings.approvals.flatMap(({ of, value }) =>
      makeApprovals([value], making).map((approval) => ({ of, approval })),
    ),
    waits: orNothing(makeWaits(findings, beads, making)),
  };
  return new Made(harvest, options, asked, before);
}

function phasesBefore(
  phase: PhaseDraft,
  { phases }: Findings,
  ids: Ids,
  earlier: readonly NamedPhase[],
): readonly NamedPhase[] {
  const told = phases.slice(0, phases.indexOf(phase)).filter(({ isRemark }) => !isRemark);
  const own = told.map((each) => ({ id: ids.of(each), title: titleTextOf(each) }));
  return [...earlier, ...own].filter(({ id }) => id !== ids.of(phase));
}

/** `T029–T034 — dropped` are six beads. */
function makeBeads(draft: BeadDraft, making: Making): readonly Bead[] {
  const bead = makeBead(draft, making);
  const { through } = draft.id;
  const first = through === undefined ? null : /^(.*?)(\d+)$/s.exec(bead.id);
  const last = /^(.*?)(\d+)$/s.exec(through ?? '');
  if (first === null || last === null || first[1] !== last[1]) return [bead];
  const [, prefix = '', from = ''] = first;
  const count = Number(last[2]) - Number(from);
  if (!(count > 0 && count < 100)) return [bead];
  return Array.from({ length: count + 1 }, (_, index) => ({
    ...bead,
    id: prefix + String(Number(from) + index).padStart(from.length, '0'),
  }));
}
