import type { FlowNode } from '../src/core/flowchart/flowchart';
import type { FlowLevel } from '../src/core/flowchart/levels';
import { DEPTHS, type NodeThing, type PageStrings, type ShowChart, type ToPage } from '../src/protocol';
import { anchorsOf, isSameThing, keepPlace, openPicture, thingOf } from './anchor';
import { buildControls, type Controls } from './controls';
import { DetailsCard } from './details';
import { buildPage, type Parts } from './dom';
import { PictureDrawer } from './drawer';
import type { Ground } from './exportPicture';
import { FindBar } from './find';
import { findingIn } from './finding';
import { type DrawnPicture, type KeptState, keep, post } from './host';
import { handleKey, handleLevelKey, type LevelKeys, onHistoryKeys } from './keyboard';
import { directionOf, lookKey } from './levels';
import { LevelWalk } from './levelWalk';
import { Lighting } from './lighting';
import { Minimap } from './minimap';
import { animateOpening } from './motion';
import { NodeFocus } from './nodeFocus';
import { Outline } from './outline';
import { PanZoom } from './panZoom';
import type { Picture, Shape } from './picture';
import { savePicture } from './savePicture';
import { SourceSheet } from './sourceSheet';
import { fill } from './strings';
import { changesOf, emptinessOf } from './telling';
import { fontInUse } from './theme';

/** The page: one picture, what stands around it, and what the user and the extension do with it. */
export class GraphPage {
  readonly #strings: PageStrings;
  readonly #parts: Parts;
  readonly #panZoom: PanZoom;
  readonly #controls: Controls;
  readonly #details: DetailsCard;
  readonly #source: SourceSheet;
  readonly #drawer: PictureDrawer;
  readonly #lighting: Lighting;
  readonly #find: FindBar;
  readonly #minimap: Minimap;
  readonly #outline: Outline;
  readonly #walk = new LevelWalk();
  readonly #focus: NodeFocus;
  #chart: ShowChart | undefined;
  /** The view that the standing picture shows. */
  #pictured = '';
  #selected: NodeThing | undefined;
  /** Asked for before there was a picture. */
  #awaitedExport: 'svg' | 'png' | undefined;

