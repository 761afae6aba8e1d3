import * as vscode from 'vscode';
import { refOf } from '../commands';
import type { FlowLevel } from '../core/flowchart/levels';
import type { Plan } from '../core/model';
import { refTo, type ThingRef } from '../core/thingRef';
import { pickThing } from '../pick';
import { type GraphView, isPageState, type NodeThing, type PageState } from '../protocol';
import type { Services } from '../services';
import { openingView, type ViewHabits } from './chart';
import { GraphPanel, panelTitle } from './panel';
import { VIEW_TYPE } from './viewType';

const HABITS = 'phasewise.graph.habits';

const KINDS = ['bead', 'gate', 'phase'] as const;

type NodeRef = ThingRef & NodeThing;

function nodeRef(ref: ThingRef | undefined): NodeRef | undefined {
  return ref !== undefined && (KINDS as readonly string[]).includes(ref.kind) ? (ref as NodeRef) : undefined;
}

/** The graph panels: one for each plan. */
export class GraphPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #services: Services;
  readonly #panels = new Set<GraphPanel>();

  readonly #listening: vscode.Disposable;

  constructor(services: Services) {
    this.#services = services;
    this.#listening = vscode.Disposable.from(
      services.index.onDidChange(({ changed, removed }) => {
        const news = new Set([...changed.map(({ plan }) => plan.key), ...removed]);
        for (const panel of this.#panels) if (news.has(panel.plan)) panel.update();
      }),
      services.user.onDidChange(() => {
        for (const panel of this.#panels) panel.update();
      }),
    );
  }

  /** Opens the graph of a plan, or of a phase alone; of any other thing, its plan's graph with the thing selected. */
  async show(target: unknown): Promise<GraphPanel | undefined> {
    const ref = refOf(target) ?? (await this.#askForPlan(target));
    const snapshot = ref && this.#services.index.planByKey(ref.plan);
    if (ref === undefined || snapshot === undefined) return undefined;
    const phase = ref.kind === 'phase' ? ref.id : undefined;
    const view = openingView(snapshot.plan, this.#habits(), phase);
    const known = this.#of(ref.plan);
    if (known !== undefined) known.show(phase === undefined ? undefined : view);
    const panel = known ?? this.#open(snapshot.plan, view);
    if (ref.kind !== 'plan') {
      this.#services.selection.set(ref, 'graph');
      panel.select(ref);
    }
    return panel;
  }

  /** Opens the graph of a plan on a level. */
  async showLevel(target: unknown, level: FlowLevel): Promise<GraphPanel | undefined> {
    const ref = refOf(target) ?? (await this.#askForPlan(target));
    const snapshot = ref && this.#services.index.planByKey(ref.plan);
    return snapshot && this.#showView(snapshot.plan, level);
  }

  /** Opens a level about a phase, bead or gate: the one that a menu is at, that is selected, or that the user picks. */
  async showAround(target: unknown, levelOf: (thing: NodeThing) => FlowLevel): Promise<GraphPanel | undefined> {
    const { index, selection } = this.#services;
    await index.whenFirstScanned();
    const { current } = selection;
    const ref =
      nodeRef(refOf(target)) ??
      nodeRef(current) ??
      nodeRef(await pickThing(this.#services, KINDS, vscode.l10n.t('Show Graph')));
    const snapshot = ref && index.planByKey(ref.plan);
    if (ref === undefined || snapshot === undefined) return undefined;
    const { kind, id } = ref;
    const panel = this.#showView(snapshot.plan, levelOf({ kind, id }));
    selection.set(ref, 'graph');
    panel.select(ref);
    return panel;
  }

  /** The graph that a command without a target is about: the one in front, the only one, or one to be opened. */
  async current(): Promise<GraphPanel | undefined> {
    const panels = [...this.#panels];
    const [only] = panels;
    return panels.find((panel) => panel.active) ?? (panels.length === 1 ? only : this.show(undefined));
  }

  /** After a crash a tab comes back without what its page kept: then its title says which plan it showed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = isPageState(state) ? state : await this.#stateByTitle(panel.title);
    if (kept === undefined || this.#of(kept.plan) !== undefined) panel.dispose();
    else this.#adopt(panel, kept.plan, kept.view).update();
  }

  dispose(): void {
    this.#listening.dispose();
    for (const panel of this.#panels) panel.dispose();
  }

  #showView(plan: Plan, level: FlowLevel): GraphPanel {
    const view: GraphView = { ...this.#habits(), ...level };
    const known = this.#of(plan.key);
    known?.show(view);
    return known ?? this.#open(plan, view);
  }

  #of(plan: string): GraphPanel | undefined {
    return [...this.#panels].find((panel) => panel.plan === plan);
  }

  #open(plan: Plan, view: GraphView): GraphPanel {
    const column = vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
    return this.#adopt(vscode.window.createWebviewPanel(VIEW_TYPE, panelTitle(plan), column), plan.key, view);
  }

  #adopt(panel: vscode.WebviewPanel, plan: string, view: GraphView): GraphPanel {
    const graph = new GraphPanel(panel, this.#services, plan, view, (now) => this.#keepHabits(now));
    this.#panels.add(graph);
    graph.onDidDispose(() => {
      graph.dispose();
      this.#panels.delete(graph);
    });
    return graph;
  }

  /** The plan of the file that a menu or the editor is at, the only plan, or the one that the user picks. */
  async #askForPlan(target: unknown): Promise<ThingRef | undefined> {
    const { index } = this.#services;
    const uri = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
    await index.whenFirstScanned();
    const here = uri && index.planOf(uri);
    if (here !== undefined) return refTo(here.plan);
    const [only, ...others] = index.plans();
    if (only !== undefined && others.length === 0) return refTo(only.plan);
    return pickThing(this.#services, ['plan'], vscode.l10n.t('Show Graph'));
  }

  async #stateByTitle(title: string): Promise<PageState | undefined> {
    await this.#services.index.whenFirstScanned();
    const found = this.#services.index.plans().find(({ plan }) => panelTitle(plan) === title);
    return found && { plan: found.plan.key, view: openingView(found.plan, this.#habits()) };
  }

  #habits(): ViewHabits {
    const kept = this.#services.context.workspaceState.get<ViewHabits>(HABITS);
    return { direction: kept?.direction === 'LR' ? 'LR' : 'TB', hideClosed: kept?.hideClosed === true };
  }

  #keepHabits({ direction, hideClosed }: GraphView): void {
    void this.#services.context.workspaceState.update(HABITS, { direction, hideClosed });
  }
}
