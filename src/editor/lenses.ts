import * as vscode from 'vscode';
import type { CommandId } from '../commands';
import type { Bead, Gate, Thing } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { refTo, type ThingRef } from '../core/thingRef';
import type { CurrentUser } from '../currentUser';
import type { PlanIndex } from '../planIndex';
import type { Services } from '../services';
import { PlanDocument } from './planDocument';
import { isOn, onSettingChange } from './settings';

interface Offer {
  readonly command: CommandId;
  readonly title: string;
}

/** What can be done with a phase, a bead or a gate as it stands now, above the line that names it. */
export class PlanLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #index: PlanIndex;
  readonly #user: CurrentUser;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listening: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor({ index, user }: Pick<Services, 'index' | 'user'>) {
    this.#index = index;
    this.#user = user;
    this.#listening = vscode.Disposable.from(
      onSettingChange('codeLens', () => this.#changed.fire()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
      // Another file of the plan can open or close what stands in this one.
      index.onDidChange(() => this.#changed.fire()),
      user.onDidChange(() => this.#changed.fire()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] | undefined {
    if (!isOn('codeLens', document)) return undefined;
    const plan = PlanDocument.of(this.#index, document);
    if (plan === undefined) return undefined;
    const { snapshot } = plan.source;
    const offersOfPhases = phaseOffers(document);
    const mayWrite = vscode.workspace.isTrusted && plan.part.notation !== 'beads';
    const inHand = mayWrite ? this.#user.beadsInHand(snapshot) : [];
    const all: readonly (readonly [Thing, readonly Offer[]])[] = [
      ...snapshot.plan.phases.map((phase) => [phase, offersOfPhases] as const),
      ...(mayWrite ? snapshot.plan.beads : []).map((bead) => [bead, beadOffers(snapshot, bead, inHand)] as const),
      ...(mayWrite ? snapshot.plan.gates : []).map((gate) => [gate, gateOffers(snapshot, gate)] as const),
    ];
    return all
      .filter(([{ head }]) => head.file === plan.file)
      .flatMap(([thing, offers]) =>
        offers.map((offer) => lens(plan.range(thing.head), offer, refTo(snapshot.plan, thing))),
      );
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}

function phaseOffers({ uri }: vscode.TextDocument): readonly Offer[] {
  const copy: Offer = { command: 'phasewise.copyPhasePrompt', title: vscode.l10n.t('Copy Prompt') };
  const open: Offer = { command: 'phasewise.openPhaseWorkspace', title: vscode.l10n.t('Open Workspace') };
  // A worktree needs a disk, and git runs only where the user trusts the folder.
  const canOpen = vscode.workspace.isTrusted && (uri.scheme === 'file' || uri.scheme === 'vscode-remote');
  return canOpen ? [copy, open] : [copy];
}

/** Nothing for a bead that waits or is done: a lens above each would be noise. */
function beadOffers({ plan, schedule }: PlanSnapshot, bead: Bead, inHand: readonly Bead[]): readonly Offer[] {
  if (plan.childrenOf(bead.id).length > 0) return [];
  if (inHand.includes(bead)) {
    return [
      { command: 'phasewise.verify', title: vscode.l10n.t('Verify') },
      { command: 'phasewise.closeBead', title: vscode.l10n.t('Close') },
    ];
  }
  const isReady = schedule.beadState(bead.id) === 'ready';
  return isReady ? [{ command: 'phasewise.claimBead', title: vscode.l10n.t('Claim') }] : [];
}

function gateOffers({ schedule }: PlanSnapshot, { id }: Gate): readonly Offer[] {
  const state = schedule.gateState(id);
  const isDue = state === 'due' || state === 'adjusted';
  return isDue ? [{ command: 'phasewise.decideGate', title: vscode.l10n.t('Decide') }] : [];
}

function lens(range: vscode.Range, { command, title }: Offer, ref: ThingRef): vscode.CodeLens {
  return new vscode.CodeLens(range, { command, title, arguments: [ref] });
}
