import type { FlowNode } from '../src/core/flowchart/flowchart';
import type { GraphView, NodeThing, PageStrings, ShowChart, ToPage } from '../src/protocol';
import { buildControls, type Controls } from './controls';
import { DetailsCard } from './details';
import type { Diagrams } from './diagram';
import { buildPage, type Parts } from './dom';
import { pngOf, standaloneSvg } from './exportPicture';
import { type DrawnPicture, type KeptState, keep, post } from './host';
import { handleKey } from './keyboard';
import { type Direction, firstShape, lastShape, neighbour } from './navigation';
import { PanZoom, type Viewport } from './panZoom';
import { Picture, type Shape } from './picture';
import { SourceSheet } from './sourceSheet';
import { fill } from './strings';
import { fontInUse } from './theme';

/** Below this zoom labels cannot be read: a picture that only fits so small opens on the work at hand instead. */
const SMALLEST_READABLE = 0.75;
const OPENING_ZOOM = 0.85;
/** More nodes than this take a moment to draw: the page says so first. */
const LARGE = 150;
/** Where there is a choice, a large picture opens on the first node in one of these states. */
const AT_HAND: readonly FlowNode['state'][] = ['in_progress', 'due', 'ready'];

/** A thing, and where on the page it was. */
interface Anchor {
  readonly thing: NodeThing;
  readonly at: DOMRect;
}

/** The page: one picture, what stands around it, and what the user and the extension do with it. */
export class GraphPage {
  readonly #strings: PageStrings;
  readonly #parts: Parts;
  readonly #panZoom: PanZoom;
  readonly #controls: Controls;
  readonly #details: DetailsCard;
  readonly #source: SourceSheet;
  #diagrams: Promise<Diagrams> | undefined;
  #chart: ShowChart | undefined;
  #drawn: DrawnPicture | undefined;
  #picture: Picture | undefined;
  /** The view that the standing picture shows. */
  #pictured = '';
  #selected: NodeThing | undefined;
  /** Asked for before there was a picture. */
  #awaitedExport: 'svg' | 'png' | undefined;

