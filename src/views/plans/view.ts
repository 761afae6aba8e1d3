import * as vscode from 'vscode';
import { registerCommand } from '../../commands';
import { setContext } from '../../contextKeys';
import { sameRef, type ThingRef } from '../../core/thingRef';
import type { Services } from '../../services';
import { noteOfWindow, phaseOfNote } from '../phaseWindow';
import { BeadMoves } from './beadMoves';
import type { PlanElement } from './element';
import type { Filter } from './filter';
import { askForFilter, filterText } from './filterInput';
import { type Grouping, groupings } from './nodes';
import { PlansProvider } from './provider';

const groupingMemory = 'phasewise.grouping';

/** The Plans view: its tree, what its title offers, and its part in the shared selection. */
export class PlansView implements vscode.Disposable {
  readonly #services: Services;
  readonly #provider: PlansProvider;
  readonly #view: vscode.TreeView<PlanElement>;
  readonly #disposables: vscode.Disposable[] = [];
  /** To be shown as soon as there is a view to show it in. */
  #waiting: { readonly ref: ThingRef; readonly expand: boolean } | undefined;

  constructor(services: Services) {
    this.#services = services;
    const { index, phaseDecorations, selection, user } = services;
    const grouping = rememberedGrouping(services);
    this.#provider = new PlansProvider(services, { grouping, filter: undefined });
    this.#view = vscode.window.createTreeView('phasewise.plans', {
      treeDataProvider: waitingFor(Promise.all([this.#startOnPhase(), index.whenFirstScanned()]), this.#provider),
      showCollapseAll: true,
      dragAndDropController: new BeadMoves(index, () => this.#provider.options),
    });
    this.#tellOptions();
    this.#disposables.push(
      this.#provider,
      this.#view,
      index.onDidChange((change) => {
        this.#provider.update(change);
        this.#tellFilter();
        void this.#showWaiting();
      }),
      phaseDecorations.onDidChange(() => this.#provider.notesChanged()),
      user.onDidChange(() => this.#provider.notesChanged()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => index.planOf(uri) !== undefined)) this.#provider.notesChanged();
      }),
      this.#view.onDidChangeSelection(({ selection: [element] }) => {
        if (element?.ref !== undefined) selection.set(element.ref, 'tree');
      }),
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible) void (this.#waiting === undefined ? this.#followSelection() : this.#showWaiting());
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('phasewise.followCursor')) void this.#followSelection();
      }),
      selection.onDidChange(({ ref, source }) => {
        if (ref === undefined || source === 'tree') return;
        if (source === 'graph' || followsCursor()) void this.show(ref);
      }),
      registerCommand('phasewise.groupByPhase', () => this.#group('phase')),
      registerCommand('phasewise.groupByPhase.checked', () => this.#group('phase')),
      registerCommand('phasewise.groupByWave', () => this.#group('wave')),
      registerCommand('phasewise.groupByWave.checked', () => this.#group('wave')),
      registerCommand('phasewise.groupByState', () => this.#group('state')),
      registerCommand('phasewise.groupByState.checked', () => this.#group('state')),
      registerCommand('phasewise.filter', () => this.#askForFilter()),
      registerCommand('phasewise.clearFilter', () => this.#filter(undefined)),
    );
  }

  /** Selects the row of a thing, at once or when the view is next in sight; never opens the view or takes the focus. */
  async show(ref: ThingRef, { expand = false }: { readonly expand?: boolean } = {}): Promise<void> {
    this.#waiting = { ref, expand };
    await this.#showWaiting();
  }

  /** The thing of the selected row. */
  get selected(): ThingRef | undefined {
    return this.#view.selection[0]?.ref;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Settles when it is known what opens by itself; the phase is revealed later, once its plan is there. */
  async #startOnPhase(): Promise<void> {
    const { index } = this.#services;
    const note = await noteOfWindow(this.#services);
    if (note === undefined) return;
    // A window that a phase was only added to is about more than that phase.
    if (note.folder.index === 0) this.#provider.startOn(note);
    void index.whenFirstScanned().then(() => {
      const ref = phaseOfNote(index, note);
      if (ref !== undefined) void this.show(ref, { expand: true });
    });
  }

  async #followSelection(): Promise<void> {
    const { current } = this.#services.selection;
    if (current !== undefined && followsCursor()) await this.show(current);
  }

  async #showWaiting(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting === undefined || !this.#view.visible) return;
    const element = this.#provider.find(waiting.ref);
    if (element === undefined) return;
    this.#waiting = undefined;
    if (sameRef(this.selected, waiting.ref) && !waiting.expand) return;
    try {
      await this.#view.reveal(element, { select: true, focus: false, expand: waiting.expand });
    } catch (error) {
      // The row went while the editor looked for it.
      this.#services.log.debug(`${waiting.ref.id} was not revealed`, error);
    }
  }

  #group(grouping: Grouping): void {
    void this.#services.context.workspaceState.update(groupingMemory, grouping);
    this.#provider.setOptions({ ...this.#provider.options, grouping });
    this.#tellOptions();
  }

  #askForFilter(): void {
    askForFilter(this.#provider.options.filter, (filter) => this.#filter(filter));
  }

  #filter(filter: Filter | undefined): void {
    this.#provider.setOptions({ ...this.#provider.options, filter });
    this.#tellOptions();
  }

  #tellOptions(): void {
    const { grouping, filter } = this.#provider.options;
    setContext('phasewise.grouping', grouping);
    setContext('phasewise.filtered', filter !== undefined);
    this.#tellFilter();
  }

  #tellFilter(): void {
    const { filter } = this.#provider.options;
    // A message keeps the welcome away, so there is none when nothing is left to show.
    this.#view.message =
      filter === undefined || this.#provider.getChildren().length === 0
        ? undefined
        : vscode.l10n.t('Filtered: {0}', filterText(filter));
  }
}

/** The same rows, which do not come before `known` has settled. */
function waitingFor(known: Promise<unknown>, provider: PlansProvider): vscode.TreeDataProvider<PlanElement> {
  return {
    onDidChangeTreeData: provider.onDidChangeTreeData,
    getChildren: (element) => known.then(() => provider.getChildren(element)),
    getParent: (element) => provider.getParent(element),
    getTreeItem: (element) => provider.getTreeItem(element),
    resolveTreeItem: (item, element) => provider.resolveTreeItem(item, element),
  };
}

function followsCursor(): boolean {
  return vscode.workspace.getConfiguration('phasewise').get<boolean>('followCursor', false);
}

function rememberedGrouping({ context }: Services): Grouping {
  const remembered = context.workspaceState.get<unknown>(groupingMemory);
  return groupings.find((grouping) => grouping === remembered) ?? 'phase';
}
