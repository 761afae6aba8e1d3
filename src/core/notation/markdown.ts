import type { Bead, Phase, PlanHead, PlanPart } from '../model';
import { emptyPart, isBinary, orNothing } from './empty';
import { blocksOf } from './markdownBlocks';
import type { BeadDraft, PhaseDraft, Value } from './markdownDrafts';
import { Ids } from './markdownIds';
import { outlineOf, type Section } from './markdownOutline';
import { type ParsedMarkdown, parseMarkdown } from './markdownParser';
import { type Findings, MarkdownReader } from './markdownReader';
import { cut } from './markdownRun';
import { type MarkdownShape, shapeOf } from './markdownShape';
import { markdownSource } from './markdownSource';
import { type Making, makeBead, makeGate, makeHead, makeInsights, makePhase, makeScenario } from './markdownThings';
import { readYamlDocument } from './yaml';

/** Syntax trees of parts, for the next reading of the same file. */
const parsed = new WeakMap<PlanPart, ParsedMarkdown>();

/**
 * A plan in Markdown. With `previous`, the part that this file gave before, only the blocks that changed are parsed
 * again; the result is the same as without. Never throws.
 */
export function readMarkdown(file: string, text: string, previous?: PlanPart): PlanPart {
  if (isBinary(text)) return emptyPart(file, 'markdown', text);
  const source = markdownSource(text);
  const before = previous === undefined ? undefined : parsed.get(previous);
  const markdown = parseMarkdown(source.text, before);
  const root = outlineOf(blocksOf(markdown.tree, markdown.text));
  const front = source.frontMatter;
  const matter = front === undefined ? undefined : frontMatter(file, text, front.start, front.end);
  const part = partOf(file, text, root, matter);
  parsed.set(part, markdown);
  return part;
}

interface FrontMatter {
  readonly part: PlanPart;
  /** The phase that the whole file is about. */
  readonly phase: PhaseDraft | undefined;
}

function frontMatter(file: string, text: string, start: number, end: number): FrontMatter {
  const part = readYamlDocument(file, text.slice(start, end), start);
  const [only, ...others] = part.phases;
  const isOne = only !== undefined && others.length === 0 && /^["']?phase["']?[ \t]*:/m.test(text.slice(start, end));
  if (!isOne) return { part, phase: undefined };
  // `phase: 12.4-search` with `plan: 04` is the fourth file of a phase, not a plan called 04.
  const counted = /^(\d+(?:\.\d+)*)-(\p{L}.*)$/u.exec(only.id);
  const phase = counted === null ? only : numbered(only, counted[1] ?? '', counted[2] ?? '');
  const { planId, ...head } = part.head;
  const isNumber = planId !== undefined && /^\d+$/.test(planId.value);
  return {
    part: { ...part, phases: [phase], head: isNumber ? head : part.head },
    phase: draftOf(phase),
  };
}

function numbered(phase: Phase, id: string, title: string): Phase {
  const at = phase.idAt ?? phase.head;
  const titleAt = { file: at.file, start: at.start + id.length + 1, end: at.end };
  return {
    ...phase,
    id,
    idAt: { ...at, end: at.start + id.length },
    title: phase.title.value === '' ? { ...titleAt, value: title } : phase.title,
  };
}

/** What the rest of the file tells of the phase that the front matter names. */
function draftOf({ id, idAt, location, head }: Phase): PhaseDraft {
  return {
    kind: 'phase',
    fields: new Map(),
    prose: [],
    id: { value: id, ...(idAt && { range: { start: idAt.start, end: idAt.end } }) },
    title: undefined,
    start: location.start,
    end: location.end,
    head: { start: head.start, end: head.end },
    plain: [],
    hasBeads: false,
  };
}

function partOf(file: string, text: string, root: Section, matter: FrontMatter | undefined): PlanPart {
  const shape = shapeOf(root);
  const found = read(root, shape, matter?.phase);
  const beads = withChecklists(found);
  const ids = new Ids({ ...found, beads });
  const phaseIds = found.phases.map((phase) => ids.of(phase));
  const making: Making = {
    file,
    text,
    isKnown: (id) => ids.has(id),
    idOf: (draft) => ids.of(draft),
    isMade: (draft) => draft.kind === 'bead' && ids.isScoped(draft),
    phasesBefore: (phase) =>
      [...new Set(phaseIds.slice(0, found.phases.indexOf(phase)))].filter((id) => id !== ids.of(phase)),
    scoped: (reference, phase) => ids.scoped(reference, phase),
  };
  const isTold = (phase: PhaseDraft) => phase !== matter?.phase || phase.fields.size > 0 || phase.prose.length > 0;
  const title = titleOf(shape, root);
  const part: PlanPart = {
    file,
    notation: 'markdown',
    text,
    head: makeHead(found.plan, title, making),
    phases: orNothing(found.phases.filter(isTold).map((phase) => makePhase(phase, making))),
    beads: orNothing(beads.flatMap((bead) => makeBeads(bead, making))),
    gates: orNothing(found.gates.map((gate) => makeGate(gate, making))),
    scenarios: orNothing(found.scenarios.map((scenario) => makeScenario(scenario, making))),
    insights: orNothing(found.tiers.flatMap((tier) => makeInsights(tier, making))),
    promptCount: found.promptCount,
    critiqueCount: found.critiqueCount,
    diagnostics: orNothing([]),
  };
  return matter === undefined ? part : withFrontMatter(part, matter.part);
}

/** In a plan without a heading such as `Phase 1`, each heading that directly holds beads is a phase. */
function read(root: Section, shape: MarkdownShape, phase: PhaseDraft | undefined): Findings {
  const reading = (asPhases: ReadonlySet<Section>) =>
    new MarkdownReader(shape, { asPhases, ...(phase && { phase }) }).read(root);
  const found = reading(new Set());
  if (found.phases.length > 0) return found;
  const { title } = shape;
  const beside = [...found.checklists].filter((section) => section !== title && isBeside(section, found.holders));
  const asPhases = new Set([...found.holders, ...(found.beads.length > 0 ? beside : found.checklists)]);
  if (found.beads.length === 0 && title !== undefined && asPhases.size > 1) asPhases.delete(title);
  return asPhases.size === 0 ? found : reading(asPhases);
}

/** Whether a list of check boxes stands under a heading that is numbered on from those that hold beads. */
function isBeside(section: Section, holders: ReadonlySet<Section>): boolean {
  const isNumbered = ({ title }: Section) => /^\s*\d+[.)]?\s/.test(title.text);
  return isNumbered(section) && [...holders].some((holder) => holder.level === section.level && isNumbered(holder));
}

