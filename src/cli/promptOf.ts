import { relative, sep } from 'node:path';
import type { Diagnostic } from '../core/model';
import { beadPrompt } from '../core/prompt/bead';
import { gateCheck } from '../core/prompt/gate';
import { phasePrompt } from '../core/prompt/phase';
import type { MissingField, Prompt } from '../core/prompt/prompt';
import { type TemplateFile, templatesWith } from '../core/prompt/templates';
import type { PlanSnapshot } from '../core/snapshot';
import { LineStarts, type Position } from '../core/text';
import { diagnosticLine } from './diagnosticLine';
import type { FoundThing } from './findThing';
import { findThing } from './findThing';
import type { LoadedPlans } from './plans';
import { findTemplates } from './templates';
import type { Terminal } from './terminal';

export type PromptKind = 'phase' | 'bead' | 'gate';

export interface MadePrompt {
  readonly prompt: Prompt;
  readonly found: FoundThing<PromptKind>;
  /** What is wrong with the workspace's own templates. */
  readonly diagnostics: readonly Diagnostic[];
  readonly positionOf: (diagnostic: Diagnostic) => Position;
}

/** The prompt of a phase, a bead or a gate. Throws `UsageError` unless exactly one thing is meant. */
export async function promptOf(
  wanted: string,
  chosen: readonly PlanSnapshot[],
  { pathOf }: LoadedPlans,
  cwd: string,
): Promise<MadePrompt> {
  const found = findThing(wanted, chosen, ['phase', 'bead', 'gate']);
  const { snapshot, thing } = found;
  const files = await templateFiles(pathOf(thing.location.file), cwd);
  const { templates, diagnostics } = templatesWith(files);
  const make = { phase: phasePrompt, bead: beadPrompt, gate: gateCheck }[thing.kind];
  const prompt = make(snapshot, thing.id, templates, (file) => file);
  if (prompt === undefined) throw new Error(`no prompt of ${thing.kind} ${thing.id}`);
  return {
    prompt,
    found,
    diagnostics,
    positionOf: ({ location }) => {
      const text = files.find(({ file }) => file === location.file)?.text ?? '';
      return new LineStarts(text).positionAt(location.start);
    },
  };
}

async function templateFiles(planFile: string, cwd: string): Promise<readonly TemplateFile[]> {
  const found = await findTemplates(planFile);
  return found.map((each) => ({ ...each, file: relative(cwd, each.file).replaceAll(sep, '/') }));
}

/** What is to be said about a prompt, for the person: the prompt itself can be piped on. */
export function remarksOn({ prompt, found, diagnostics, positionOf }: MadePrompt, terminal: Terminal): string {
  const lines = diagnostics.map((each) => diagnosticLine(terminal, each, positionOf(each)));
  if (prompt.missing.length === 0) return lines.join('');
  const missing = prompt.missing.map((field) => missingWords[field]).join(', ');
  const { kind, id } = found.thing;
  const name = kind === 'bead' ? id : `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${id}`;
  return `${lines.join('')}phasewise: for ${name} the plan gives ${missing}; the prompt asks for what is missing\n`;
}

const missingWords: Readonly<Record<MissingField, string>> = {
  objective: 'no objective',
  constraints: 'no constraints',
  interfaces: 'no interfaces',
  prerequisites: 'no prerequisites',
  verification: 'no verification',
  beads: 'no beads',
  doneWhen: 'not every done-when',
  criteria: 'not every gate’s criteria',
};
