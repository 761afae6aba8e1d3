import type { FlowNode } from '../src/core/flowchart/flowchart';
import type { FlowLevel } from '../src/core/flowchart/levels';
import { DEPTHS, type NodeThing, type PageStrings, type ShowChart, type ToPage } from '../src/protocol';
import { thingOf } from './anchor';
import { listenTo } from './canvasInput';
import { buildControls, type Controls } from './controls';
import { buildPage, type Parts } from './dom';
import { FindBar } from './find';
import { findingIn } from './finding';
import { type KeptState, keep, post } from './host';
import { handleLevelKey, type LevelKeys } from './keyboard';
import { LevelWalk } from './levelWalk';
import { Lighting } from './lighting';
import { NodeFocus } from './nodeFocus';
import { Outline } from './outline';
import { Selection } from './selection';
import { SourceSheet } from './sourceSheet';
import { Standing } from './standing';
import { fill } from './strings';
import { changesOf } from './telling';
import type { Viewport } from './viewport';

/** The page: puts its parts together, and hands them what the extension sends. */
export class GraphPage {
  readonly #strings: PageStrings;
  readonly #parts: Parts;
  readonly #walk = new LevelWalk();
  readonly #standing: Standing;
  readonly #focus: NodeFocus;
  readonly #selection: Selection;
  readonly #find: FindBar;
  readonly #outline: Outline;
  readonly #source: SourceSheet;
  readonly #controls: Controls;