  constructor(strings: PageStrings) {
    this.#strings = strings;
    this.#parts = buildPage(strings);
    const { toolbar, canvas, stage, details, source } = this.#parts;
    this.#panZoom = new PanZoom(canvas, stage, () => this.#moved());
    this.#details = new DetailsCard(details, strings, {
      openSource: () => this.#open(this.#selected),
      close: () => this.#closeDetails(),
    });
    this.#source = new SourceSheet(source, strings, {
      copy: () => post({ type: 'copy' }),
      close: () => this.#toggleSource(),
    });
    this.#controls = buildControls(toolbar, strings, {
      setView: (view) => this.#setView(view),
      zoomBy: (factor) => this.#panZoom.zoomBy(factor),
      actualSize: () => this.#panZoom.zoomTo(1),
      fit: () => this.#panZoom.fit(),
      toggleSource: () => this.#toggleSource(),
      copy: () => post({ type: 'copy' }),
      save: (format) => (format === 'mmd' ? post({ type: 'saveSource' }) : void this.#save(format)),
    });
    this.#listen();
  }

  /** Shows what stood here in the page's last life, until the extension sends what stands now. */
  restore(kept: KeptState | undefined): void {
    if (kept?.drawn === undefined || kept.drawn.font !== fontInUse()) return;
    this.#selected = kept.selected;
    this.#put(kept.drawn, kept.plan);
    this.#pictured = viewKey(kept.plan, kept.view);
    if (kept.viewport !== undefined) this.#panZoom.moveTo(kept.viewport);
  }

  /** mermaid is most of the page's code: it is loaded while the extension prepares the chart. */
  warmUp(): void {
    void this.#loadDiagrams().then((diagrams) => diagrams.warmUp());
  }

  handle(message: ToPage): void {
    switch (message.type) {
      case 'chart':
        this.#show(message);
        break;
      case 'states':
        this.#announce(this.#picture?.update(message.nodes, message.edges) ?? []);
        if (this.#chart !== undefined) this.#chart = { ...this.#chart, nodes: message.nodes, edges: message.edges };
        break;
      case 'select':
        this.#select(message.thing);
        this.#reveal(this.#picture?.shapeOf(message.thing));
        break;
      case 'details': {
        const shape = this.#picture?.shapeOf(message.thing);
        if (shape !== undefined && this.#details.isOpen && isSame(message.thing, this.#selected)) {
          this.#details.show(shape, message.details);
        }
        break;
      }
      case 'source':
        this.#source.show(message.text);
        break;
      case 'export':
        void this.#save(message.format);
        break;
      case 'gone':
        this.#notify(this.#strings.gone);
        break;
    }
  }

  /** Nodes are as wide as their text: another font is another picture. */
  fontChanged(): void {
    if (this.#chart !== undefined) void this.#draw(this.#chart);
  }

  // ── the picture ───────────────────────────────────────────────────────────────────────────────────────────────────

  #show(chart: ShowChart): void {
    const isNewView =
      this.#chart !== undefined && viewKey(this.#chart.plan, this.#chart.view) !== viewKey(chart.plan, chart.view);
    this.#chart = chart;
    this.#controls.update(chart);
    const title = fill(this.#strings.graph, chart.title);
    document.title = title;
    this.#parts.canvas.setAttribute('aria-label', title);
    if (isNewView) this.#closeDetails();
    if (this.#source.isOpen) post({ type: 'source' });
    if (this.#drawn?.text === chart.text && this.#drawn.font === fontInUse()) {
      this.#picture?.update(chart.nodes, chart.edges);
      this.#notify(undefined);
      this.#keep();
    } else void this.#draw(chart);
  }

  async #draw(chart: ShowChart): Promise<void> {
    const font = fontInUse();
    if (this.#picture === undefined || chart.nodes.length > LARGE) {
      this.#notify(this.#strings.drawing);
      await painted();
    }
    try {
      const diagrams = await this.#loadDiagrams();
      const svg = chart.nodes.length === 0 ? '' : await diagrams.draw(chart.text);
      const now = this.#chart;
      // What was asked for meanwhile is on its way. A picture of another view would only flash up.
      if (svg === undefined || now === undefined || viewKey(now.plan, now.view) !== viewKey(chart.plan, chart.view))
        return;
      this.#replace({ text: chart.text, font, svg, nodes: chart.nodes, edges: chart.edges }, chart);
      this.#notify(chart.nodes.length === 0 ? this.#strings.empty : undefined);
      performance.mark('phasewise-drawn');
      if (this.#awaitedExport !== undefined) void this.#save(this.#awaitedExport);
      this.#awaitedExport = undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#notify(fill(this.#strings.failed, reason));
      post({ type: 'problem', message: `mermaid: ${reason}` });
    }
  }

  #loadDiagrams(): Promise<Diagrams> {
    this.#diagrams ??= import('./diagram').then((module) => new module.Diagrams(this.#parts.workshop));
    return this.#diagrams;
  }

  /** Puts a new picture in the place of the standing one, and keeps the eye's place where it can. */
  #replace(drawn: DrawnPicture, chart: ShowChart): void {
    const key = viewKey(chart.plan, chart.view);
    const anchor = this.#pictured === key ? this.#anchor() : undefined;
    const viewport = this.#panZoom.viewport;
    this.#put(drawn, chart.plan);
    // A state may have changed while the picture was being drawn.
    if (this.#chart?.text === drawn.text) this.#picture?.update(this.#chart.nodes, this.#chart.edges);
    const isSameView = this.#pictured === key;
    this.#pictured = key;
    if (isSameView) this.#panZoom.moveTo(this.#keptPlace(viewport, anchor));
    else this.#openingView();
    this.#keep();
  }

  #put(drawn: DrawnPicture, plan: string): void {
    const { stage } = this.#parts;
    // A new picture stands in its colours at once; only later changes of state fade.
    stage.classList.add('still');
    requestAnimationFrame(() => requestAnimationFrame(() => stage.classList.remove('still')));
    if (typeof drawn.svg === 'string') stage.innerHTML = drawn.svg;
    else stage.replaceChildren(drawn.svg);
    const svg = stage.querySelector('svg');
    this.#drawn = drawn;
    this.#picture = svg === null ? undefined : new Picture(svg, plan, this.#strings);
    if (svg === null) return;
    const { width, height } = svg.viewBox.baseVal;
    svg.setAttribute('width', String(width));
    svg.setAttribute('height', String(height));
    svg.setAttribute('role', 'group');
    svg.removeAttribute('aria-roledescription');
    this.#panZoom.setSize({ width, height });
    this.#picture?.update(drawn.nodes, drawn.edges);
    this.#select(this.#selected);
  }

  #openingView(): void {
    if (this.#panZoom.fittingZoom() >= SMALLEST_READABLE) {
      this.#panZoom.fit();
      return;
    }
    const across = this.#panZoom.fittingZoomAcross(this.#chart?.view.direction === 'LR' ? 'height' : 'width');
    const zoom = Math.min(Math.max(across, SMALLEST_READABLE), OPENING_ZOOM);
    this.#panZoom.moveTo({ x: 0, y: 0, zoom });
    const first = this.#picture && placeToStart(this.#picture, this.#picture.shapeOf(this.#selected));
    if (first !== undefined) this.#panZoom.centre(first.element.getBoundingClientRect());
  }

  /** The node that should not move under the user's eyes: the selected one, else the one nearest to the middle. */
  #anchor(): Anchor | undefined {
    const canvas = this.#parts.canvas.getBoundingClientRect();
    const selected = this.#picture?.shapeOf(this.#selected);
    const shapes = selected === undefined ? (this.#picture?.shapes ?? []) : [selected];
    let best: (Anchor & { readonly distance: number }) | undefined;
    for (const { node, element } of shapes) {
      const thing = thingOf(node);
      if (thing === undefined || node.form === 'group') continue;
      const at = element.getBoundingClientRect();
      const distance = Math.hypot(
        at.x + at.width / 2 - canvas.x - canvas.width / 2,
        at.y + at.height / 2 - canvas.y - canvas.height / 2,
      );
      if (best === undefined || distance < best.distance) best = { thing, at, distance };
    }
    return best;
  }

  #keptPlace(viewport: Viewport, anchor: Anchor | undefined): Viewport {
    this.#panZoom.moveTo(viewport);
    const shape = this.#picture?.shapeOf(anchor?.thing);
    if (anchor === undefined || shape === undefined) return viewport;
    const now = shape.element.getBoundingClientRect();
    const placed = this.#panZoom.viewport;
    return { ...placed, x: placed.x + anchor.at.x - now.x, y: placed.y + anchor.at.y - now.y };
  }

  // ── the user ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #listen(): void {
    const { canvas } = this.#parts;
    canvas.addEventListener('click', (event) => {
      const shape = this.#picture?.shapeAt(event.target);
      if (shape === undefined) this.#leave();
      else this.#choose(shape);
    });
    canvas.addEventListener('dblclick', (event) => {
      const shape = this.#picture?.shapeAt(event.target);
      if (shape !== undefined) this.#open(thingOf(shape.node));
    });
    canvas.addEventListener('contextmenu', (event) => {
      const shape = this.#picture?.shapeAt(event.target);
      if (shape !== undefined) this.#selectHere(shape);
    });
    canvas.addEventListener('focusin', (event) => {
      const shape = this.#picture?.shapeAt(event.target);
      if (shape === undefined) return;
      this.#tabStop(shape);
      if (shape.element.matches(':focus-visible')) this.#reveal(shape);
    });
    canvas.addEventListener('keydown', (event) =>
      handleKey(event, {
        move: (direction) => this.#move(direction),
        first: () => this.#focus(this.#picture && firstShape(this.#picture)),
        last: () => this.#focus(this.#picture && lastShape(this.#picture)),
        open: () => this.#enter(),
        choose: () => this.#withFocused((shape) => this.#choose(shape)),
        leave: () => this.#leave(),
        find: () => post({ type: 'find' }),
        zoomBy: (factor) => this.#panZoom.zoomBy(factor),
        actualSize: () => this.#panZoom.zoomTo(1),
      }),
    );
    window.addEventListener('resize', () => this.#details.place());
  }

  /** A click or the space bar: a phase of the overview opens, anything else is selected and tells about itself. */
  #choose(shape: Shape): void {
    const { node } = shape;
    const view = this.#chart?.view;
    if (view?.level === 'overview' && (node.kind === 'phase' || node.kind === 'rest')) {
      this.#setView({ ...view, level: 'beads', phase: node.thing });
      return;
    }
    this.#selectHere(shape);
    this.#details.show(shape, undefined);
    const thing = thingOf(node);
    if (thing !== undefined) post({ type: 'peek', thing });
  }

  #enter(): void {
    this.#withFocused((shape) => {
      if (shape.node.kind === 'rest') this.#choose(shape);
      else this.#open(thingOf(shape.node));
    });
  }

  #leave(): void {
    if (this.#details.isOpen) this.#closeDetails();
    else if (this.#selected !== undefined) {
      this.#select(undefined);
      post({ type: 'select' });
    }
  }

  #selectHere(shape: Shape): void {
    const thing = thingOf(shape.node);
    this.#focus(shape);
    if (isSame(thing, this.#selected)) return;
    this.#select(thing);
    this.#closeDetails();
    post({ type: 'select', ...(thing && { thing }) });
  }

  #select(thing: NodeThing | undefined): void {
    if (!isSame(thing, this.#selected)) this.#details.hide();
    this.#selected = thing;
    const shape = this.#picture?.shapeOf(thing);
    this.#picture?.select(shape?.node.id);
    const stop = shape ?? (this.#picture && firstShape(this.#picture));
    if (stop !== undefined) this.#tabStop(stop);
    this.#keep();
  }

  #open(thing: NodeThing | undefined): void {
    if (thing !== undefined) post({ type: 'open', thing });
  }

  #closeDetails(): void {
    const hadFocus = this.#parts.details.contains(document.activeElement);
    this.#details.hide();
    if (hadFocus) this.#focus(this.#picture?.shapeOf(this.#selected));
  }

  #toggleSource(): void {
    const isOpen = !this.#source.isOpen;
    this.#source.toggle(isOpen);
    this.#controls.showSource(isOpen);
    if (isOpen) post({ type: 'source' });
  }

  #setView(view: GraphView): void {
    post({ type: 'view', view });
  }

  async #save(format: 'svg' | 'png'): Promise<void> {
    const picture = this.#picture;
    if (picture === undefined) {
      this.#awaitedExport = format;
      return;
    }
    try {
      // Styles are read off the picture: not while they are on their way to something else.
      this.#parts.stage.classList.add('still');
      picture.select(undefined);
      const svg = standaloneSvg(picture.svg);
      picture.select(picture.shapeOf(this.#selected)?.node.id);
      this.#parts.stage.classList.remove('still');
      post({ type: 'save', format, data: format === 'svg' ? svg : await pngOf(svg, 2) });
    } catch (error) {
      post({ type: 'problem', message: `export: ${error instanceof Error ? error.message : String(error)}` });
    }
  }

  // ── focus, moving, telling ────────────────────────────────────────────────────────────────────────────────────────

  #focused(): Shape | undefined {
    return this.#picture?.shapeAt(document.activeElement);
  }

  #withFocused(run: (shape: Shape) => void): void {
    const shape = this.#focused();
    if (shape !== undefined) run(shape);
  }

  #move(direction: Direction): void {
    const picture = this.#picture;
    const from = this.#focused();
    if (picture === undefined) return;
    this.#focus(from === undefined ? firstShape(picture) : neighbour(picture, from, direction));
  }

  #focus(shape: Shape | undefined): void {
    shape?.element.focus({ preventScroll: true });
  }

  /** Tab leads to one node; from there arrow keys go on. */
  #tabStop(shape: Shape): void {
    for (const { element } of this.#picture?.shapes ?? []) {
      element.setAttribute('tabindex', element === shape.element ? '0' : '-1');
    }
  }

  #reveal(shape: Shape | undefined): void {
    if (shape === undefined) return;
    const part = shape.node.form === 'group' ? shape.element.querySelector('.cluster-label') : null;
    this.#panZoom.reveal((part ?? shape.element).getBoundingClientRect());
  }

  #moved(): void {
    this.#controls.showZoom(this.#panZoom.viewport.zoom);
    this.#details.place();
    this.#keep();
  }

  #announce(changed: readonly FlowNode[]): void {
    const [first] = changed;
    if (first === undefined) return;
    const text =
      changed.length === 1
        ? fill(this.#strings.changed, first.name || first.title, this.#strings.states[first.state])
        : fill(this.#strings.changedMany, changed.length);
    this.#parts.announcer.textContent = text;
  }

  #notify(text: string | undefined): void {
    const { notice } = this.#parts;
    notice.hidden = text === undefined;
    notice.textContent = text ?? '';
  }

  #keep(): void {
    const chart = this.#chart;
    if (chart === undefined) return;
    keep({
      plan: chart.plan,
      view: chart.view,
      viewport: this.#panZoom.viewport,
      ...(this.#selected && { selected: this.#selected }),
      ...(this.#drawn && { drawn: this.#drawn }),
    });
  }
}

/** The selected node, or the work at hand in the selected box or the whole picture. */
function placeToStart(picture: Picture, selected: Shape | undefined): Shape | undefined {
  if (selected !== undefined && selected.node.form !== 'group') return selected;
  const isInside = ({ node }: Shape): boolean => {
    if (selected === undefined || node.parent === selected.node.id) return true;
    const box = picture.shape(node.parent);
    return box !== undefined && isInside(box);
  };
  const nodes = picture.shapes.filter((shape) => shape.node.form !== 'group' && isInside(shape));
  const atHand = AT_HAND.flatMap((state) => nodes.filter(({ node }) => node.state === state));
  return atHand[0] ?? selected ?? firstShape(picture);
}

function painted(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

function viewKey(plan: string, { level, phase, direction }: GraphView): string {
  return JSON.stringify([plan, level, phase, direction]);
}

function thingOf({ kind, thing }: FlowNode): NodeThing | undefined {
  return kind === 'rest' ? undefined : { kind, id: thing };
}

function isSame(a: NodeThing | undefined, b: NodeThing | undefined): boolean {
  return a?.kind === b?.kind && a?.id === b?.id;
}
