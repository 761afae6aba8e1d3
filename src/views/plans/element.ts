import type { ThingRef } from '../../core/thingRef';
import type { PlanIndex } from '../../planIndex';
import { sourceOf } from '../../sourcePlace';
import { type PlanNode, refOfNode } from './nodes';
import { placeInSource } from './rows';

/**
 * A row as the editor holds it: the same object for as long as the row exists, while the node in it follows the plan.
 * Commands get it from menus and read `ref`.
 */
export class PlanElement {
  readonly id: string;
  readonly parent: PlanElement | undefined;
  node: PlanNode;
  /** What the editor was told last; undefined while it has not asked. */
  told: Told | undefined;
  #children: readonly PlanElement[] | undefined;

  constructor(node: PlanNode, parent?: PlanElement) {
    this.id = node.id;
    this.node = node;
    this.parent = parent;
  }

  get ref(): ThingRef | undefined {
    return refOfNode(this.node);
  }

  /** As they are now; those that stayed are the same objects as before. */
  children(): readonly PlanElement[] {
    const before = new Map(this.#children?.map((child) => [child.id, child]));
    this.#children = this.node.children().map((node) => {
      const child = before.get(node.id);
      if (child === undefined) return new PlanElement(node, this);
      child.node = node;
      return child;
    });
    return this.#children;
  }

  /** As they were when last asked for; undefined when never. */
  get knownChildren(): readonly PlanElement[] | undefined {
    return this.#children;
  }
}

interface Told {
  /** Equal texts look the same. */
  readonly look: string;
  /** Where a click goes. */
  readonly place: string;
  /** Once it was asked for: it says more than the row. */
  tooltip?: string;
}

export function placeText(index: PlanIndex, node: PlanNode): string {
  const place = sourceOf(index, placeInSource(node));
  return place === undefined ? '' : `${place.uri} ${place.position.line}:${place.position.character}`;
}
