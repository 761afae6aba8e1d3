import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { runCommand } from '../commands';
import { toUri } from '../convert';
import { shorten } from '../core/flowchart/text';
import type { Bead, Gate, Phase, Plan } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { type ThingRef, thingOf } from '../core/thingRef';
import { type GraphView, isToHost, type NodeThing, type ShowChart, type ToHost, type ToPage } from '../protocol';
import type { Services } from '../services';
import { chartOf, existingView, foundThings, shownThing, sourceOf } from './chart';
import { detailsOf } from './details';
import { type ExportFormat, limitWarning, saveExport } from './export';
import { pageHtml } from './page';
import { pageStrings } from './strings';

/** As long as tabs can be beside each other. */
const LONGEST_TITLE = 40;

export function panelTitle({ title }: Plan): string {
  return vscode.l10n.t('Graph: {0}', shorten(title, LONGEST_TITLE));
}

/** The graph of one plan in an editor tab. The page is gone while the tab is hidden; it asks for the chart anew. */
export class GraphPanel implements vscode.Disposable {
  readonly onDidDispose: vscode.Event<void>;
  readonly #panel: vscode.WebviewPanel;
  readonly #services: Services;
  readonly #remember: (view: GraphView) => void;
  readonly #subscriptions: vscode.Disposable[] = [];
  #plan: string;
  /** Where the plan is written. When its id is edited, what stands there now is the same plan to the user. */
  #file: string | undefined;
  #view: GraphView;
  /** What the page has been sent; undefined while it is not there to be sent anything. */
  #sent: ShowChart | 'nothing' | undefined;
  #export: 'svg' | 'png' | undefined;

