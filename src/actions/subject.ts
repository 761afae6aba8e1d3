import * as vscode from 'vscode';
import { type CommandTarget, refOf } from '../commands';
import { toUri } from '../convert';
import type { Plan, Thing, ThingKind } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { refTo, type ThingRef, thingOf } from '../core/thingRef';
import { pickThing } from '../pick';
import type { Services } from '../services';
import { openDocument, showsDisk } from './writing/documents';

export interface Subject<T extends Thing = Thing> {
  readonly ref: ThingRef;
  readonly snapshot: PlanSnapshot;
  readonly thing: T;
}

type Of<K extends ThingKind> = Extract<Thing, { readonly kind: K }>;

/**
 * What a command is about: what it was called on, else what is selected, else what the user picks among the things that
 * fit. Undefined when there is nothing, or it went meanwhile.
 */
export async function subjectOf<K extends ThingKind>(
  services: Services,
  target: CommandTarget | undefined,
  kinds: readonly K[],
  title: string,
  fits: (snapshot: PlanSnapshot, thing: Of<K>) => boolean = () => true,
): Promise<Subject<Of<K>> | undefined> {
  const find = (ref: ThingRef | undefined, now?: PlanSnapshot): Subject<Of<K>> | undefined => {
    const snapshot = ref === undefined ? undefined : (now ?? services.index.planByKey(ref.plan));
    const thing = snapshot === undefined || ref === undefined ? undefined : thingOf(snapshot.plan, ref);
    if (ref === undefined || snapshot === undefined || thing === undefined) return undefined;
    return kinds.some((kind) => kind === thing.kind) ? { ref, snapshot, thing: thing as Of<K> } : undefined;
  };
  const given = refOf(target);
  if (given !== undefined) {
    const found = find(given) ?? find(given, await onceEditorsFollow(services, given));
    if (found === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} is no longer in the plan.', given.id));
    }
    return found;
  }
  const selected = find(services.selection.current);
  if (selected !== undefined && fits(selected.snapshot, selected.thing)) return selected;
  return find(await pickThing(services, kinds, title, (snapshot, thing) => fits(snapshot, thing as Of<K>)));
}

/** The plan when editors show what is on disk: one that was opened a moment ago can show what stood there before. */
async function onceEditorsFollow({ index }: Services, { plan }: ThingRef): Promise<PlanSnapshot | undefined> {
  const files = index.planByKey(plan)?.plan.files ?? [];
  const documents = files.flatMap((file) => openDocument(toUri(file)) ?? []);
  await Promise.all(documents.map((document) => showsDisk(document)));
  return index.freshSource(plan)?.snapshot;
}

export interface WholePlan {
  readonly ref: ThingRef;
  readonly snapshot: PlanSnapshot;
  /** Absent for the plan as a whole. */
  readonly thing?: Thing;
}

/** The plan of whatever a command was called on, of the selection or the editor, the only one, or the one picked. */
export async function planOf(
  services: Services,
  target: CommandTarget | undefined,
  title: string,
): Promise<PlanSnapshot | undefined> {
  const { index, selection } = services;
  const clicked = refOf(target) ?? selection.current;
  if (clicked !== undefined) return index.planByKey(clicked.plan);
  await index.whenScanned();
  const editor = vscode.window.activeTextEditor;
  const edited = editor === undefined ? undefined : index.planOf(editor.document.uri);
  if (edited !== undefined) return edited;
  const [only, ...others] = index.plans();
  if (only !== undefined && others.length === 0) return only;
  const picked = await pickThing(services, ['plan'], title);
  return picked && index.planByKey(picked.plan);
}

/** The phase that a thing is, or stands in. */
export function phaseOf(plan: Plan, thing: Thing): Of<'phase'> | undefined {
  if (thing.kind === 'phase') return thing;
  if (thing.kind === 'scenario') return undefined;
  let at: Thing | undefined = thing;
  while (at?.kind === 'bead' && at.phase === undefined) at = plan.parentOf(at);
  const id = at?.kind === 'bead' || at?.kind === 'gate' ? at.phase : undefined;
  const phase = id === undefined ? undefined : plan.find(id, 'phase');
  return phase?.kind === 'phase' ? phase : undefined;
}

export function planRef({ plan }: PlanSnapshot): ThingRef {
  return refTo(plan);
}
