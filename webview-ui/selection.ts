import type { FlowNode } from '../src/core/flowchart/flowchart';
import type { Details, NodeThing, PageStrings } from '../src/protocol';
import { isSameThing, thingOf } from './anchor';
import { DetailsCard } from './details';
import { post } from './host';
import type { LevelWalk } from './levelWalk';
import type { NodeFocus } from './nodeFocus';
import type { Picture, Shape } from './picture';

/** What of the page choosing has to do with. */
export interface SelectionPlace {
  /** Where the card with details is. */
  readonly card: HTMLElement;
  readonly picture: () => Picture | undefined;
  readonly focus: NodeFocus;
  readonly walk: LevelWalk;
  /** Hears what is selected now, whether that is new or not. */
  readonly changed: (thing: NodeThing | undefined) => void;
  /** The keyboard goes to the selected node. */
  readonly takeFocus: () => void;
}

/** What is selected, the card that tells about it, and what becomes of a node that the user chooses. */
export class Selection {
  readonly #place: SelectionPlace;
  readonly #card: DetailsCard;
  #thing: NodeThing | undefined;

  constructor(place: SelectionPlace, strings: PageStrings) {
    this.#place = place;
    this.#card = new DetailsCard(place.card, strings, {
      openSource: () => this.#open(this.#thing),
      goTo: (level) => place.walk.goTo(level, this.#picture?.shapeOf(this.#thing)?.element),
      close: () => this.closeDetails(),
    });
  }

  get thing(): NodeThing | undefined {
    return this.#thing;
  }

  /** What is to be selected in the next picture. */
  selectNext(thing: NodeThing | undefined): void {
    this.#thing = thing;
  }

  /** Shows what is selected; the extension is not told. */
  select(thing: NodeThing | undefined): void {
    if (!isSameThing(thing, this.#thing)) this.#card.hide();
    this.#thing = thing;
    const shape = this.#picture?.shapeOf(thing);
    this.#picture?.select(shape?.node.id);
    this.#place.focus.tabStop(shape ?? this.#place.focus.first);
    this.#place.changed(thing);
  }

  /** The user has selected a node. */
  selectNode(node: FlowNode): void {
    const thing = thingOf(node);
    if (thing === undefined || isSameThing(thing, this.#thing)) return;
    this.select(thing);
    this.closeDetails();
    post({ type: 'select', thing });
  }

  /** The same in the picture, where the keyboard goes to it, too. */
  selectHere(shape: Shape): void {
    this.#place.focus.take(shape);
    this.selectNode(shape.node);
  }

  /** A click or the space bar: what stands for a level opens it, anything else is selected and tells about itself. */
  choose(node: FlowNode, row?: HTMLElement): void {
    const shape = this.#picture?.shape(node.id);
    const level = this.#place.walk.levelOf(node);
    if (level !== undefined) {
      this.#place.walk.goTo(level, row ?? shape?.element);
      return;
    }
    const thing = thingOf(node);
    if (shape === undefined || thing === undefined) return;
    if (row === undefined) this.selectHere(shape);
    else this.selectNode(node);
    this.#card.show(shape, undefined, row);
    post({ type: 'peek', thing });
  }

  /** To the line in the plan; what has none is chosen. */
  enter(node: FlowNode): void {
    const thing = thingOf(node);
    if (thing === undefined) this.choose(node);
    else this.#open(thing);
  }

  openNode(node: FlowNode): void {
    this.#open(thingOf(node));
  }

  /** Closes the card; when there is none, nothing is selected any more. */
  leave(): void {
    if (this.#card.isOpen) this.closeDetails();
    else if (this.#thing !== undefined) {
      this.select(undefined);
      post({ type: 'select' });
    }
  }

  showDetails(thing: NodeThing, details: Details): void {
    const shape = this.#picture?.shapeOf(thing);
    if (shape !== undefined && this.#card.isOpen && isSameThing(thing, this.#thing)) this.#card.show(shape, details);
  }

  closeDetails(): void {
    const hadFocus = this.#place.card.contains(document.activeElement);
    this.#card.hide();
    if (hadFocus) this.#place.takeFocus();
  }

  hideDetails(): void {
    this.#card.hide();
  }

  /** The picture has moved. */
  placeDetails(): void {
    this.#card.place();
  }

  #open(thing: NodeThing | undefined): void {
    if (thing !== undefined) post({ type: 'open', thing });
  }

  get #picture(): Picture | undefined {
    return this.#place.picture();
  }
}