/** Check boxes without an id are the beads of a phase that has no others. */
function withChecklists({ beads, phases }: Findings): readonly BeadDraft[] {
  const plain = phases.flatMap((phase) => (phase.hasBeads ? [] : phase.plain));
  return plain.length === 0 ? beads : [...beads, ...plain].sort((a, b) => a.start - b.start);
}

/** `T029–T034 — dropped` are six beads. */
function makeBeads(draft: BeadDraft, making: Making): readonly Bead[] {
  const bead = makeBead(draft, making);
  const { through } = draft.id;
  const ends = through === undefined ? null : /^(.*?)(\d+)\n(.*?)(\d+)$/s.exec(`${bead.id}\n${through.value}`);
  if (ends === null || ends[1] !== ends[3]) return [bead];
  const [, prefix = '', first = '', , last = ''] = ends;
  const count = Number(last) - Number(first);
  if (!(count > 0 && count < 100)) return [bead];
  return Array.from({ length: count + 1 }, (_, index) => ({
    ...bead,
    id: prefix + String(Number(first) + index).padStart(first.length, '0'),
  }));
}

function titleOf({ title }: MarkdownShape, { sections }: Section): Value | undefined {
  const section = title ?? sections.find(({ level }) => level === 1);
  if (section === undefined || section.head.kind === 'phase') return undefined;
  return { run: cut(section.title, 0, section.title.text.length), at: section.at };
}

function withFrontMatter(part: PlanPart, front: PlanPart): PlanPart {
  return {
    ...part,
    head: joinHeads(front.head, part.head),
    phases: orNothing([...front.phases, ...part.phases]),
    beads: orNothing([...front.beads, ...part.beads]),
    gates: orNothing([...front.gates, ...part.gates]),
    scenarios: orNothing([...front.scenarios, ...part.scenarios]),
    insights: orNothing([...front.insights, ...part.insights]),
    promptCount: front.promptCount + part.promptCount,
    critiqueCount: front.critiqueCount + part.critiqueCount,
    diagnostics: orNothing([...front.diagnostics, ...part.diagnostics]),
  };
}

function joinHeads(front: PlanHead, head: PlanHead): PlanHead {
  return {
    ...head,
    ...front,
    baseline: front.baseline.length > 0 ? front.baseline : head.baseline,
    risks: front.risks.length > 0 ? front.risks : head.risks,
    approvals: orNothing([...front.approvals, ...head.approvals]),
  };
}
