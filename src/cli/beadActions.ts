import type { ActionOutcome, ActionSource, Actor } from '../core/actions/action';
import { claimBead, closeBead, deferBead, releaseBead, reopenBead } from '../core/actions/beads';
import type { Bead, Thing } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { headOf, oneLine } from '../git/repository';
import { createGit } from '../git/runGit';
import { type Acted, act } from './act';
import { actorOf } from './actor';
import { type Answer, type Context, chosenPlans } from './context';
import { Refused } from './envelope';
import { findThing } from './findThing';
import type { LoadedPlans } from './plans';
import { thingJson } from './thingText';
import { UsageError } from './usageError';
import { verificationEvidence } from './verifyCommand';

type DecideBead = (source: ActionSource, bead: Bead, actor: Actor) => ActionOutcome;

export async function claim(context: Context): Promise<Answer> {
  const { next } = context.call.options;
  return await actOnBead(context, claimBead, next === true ? nextBead : undefined);
}

export async function release(context: Context): Promise<Answer> {
  const { force } = context.call.options;
  return await actOnBead(context, (source, bead, actor) => releaseBead(source, bead, actor, { force: force === true }));
}

export async function reopen(context: Context): Promise<Answer> {
  return await actOnBead(context, (source, bead, actor) => reopenBead(source, bead, actor, reasonIn(context)));
}

export async function defer(context: Context): Promise<Answer> {
  return await actOnBead(context, (source, bead, actor) => deferBead(source, bead, actor, reasonIn(context)));
}

export async function close(context: Context): Promise<Answer> {
  const { evidence = [], commit = [], override, verified } = context.call.options;
  const all = [...evidence, ...(await commitsAsEvidence(commit, context.cwd))];
  if (verified === true) {
    const { thing, snapshot } = findThing(wantedBead(context), chosenPlans(context, context.loaded), ['bead']);
    all.push(await verificationEvidence(context, snapshot, thing));
  }
  const closing = { evidence: all, ...(override !== undefined && { override }) };
  return await actOnBead(context, (source, bead, actor) => closeBead(source, bead, actor, closing));
}

function reasonIn({ call }: Context): { readonly reason?: string } {
  const { reason } = call.options;
  return reason === undefined ? {} : { reason };
}

function wantedBead({ call }: Context): string {
  return call.words[0] ?? '';
}

async function actOnBead(
  context: Context,
  decide: DecideBead,
  pick: (plans: readonly PlanSnapshot[], actor: Actor) => { snapshot: PlanSnapshot; thing: Bead } = (plans) =>
    findThing(wantedBead(context), plans, ['bead']),
): Promise<Answer> {
  const actor = await actorOf(context.call.options.as, context.cwd);
  let bead: Bead | undefined;
  const choose = (loaded: LoadedPlans) => pick(chosenPlans(context, loaded), actor).snapshot;
  const decideOn = (source: ActionSource) => {
    bead = pick([source.snapshot], actor).thing;
    return decide(source, bead, actor);
  };
  const acted = await act(context.session, context.loaded, choose, decideOn, context.terminal.signal);
  return answerOf(acted, acted.snapshot.plan.find(bead?.id ?? '', 'bead') ?? bead);
}

/** The first that is ready and that nobody else has. */
function nextBead(plans: readonly PlanSnapshot[]): { snapshot: PlanSnapshot; thing: Bead } {
  for (const snapshot of plans) {
    for (const item of snapshot.schedule.next) {
      if (item.kind === 'bead' && item.bead.owner === undefined) return { snapshot, thing: item.bead };
    }
  }
  throw new Refused(
    'state',
    'nothing is ready that nobody has',
    'See what is blocked, and by what, with `phasewise show`; gates that are due are in `phasewise ready`.',
  );
}

/** What every action answers: what happened, in which files, and the thing as it is now. */
export function answerOf({ said, note, files, snapshot, loaded }: Acted, thing?: Thing): Answer {
  const now = thing === undefined ? {} : { [thing.kind]: thingJson({ snapshot, thing }, loaded) };
  const more = note === undefined ? {} : { note };
  return {
    data: { plan: snapshot.plan.id, said, ...more, files, ...now },
    text: `${[said, note].filter(Boolean).join('\n')}\n`,
  };
}

/** `commit 1a2b3c4d5e: Serve with vLLM`. */
async function commitsAsEvidence(revisions: readonly string[], cwd: string): Promise<readonly string[]> {
  const git = createGit();
  const all: string[] = [];
  for (const revision of revisions) {
    const found = await git
      .ask(cwd, ['log', '-1', '--format=%h: %s', '--end-of-options', revision, '--'])
      .catch(() => undefined);
    if (found === undefined || found.trim() === '') {
      const { commit } = await headOf(git, cwd).catch(() => ({ commit: undefined }));
      const known = commit === undefined ? '' : ` HEAD is ${commit.slice(0, 10)}.`;
      throw new UsageError(`there is no commit ${revision} here.${known}`);
    }
    all.push(`commit ${oneLine(found)}`);
  }
  return all;
}
