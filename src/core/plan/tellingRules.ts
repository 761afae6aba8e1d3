import type { Bead, Criterion, Gate, Phase, Reference, Scenario, Thing } from '../model';
import { withoutLeadingZeros } from '../notation/ids';
import type { Location } from '../text';
import type { TellingRules } from './tellings';

/** What counts as a field of each kind of thing, and how its tellings are put together. */

export const phaseTellings: TellingRules<Phase> = {
  keyOf: withoutLeadingZeros,
  fullTwiceIsTwo: false,
  rowsAreParts: false,
  formsMayDisagree: false,
  fieldsOf: (phase) =>
    filled(phase, PHASE_FIELDS).concat(
      Object.values(phase.operations).some((texts) => texts.length > 0) ? ['operations'] : [],
    ),
  merge: (base, others) =>
    withTitle(
      { ...fill(base, others, [...PHASE_FIELDS, 'status']), operations: mergeOperations(base, others) },
      others,
    ),
  contradictions: (base, other) => [
    ...contradiction('status', base.status, other.status),
    ...referenceContradiction('list of what it depends on', base.dependsOn, other.dependsOn),
  ],
};

const PHASE_FIELDS = [
  'dependsOn',
  'objective',
  'constraints',
  'outOfScope',
  'doneMeans',
  'interfaces',
  'prerequisites',
  'verification',
  'risks',
  'workspace',
  'approvals',
] as const satisfies readonly (keyof Phase)[];

function mergeOperations(base: Phase, others: readonly Phase[]): Phase['operations'] {
  const told = others.map((other) => other.operations);
  return fill(base.operations, told, ['git', 'migrations', 'tophatting', 'gates', 'notes']);
}

export const beadTellings: TellingRules<Bead> = {
  fullTwiceIsTwo: true,
  rowsAreParts: false,
  formsMayDisagree: true,
  fieldsOf: (bead) => filled(bead, BEAD_FIELDS),
  merge: (base, others) => {
    const merged = withTitle(fill(base, others, [...BEAD_FIELDS, 'failureScenarios', 'phase', 'parent']), others);
    const saysStatus = base.statusAt === undefined ? others.find((other) => other.statusAt !== undefined) : undefined;
    return saysStatus === undefined ? merged : { ...merged, status: saysStatus.status, statusAt: saysStatus.statusAt };
  },
  contradictions: (base, other) => [
    ...contradiction('status', statusOf(base), statusOf(other)),
    ...contradiction('priority', base.priority, other.priority),
    ...contradiction('owner', base.owner, other.owner),
    ...contradiction('estimate', base.estimate, other.estimate),
    ...referenceContradiction('list of what it is blocked by', base.blockedBy, other.blockedBy),
  ],
};

const BEAD_FIELDS = [
  'type',
  'priority',
  'blockedBy',
  'what',
  'doneWhen',
  'ifItFails',
  'steps',
  'owner',
  'estimate',
  'labels',
  'evidence',
] as const satisfies readonly (keyof Bead)[];

function statusOf(bead: Bead): (Location & { readonly value: string }) | undefined {
  return bead.statusAt === undefined ? undefined : { ...bead.statusAt, value: bead.status };
}

export const gateTellings: TellingRules<Gate> = {
  fullTwiceIsTwo: true,
  rowsAreParts: true,
  formsMayDisagree: true,
  fieldsOf: (gate) => filled(gate, GATE_FIELDS),
  merge: (base, others) =>
    withTitle({ ...fill(base, others, [...GATE_FIELDS, 'phase']), criteria: joinCriteria(base, others) }, others),
  contradictions: (base, other) => [
    ...contradiction('decision', verdictOf(base), verdictOf(other)),
    ...referenceContradiction('list of what it is blocked by', base.blockedBy, other.blockedBy),
    ...referenceContradiction('list of what it blocks', base.blocks, other.blocks),
  ],
};

const GATE_FIELDS = [
  'blockedBy',
  'blocks',
  'criteria',
  'decision',
  'approvals',
] as const satisfies readonly (keyof Gate)[];

/** A gate told in several rows has one criterion in each; one told at length has all of them together. */
function joinCriteria(base: Gate, others: readonly Gate[]): readonly Criterion[] {
  if (base.criteria.length > 1) return base.criteria;
  const criteria = [...base.criteria];
  for (const criterion of others.flatMap((other) => other.criteria)) {
    if (!criteria.some((known) => known.criterion === criterion.criterion)) criteria.push(criterion);
  }
  return criteria.sort((a, b) => (a.file === b.file ? a.start - b.start : 0));
}

function verdictOf(gate: Gate): (Location & { readonly value: string }) | undefined {
  return gate.decision === undefined ? undefined : { ...gate.decision, value: gate.decision.verdict };
}

export const scenarioTellings: TellingRules<Scenario> = {
  fullTwiceIsTwo: true,
  rowsAreParts: false,
  formsMayDisagree: true,
  fieldsOf: (scenario) => filled(scenario, ['detection', 'recovery']),
  merge: (base, others) => withTitle(fill(base, others, ['detection', 'recovery']), others),
  contradictions: () => [],
};

function filled<T extends object>(thing: T, names: readonly (keyof T & string)[]): string[] {
  return names.filter((name) => isFilled(thing[name]));
}

function isFilled(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function fill<T extends object>(base: T, others: readonly T[], names: readonly (keyof T)[]): T {
  const result = { ...base };
  for (const name of names) {
    if (isFilled(base[name])) continue;
    const other = others.find((telling) => isFilled(telling[name]));
    if (other !== undefined) result[name] = other[name];
  }
  return result;
}

function withTitle<T extends Thing>(thing: T, others: readonly T[]): T {
  if (thing.title.value !== '') return thing;
  const titled = others.find((other) => other.title.value !== '');
  return titled === undefined ? thing : { ...thing, title: titled.title };
}

type Said = (Location & { readonly value: unknown }) | undefined;

function contradiction(field: string, a: Said, b: Said): { field: string; a: Location; b: Location }[] {
  return a !== undefined && b !== undefined && a.value !== b.value ? [{ field, a, b }] : [];
}

function referenceContradiction(
  field: string,
  a: readonly Reference[],
  b: readonly Reference[],
): { field: string; a: Location; b: Location }[] {
  const [firstA, firstB] = [a[0], b[0]];
  if (firstA === undefined || firstB === undefined) return [];
  const ids = (references: readonly Reference[]) => references.map(idOfReference).sort().join('\n');
  return ids(a) === ids(b) ? [] : [{ field, a: firstA, b: firstB }];
}

function idOfReference({ plan, value, through }: Reference): string {
  return `${plan ?? ''}/${value}–${through ?? ''}`.toLowerCase();
}
