import { checksOf } from '../core/actions/checks';
import { whilePlanning } from '../core/actions/planning';
import type { Bead, Phase } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { actorOf } from './actor';
import { type Answer, type Context, chosenPlans } from './context';
import { Refused } from './envelope';
import { exitCodes } from './exitCodes';
import { findThing } from './findThing';
import { visible } from './terminal';
import { numberOf } from './usage';
import { type VerificationResult, verify } from './verification';

const SECONDS = 600;

export async function verifyThing(context: Context): Promise<Answer> {
  const { snapshot, thing } = findThing(context.call.words[0] ?? '', chosenPlans(context, context.loaded), [
    'bead',
    'phase',
  ]);
  const result = await runVerification(context, snapshot, thing);
  const { passed, evidence, manual, folder, commit, runs } = result;
  const left = manual.map((step) => `  [ ] ${visible(step)}\n`).join('');
  const todo = left === '' ? '' : `Left to a person:\n${left}`;
  return {
    data: {
      plan: snapshot.plan.id,
      kind: thing.kind,
      id: thing.id,
      passed,
      evidence,
      folder,
      commit: commit ?? null,
      commands: runs.map(({ command, exitCode, ended, seconds, tail }) => ({
        command,
        exitCode,
        ended,
        seconds,
        tail,
      })),
      manual,
    },
    text: `${passed ? 'Passed' : 'Failed'}: ${evidence}\n${todo}`,
    exitCode: passed ? exitCodes.fine : exitCodes.problemsFound,
  };
}

/** Runs the verification and gives it as evidence. Throws `Refused` unless all of it passed. */
export async function verificationEvidence(
  context: Context,
  snapshot: PlanSnapshot,
  thing: Bead | Phase,
): Promise<string> {
  const { passed, evidence } = await runVerification(context, snapshot, thing);
  if (passed) return evidence;
  throw new Refused('verification-failed', `the verification failed: ${evidence}`, 'Solve that, then close it.');
}

async function runVerification(
  { call, cwd, terminal }: Context,
  snapshot: PlanSnapshot,
  thing: Bead | Phase,
): Promise<VerificationResult> {
  const planning = whilePlanning(snapshot.plan);
  if (planning !== undefined) throw new Refused(planning.code, planning.message, planning.advice);
  const { at } = await actorOf(call.options.as, cwd);
  return await verify(checksOf(snapshot.plan, thing), cwd, terminal, {
    yes: call.options.yes === true,
    timeoutSeconds: numberOf('timeout', call.options.timeout) ?? SECONDS,
    at,
    isQuiet: call.options.json === true,
  });
}
