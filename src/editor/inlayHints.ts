import * as vscode from 'vscode';
import { type Hint, hintsBetween } from '../core/language/hints';
import type { PlanIndex } from '../planIndex';
import { stateWordOf } from '../planWords';
import { PlanDocument } from './planDocument';
import { isOn, onSettingChange } from './settings';

/** Behind an id: the state of what it refers to; behind a bead's own id, its wave. */
export class PlanInlayHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #index: PlanIndex;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listening: vscode.Disposable;

  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(index: PlanIndex) {
    this.#index = index;
    this.#listening = vscode.Disposable.from(
      onSettingChange('inlayHints', () => this.#changed.fire()),
      // What another file says can change a state here.
      index.onDidChange(() => this.#changed.fire()),
    );
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] | undefined {
    if (!isOn('inlayHints', document)) return undefined;
    const plan = PlanDocument.of(this.#index, document);
    if (plan === undefined) return undefined;
    const { start, end } = plan.stretch(range);
    return hintsBetween(plan.source, plan.file, start, end).map((hint) => {
      const inlay = new vscode.InlayHint(document.positionAt(hint.at), textOf(plan, hint));
      inlay.paddingLeft = true;
      if (hint.kind === 'wave') {
        inlay.tooltip = vscode.l10n.t(
          'Beads of one wave can be worked on side by side, once the waves before are closed.',
        );
      }
      return inlay;
    });
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}

function textOf(plan: PlanDocument, hint: Hint): string {
  if (hint.kind === 'wave') return vscode.l10n.t('wave {0}', hint.wave);
  return stateWordOf(plan.source.snapshot, hint.thing).toLocaleLowerCase();
}