  constructor(strings: PageStrings) {
    this.#strings = strings;
    this.#parts = buildPage(strings);
    const { toolbar, canvas, details, source, find, outline } = this.#parts;
    const walk = this.#walk;
    const picture = () => this.#standing.picture;
    const takeFocus = () => this.#takeFocus();
    this.#standing = new Standing(this.#parts, strings, walk, {
      selected: () => this.#selection.thing,
      renewed: (hadFocus) => {
        this.#selection.select(this.#selection.thing);
        if (hadFocus) takeFocus();
      },
      moved: (viewport) => this.#moved(viewport),
      settled: () => this.#keep(),
    });
    const { panZoom } = this.#standing;
    const focus = new NodeFocus(canvas, { picture, panZoom, covered: () => this.#standing.covered });
    this.#focus = focus;
    this.#selection = new Selection(
      {
        card: details,
        picture,
        focus,
        walk,
        changed: (thing) => {
          this.#outline.select(thing);
          this.#keep();
        },
        takeFocus,
      },
      strings,
    );
    const selection = this.#selection;
    this.#source = new SourceSheet(source, strings, {
      copy: () => post({ type: 'copy' }),
      close: () => this.#toggleSource(),
    });
    const finding = findingIn({
      picture,
      lighting: new Lighting(canvas, picture),
      focus,
      select: (thing) => selection.select(thing),
      goTo: (level) => walk.goTo(level),
      takeFocus,
    });
    this.#find = new FindBar(find, strings, finding);
    this.#outline = new Outline(outline, strings, {
      select: (node) => selection.selectNode(node),
      open: (node) => selection.openNode(node),
      choose: (node, row) => selection.choose(node, row),
      key: (event) => handleLevelKey(event, this.#levelKeys),
    });
    this.#controls = buildControls(toolbar, strings, {
      goTo: (level) => walk.goTo(level),
      step: (by) => walk.step(by),
      change: (options) => walk.change(options),
      find: () => this.#find.open(),
      zoomBy: (factor) => panZoom.zoomBy(factor),
      actualSize: () => panZoom.zoomTo(1),
      fit: () => panZoom.fit(),
      toggleOutline: () => this.#toggleOutline(),
      toggleSource: () => this.#toggleSource(),
      copy: () => post({ type: 'copy' }),
      save: (format, ground) => (format === 'mmd' ? post({ type: 'saveSource' }) : this.#standing.save(format, ground)),
    });
    listenTo(canvas, { picture, selection, focus, panZoom, walk, levelKeys: this.#levelKeys });
    window.addEventListener('resize', () => selection.placeDetails());
  }

  /** Shows what stood here in the page's last life, until the extension sends what stands now. */
  restore(kept: KeptState | undefined): void {
    if (kept === undefined) return;
    this.#walk.restore(kept.history);
    this.#selection.selectNext(kept.selected);
    if (kept.isOutline) this.#toggleOutline();
    this.#standing.restore(kept);
  }

  handle(message: ToPage): void {
    switch (message.type) {
      case 'chart':
        this.#show(message);
        break;
      case 'states':
        this.#announce(this.#standing.showStates(message.nodes, message.edges));
        this.#showOutline();
        break;
      case 'select':
        this.#selection.select(message.thing);
        this.#focus.reveal(this.#standing.picture?.shapeOf(message.thing));
        break;
      case 'details':
        this.#selection.showDetails(message.thing, message.details);
        break;
      case 'found':
        this.#find.found(message.query, message.things);
        break;
      case 'source':
        this.#source.show(message.text);
        break;
      case 'export':
        this.#standing.save(message.format);
        break;
      case 'gone':
        this.#standing.say(this.#strings.gone);
        break;
    }
  }

  themeChanged(isOtherFont: boolean): void {
    this.#standing.themeChanged(isOtherFont);
  }

  #show(chart: ShowChart): void {
    const isFirst = this.#standing.chart === undefined;
    this.#standing.take(chart);
    const visit = this.#walk.arrive(chart);
    if (visit !== undefined) {
      this.#selection.closeDetails();
      const { level } = visit;
      if (!isFirst)
        this.#selection.selectNext(visit.selected ?? ('thing' in level ? level.thing : this.#selection.thing));
    }
    this.#controls.update(chart);
    this.#controls.showHistory(this.#walk.canStep(-1), this.#walk.canStep(1));
    const title = fill(this.#strings.graph, chart.title);
    document.title = title;
    this.#parts.canvas.setAttribute('aria-label', title);
    this.#showOutline();
    if (this.#source.isOpen) post({ type: 'source' });
    this.#standing.show();
  }

  readonly #levelKeys: LevelKeys = {
    find: () => this.#find.open(),
    blockers: () => this.#about((thing) => ({ level: 'blockers', thing })),
    unblocks: () => this.#about((thing) => ({ level: 'unblocks', thing })),
    neighbourhood: () => this.#about((thing) => ({ level: 'neighbourhood', thing, depth: DEPTHS.usual })),
    outline: () => this.#toggleOutline(),
    up: () => this.#walk.up(),
    reach: (by) => this.#walk.reach(by),
  };

  /** To a level about what has the keyboard, or else is selected. */
  #about(level: (thing: NodeThing) => FlowLevel): void {
    const focused = this.#focus.current;
    const thing = focused === undefined ? this.#selection.thing : thingOf(focused.node);
    if (thing !== undefined) this.#walk.goTo(level(thing), this.#standing.picture?.shapeOf(thing)?.element);
  }

  #toggleSource(): void {
    const isOpen = !this.#source.isOpen;
    this.#source.toggle(isOpen);
    this.#controls.showSource(isOpen);
    if (isOpen) post({ type: 'source' });
  }

  #toggleOutline(): void {
    const isOpen = !this.#outline.isOpen;
    this.#selection.hideDetails();
    this.#outline.toggle(isOpen);
    this.#controls.showOutline(isOpen);
    // It stays laid out, so that it can still be drawn into.
    this.#parts.canvas.inert = isOpen;
    this.#showOutline();
    this.#takeFocus();
    this.#keep();
  }

  #showOutline(): void {
    const { chart } = this.#standing;
    if (chart === undefined || !this.#outline.isOpen) return;
    this.#outline.show(chart.plan, fill(this.#strings.graph, chart.title), chart.nodes, chart.edges);
    this.#outline.select(this.#selection.thing);
  }

  /** The keyboard goes to the selected node, or to where it would start. */
  #takeFocus(): void {
    if (this.#outline.isOpen) this.#outline.focus();
    else this.#focus.take(this.#standing.picture?.shapeOf(this.#selection.thing) ?? this.#focus.first);
  }

  #moved({ zoom }: Viewport): void {
    this.#controls.showZoom(zoom);
    this.#selection.placeDetails();
    this.#keep();
  }

  #announce(changed: readonly FlowNode[]): void {
    const text = changesOf(changed, this.#strings);
    if (text !== undefined) this.#parts.announcer.textContent = text;
  }

  #keep(): void {
    const { chart, drawn, panZoom } = this.#standing;
    // What is on its way to another level says nothing about it.
    if (chart === undefined || !this.#standing.isSettled) return;
    const selected = this.#selection.thing;
    this.#walk.look(panZoom.viewport, selected);
    keep({
      plan: chart.plan,
      view: chart.view,
      viewport: panZoom.viewport,
      history: this.#walk.kept,
      isOutline: this.#outline.isOpen,
      ...(selected && { selected }),
      ...(drawn && { drawn }),
    });
  }
}
