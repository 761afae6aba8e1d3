import * as vscode from 'vscode';
import type { PlanSnapshot } from '../../core/snapshot';
import type { ThingRef } from '../../core/thingRef';
import type { CurrentUser } from '../../currentUser';
import { literal, prose } from '../../markdownText';
import type { PhaseDecorations } from '../../phaseDecorations';
import { themeIcon } from '../../planIcons';
import type { PlanIndex, PlansChange } from '../../planIndex';
import type { Services } from '../../services';
import { openCommand, sourceOf } from '../../sourcePlace';
import { problemsOf, thingUri } from '../../thingProblems';
import { addProblems, planTooltip, thingTooltip } from '../../thingTooltip';
import type { PhaseNote } from '../phaseWindow';
import { planNode } from './build';
import { PlanElement, placeText } from './element';
import { type PlanNode, refOfNode, type TreeOptions, thingOfNode, wayTo } from './nodes';
import { placeInSource, type Row, rowOf } from './rows';

/** Rows that only moved in their file are told to the editor when edits have paused this long, in milliseconds. */
const movedDelay = 700;

type PlansServices = Pick<Services, 'index' | 'phaseDecorations' | 'user'>;

export class PlansProvider implements vscode.TreeDataProvider<PlanElement>, vscode.Disposable {
  readonly #index: PlanIndex;
  readonly #decorations: PhaseDecorations;
  readonly #user: CurrentUser;
  readonly #changed = new vscode.EventEmitter<readonly PlanElement[] | undefined>();
  readonly #nodes = new Map<string, PlanNode | undefined>();
  readonly #moved = new Set<PlanElement>();
  #options: TreeOptions;
  #phaseOfWindow: PhaseNote | undefined;
  #roots: readonly PlanElement[] | undefined;
  #isAsked = false;
  #movedTimer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event as vscode.Event<PlanElement[] | undefined>;

  constructor({ index, phaseDecorations, user }: PlansServices, options: TreeOptions) {
    this.#index = index;
    this.#decorations = phaseDecorations;
    this.#user = user;
    this.#options = options;
  }

  get options(): TreeOptions {
    return this.#options;
  }

  /** Draws everything again. */
  setOptions(options: TreeOptions): void {
    this.#options = options;
    this.#nodes.clear();
    this.#changed.fire(undefined);
  }

  /** In a window that was opened for a phase, only the way to that phase opens by itself. For before rows are asked for. */
  startOn(phase: PhaseNote): void {
    this.#phaseOfWindow = phase;
  }

  /** Draws again what looks different, and nothing else. */
  update({ changed, removed }: PlansChange): void {
    for (const key of [...removed, ...changed.map(({ plan }) => plan.key)]) this.#nodes.delete(key);
    this.#refresh();
  }

  /** What stands on rows beside the plan's own words has changed. */
  notesChanged(): void {
    this.#refresh();
  }

