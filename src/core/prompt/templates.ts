import type { Diagnostic } from '../model';
import { parseTemplate, type Template } from './template';
import bead from './templates/bead.md';
import critique from './templates/critique.md';
import gate from './templates/gate.md';
import handoff from './templates/handoff.md';
import operations from './templates/operations.md';
import phase from './templates/phase.md';
import readiness from './templates/readiness.md';

export const templateNames = ['phase', 'bead', 'gate', 'operations', 'handoff', 'readiness', 'critique'] as const;

export type TemplateName = (typeof templateNames)[number];

export type Templates = Readonly<Record<TemplateName, Template>>;

/** Where a workspace keeps its own templates, as `<name>.md`. */
export const templateFolder = '.phasewise/templates';

export const builtInTexts: Readonly<Record<TemplateName, string>> = {
  phase,
  bead,
  gate,
  operations,
  handoff,
  readiness,
  critique,
};

const ofPlan = ['plan.id', 'plan.title', 'plan.file', 'plan.evidence', 'plan.progress', 'planning'] as const;
const ofPhase = ['phase.id', 'phase.title', 'phase.heading', 'phase.place', 'phase.standing'] as const;

/** What each template may use; described in docs/prompts.md. */
export const placeholders = {
  phase: [
    ...ofPlan,
    ...ofPhase,
    'objective',
    'doneMeans',
    'constraints',
    'outOfScope',
    'paths',
    'interfaces',
    'neighbourInterfaces',
    'prerequisites',
    'beads',
    'beadGaps',
    'gates',
    'scenarios',
    'verification',
    'operations',
    'risks',
  ],
  bead: [
    ...ofPlan,
    'bead',
    'bead.id',
    'bead.title',
    'bead.heading',
    'bead.place',
    'bead.warning',
    'beadGaps',
    'waiting',
    'objective',
    'constraints',
    'outOfScope',
    'interfaces',
    'scenarios',
  ],
  gate: [
    ...ofPlan,
    'gate.id',
    'gate.title',
    'gate.heading',
    'gate.place',
    'gate.facts',
    'gate.decider',
    'gate.record',
    'criteria',
    'decision',
    'notDue',
    'waiting',
    'scenarios',
  ],
  operations: [
    ...ofPlan,
    ...ofPhase,
    'git',
    'migrations',
    'tophatting',
    'organisationGates',
    'notes',
    'verification',
    'risks',
  ],
  handoff: [...ofPlan, ...ofPhase, 'files', 'next'],
  readiness: [...ofPlan, 'files', 'findings', 'passes'],
  critique: [...ofPlan, 'files', 'critiques'],
} as const satisfies Record<TemplateName, readonly string[]>;

/** A value for every placeholder of the template: a missing one does not compile. */
export type TemplateValues<N extends TemplateName> = Readonly<Record<(typeof placeholders)[N][number], string>>;

export function valueMap(values: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(values));
}

export const builtInTemplates: Templates = {
  phase: builtIn('phase'),
  bead: builtIn('bead'),
  gate: builtIn('gate'),
  operations: builtIn('operations'),
  handoff: builtIn('handoff'),
  readiness: builtIn('readiness'),
  critique: builtIn('critique'),
};

function builtIn(name: TemplateName): Template {
  const { template, diagnostics } = parseTemplate(`${name}.md`, builtInTexts[name], placeholders[name]);
  if (template === undefined) throw new Error(`Built-in template ${name}: ${diagnostics[0]?.message}`);
  return template;
}

/** A template that a workspace has in place of the built-in one. */
export interface TemplateFile {
  readonly name: TemplateName;
  readonly file: string;
  readonly text: string;
}

/** The built-in templates, replaced by those of the workspace that have no mistake. */
export function templatesWith(files: readonly TemplateFile[]): {
  readonly templates: Templates;
  readonly diagnostics: readonly Diagnostic[];
} {
  const parsed = files.map(({ name, file, text }) => ({ name, ...parseTemplate(file, text, placeholders[name]) }));
  const replaced = parsed.flatMap(({ name, template }) => (template === undefined ? [] : [[name, template] as const]));
  return {
    templates: { ...builtInTemplates, ...Object.fromEntries(replaced) },
    diagnostics: parsed.flatMap(({ diagnostics }) => diagnostics),
  };
}

export function isTemplateName(name: string): name is TemplateName {
  return (templateNames as readonly string[]).includes(name);
}
