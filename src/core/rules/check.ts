import type { Diagnostic } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { checkStructure } from './structure';

/** Everything to report about a plan: what its readers found, then what the rules find. In the order of its files. */
export function checkPlan({ plan, others }: PlanSnapshot): readonly Diagnostic[] {
  const files = new Map(plan.files.map((file, index) => [file, index]));
  const place = ({ location }: Diagnostic) => files.get(location.file) ?? files.size;
  return [...plan.diagnostics, ...checkStructure(plan, others)].sort(
    (a, b) => place(a) - place(b) || a.location.start - b.location.start,
  );
}
