import { auditCritiques } from '../../src/core/audit/critiques';
import { auditPrompts } from '../../src/core/audit/prompts';
import { planReadiness } from '../../src/core/audit/readiness';
import { flowchartSource } from '../../src/core/flowchart/makeFlowchart';
import { completionsAt } from '../../src/core/language/completion/complete';
import { foldsOf } from '../../src/core/language/folding';
import { hintsBetween } from '../../src/core/language/hints';
import { mentionAt } from '../../src/core/language/mentions';
import { pathsIn } from '../../src/core/language/paths';
import type { PlanSource } from '../../src/core/language/planSource';
import { symbolsOf } from '../../src/core/language/symbols';
import { tokensBetween } from '../../src/core/language/tokens';
import type { Diagnostic } from '../../src/core/model';
import { PlanStore } from '../../src/core/plan/planStore';
import { phasePrompt } from '../../src/core/prompt/phase';
import { checkPlan } from '../../src/core/rules/check';
import { fixesOf } from '../../src/core/rules/fixes/fixes';
import { showJson } from '../../src/core/show';

/** What is wrong with how a text is taken; its message says what. */
export class Mistake extends Error {}

/** As far as one screen of an editor goes. */
const SCREEN = 4000;
/** Problems of one plan whose fixes are worked out. */
const MOST_FIXED = 40;

/**
 * Does with these files what editor and command line do with plans: reading, joining, the schedule, rules and their
 * fixes, logs and audits, the graph, prompts, and what the editor asks at `offset`. Throws a `Mistake` for a place
 * outside of its file, and lets anything else through that is thrown.
 */
export function everythingWith(files: ReadonlyMap<string, string>, offset: number): void {
  const store = new PlanStore();
  for (const [file, text] of files) store.set(file, text, '');
  for (const [file, text] of files) insideOf(store.part(file), new Map([[file, text.length]]));
  for (const snapshot of store.plans()) {
    const { plan } = snapshot;
    const source: PlanSource = { snapshot, part: (file) => store.part(file) };
    const lengths = new Map(plan.files.map((file) => [file, files.get(file)?.length ?? 0]));
    const { prompts, critiques, readinessPasses, progressEntries, unrankedInsights } = plan;
    insideOf([prompts, critiques, readinessPasses, progressEntries, unrankedInsights], lengths);
    const found = checkPlan(snapshot);
    insideOf(found, lengths);
    for (const diagnostic of found.slice(0, MOST_FIXED)) checkFixes(diagnostic, source, lengths);
    for (const report of [auditPrompts, auditCritiques, planReadiness]) report(snapshot, () => '#');
    for (const level of ['whole', 'overview', 'waves'] as const)
      flowchartSource(snapshot, { direction: 'TB', hideClosed: false, level });
    for (const phase of plan.phases.slice(0, 3)) phasePrompt(snapshot, phase.id);
    JSON.stringify(showJson([snapshot], found, () => ({ line: 0, character: 0 })));
    for (const file of plan.files) askEditor(source, file, Math.min(offset, files.get(file)?.length ?? 0));
  }
}

function askEditor(source: PlanSource, file: string, offset: number): void {
  const part = source.part(file);
  if (part === undefined) return;
  const lengths = new Map([[file, part.text.length]]);
  insideOf(symbolsOf(part), lengths, file);
  insideOf(foldsOf(part), lengths, file);
  insideOf(pathsIn(part), lengths, file);
  insideOf(tokensBetween(source, file, offset, offset + SCREEN), lengths, file);
  hintsBetween(source, file, offset, offset + SCREEN);
  mentionAt(source, file, offset);
  completionsAt(source, file, offset);
}

function checkFixes(diagnostic: Diagnostic, source: PlanSource, lengths: ReadonlyMap<string, number>): void {
  const length = lengths.get(diagnostic.location.file) ?? 0;
  for (const { edits } of fixesOf(diagnostic, source)) {
    let before = 0;
    for (const { range } of edits) {
      const { start, end } = range;
      if (start < before || end < start || end > length) {
        throw new Mistake(`a fix of ${diagnostic.code} changes ${start} to ${end} of ${length}, behind ${before}`);
      }
      before = Math.max(start, end);
    }
  }
}

/** Whatever has a start and an end must stand inside of its file. */
function insideOf(value: unknown, lengths: ReadonlyMap<string, number>, only?: string): void {
  const open: unknown[] = [value];
  const seen = new Set<unknown>();
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    checkPlace(next, lengths, only);
    for (const inner of Object.values(next)) if (typeof inner === 'object' && inner !== null) open.push(inner);
  }
}

function checkPlace(value: object, lengths: ReadonlyMap<string, number>, only: string | undefined): void {
  const { start, end, file = only } = value as { start?: unknown; end?: unknown; file?: unknown };
  if (typeof start !== 'number' || typeof end !== 'number' || typeof file !== 'string') return;
  const length = lengths.get(file) ?? 0;
  // The YAML parser's own position may be the end of the line that follows.
  if (start >= 0 && end >= start && end <= length + 1) return;
  throw new Mistake(`${JSON.stringify(value).slice(0, 300)} stands outside of its file of ${length} characters`);
}
