import type { FlowEdge, FlowNode } from '../src/core/flowchart/flowchart';
import type { NodeThing, PageStrings, ShowChart } from '../src/protocol';
import { anchorsOf, keepPlace, openPicture } from './anchor';
import type { Parts } from './dom';
import { PictureDrawer } from './drawer';
import type { Ground } from './exportPicture';
import type { DrawnPicture, KeptState } from './host';
import type { Size } from './layout/geometry';
import { directionOf, lookKey } from './levels';
import type { LevelWalk } from './levelWalk';
import { Minimap } from './minimap';
import { animateOpening } from './motion';
import { PanZoom } from './panZoom';
import type { Picture } from './picture';
import { savePicture } from './savePicture';
import { emptinessOf } from './telling';
import { fontInUse } from './theme';
import type { Rectangle, Viewport } from './viewport';

export interface StandingHooks {
  readonly selected: () => NodeThing | undefined;
  /** Nodes are new, or others than before: what is selected is to show among them. */
  readonly renewed: (hadFocus: boolean) => void;
  readonly moved: (viewport: Viewport) => void;
  /** A picture stands at its place. */
  readonly settled: () => void;
}

/** The picture that stands in the page, from where it is looked at, and how the next one takes its place. */
export class Standing {
  readonly panZoom: PanZoom;
  readonly #strings: PageStrings;
  readonly #parts: Parts;
  readonly #walk: LevelWalk;
  readonly #hooks: StandingHooks;
  readonly #drawer: PictureDrawer;
  readonly #minimap: Minimap;
  #chart: ShowChart | undefined;
  #panel = panelSize();
  /** The view that the standing picture shows. */
  #pictured = '';
  /** Asked for before there was a picture. */
  #awaitedExport: 'svg' | 'png' | undefined;

