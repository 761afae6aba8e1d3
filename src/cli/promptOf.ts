import { relative, sep } from 'node:path';
import type { Bead, Diagnostic, Gate, Phase } from '../core/model';
import { beadPrompt } from '../core/prompt/bead';
import { gateCheck } from '../core/prompt/gate';
import { phasePrompt } from '../core/prompt/phase';
import type { MissingField, Prompt } from '../core/prompt/prompt';
import { critiquePrompt, readinessPrompt } from '../core/prompt/reviews';
import { type TemplateFile, templatesWith } from '../core/prompt/templates';
import type { PlanSnapshot } from '../core/snapshot';
import { LineStarts, type Position } from '../core/text';
import { diagnosticLine } from './diagnosticLine';
import { findThing, onlyPlan, thingIn } from './findThing';
import type { LoadedPlans } from './plans';
import { findTemplates } from './templates';
import type { Terminal } from './terminal';

export type PromptKind = 'phase' | 'bead' | 'gate' | ReviewKind;

type ReviewKind = 'readiness' | 'critique';

const reviews = { readiness: readinessPrompt, critique: critiquePrompt } as const;

export interface MadePrompt {
  readonly prompt: Prompt;
  readonly snapshot: PlanSnapshot;
  /** What it is about; absent where it is about the whole plan. */
  readonly thing?: Phase | Bead | Gate;
  readonly kind: PromptKind;
  /** What is wrong with the workspace's own templates. */
  readonly diagnostics: readonly Diagnostic[];
  readonly positionOf: (diagnostic: Diagnostic) => Position;
}

const kinds = ['phase', 'bead', 'gate'] as const;

/**
 * The prompt of a phase, a bead or a gate; or, for the words `readiness` and `critique` where nothing is called that, the
 * one for reviewers of the whole plan. Throws `UsageError` unless exactly one thing is meant.
 */
export async function promptOf(
  wanted: string,
  chosen: readonly PlanSnapshot[],
  { pathOf }: LoadedPlans,
  cwd: string,
): Promise<MadePrompt> {
  const isThing = chosen.some((snapshot) => thingIn(snapshot, wanted, kinds) !== undefined);
  const review = isThing ? undefined : reviewOf(wanted);
  const { snapshot, thing } =
    review === undefined ? findThing(wanted, chosen, kinds) : { snapshot: onlyPlan(chosen), thing: undefined };
  const files = await templateFiles(pathOf(thing?.location.file ?? snapshot.plan.files[0] ?? ''), cwd);
  const { templates, diagnostics } = templatesWith(files);
  const name = (file: string) => file;
  const positionOf = ({ location }: Diagnostic) => {
    const text = files.find(({ file }) => file === location.file)?.text ?? '';
    return new LineStarts(text).positionAt(location.start);
  };
  if (review !== undefined) {
    return { prompt: reviews[review](snapshot, templates, name), snapshot, kind: review, diagnostics, positionOf };
  }
  if (thing === undefined) throw new Error(wanted);
  const make = { phase: phasePrompt, bead: beadPrompt, gate: gateCheck }[thing.kind];
  const prompt = make(snapshot, thing.id, templates, name);
  if (prompt === undefined) throw new Error(`no prompt of ${thing.kind} ${thing.id}`);
  return { prompt, snapshot, thing, kind: thing.kind, diagnostics, positionOf };
}

function reviewOf(word: string): ReviewKind | undefined {
  const lower = word.toLowerCase();
  return lower === 'readiness' || lower === 'critique' ? lower : undefined;
}

async function templateFiles(planFile: string, cwd: string): Promise<readonly TemplateFile[]> {
  const found = await findTemplates(planFile);
  return found.map((each) => ({ ...each, file: relative(cwd, each.file).replaceAll(sep, '/') }));
}

/** What is to be said about a prompt, for the person: the prompt itself can be piped on. */
export function remarksOn({ prompt, thing, diagnostics, positionOf }: MadePrompt, terminal: Terminal): string {
  const lines = diagnostics.map((each) => diagnosticLine(terminal, each, positionOf(each)));
  if (prompt.missing.length === 0 || thing === undefined) return lines.join('');
  const missing = prompt.missing.map((field) => missingWords[field]).join(', ');
  const { kind, id } = thing;
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