  constructor(
    panel: vscode.WebviewPanel,
    services: Services,
    plan: string,
    view: GraphView,
    remember: (view: GraphView) => void,
  ) {
    this.#plan = plan;
    this.#panel = panel;
    this.#services = services;
    this.#view = view;
    this.#remember = remember;
    this.onDidDispose = panel.onDidDispose;
    const { webview } = panel;
    const { extensionUri } = services.context;
    const bundle = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [bundle, vscode.Uri.joinPath(extensionUri, 'media')] };
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'graph-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'graph-dark.svg'),
    };
    this.#subscriptions.push(
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#sent = undefined;
      }),
      services.selection.onDidChange(({ ref, source }) => {
        if (source !== 'graph') this.select(ref);
      }),
    );
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64'),
      script: webview.asWebviewUri(vscode.Uri.joinPath(bundle, 'main.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(bundle, 'style.css')).toString(),
      language: vscode.env.language,
      strings: pageStrings(),
    });
  }

  /** The plan's key. */
  get plan(): string {
    return this.#plan;
  }

  get active(): boolean {
    return this.#panel.active;
  }

  /** Brings the tab to the front, on another view if one is given. */
  show(view?: GraphView): void {
    this.#panel.reveal(undefined, false);
    if (view !== undefined) this.#setView(view);
  }

  /** Highlights a thing; without one, nothing. A thing of another plan says nothing about the nodes here. */
  select(ref: ThingRef | undefined): void {
    const plan = this.#snapshot()?.plan;
    if (this.#sent === undefined || this.#sent === 'nothing' || plan === undefined) return;
    const thing = ref === undefined ? undefined : thingOf(plan, ref);
    if (ref !== undefined && thing === undefined) return;
    const shown = thing && shownThing(this.#sent, plan, thing);
    this.#post({ type: 'select', ...(shown && { thing: shown }) });
  }

  /** To be called when the plan has changed, or is gone. */
  update(): void {
    const snapshot = this.#snapshot();
    if (snapshot !== undefined) this.#panel.title = panelTitle(snapshot.plan);
    if (this.#sent === undefined) return;
    if (snapshot === undefined) {
      this.#post({ type: 'gone' });
      this.#sent = 'nothing';
      return;
    }
    const before = this.#sent;
    const chart = chartOf(snapshot, existingView(snapshot.plan, this.#view), this.#services.user.beadsInHand(snapshot));
    this.#sent = chart;
    if (before === 'nothing' || !isSamePicture(before, chart)) this.#post(chart);
    else if (!isSame([before.nodes, before.edges], [chart.nodes, chart.edges])) {
      this.#post({ type: 'states', nodes: chart.nodes, edges: chart.edges });
    }
  }

  async copySource(): Promise<void> {
    const source = this.#source();
    if (source === undefined) return;
    await vscode.env.clipboard.writeText(source);
    const warning = limitWarning(source);
    if (warning === undefined) vscode.window.setStatusBarMessage(vscode.l10n.t('Copied the graph as Mermaid'), 3_000);
    else void vscode.window.showWarningMessage(warning);
  }

  /** Pictures come from the page, when it has drawn one. */
  async export(format: ExportFormat): Promise<void> {
    const plan = this.#snapshot()?.plan;
    const source = this.#source();
    if (plan === undefined || source === undefined) return;
    if (format === 'mmd') await saveExport(plan, format, Buffer.from(source, 'utf8'));
    else if (this.#sent === undefined) this.#export = format;
    else this.#post({ type: 'export', format });
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  #receive(message: unknown): void {
    if (isToHost(message)) void this.#handle(message);
    else this.#services.log.warn('The graph panel was sent a message that it does not know.');
  }

  async #handle(message: ToHost): Promise<void> {
    const { log, selection } = this.#services;
    switch (message.type) {
      case 'ready':
        return this.#start();
      case 'view':
        return this.#setView(message.view);
      case 'select':
        return selection.set(message.thing && this.#refTo(message.thing), 'graph');
      case 'open':
        await runCommand('phasewise.revealSource', this.#refTo(message.thing));
        return;
      case 'peek':
        return this.#peek(message.thing);
      case 'search': {
        const snapshot = this.#snapshot();
        const { query } = message;
        if (snapshot !== undefined) this.#post({ type: 'found', query, things: foundThings(snapshot, query) });
        return;
      }
      case 'source': {
        const text = this.#source();
        if (text !== undefined) this.#post({ type: 'source', text });
        return;
      }
      case 'copy':
        return this.copySource();
      case 'saveSource':
        return this.export('mmd');
      case 'save': {
        const plan = this.#snapshot()?.plan;
        const encoding = message.format === 'png' ? 'base64' : 'utf8';
        if (plan !== undefined) await saveExport(plan, message.format, Buffer.from(message.data, encoding));
        return;
      }
      case 'problem':
        log.warn(`Graph: ${message.message}`);
    }
  }

  /** The page is there and has nothing. */
  #start(): void {
    this.#sent = 'nothing';
    const { index } = this.#services;
    if (this.#snapshot() === undefined)
      void index.whenFirstScanned().then(() => this.#sent === 'nothing' && this.update());
    else this.update();
    // The page may have kept a selection of its own.
    const { current } = this.#services.selection;
    if (current !== undefined) this.select(current);
    if (this.#export !== undefined) this.#post({ type: 'export', format: this.#export });
    this.#export = undefined;
  }

  #setView(view: GraphView): void {
    this.#view = view;
    this.#remember(view);
    this.update();
  }

  #peek(thing: NodeThing): void {
    const snapshot = this.#snapshot();
    const found = snapshot && drawableThing(snapshot.plan, thing);
    if (snapshot !== undefined && found !== undefined) {
      this.#post({ type: 'details', thing, details: detailsOf(snapshot, found) });
    }
  }

  #source(): string | undefined {
    const snapshot = this.#snapshot();
    return snapshot && sourceOf(snapshot, existingView(snapshot.plan, this.#view));
  }

  #snapshot(): PlanSnapshot | undefined {
    const { index } = this.#services;
    const snapshot =
      index.planByKey(this.#plan) ?? (this.#file === undefined ? undefined : index.planOf(toUri(this.#file)));
    if (snapshot === undefined) return undefined;
    this.#plan = snapshot.plan.key;
    this.#file = snapshot.plan.files[0];
    return snapshot;
  }

  #refTo({ kind, id }: NodeThing): ThingRef {
    return { plan: this.plan, kind, id };
  }

  #post(message: ToPage): void {
    void this.#panel.webview.postMessage(message);
  }
}

function drawableThing(plan: Plan, { kind, id }: NodeThing): Phase | Bead | Gate | undefined {
  const thing = plan.find(id, kind);
  return thing?.kind === 'scenario' ? undefined : thing;
}

function isSamePicture(a: ShowChart, b: ShowChart): boolean {
  return a.text === b.text && isSame(frameOf(a), frameOf(b));
}

/** Everything but the picture. */
function frameOf({ plan, title, view, crumbs, phases, owners }: ShowChart): unknown {
  return [plan, title, view, crumbs, phases, owners];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