  constructor(parts: Parts, strings: PageStrings, walk: LevelWalk, hooks: StandingHooks) {
    this.#strings = strings;
    this.#parts = parts;
    this.#walk = walk;
    this.#hooks = hooks;
    this.panZoom = new PanZoom(parts.canvas, parts.stage, (viewport) => {
      this.#minimap.update();
      hooks.moved(viewport);
    });
    this.#minimap = new Minimap(parts.minimap, parts.canvas, this.panZoom);
    this.#drawer = new PictureDrawer(parts, strings, () => this.#cancelled());
    window.addEventListener('resize', () => this.#resized());
  }

  get picture(): Picture | undefined {
    return this.#drawer.picture;
  }

  get drawn(): DrawnPicture | undefined {
    return this.#drawer.drawn;
  }

  /** What the extension has sent last. */
  get chart(): ShowChart | undefined {
    return this.#chart;
  }

  /** Whether what was sent last is what stands: not while another level is on its way. */
  get isSettled(): boolean {
    return this.#chart !== undefined && this.#pictured === keyOf(this.#chart);
  }

  /** What stands over the picture in a corner of it. */
  get covered(): Rectangle | undefined {
    return this.#minimap.place;
  }

  restore({ drawn, plan, view, viewport }: KeptState): void {
    if (drawn === undefined || drawn.font !== fontInUse()) return;
    this.#put(drawn, plan, true);
    this.#pictured = lookKey(plan, view);
    if (viewport !== undefined) this.panZoom.moveTo(viewport);
  }

  /** A chart has come, before anything is drawn. */
  take(chart: ShowChart): void {
    this.#chart = chart;
  }

  /** Shows what has come: in the standing picture, if that is the one. */
  show(): void {
    const chart = this.#chart;
    if (chart === undefined) return;
    if (this.#drawer.shows(chart) && this.isSettled) {
      this.picture?.update(chart.nodes, chart.edges);
      this.#minimap.update();
      this.#drawer.notice.say(emptinessOf(chart, this.#strings));
      this.#hooks.renewed(false);
    } else void this.#draw(chart);
  }

  /** Gives the nodes whose state is new. */
  showStates(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): readonly FlowNode[] {
    if (this.#chart !== undefined) this.#chart = { ...this.#chart, nodes, edges };
    this.#minimap.update();
    return this.picture?.update(nodes, edges) ?? [];
  }

  /** Nodes are as wide as their text: another font is another picture. */
  themeChanged(isOtherFont: boolean): void {
    if (isOtherFont && this.#chart !== undefined) void this.#draw(this.#chart);
    else this.#minimap.update();
  }

  save(format: 'svg' | 'png', ground?: Ground): void {
    const { picture } = this;
    if (picture === undefined) this.#awaitedExport = format;
    else void savePicture(picture, this.#parts.stage, format, ground);
  }

  say(sentence: string): void {
    this.#drawer.notice.say(sentence);
  }

  async #draw(chart: ShowChart): Promise<void> {
    const drawn = await this.#drawer.draw(chart);
    const now = this.#chart;
    // What was asked for meanwhile is on its way. A picture of another view would only flash up.
    if (drawn === undefined || now === undefined || keyOf(now) !== keyOf(chart)) return;
    this.#replace(drawn, chart);
    this.#drawer.notice.say(emptinessOf(chart, this.#strings));
    performance.mark('phasewise-drawn');
    if (this.#awaitedExport !== undefined) this.save(this.#awaitedExport);
    this.#awaitedExport = undefined;
  }

  /** Puts a new picture in the place of the standing one, and keeps the eye's place where it can. */
  #replace(drawn: DrawnPicture, chart: ShowChart): void {
    const key = keyOf(chart);
    const isSameView = this.#pictured === key;
    const isFirst = this.#pictured === '';
    const { viewport } = this.panZoom;
    const selected = this.#hooks.selected();
    const anchors =
      isSameView && this.picture !== undefined ? anchorsOf(this.picture, selected, this.#parts.canvas) : [];
    this.#put(drawn, chart.plan, !isSameView);
    // A state may have changed while the picture was being drawn.
    if (this.#chart?.text === drawn.text) this.picture?.update(this.#chart.nodes, this.#chart.edges);
    this.#pictured = key;
    const { asked, lastLook } = this.#walk;
    if (isSameView) keepPlace(this.panZoom, this.picture, viewport, anchors);
    else if (lastLook !== undefined) this.panZoom.moveTo(lastLook);
    else openPicture(this.panZoom, this.picture, selected, directionOf(chart.view));
    if (!isSameView && !isFirst) animateOpening(this.#parts.scene, asked.origin, asked.step < 0);
    if (!isSameView) this.#walk.settle();
    this.#hooks.settled();
  }

  #put(drawn: DrawnPicture, plan: string, isOpening: boolean): void {
    const hadFocus = this.#parts.canvas.contains(document.activeElement);
    const picture = this.#drawer.put(drawn, plan);
    if (picture !== undefined) {
      const { width, height } = picture.svg.viewBox.baseVal;
      this.panZoom.setSize({ width, height });
    }
    this.#minimap.setPicture(picture, isOpening);
    this.#hooks.renewed(hadFocus);
  }

  /** What is in the middle stays there. Until the extension has sent something, the page only finds its own size. */
  #resized(): void {
    const before = this.#panel;
    this.#panel = panelSize();
    const [wider, higher] = [this.#panel.width - before.width, this.#panel.height - before.height];
    if (this.#chart === undefined) this.#minimap.update();
    else this.panZoom.panBy(wider / 2, higher / 2);
  }

  /** Where a level was on its way, the user stays at the one before it. */
  #cancelled(): void {
    if (this.#chart !== undefined && !this.isSettled && this.#walk.canStep(-1)) this.#walk.step(-1);
    else this.#drawer.notice.say(this.#strings.cancelled);
  }
}

function panelSize(): Size {
  return { width: window.innerWidth, height: window.innerHeight };
}

function keyOf({ plan, view }: ShowChart): string {
  return lookKey(plan, view);
}
