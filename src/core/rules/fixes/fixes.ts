import { whyNotWritten } from '../../edit/planEdits';
import type { PlanSource } from '../../language/planSource';
import type { Diagnostic, Plan, Thing } from '../../model';
import type { Location } from '../../text';
import { nameAt } from '../finding';
import { isRule } from '../table';
import type { Fix } from './fix';
import { giveOtherId, writeIds } from './ids';
import { addField } from './missing';
import { removeReference, replaceReference } from './references';
import { addVerdicts } from './verdicts';

/** The dependencies of a circle that are offered to be taken out. */
const MOST_EDGES = 10;

/**
 * What solves a diagnostic of `checkPlan`, the likeliest first; nothing where a person has to think, for a file that
 * cannot be written, and for what is told of a whole plan at once.
 */
export function fixesOf(diagnostic: Diagnostic, source: PlanSource): readonly Fix[] {
  const { code, location, suggestion } = diagnostic;
  const part = source.part(location.file);
  if (part === undefined || !isRule(code) || whyNotWritten(part) !== undefined) return [];
  const { plan } = source.snapshot;
  switch (code) {
    case 'unknown-reference':
      return suggestion === undefined ? [] : replaceReference(plan, part.text, location, suggestion);
    case 'self-dependency':
      return removeReference(plan, part, location, true);
    case 'dependency-cycle':
      return (diagnostic.related ?? []).slice(0, MOST_EDGES).flatMap(({ location: edge }) => {
        const file = source.part(edge.file);
        return file === undefined || whyNotWritten(file) !== undefined ? [] : removeReference(plan, file, edge, false);
      });
    case 'unknown-field':
      return suggestion === undefined ? [] : [replacement(location, part.text, suggestion)];
    case 'duplicate-id': {
      const thing = duplicateAt(plan, location);
      return thing === undefined ? [] : giveOtherId(plan, part, thing);
    }
    case 'missing-id': {
      const thing = [...plan.phases, ...plan.beads, ...plan.gates].find(
        ({ idAt, head }) => idAt === undefined && isSame(head, location),
      );
      return thing === undefined ? [] : writeIds(plan, part, thing);
    }
    case 'missing-verdict-column': {
      for (const gate of plan.gates) {
        const places = [location, ...(diagnostic.related ?? []).map((each) => each.location)];
        const criteria = gate.criteria.filter((each) => places.some((place) => isSame(each, place)));
        if (criteria.length > 0) return addVerdicts(part, gate, criteria);
      }
      return [];
    }
    default: {
      const thing = diagnostic.related === undefined ? namedAt(plan, location) : undefined;
      return thing === undefined ? [] : addField(code, part, thing);
    }
  }
}

function replacement(location: Location, text: string, suggestion: string): Fix {
  const title = `Change ${text.slice(location.start, location.end)} to ${suggestion}`;
  return { title, file: location.file, edits: [{ range: location, newText: suggestion }], preferred: true };
}

function namedAt(plan: Plan, at: Location): Thing | undefined {
  const things: readonly Thing[] = [...plan.beads, ...plan.phases, ...plan.scenarios, ...plan.gates];
  return things.find((thing) => isSame(nameAt(thing), at));
}

/** The thing with an id that an earlier one of its kind has, too. */
function duplicateAt(plan: Plan, at: Location): Thing | undefined {
  const things: readonly Thing[] = [...plan.phases, ...plan.beads, ...plan.gates, ...plan.scenarios];
  return things.find((thing) => isSame(nameAt(thing), at) && plan.find(thing.id, thing.kind) !== thing);
}

function isSame(a: Location, b: Location): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}
