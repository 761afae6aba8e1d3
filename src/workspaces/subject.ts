import * as vscode from 'vscode';
import { type CommandTarget, refOf } from '../commands';
import type { Phase } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { type ThingRef, thingOf } from '../core/thingRef';
import { pickThing } from '../pick';
import type { Services } from '../services';
import { isTrusted, sayNotOnDisk } from './allowed';
import { mainFile, pathOf } from './places';

/** The phase that a command is about. */
export interface Subject {
  readonly snapshot: PlanSnapshot;
  readonly phase: Phase;
  /** Path of the plan's main file. */
  readonly planFile: string;
}

/** From the command's argument or the user; undefined when there is none, or it may not have a workspace. */
export async function subjectOf(
  services: Services,
  target: CommandTarget | undefined,
  title: string,
): Promise<Subject | undefined> {
  // Before anything is asked: nobody should choose a phase in vain.
  if (!(await isTrusted())) return undefined;
  const ref = refOf(target) ?? (await pickThing(services, ['phase'], title));
  const snapshot = ref === undefined ? undefined : services.index.planByKey(ref.plan);
  if (ref === undefined) return undefined;
  const phase = snapshot === undefined ? undefined : phaseOf(snapshot, ref);
  if (snapshot === undefined || phase === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('{0} is no phase of a plan that is open here.', ref.id));
    return undefined;
  }
  const file = mainFile(snapshot.plan);
  const planFile = file === undefined ? undefined : pathOf(file);
  if (planFile === undefined) {
    sayNotOnDisk();
    return undefined;
  }
  return { snapshot, phase, planFile };
}

/** The phase itself, or the one that a bead or gate stands in. */
function phaseOf({ plan }: PlanSnapshot, ref: ThingRef): Phase | undefined {
  const thing = thingOf(plan, ref);
  if (thing?.kind === 'phase') return thing;
  if (thing?.kind !== 'bead' && thing?.kind !== 'gate') return undefined;
  const phase = thing.phase === undefined ? undefined : plan.find(thing.phase, 'phase');
  return phase?.kind === 'phase' ? phase : undefined;
}