  constructor(strings: PageStrings) {
    this.#strings = strings;
    this.#parts = buildPage(strings);
    const { toolbar, canvas, stage, details, source, find, minimap, outline } = this.#parts;
    this.#panZoom = new PanZoom(canvas, stage, () => this.#moved());
    this.#minimap = new Minimap(minimap, canvas, this.#panZoom);
    this.#drawer = new PictureDrawer(this.#parts, strings, () => this.#cancelled());
    this.#focus = new NodeFocus(canvas, {
      picture: () => this.#picture,
      panZoom: this.#panZoom,
      covered: () => this.#minimap.place,
    });
    this.#lighting = new Lighting(canvas, () => this.#picture);
    this.#details = new DetailsCard(details, strings, {
      openSource: () => this.#open(this.#selected),
      goTo: (level) => this.#walk.goTo(level, this.#picture?.shapeOf(this.#selected)?.element),
      close: () => this.#closeDetails(),
    });
    this.#source = new SourceSheet(source, strings, {
      copy: () => post({ type: 'copy' }),
      close: () => this.#toggleSource(),
    });
    const finding = findingIn({
      picture: () => this.#picture,
      lighting: this.#lighting,
      focus: this.#focus,
      select: (thing) => this.#select(thing),
      goTo: (level) => this.#walk.goTo(level),
      takeFocus: () => this.#takeFocus(),
    });
    this.#find = new FindBar(find, strings, finding);
    this.#outline = new Outline(outline, strings, {
      select: (node) => this.#selectNode(node),
      open: (node) => this.#open(thingOf(node)),
      choose: (node, row) => this.#choose(node, row),
      key: (event) => handleLevelKey(event, this.#levelKeys),
    });
    this.#controls = buildControls(toolbar, strings, {
      goTo: (level) => this.#walk.goTo(level),
      step: (by) => this.#walk.step(by),
      change: (options) => this.#walk.change(options),
      find: () => this.#find.open(),
      zoomBy: (factor) => this.#panZoom.zoomBy(factor),
      actualSize: () => this.#panZoom.zoomTo(1),
      fit: () => this.#panZoom.fit(),
      toggleOutline: () => this.#toggleOutline(),
      toggleSource: () => this.#toggleSource(),
      copy: () => post({ type: 'copy' }),
      save: (format, ground) => (format === 'mmd' ? post({ type: 'saveSource' }) : this.#save(format, ground)),
    });
    this.#listen();
  }

  /** Shows what stood here in the page's last life, until the extension sends what stands now. */
  restore(kept: KeptState | undefined): void {
    if (kept === undefined) return;
    this.#walk.restore(kept.history);
    this.#selected = kept.selected;
    if (kept.isOutline) this.#toggleOutline();
    if (kept.drawn === undefined || kept.drawn.font !== fontInUse()) return;
    this.#put(kept.drawn, kept.plan, true);
    this.#pictured = lookKey(kept.plan, kept.view);
    if (kept.viewport !== undefined) this.#panZoom.moveTo(kept.viewport);
  }

  handle(message: ToPage): void {
    switch (message.type) {
      case 'chart':
        this.#show(message);
        break;
      case 'states':
        this.#announce(this.#picture?.update(message.nodes, message.edges) ?? []);
        if (this.#chart !== undefined) this.#chart = { ...this.#chart, nodes: message.nodes, edges: message.edges };
        this.#showOutline();
        this.#minimap.update();
        break;
      case 'select':
        this.#select(message.thing);
        this.#focus.reveal(this.#picture?.shapeOf(message.thing));
        break;
      case 'details': {
        const shape = this.#picture?.shapeOf(message.thing);
        if (shape !== undefined && this.#details.isOpen && isSameThing(message.thing, this.#selected)) {
          this.#details.show(shape, message.details);
        }
        break;
      }
      case 'found':
        this.#find.found(message.query, message.things);
        break;
      case 'source':
        this.#source.show(message.text);
        break;
      case 'export':
        this.#save(message.format);
        break;
      case 'gone':
        this.#drawer.notice.say(this.#strings.gone);
        break;
    }
  }

  /** Nodes are as wide as their text: another font is another picture. */
  themeChanged(isOtherFont: boolean): void {
    if (isOtherFont && this.#chart !== undefined) void this.#draw(this.#chart);
    else this.#minimap.update();
  }

  get #picture(): Picture | undefined {
    return this.#drawer.picture;
  }

  // ── the picture ───────────────────────────────────────────────────────────────────────────────────────────────────

  #show(chart: ShowChart): void {
    const before = this.#chart;
    this.#chart = chart;
    const visit = this.#walk.arrive(chart);
    if (visit !== undefined) {
      this.#closeDetails();
      const { level } = visit;
      if (before !== undefined) this.#selected = visit.selected ?? ('thing' in level ? level.thing : this.#selected);
    }
    this.#controls.update(chart);
    this.#controls.showHistory(this.#walk.canStep(-1), this.#walk.canStep(1));
    const title = fill(this.#strings.graph, chart.title);
    document.title = title;
    this.#parts.canvas.setAttribute('aria-label', title);
    this.#showOutline();
    if (this.#source.isOpen) post({ type: 'source' });
    if (this.#drawer.shows(chart) && this.#pictured === lookKey(chart.plan, chart.view)) {
      this.#picture?.update(chart.nodes, chart.edges);
      this.#minimap.update();
      this.#drawer.notice.say(emptinessOf(chart, this.#strings));
      this.#select(this.#selected);
    } else void this.#draw(chart);
  }

  async #draw(chart: ShowChart): Promise<void> {
    const drawn = await this.#drawer.draw(chart);
    const now = this.#chart;
    // What was asked for meanwhile is on its way. A picture of another view would only flash up.
    if (drawn === undefined || now === undefined || lookKey(now.plan, now.view) !== lookKey(chart.plan, chart.view))
      return;
    this.#replace(drawn, chart);
    this.#drawer.notice.say(emptinessOf(chart, this.#strings));
    performance.mark('phasewise-drawn');
    if (this.#awaitedExport !== undefined) this.#save(this.#awaitedExport);
    this.#awaitedExport = undefined;
  }

  /** Puts a new picture in the place of the standing one, and keeps the eye's place where it can. */
  #replace(drawn: DrawnPicture, chart: ShowChart): void {
    const key = lookKey(chart.plan, chart.view);
    const isSameView = this.#pictured === key;
    const isFirst = this.#pictured === '';
    const viewport = this.#panZoom.viewport;
    const anchors =
      isSameView && this.#picture !== undefined ? anchorsOf(this.#picture, this.#selected, this.#parts.canvas) : [];
    this.#put(drawn, chart.plan, !isSameView);
    // A state may have changed while the picture was being drawn.
    if (this.#chart?.text === drawn.text) this.#picture?.update(this.#chart.nodes, this.#chart.edges);
    this.#pictured = key;
    const { asked, lastLook } = this.#walk;
    if (isSameView) keepPlace(this.#panZoom, this.#picture, viewport, anchors);
    else if (lastLook !== undefined) this.#panZoom.moveTo(lastLook);
    else openPicture(this.#panZoom, this.#picture, this.#selected, directionOf(chart.view));
    if (!isSameView && !isFirst) animateOpening(this.#parts.scene, asked.origin, asked.step < 0);
    if (!isSameView) this.#walk.settle();
    this.#keep();
  }

  #put(drawn: DrawnPicture, plan: string, isOpening: boolean): void {
    const hadFocus = this.#parts.canvas.contains(document.activeElement);
    const picture = this.#drawer.put(drawn, plan);
    if (picture !== undefined) {
      const { width, height } = picture.svg.viewBox.baseVal;
      this.#panZoom.setSize({ width, height });
    }
    this.#minimap.setPicture(picture, isOpening);
    this.#select(this.#selected);
    if (hadFocus) this.#takeFocus();
  }

  /** Where a level was on its way, the user stays at the one before it. */
  #cancelled(): void {
    const chart = this.#chart;
    const isNewView = chart !== undefined && this.#pictured !== lookKey(chart.plan, chart.view);
    if (isNewView && this.#walk.canStep(-1)) this.#walk.step(-1);
    else this.#drawer.notice.say(this.#strings.cancelled);
  }

  // ── the user ──────────────────────────────────────────────────────────────────────────────────────────────────────

  readonly #levelKeys: LevelKeys = {
    find: () => this.#find.open(),
    blockers: () => this.#aboutSelected((thing) => ({ level: 'blockers', thing })),
    unblocks: () => this.#aboutSelected((thing) => ({ level: 'unblocks', thing })),
    neighbourhood: () => this.#aboutSelected((thing) => ({ level: 'neighbourhood', thing, depth: DEPTHS.usual })),
    outline: () => this.#toggleOutline(),
    up: () => this.#walk.up(),
    reach: (by) => this.#walk.reach(by),
  };

  #aboutSelected(level: (thing: NodeThing) => FlowLevel): void {
    const focused = this.#focus.current;
    const thing = focused === undefined ? this.#selected : thingOf(focused.node);
    if (thing !== undefined) this.#walk.goTo(level(thing), this.#picture?.shapeOf(thing)?.element);
  }

  #listen(): void {
    const { canvas } = this.#parts;
    canvas.addEventListener('click', (event) => {
      const shape = this.#picture?.shapeAt(event.target);
      if (shape === undefined) this.#leave();
      else this.#choose(shape.node);
    });
    canvas.addEventListener('dblclick', (event) => {
      const shape = this.#picture?.shapeAt(event.target);
      if (shape !== undefined) this.#open(thingOf(shape.node));
    });
    canvas.addEventListener('contextmenu', (event) => {
      const shape = this.#picture?.shapeAt(event.target);
      if (shape !== undefined) this.#selectHere(shape);
    });
    const key = (event: KeyboardEvent) =>
      handleKey(event, {
        ...this.#levelKeys,
        move: (direction) => this.#focus.move(direction),
        first: () => this.#focus.take(this.#focus.first),
        last: () => this.#focus.take(this.#focus.last),
        open: () => this.#enter(),
        choose: () => this.#withFocused(({ node }) => this.#choose(node)),
        leave: () => this.#leave(),
        zoomBy: (factor) => this.#panZoom.zoomBy(factor),
        actualSize: () => this.#panZoom.zoomTo(1),
        panBy: (x, y) => this.#panZoom.panBy(x, y),
      });
    canvas.addEventListener('keydown', key);
    // Before anything on the page has been chosen, keys are for the picture.
    document.body.addEventListener('keydown', (event) => {
      if (event.target === document.body) key(event);
    });
    onHistoryKeys((by) => this.#walk.step(by));
    window.addEventListener('resize', () => {
      this.#details.place();
      this.#minimap.update();
    });
  }

  /** A click or the space bar: what stands for a level opens it, anything else is selected and tells about itself. */
  #choose(node: FlowNode, row?: HTMLElement): void {
    const shape = this.#picture?.shape(node.id);
    const level = this.#walk.levelOf(node);
    if (level !== undefined) {
      this.#walk.goTo(level, row ?? shape?.element);
      return;
    }
    const thing = thingOf(node);
    if (shape === undefined || thing === undefined) return;
    if (row === undefined) this.#selectHere(shape);
    else this.#selectNode(node);
    this.#details.show(shape, undefined, row);
    post({ type: 'peek', thing });
  }

  #enter(): void {
    this.#withFocused(({ node }) => {
      const thing = thingOf(node);
      if (thing === undefined) this.#choose(node);
      else this.#open(thing);
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
    this.#focus.take(shape);
    this.#selectNode(shape.node);
  }

  #selectNode(node: FlowNode): void {
    const thing = thingOf(node);
    if (thing === undefined || isSameThing(thing, this.#selected)) return;
    this.#select(thing);
    this.#closeDetails();
    post({ type: 'select', thing });
  }

  #select(thing: NodeThing | undefined): void {
    if (!isSameThing(thing, this.#selected)) this.#details.hide();
    this.#selected = thing;
    const shape = this.#picture?.shapeOf(thing);
    this.#picture?.select(shape?.node.id);
    this.#outline.select(thing);
    this.#focus.tabStop(shape ?? this.#focus.first);
    this.#keep();
  }

  #open(thing: NodeThing | undefined): void {
    if (thing !== undefined) post({ type: 'open', thing });
  }

  #closeDetails(): void {
    const hadFocus = this.#parts.details.contains(document.activeElement);
    this.#details.hide();
    if (hadFocus) this.#takeFocus();
  }

  // ── sheets ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #toggleSource(): void {
    const isOpen = !this.#source.isOpen;
    this.#source.toggle(isOpen);
    this.#controls.showSource(isOpen);
    if (isOpen) post({ type: 'source' });
  }

  #toggleOutline(): void {
    const isOpen = !this.#outline.isOpen;
    this.#details.hide();
    this.#outline.toggle(isOpen);
    this.#controls.showOutline(isOpen);
    // It stays laid out, so that it can still be drawn into.
    this.#parts.canvas.inert = isOpen;
    this.#showOutline();
    this.#takeFocus();
    this.#keep();
  }

  #showOutline(): void {
    const chart = this.#chart;
    if (chart === undefined || !this.#outline.isOpen) return;
    this.#outline.show(chart.plan, fill(this.#strings.graph, chart.title), chart.nodes, chart.edges);
    this.#outline.select(this.#selected);
  }

  #save(format: 'svg' | 'png', ground?: Ground): void {
    const picture = this.#picture;
    if (picture === undefined) this.#awaitedExport = format;
    else void savePicture(picture, this.#parts.stage, format, ground);
  }

  // ── focus, moving, telling ────────────────────────────────────────────────────────────────────────────────────────

  #withFocused(run: (shape: Shape) => void): void {
    const shape = this.#focus.current;
    if (shape !== undefined) run(shape);
  }

  /** The keyboard goes to the selected node, or to where it would start. */
  #takeFocus(): void {
    if (this.#outline.isOpen) this.#outline.focus();
    else this.#focus.take(this.#picture?.shapeOf(this.#selected) ?? this.#focus.first);
  }

  #moved(): void {
    this.#controls.showZoom(this.#panZoom.viewport.zoom);
    this.#details.place();
    this.#minimap.update();
    this.#keep();
  }

  #announce(changed: readonly FlowNode[]): void {
    const text = changesOf(changed, this.#strings);
    if (text !== undefined) this.#parts.announcer.textContent = text;
  }

  #keep(): void {
    const chart = this.#chart;
    const { drawn } = this.#drawer;
    // What is on its way to another level says nothing about it.
    if (chart === undefined || this.#pictured !== lookKey(chart.plan, chart.view)) return;
    this.#walk.look(this.#panZoom.viewport, this.#selected);
    keep({
      plan: chart.plan,
      view: chart.view,
      viewport: this.#panZoom.viewport,
      history: this.#walk.kept,
      isOutline: this.#outline.isOpen,
      ...(this.#selected && { selected: this.#selected }),
      ...(drawn && { drawn }),
    });
  }
}
