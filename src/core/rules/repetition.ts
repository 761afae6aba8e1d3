import type { Diagnostic, Phase, Plan } from '../model';
import { nameOf } from '../plan/tellings';
import { finding, nameAt } from './finding';

/** Shorter lines repeat for no reason: field names, ids, table rules. */
const SHORTEST_LINE = 40;
/** Characters that must be repeated before it can be called most of a plan. */
const LEAST_REPEATED = 300;

interface Line {
  readonly text: string;
  readonly start: number;
}

/** Phases that say again at least half of what the rest of the plan says. Linear in the plan's text. */
export function checkRepetition(plan: Plan, isToDo: (phase: Phase) => boolean): readonly Diagnostic[] {
  if (plan.phases.length < 2) return [];
  const size = plan.files.reduce((sum, file) => sum + (plan.textOf(file)?.length ?? 0), 0);
  // To carry half of the rest it must be a third of the whole; so only two phases can be looked at.
  const large = plan.phases.filter((phase) => isToDo(phase) && (phase.location.end - phase.location.start) * 4 > size);
  return large.flatMap((phase) => {
    const share = repeatedShare(plan, phase);
    if (share < 0.5) return [];
    const message = `${nameOf(phase)} repeats ${Math.round(share * 100)} % of the rest of the plan, so its prompt carries most of the plan. Keep what this phase needs, and point at the rest.`;
    return [finding('prompt-repeats-plan', nameAt(phase), message)];
  });
}

function repeatedShare(plan: Plan, { location }: Phase): number {
  const inside = new Set<string>();
  let outside = 0;
  const rest: string[] = [];
  for (const file of plan.files) {
    for (const { text, start } of linesOf(plan.textOf(file) ?? '')) {
      const isInside = file === location.file && start >= location.start && start < location.end;
      if (isInside) inside.add(text);
      else {
        rest.push(text);
        outside += text.length;
      }
    }
  }
  const repeated = rest.reduce((sum, text) => (inside.has(text) ? sum + text.length : sum), 0);
  return repeated < LEAST_REPEATED ? 0 : repeated / outside;
}

/** Lines of prose, without marks and case. */
function* linesOf(text: string): Iterable<Line> {
  let start = 0;
  for (const line of text.split('\n')) {
    const plain = line.replace(/^[\s>*+#|-]+|[\s|]+$/g, '').toLowerCase();
    if (plain.length >= SHORTEST_LINE) yield { text: plain, start };
    start += line.length + 1;
  }
}
