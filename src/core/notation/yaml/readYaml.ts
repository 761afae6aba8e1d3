import type { Bead, Diagnostic, Gate, Insight, Phase, PlanHead, PlanPart, Scenario } from '../../model';
import { finish, type Steps } from '../../steps';
import { emptyPart, isBinary, NO_HEAD, orNothing } from '../empty';
import { fieldOf } from '../fields';
import { SYNONYMS } from '../fieldTable';
import { type Wait, withWaits } from '../waits';
import { readTop } from './document';
import type { Harvest } from './harvest';
import { countedInWholes } from './numbering';
import { type Entry, outlineOf } from './outline';
import { listOf, readAgain, readUnits, rememberUnits, type Unit } from './units';

/**
 * A plan in YAML. Things are parsed one by one where the document is in block style, so that a slip in one leaves the
 * others whole; with `previous`, the part that this file gave before, only those that changed are parsed again. Fields
 * that are not known are reported. Never throws.
 */
export function readYaml(file: string, text: string, previous?: PlanPart): PlanPart {
  return finish(yamlSteps(file, text, previous));
}

/** The same in steps, one for each thing that is parsed by itself. */
export function* yamlSteps(file: string, text: string, previous?: PlanPart): Steps<PlanPart> {
  if (isBinary(text)) return emptyPart(file, 'yaml', text);
  if (previous?.file === file && previous.notation === 'yaml' && previous.text === text) return previous;
  const quick = previous?.file === file ? readAgain(previous, text) : undefined;
  if (quick !== undefined) return partOfUnits(file, text, quick, false);
  const outline = outlineOf(text, listOf);
  if (outline === undefined ? !MAY_HOLD_A_PLAN.test(text) : !outline.some(({ key }) => mayHoldThings(key))) {
    return emptyPart(file, 'yaml', text);
  }
  const isApart = outline !== undefined && !outline.some(isAboutAPhase) && !isTicket(outline);
  const units = isApart ? yield* readUnits(file, text, outline, previous) : undefined;
  if (units === undefined) return partOf(file, text, [wholeDocument(file, text, 0, true)]);
  const repeated = repeatedKeys(file, outline ?? []);
  if (repeated.length === 0) return partOfUnits(file, text, units, previous === undefined);
  const part = partOf(
    file,
    text,
    units.map((unit) => unit.harvest),
  );
  return { ...part, diagnostics: [...part.diagnostics, ...repeated] };
}

/**
 * YAML that stands in another file, such as front matter; all places are moved by `offset`. What it holds besides a plan
 * is not reported.
 */
export function readYamlDocument(file: string, source: string, offset: number): PlanPart {
  return partOf(file, source, [wholeDocument(file, source, offset, false)]);
}

function partOfUnits(file: string, text: string, units: readonly Unit[], isFirst: boolean): PlanPart {
  const harvests = units.map((unit) => unit.harvest);
  const part = partOf(file, text, harvests);
  rememberUnits(part, units, isFirst);
  return part;
}

function wholeDocument(file: string, text: string, offset: number, reportsUnknown: boolean): Harvest {
  const place = (start: number, end: number) => ({ file, start: start + offset, end: end + offset });
  return readTop({ file, text, place }, { reportsUnknown, isWhole: true }) ?? NO_HARVEST;
}

const NO_HARVEST: Harvest = {
  head: NO_HEAD,
  phases: [],
  beads: [],
  gates: [],
  scenarios: [],
  insights: [],
  promptCount: 0,
  critiqueCount: 0,
  diagnostics: [],
  approvals: [],
  waits: [],
};

// ── what may hold a plan ────────────────────────────────────────────────────────────────────────────────────────────

const THINGS = ['phases', 'beads', 'gates', 'scenarios', 'insights', 'prompts', 'critiques'] as const;
const THING_NAMES = [...THINGS.flatMap((field) => SYNONYMS.plan[field] as readonly string[]), 'phase'];

/** A key somewhere that can hold a thing; without one, a file need not be parsed to know that it is no plan. */
const MAY_HOLD_A_PLAN = new RegExp(
  `(?:^|[{,])[ \\t]*["']?(?:${THING_NAMES.map((name) => name.replaceAll(' ', '[ _-]')).join('|')})["']?[ \\t]*:`,
  'im',
);

