import * as vscode from 'vscode';
import type { CommandId } from '../commands';
import { refTo, type ThingRef } from '../core/thingRef';
import type { PlanIndex } from '../planIndex';
import { PlanDocument } from './planDocument';
import { isOn, onSettingChange } from './settings';

interface Offer {
  readonly command: CommandId;
  readonly title: string;
}

/** What can be done with a phase, above the line that names it. */
export class PlanLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #index: PlanIndex;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listening: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(index: PlanIndex) {
    this.#index = index;
    this.#listening = vscode.Disposable.from(
      onSettingChange('codeLens', () => this.#changed.fire()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] | undefined {
    if (!isOn('codeLens', document)) return undefined;
    const plan = PlanDocument.of(this.#index, document);
    if (plan === undefined) return undefined;
    const offers = phaseOffers(document);
    return plan.source.snapshot.plan.phases
      .filter(({ head }) => head.file === plan.file)
      .flatMap((phase) => {
        const ref = refTo(plan.source.snapshot.plan, phase);
        return offers.map((offer) => lens(plan.range(phase.head), offer, ref));
      });
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

function lens(range: vscode.Range, { command, title }: Offer, ref: ThingRef): vscode.CodeLens {
  return new vscode.CodeLens(range, { command, title, arguments: [ref] });
}
