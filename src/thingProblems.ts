import * as vscode from 'vscode';
import { toRange, toUri } from './convert';
import { type ThingRef, thingOf } from './core/thingRef';
import type { PlanIndex } from './planIndex';

/** Rows of trees carry such an address, so that what is wrong with a thing shows on them as on files. */
export const thingScheme = 'phasewise-thing';

export function thingUri({ plan, kind, id }: ThingRef): vscode.Uri {
  return vscode.Uri.from({ scheme: thingScheme, path: `/${kind}`, query: JSON.stringify({ plan, id }) });
}

export function refOfUri({ path, query }: vscode.Uri): ThingRef | undefined {
  try {
    const { plan, id } = JSON.parse(query) as Partial<Record<'plan' | 'id', unknown>>;
    const kind = path.slice(1) as ThingRef['kind'];
    return typeof plan === 'string' && typeof id === 'string' ? { plan, kind, id } : undefined;
  } catch {
    return undefined;
  }
}

/** Errors and warnings inside a thing, or anywhere in a plan, as the Problems view shows them; errors first. */
export function problemsOf(index: PlanIndex, ref: ThingRef): readonly vscode.Diagnostic[] {
  const plan = index.planByKey(ref.plan)?.plan;
  if (plan === undefined) return [];
  const found = ref.kind === 'plan' ? plan.files.flatMap(problemsIn) : problemsOfThing();
  return [...found].sort((a, b) => a.severity - b.severity);

  function problemsOfThing(): readonly vscode.Diagnostic[] {
    const thing = plan === undefined ? undefined : thingOf(plan, ref);
    const lines = thing && index.linesOf(thing.location.file);
    if (thing === undefined || lines === undefined) return [];
    const own = toRange(lines, thing.location);
    return problemsIn(thing.location.file).filter(({ range }) => own.contains(range.start));
  }
}

function problemsIn(file: string): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(toUri(file))
    .filter(({ source, severity }) => source === 'Phasewise' && severity <= vscode.DiagnosticSeverity.Warning);
}
