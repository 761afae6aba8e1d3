import * as vscode from 'vscode';
import { type CommandId, registerCommand, runCommand } from '../commands';
import { refTo, type ThingRef } from '../core/thingRef';
import { labelOf } from '../planWords';
import type { Services } from '../services';
import { thingTooltip } from '../thingTooltip';
import { plainText } from './telling';

const longestLabel = 40;

/** The bead that the user has in hand, in the status bar; a click offers what is next. */
export class CurrentBead implements vscode.Disposable {
  readonly #services: Services;
  readonly #item: vscode.StatusBarItem;
  readonly #listening: vscode.Disposable;

  constructor(services: Services) {
    this.#services = services;
    this.#item = vscode.window.createStatusBarItem('phasewise.currentBead', vscode.StatusBarAlignment.Left, 9);
    this.#item.name = vscode.l10n.t('Phasewise Current Bead');
    this.#item.command = 'phasewise.currentBead';
    this.#listening = vscode.Disposable.from(
      this.#item,
      services.index.onDidChange(() => this.#update()),
      services.user.onDidChange(() => this.#update()),
      registerCommand('phasewise.currentBead', () => this.#offer()),
    );
    this.#update();
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #update(): void {
    const all = this.#all();
    const [first, ...others] = all;
    if (first === undefined) {
      this.#item.hide();
      return;
    }
    const label = plainText(shortened(labelOf(first.bead)));
    this.#item.text = `$(arrow-circle-right) ${others.length === 0 ? label : `${label} +${others.length}`}`;
    this.#item.tooltip = thingTooltip(first.snapshot, first.bead);
    const spoken = vscode.l10n.t('You work on {0}', labelOf(first.bead));
    this.#item.accessibilityInformation = { label: spoken, role: 'button' };
    this.#item.show();
  }

  #all() {
    return this.#services.index
      .plans()
      .flatMap((snapshot) => this.#services.user.beadsInHand(snapshot).map((bead) => ({ snapshot, bead })));
  }

  async #offer(): Promise<void> {
    const all = this.#all();
    if (all.length === 0) {
      const show = vscode.l10n.t('Show What Is Ready');
      const message = vscode.l10n.t('You have no bead in hand. Claim one that is ready.');
      if ((await vscode.window.showInformationMessage(message, show)) === show) await runCommand('phasewise.showReady');
      return;
    }
    const items = all.flatMap(({ snapshot, bead }) => itemsFor(refTo(snapshot.plan, bead), labelOf(bead)));
    const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Current Bead') });
    if (chosen?.run !== undefined) await runCommand(chosen.run, chosen.ref);
  }
}

interface Item extends vscode.QuickPickItem {
  readonly run?: OnThing;
  readonly ref?: ThingRef;
}

type OnThing = Extract<
  CommandId,
  | 'phasewise.verify'
  | 'phasewise.closeBead'
  | 'phasewise.copyBeadPrompt'
  | 'phasewise.runScenario'
  | 'phasewise.releaseBead'
  | 'phasewise.revealSource'
>;

function itemsFor(ref: ThingRef, label: string): readonly Item[] {
  const { l10n } = vscode;
  const item = (icon: string, words: string, run: OnThing): Item => ({ label: `$(${icon}) ${words}`, run, ref });
  const acting = [
    item('beaker', l10n.t('Verify'), 'phasewise.verify'),
    item('check', l10n.t('Close Bead'), 'phasewise.closeBead'),
    item('flame', l10n.t('Run Failure Scenario'), 'phasewise.runScenario'),
    item('debug-restart', l10n.t('Release Bead'), 'phasewise.releaseBead'),
  ];
  return [
    { label, kind: vscode.QuickPickItemKind.Separator },
    // Without trust these commands are not there.
    ...(vscode.workspace.isTrusted ? acting : []),
    item('copy', l10n.t('Copy Bead Prompt'), 'phasewise.copyBeadPrompt'),
    item('go-to-file', l10n.t('Go to Source'), 'phasewise.revealSource'),
  ];
}

function shortened(label: string): string {
  const characters = [...label];
  return characters.length > longestLabel
    ? `${characters
        .slice(0, longestLabel - 1)
        .join('')
        .trimEnd()}…`
    : label;
}
