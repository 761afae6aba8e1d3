import type { PlanPart } from '../model';
import { finish, type Steps } from '../steps';
import { readBeads } from './beads';
import { isExport } from './export';
import { logOfPart } from './log/readLog';
import { markdownSteps } from './markdown/readMarkdown';
import { yamlSteps } from './yaml/readYaml';

/**
 * Reads a file in the notation that its ending says; without a known ending, in the one that its text looks like.
 * Never throws. `previous` is the part that the same file gave before: what did not change in it is not read again.
 */
export function readPlanFile(file: string, text: string, previous?: PlanPart): PlanPart {
  return finish(planFileSteps(file, text, previous));
}

/** The same in steps, for a text that is read while others wait. */
export function* planFileSteps(file: string, text: string, previous?: PlanPart): Steps<PlanPart> {
  switch (notationOf(file, text)) {
    case 'yaml':
      return yield* yamlSteps(file, text, previous);
    case 'beads':
      return readBeads(file, text);
    case 'markdown':
      return yield* markdownSteps(file, text, previous);
  }
}

/** Whether a file is a plan file at all: it holds something of a plan. */
export function holdsPlan(part: PlanPart): boolean {
  return (
    part.phases.length > 0 ||
    part.beads.length > 0 ||
    part.gates.length > 0 ||
    part.scenarios.length > 0 ||
    part.insights.length > 0 ||
    part.promptCount > 0 ||
    part.critiqueCount > 0
  );
}

/** Whether a file that holds no plan adds to the one whose id it names: a progress log. */
export function addsToPlan(part: PlanPart): boolean {
  return part.head.planId !== undefined && logOfPart(part).progressEntries.length > 0;
}

function notationOf(file: string, text: string): PlanPart['notation'] {
  const ending = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase();
  if (ending === 'md' || ending === 'markdown') return 'markdown';
  if (ending === 'yaml' || ending === 'yml') return 'yaml';
  if (isExport(file)) return 'beads';
  const start = text.slice(0, 2000);
  if (/^\uFEFF?\s*\{\s*"/.test(start)) return /^\s*\{[^\n]*\}\s*$/m.test(start) ? 'beads' : 'yaml';
  const hasFrontMatter = /^\uFEFF?---[ \t]*\r?\n/.test(start) && /\n---[ \t]*\r?\n\s*\S/.test(start);
  if (hasFrontMatter) return 'markdown';
  return /^(?:---\s*\n)?(?:\s*#[^\n]*\n)*(?:plan|title|phases|beads|tasks)\s*:/.test(start) ? 'yaml' : 'markdown';
}
