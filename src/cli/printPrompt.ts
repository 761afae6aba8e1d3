import { relative, sep } from 'node:path';
import type { Phase } from '../core/model';
import { phasePrompt } from '../core/prompt/phase';
import type { MissingField } from '../core/prompt/prompt';
import { templatesWith } from '../core/prompt/templates';
import { phaseName } from '../core/prompt/words';
import type { PlanSnapshot } from '../core/snapshot';
import { LineStarts } from '../core/text';
import { diagnosticLine } from './diagnosticLine';
import { type LoadedPlans, suggestion } from './plans';
import { findTemplates } from './templates';
import { type Terminal, visible } from './terminal';
import { UsageError } from './usage';

/** Prints the prompt alone, so that it can be piped on; what is to be said about it goes to the person. */
export async function printPrompt(
  wanted: string,
  chosen: readonly PlanSnapshot[],
  { pathOf }: LoadedPlans,
  cwd: string,
  terminal: Terminal,
): Promise<void> {
  const { snapshot, phase } = thePhase(wanted, chosen);
  const found = await findTemplates(pathOf(phase.location.file));
  const files = found.map((each) => ({ ...each, file: relative(cwd, each.file).replaceAll(sep, '/') }));
  const { templates, diagnostics } = templatesWith(files);
  for (const diagnostic of diagnostics) {
    const lines = new LineStarts(files.find(({ file }) => file === diagnostic.location.file)?.text ?? '');
    terminal.err(diagnosticLine(terminal, diagnostic, lines.positionAt(diagnostic.location.start)));
  }
  const prompt = phasePrompt(snapshot, phase.id, templates, (file) => file);
  if (prompt === undefined) return;
  terminal.out(prompt.text);
  if (prompt.missing.length > 0) {
    const missing = prompt.missing.map((field) => missingWords[field]).join(', ');
    terminal.err(`phasewise: for ${phaseName(phase)} the plan gives ${missing}; the prompt asks for what is missing\n`);
  }
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

/** `J`, `phase j`, or the whole title. Throws `UsageError` unless exactly one phase is meant. */
function thePhase(wanted: string, snapshots: readonly PlanSnapshot[]): { snapshot: PlanSnapshot; phase: Phase } {
  const found = snapshots.flatMap((snapshot) => {
    const phase = findPhase(snapshot, wanted);
    return phase === undefined ? [] : [{ snapshot, phase }];
  });
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 1) {
    const plans = found.map(({ snapshot }) => snapshot.plan.id).join(', ');
    throw new UsageError(`several plans have a phase ${wanted}: ${plans}. Say which with --plan ID`);
  }
  const ids = snapshots.flatMap(({ plan }) => plan.phases.map(({ id }) => id));
  throw new UsageError(`there is no phase ${wanted}. ${suggestion(wanted, ids)}`);
}

function findPhase({ plan }: PlanSnapshot, wanted: string): Phase | undefined {
  const id = wanted.replace(/^phase\s+/i, '');
  const byId = plan.find(wanted, 'phase') ?? plan.find(id, 'phase');
  if (byId?.kind === 'phase') return byId;
  return plan.phases.find(({ title }) => visible(title.value).toLowerCase() === wanted.toLowerCase());
}