  getChildren(element?: PlanElement): PlanElement[] {
    this.#isAsked = true;
    return [...(element === undefined ? this.#currentRoots() : element.children())];
  }

  getParent(element: PlanElement): PlanElement | undefined {
    return element.parent;
  }

  getTreeItem(element: PlanElement): vscode.TreeItem {
    const { node } = element;
    const row = this.#row(node);
    element.told = { look: lookOf(row, node), place: placeText(this.#index, node) };

    const item = new vscode.TreeItem(row.label, this.#collapsibleState(node, row));
    item.id = element.id;
    if (row.description !== '') item.description = row.description;
    item.iconPath = themeIcon(row.icon);
    item.contextValue = row.contextValue;
    item.accessibilityInformation = { label: row.spoken() };
    if (element.ref !== undefined) item.resourceUri = thingUri(element.ref);
    const place = sourceOf(this.#index, placeInSource(node));
    if (place !== undefined) item.command = openCommand(place);
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, element: PlanElement): vscode.TreeItem {
    const tooltip = this.#tooltip(element.node);
    item.tooltip = tooltip;
    if (element.told !== undefined) element.told.tooltip = tooltip?.value;
    return item;
  }

  /** The row of a thing; undefined when it is not in the plans, or filtered out. */
  find(ref: ThingRef): PlanElement | undefined {
    const root = this.#currentRoots().find(({ node }) => node.snapshot.plan.key === ref.plan);
    const way = root && wayTo(root.node, ref);
    if (way === undefined) return undefined;
    let at = root;
    for (const { id } of way.slice(1)) at = at?.children().find((child) => child.id === id);
    return at;
  }

  dispose(): void {
    clearTimeout(this.#movedTimer);
    this.#changed.dispose();
  }

  #row(node: PlanNode): Row {
    const { what, snapshot } = node;
    const decoration = what.type === 'phase' ? this.#decorations.describe(snapshot.plan.key, what.phase.id) : undefined;
    const isInHand = what.type === 'bead' && this.#user.beadsInHand(snapshot).includes(what.bead);
    return rowOf(node, { decoration, isInHand });
  }

  /** A row that is new opens by itself; after that it is as the user left it. */
  #collapsibleState(node: PlanNode, row: Row): vscode.TreeItemCollapsibleState {
    if (node.children().length === 0) return vscode.TreeItemCollapsibleState.None;
    const isFiltered = this.#options.filter !== undefined;
    const opens = isFiltered ? row.expanded || leadsOn(node) : this.#opensByItself(node, row);
    return opens ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  }

  #opensByItself({ what, snapshot: { plan } }: PlanNode, row: Row): boolean {
    const start = this.#phaseOfWindow;
    if (start === undefined || (what.type !== 'plan' && what.type !== 'phase')) return row.expanded;
    const phase = plan.id === start.plan ? plan.find(start.phase, 'phase') : undefined;
    return phase !== undefined && (what.type === 'plan' || what.phase === phase);
  }

  #tooltip(node: PlanNode): vscode.MarkdownString | undefined {
    const text = this.#tooltipOf(node);
    const ref = refOfNode(node);
    if (text !== undefined && ref !== undefined) addProblems(text, problemsOf(this.#index, ref));
    return text;
  }

  #tooltipOf({ snapshot, what }: PlanNode): vscode.MarkdownString | undefined {
    const thing = thingOfNode(what);
    if (thing !== undefined) {
      const text = thingTooltip(snapshot, thing);
      const decoration = thing.kind === 'phase' ? this.#decorations.describe(snapshot.plan.key, thing.id) : undefined;
      if (decoration?.tooltip !== undefined) text.appendMarkdown(`\n\n${literal(decoration.tooltip)}`);
      return text;
    }
    switch (what.type) {
      case 'plan':
        return planTooltip(snapshot);
      case 'step':
        return new vscode.MarkdownString(prose(what.step.text.value));
      case 'recovery':
        return new vscode.MarkdownString(prose(what.text.value));
      case 'insight':
        return new vscode.MarkdownString(prose(what.insight.text));
      default:
        return undefined;
    }
  }

  // What changed

  #currentRoots(): readonly PlanElement[] {
    const before = new Map(this.#roots?.map((root) => [root.id, root]));
    this.#roots = this.#index.plans().flatMap((snapshot) => {
      const node = this.#nodeOf(snapshot);
      if (node === undefined) return [];
      const root = before.get(node.id);
      if (root === undefined) return [new PlanElement(node)];
      root.node = node;
      return [root];
    });
    return this.#roots;
  }

  #nodeOf(snapshot: PlanSnapshot): PlanNode | undefined {
    const { key } = snapshot.plan;
    if (!this.#nodes.has(key)) this.#nodes.set(key, planNode(snapshot, this.#options));
    return this.#nodes.get(key);
  }

  #refresh(): void {
    const before = this.#roots;
    const roots = this.#currentRoots();
    // What it hears while it waits for its first rows, the editor forgets, and the rows with it.
    if (!this.#isAsked) return;
    if (before === undefined || !sameIds(before, roots)) {
      this.#changed.fire(undefined);
      return;
    }
    const different: PlanElement[] = [];
    for (const root of roots) this.#compare(root, different);
    if (different.length > 0) this.#changed.fire(different);
    if (this.#moved.size > 0) this.#tellMovedLater();
  }

  /** Collects the rows to draw again; the editor draws what is below such a row again by itself. */
  #compare(element: PlanElement, different: PlanElement[]): void {
    const { told, node, knownChildren } = element;
    if (told === undefined) return;
    const isStale = told.tooltip !== undefined && told.tooltip !== this.#tooltip(node)?.value;
    if (isStale || told.look !== lookOf(this.#row(node), node)) {
      different.push(element);
      return;
    }
    if (told.place !== placeText(this.#index, node)) this.#moved.add(element);
    if (knownChildren === undefined) return;
    const children = element.children();
    if (!sameIds(knownChildren, children)) different.push(element);
    else for (const child of children) this.#compare(child, different);
  }

  #tellMovedLater(): void {
    clearTimeout(this.#movedTimer);
    this.#movedTimer = setTimeout(() => {
      const moved = [...this.#moved].filter(({ told, node }) => told?.place !== placeText(this.#index, node));
      this.#moved.clear();
      if (moved.length > 0) this.#changed.fire(moved);
    }, movedDelay);
  }
}

function lookOf({ label, description, icon, contextValue }: Row, node: PlanNode): string {
  const arrow = node.children().length > 0 ? '>' : '';
  return [label, description, icon.id, icon.color, contextValue, arrow].join('\n');
}

/** Whether beads or gates that the filter left can be below. */
function leadsOn({ what, snapshot }: PlanNode): boolean {
  if (what.type === 'bead') return snapshot.plan.childrenOf(what.bead.id).length > 0;
  return what.type !== 'scenario';
}

function sameIds(a: readonly PlanElement[], b: readonly PlanElement[]): boolean {
  return a.length === b.length && a.every(({ id }, i) => id === b[i]?.id);
}
