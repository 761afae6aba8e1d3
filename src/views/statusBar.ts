import * as vscode from 'vscode';
import type { PlanSnapshot } from '../core/snapshot';
import { dueText, isolated, joined, progressText, readyCount } from '../planWords';
import type { Services } from '../services';
import { planTooltip } from '../thingTooltip';

/** The plan of the editor that is in use, how far it is, and what is ready. */
export class StatusBar implements vscode.Disposable {
  readonly #services: Services;
  readonly #item: vscode.StatusBarItem;
  readonly #disposables: vscode.Disposable[];
  /** Key of the plan that was shown last: it stays while other files are in use. */
  #current: string | undefined;

  constructor(services: Services) {
    this.#services = services;
    this.#item = vscode.window.createStatusBarItem('phasewise.plan', vscode.StatusBarAlignment.Left, 10);
    this.#item.name = vscode.l10n.t('Phasewise Plan');
    this.#item.command = 'phasewise.showReady';
    this.#disposables = [
      this.#item,
      services.index.onDidChange(() => this.#update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#update()),
    ];
    this.#update();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #update(): void {
    const snapshot = this.#pick();
    this.#current = snapshot?.plan.key;
    if (snapshot === undefined) {
      this.#item.hide();
      return;
    }
    const { plan, schedule } = snapshot;
    const { closed, total } = schedule.progress();
    const ready = readyCount(snapshot);
    const due = dueText(snapshot);
    const readyText = vscode.l10n.t('{0} ready', ready);
    this.#item.text = `$(checklist) ${joined([`${isolated(shortened(plan.title))} ${progressText({ closed, total })}`, readyText, due])}`;
    this.#item.tooltip = planTooltip(snapshot);
    const label = vscode.l10n.t('Plan {0}: {1} of {2} beads closed, {3}', plan.title, closed, total, readyText);
    this.#item.accessibilityInformation = { label: joined([label, due], ', '), role: 'button' };
    this.#item.show();
  }

  #pick(): PlanSnapshot | undefined {
    const { index } = this.#services;
    const editor = vscode.window.activeTextEditor;
    const active = editor && index.planOf(editor.document.uri);
    return active ?? (this.#current === undefined ? undefined : index.planByKey(this.#current)) ?? index.plans()[0];
  }
}

const longestTitle = 30;

/** Icon syntax in a title would be drawn as an icon; a zero-width space after the dollar sign keeps it text. */
function shortened(title: string): string {
  const characters = [...title.replaceAll('$(', '$\u200b(')];
  return characters.length > longestTitle
    ? `${characters
        .slice(0, longestTitle - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}