function mayHoldThings(key: string | undefined): boolean {
  const field = key === undefined ? undefined : fieldOf('plan', key);
  return field === 'id' || THINGS.some((name) => name === field) || /^phase$/i.test(key ?? '');
}

/** A document with a key `phase` at its top tells that phase with all its other keys. */
function isAboutAPhase({ key }: Entry): boolean {
  return /^phase$/i.test(key ?? '');
}

/** A document with `plan` and `id` at its top is one bead, which all its other keys tell. */
function isTicket(outline: readonly Entry[]): boolean {
  const has = (name: string) => outline.some(({ key }) => key?.toLowerCase() === name);
  return has('plan') && has('id');
}

// ── the part ────────────────────────────────────────────────────────────────────────────────────────────────────────

function partOf(file: string, text: string, harvests: readonly Harvest[]): PlanPart {
  const all = joinHarvests(harvests);
  const withApprovals = <T extends Phase | Gate>(thing: T): T => {
    const name = `${thing.kind} ${thing.id}`.toLowerCase();
    const given = all.approvals.filter(({ of }) => of === thing.id || of.toLowerCase() === name);
    return given.length === 0
      ? thing
      : { ...thing, approvals: thing.approvals.concat(given.map((each) => each.approval)) };
  };
  const approved = all.approvals.length > 0;
  const { phases, beads } = withWaits({ phases: all.phases, beads: countedInWholes(all.beads) }, all.waits);
  return {
    file,
    notation: 'yaml',
    text,
    head: all.head,
    phases: orNothing(approved ? phases.map(withApprovals) : phases),
    beads: orNothing(beads),
    gates: orNothing(approved ? all.gates.map(withApprovals) : all.gates),
    scenarios: orNothing(all.scenarios),
    insights: orNothing(all.insights),
    promptCount: all.promptCount,
    critiqueCount: all.critiqueCount,
    diagnostics: orNothing(all.diagnostics),
  };
}

function joinHarvests(harvests: readonly Harvest[]): Harvest {
  const all = {
    ...NO_HARVEST,
    phases: [],
    beads: [],
    gates: [],
    scenarios: [],
    insights: [],
    diagnostics: [],
    approvals: [],
    waits: [],
  };
  let { head, promptCount, critiqueCount } = NO_HARVEST;
  for (const harvest of harvests) {
    head = joinHeads(head, harvest.head);
    promptCount += harvest.promptCount;
    critiqueCount += harvest.critiqueCount;
    append<Phase>(all.phases, harvest.phases);
    append<Bead>(all.beads, harvest.beads);
    append<Gate>(all.gates, harvest.gates);
    append<Scenario>(all.scenarios, harvest.scenarios);
    append<Insight>(all.insights, harvest.insights);
    append<Diagnostic>(all.diagnostics, harvest.diagnostics);
    append<Harvest['approvals'][number]>(all.approvals, harvest.approvals);
    append<Wait>(all.waits, harvest.waits);
  }
  return { ...all, head, promptCount, critiqueCount };
}

function append<T>(list: T[], more: readonly T[]): void {
  for (let index = 0; index < more.length; index++) list.push(more[index] as T);
}

/** What the first one says goes before what the second one says. */
function joinHeads(first: PlanHead, second: PlanHead): PlanHead {
  if (second === NO_HEAD) return first;
  return {
    ...second,
    ...first,
    baseline: first.baseline.length > 0 ? first.baseline : second.baseline,
    risks: first.risks.length > 0 ? first.risks : second.risks,
    approvals: orNothing([...first.approvals, ...second.approvals]),
  };
}

/** Keys that stand at the top twice: each is parsed by itself, so no parser sees them together. */
function repeatedKeys(file: string, outline: readonly Entry[]): readonly Diagnostic[] {
  const seen = new Set<string | undefined>();
  return outline.flatMap(({ key, contentStart }) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return {
      code: 'malformed-file',
      severity: 'error',
      message: 'This key stands at the top twice. Take one of them out, or join them.',
      location: { file, start: contentStart, end: contentStart + (key?.length ?? 0) },
    };
  });
}
