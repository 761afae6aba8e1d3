import { relative, sep } from 'node:path';
import { isApproved } from '../core/approval/approvedText';
import type { Plan, ThingKind } from '../core/model';
import { readPlanFile } from '../core/notation/read';
import { joinPlan } from '../core/plan/joinPlan';
import { findRepository, oneLine } from './repository';
import type { Git, GitCall } from './runGit';

export interface ApprovedThing {
  /** As the approval gives it: the first digits. */
  readonly hash: string;
  /** Absent for the plan as a whole. */
  readonly thing?: { readonly kind: ThingKind; readonly id: string };
  /** Paths of the plan's files, in the plan's order. */
  readonly files: readonly string[];
}

export interface ApprovedVersion {
  readonly commit: string;
  /** Of the commit, as git writes it: `2026-11-28`. */
  readonly date: string;
  /** The text of the thing by path, or of all files for a plan. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Commits that are looked at, the newest first. */
const mostCommits = 500;

/** The newest version in git's history whose text was approved under this hash; undefined when none was committed. */
export async function approvedVersion(
  git: Git,
  wanted: ApprovedThing,
  call?: GitCall,
): Promise<ApprovedVersion | undefined> {
  const [main] = wanted.files;
  if (main === undefined) return undefined;
  const { checkout } = await findRepository(git, main, call);
  const paths = wanted.files.map((file) => relative(checkout, file).split(sep).join('/'));
  const log = ['--literal-pathspecs', 'log', `--max-count=${mostCommits}`, '--format=%H %cs', '--', ...paths];
  const commits = (await git.run(checkout, log, call)).split('\n').filter((line) => line !== '');
  for (const line of commits) {
    const [commit = '', date = ''] = line.split(' ');
    const texts = new Map<string, string>();
    for (const [index, path] of paths.entries()) {
      const text = await git.run(checkout, ['show', `${commit}:${path}`], call).catch(() => undefined);
      if (text !== undefined) texts.set(wanted.files[index] ?? path, text);
    }
    const found = approvedIn(texts, wanted);
    if (found !== undefined) return { commit: oneLine(commit), date, texts: found };
  }
  return undefined;
}

function approvedIn(
  texts: ReadonlyMap<string, string>,
  { thing, hash }: ApprovedThing,
): ReadonlyMap<string, string> | undefined {
  const plan = joinPlan(
    '',
    [...texts].map(([file, text]) => readPlanFile(file, text)),
  );
  const found = thing === undefined ? undefined : plan.find(thing.id, thing.kind);
  const of = found?.kind === 'phase' || found?.kind === 'gate' ? found : undefined;
  if (thing !== undefined && of === undefined) return undefined;
  if (!isApproved(plan, of, hash)) return undefined;
  return of === undefined ? texts : new Map([[of.location.file, textOf(plan, of.location)]]);
}

function textOf(
  plan: Plan,
  { file, start, end }: { readonly file: string; readonly start: number; readonly end: number },
) {
  return plan.textOf(file)?.slice(start, end) ?? '';
}
