import * as vscode from 'vscode';
import { type CommandTarget, refOf } from '../commands';
import { toUri } from '../convert';
import { type Addition, addThing } from '../core/edit/add';
import type { Phase, Plan, ThingKind } from '../core/model';
import type { ThingRef } from '../core/thingRef';
import { pickThing } from '../pick';
import type { Services } from '../services';

/**
 * Writes a new thing into its plan, as one edit that can be undone, with the cursor in its title. From the palette it
 * goes where the user is; where that says too little, the user is asked.
 */
export async function add(services: Services, kind: ThingKind, target: CommandTarget | undefined): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Trust this workspace to change its plans.'));
    return;
  }
  const ref = await placeFor(services, kind, refOf(target) ?? services.selection.current);
  if (ref === undefined) return;
  const first = additionFor(services, kind, ref);
  if (first === undefined) return;
  const document = await vscode.workspace.openTextDocument(toUri(first.file));
  const editor = await vscode.window.showTextDocument(document);
  // Opening took a moment, and what the editor shows is what counts.
  const addition = additionFor(services, kind, ref);
  if (addition?.file !== first.file) return;
  const { at, replaces, snippet } = addition;
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + replaces));
  await editor.insertSnippet(new vscode.SnippetString(snippet), range, {
    undoStopBefore: true,
    undoStopAfter: true,
    keepWhitespace: true,
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The plan for a phase or scenario, the phase for anything else. */
async function placeFor(services: Services, kind: ThingKind, at: ThingRef | undefined): Promise<ThingRef | undefined> {
  const { index } = services;
  if (kind === 'phase' || kind === 'scenario') {
    const [only, another] = index.plans();
    if (at !== undefined && index.planByKey(at.plan) !== undefined) return at;
    if (only !== undefined && another === undefined) return { plan: only.plan.key, kind: 'plan', id: only.plan.id };
    return pickThing(services, ['plan'], vscode.l10n.t('Add to which plan?'));
  }
  const plan = at === undefined ? undefined : index.planByKey(at.plan)?.plan;
  const home = at === undefined || plan === undefined ? undefined : phaseAround(plan, at);
  if (home !== undefined && plan !== undefined) return { plan: plan.key, kind: 'phase', id: home.id };
  return pickThing(services, ['phase'], vscode.l10n.t('Add to which phase?'));
}

function phaseAround(plan: Plan, { kind, id }: ThingRef): Phase | undefined {
  const thing = kind === 'plan' ? undefined : plan.find(id, kind);
  const phase = thing?.kind === 'bead' || thing?.kind === 'gate' ? plan.find(thing.phase ?? '', 'phase') : thing;
  return phase?.kind === 'phase' ? phase : undefined;
}

/** Says why, where there is none. */
function additionFor({ index }: Services, kind: ThingKind, ref: ThingRef): Addition | undefined {
  const source = index.freshSource(ref.plan);
  if (source === undefined) return undefined;
  const addition = addThing(source, kind, phaseAround(source.snapshot.plan, ref));
  if (!('refused' in addition)) return addition;
  void vscode.window.showWarningMessage(addition.refused);
  return undefined;
}
