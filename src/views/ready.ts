import * as vscode from 'vscode';
import type { Bead, Gate } from '../core/model';
import type { PlanSnapshot, ReadyItem } from '../core/snapshot';
import { refTo, type ThingRef } from '../core/thingRef';
import { iconOf, themeIcon } from '../planIcons';
import { joined, kindWord, labelOf, stateWordOf } from '../planWords';
import type { Services } from '../services';
import { openCommand, sourceOf } from '../sourcePlace';
import { thingTooltip } from '../thingTooltip';
import { contextValue } from './contextValue';
import { countNext, upNext } from './readyOrder';

/** Nobody chooses among more; what is left out stands in the Plans view. */
const mostRows = 200;

/** A row of the Ready view; menus hand it to commands, which read `ref`. */
interface ReadyElement {
  readonly id: string;
  readonly ref: ThingRef;
  readonly snapshot: PlanSnapshot;
  readonly thing: Bead | Gate;
  readonly item: ReadyItem;
}

/** What can be worked on or decided now, in all plans, most useful first. */
export class ReadyView implements vscode.Disposable {
  readonly #services: Services;
  readonly #provider: ReadyProvider;
  readonly #view: vscode.TreeView<ReadyElement>;
  readonly #disposables: vscode.Disposable[];

  constructor(services: Services) {
    this.#services = services;
    const { index, selection } = services;
    this.#provider = new ReadyProvider(services, (count) => this.#tellCount(count));
    this.#view = vscode.window.createTreeView('phasewise.ready', { treeDataProvider: this.#provider });
    this.#disposables = [
      this.#provider,
      this.#view,
      index.onDidChange(() => this.#provider.update()),
      this.#view.onDidChangeSelection(({ selection: [element] }) => {
        if (element !== undefined) selection.set(element.ref, 'tree');
      }),
    ];
  }

  /** Opens the view, with the first row selected and the focus in it. */
  async focus(): Promise<void> {
    await vscode.commands.executeCommand('phasewise.ready.focus');
    const [first] = await this.#provider.getChildren();
    if (first === undefined || this.#view.selection.length > 0) return;
    try {
      await this.#view.reveal(first, { select: true, focus: true });
    } catch (error) {
      this.#services.log.debug('The first ready row was not revealed', error);
    }
  }

  get selected(): ThingRef | undefined {
    return this.#view.selection[0]?.ref;
  }

  #tellCount(count: number): void {
    this.#view.message =
      count > mostRows ? vscode.l10n.t('The first {0} of {1} that are ready', mostRows, count) : undefined;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

class ReadyProvider implements vscode.TreeDataProvider<ReadyElement>, vscode.Disposable {
  readonly #services: Services;
  readonly #tellCount: (count: number) => void;
  readonly #changed = new vscode.EventEmitter<undefined>();
  /** The rows as the editor was last told of them; undefined while it has not asked. */
  #told: string | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param tellCount hears how many are ready whenever the rows are drawn: at most `mostRows` of them are. */
  constructor(services: Services, tellCount: (count: number) => void) {
    this.#services = services;
    this.#tellCount = tellCount;
  }

  update(): void {
    if (this.#told !== undefined && this.#told !== this.#look(this.#elements())) this.#changed.fire(undefined);
  }

  /** Not before all plans are found: what the editor hears right after its first rows, it can miss. */
  async getChildren(element?: ReadyElement): Promise<ReadyElement[]> {
    if (element !== undefined) return [];
    await this.#services.index.whenFirstScanned();
    const elements = this.#elements();
    this.#told = this.#look(elements);
    this.#tellCount(countNext(this.#services.index.plans()));
    return elements;
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(element: ReadyElement): vscode.TreeItem {
    const { snapshot, thing } = element;
    const item = new vscode.TreeItem(labelOf(thing));
    const reason = joined(this.#reasons(element));
    item.id = element.id;
    item.description = reason;
    item.iconPath = themeIcon(iconOf(snapshot, thing));
    const state = thing.kind === 'bead' ? snapshot.schedule.beadState(thing.id) : snapshot.schedule.gateState(thing.id);
    item.contextValue = contextValue(thing, state);
    item.accessibilityInformation = { label: this.#spoken(element) };
    const place = sourceOf(this.#services.index, thing.head);
    if (place !== undefined) item.command = openCommand(place);
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, { snapshot, thing }: ReadyElement): vscode.TreeItem {
    item.tooltip = thingTooltip(snapshot, thing);
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #elements(): ReadyElement[] {
    const seen = new Map<string, number>();
    return upNext(this.#services.index.plans(), mostRows).map(({ snapshot, item }) => {
      const thing = item.kind === 'bead' ? item.bead : item.gate;
      const ref = refTo(snapshot.plan, thing);
      const path = `${ref.plan} ${ref.kind} ${ref.id}`;
      const times = (seen.get(path) ?? 0) + 1;
      seen.set(path, times);
      return { id: times === 1 ? path : `${path} #${times}`, ref, snapshot, thing, item };
    });
  }

  /** Why it is next: what it is worth, and in which plan where there are several. */
  #reasons({ snapshot, thing, item }: ReadyElement): readonly string[] {
    const first =
      thing.kind === 'gate'
        ? stateWordOf(snapshot, thing).toLocaleLowerCase()
        : thing.priority === undefined
          ? ''
          : `P${thing.priority.value}`;
    const unblocks = item.unblocks === 0 ? '' : vscode.l10n.t('unblocks {0}', item.unblocks);
    const plan = this.#services.index.plans().length > 1 ? shortName(snapshot) : '';
    return [first, unblocks, plan];
  }

  #spoken(element: ReadyElement): string {
    const { thing } = element;
    const [first, ...others] = this.#reasons(element);
    const priority =
      thing.kind === 'bead' && thing.priority !== undefined
        ? vscode.l10n.t('priority {0}', thing.priority.value)
        : first;
    return joined([labelOf(thing), kindWord(thing.kind), priority, ...others], ', ');
  }

  #look(elements: readonly ReadyElement[]): string {
    return JSON.stringify(
      elements.map((element) => {
        const place = sourceOf(this.#services.index, element.thing.head);
        return [element.id, labelOf(element.thing), this.#reasons(element), place?.position.line];
      }),
    );
  }
}

/** Plans are told apart here, not read about: an id that somebody chose for it is enough. */
function shortName({ plan }: PlanSnapshot): string {
  return plan.head.planId === undefined ? plan.title : plan.id;
}
