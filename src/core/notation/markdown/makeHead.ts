import type { PlanHead } from '../../model';
import { NO_HEAD, NOTHING } from '../empty';
import type { PlanDraft } from './drafts';
import { type Making, makeApprovals } from './making';
import { nameOf, textsOf } from './values';

export function makeHead({ fields }: PlanDraft, making: Making): PlanHead {
  if (fields.size === 0) return NO_HEAD;
  const texts = (name: string) => textsOf(fields.get(name), making);
  const name = (field: string) => {
    const [value] = fields.get(field) ?? NOTHING;
    return value === undefined ? undefined : nameOf(value, making);
  };
  const mode = texts('mode').find(({ value }) => value === 'planning' || value === 'executing');
  const progress = name('progress');
  const branch = name('branch');
  return {
    mode: mode as PlanHead['mode'],
    baseline: texts('baseline'),
    risks: texts('risks'),
    repository: name('repository'),
    // `Progress: 3 of 7` names no file, and `Branch: 006-search` is where somebody works, not how phases are named.
    progress: progress !== undefined && /^[^\s]+\.[a-z]+$/i.test(progress.value) ? progress : undefined,
    branch: branch !== undefined && /[{<]/.test(branch.value) ? branch : undefined,
    worktrees: name('worktrees'),
    approvals: makeApprovals(fields.get('approvals'), making),
  };
}
