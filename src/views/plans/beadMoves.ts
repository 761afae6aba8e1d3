import * as vscode from 'vscode';
import { refOf } from '../../commands';
import type { Destination } from '../../core/edit/move';
import type { Bead, Plan } from '../../core/model';
import { refTo, type ThingRef, thingOf } from '../../core/thingRef';
import { makeEdits } from '../../planEdits';
import type { PlanIndex } from '../../planIndex';
import type { PlanElement } from './element';
import { type TreeOptions, thingOfNode } from './nodes';

const mimeType = 'application/vnd.code.tree.phasewise.plans';

/** Beads are dragged to another place of their phase, or to another phase: their lines move in the file. */
export class BeadMoves implements vscode.TreeDragAndDropController<PlanElement> {
  readonly dragMimeTypes = [mimeType];
  readonly dropMimeTypes = [mimeType];
  readonly #index: PlanIndex;
  readonly #options: () => TreeOptions;

  constructor(index: PlanIndex, options: () => TreeOptions) {
    this.#index = index;
    this.#options = options;
  }

  handleDrag([element]: readonly PlanElement[], transfer: vscode.DataTransfer): void {
    if (element?.ref?.kind === 'bead') transfer.set(mimeType, new vscode.DataTransferItem(element.ref));
  }

  async handleDrop(target: PlanElement | undefined, transfer: vscode.DataTransfer): Promise<void> {
    const dragged = refOf(transfer.get(mimeType)?.value);
    if (dragged?.kind !== 'bead' || target === undefined) return;
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Trust this workspace to change its plans.'));
    } else if (this.#options().grouping !== 'phase') {
      void vscode.window.showInformationMessage(vscode.l10n.t('Group the plans by phase to move beads in them.'));
    } else await this.#move(dragged, target);
  }

  async #move(dragged: ThingRef, target: PlanElement): Promise<void> {
    const { moveBead } = await import('../../core/edit/move');
    await makeEdits(this.#index, () => {
      const source = this.#index.freshSource(dragged.plan);
      const bead = source && thingOf(source.snapshot.plan, dragged);
      if (source === undefined || bead?.kind !== 'bead') return undefined;
      const to = destinationOf(source.snapshot.plan, bead, target);
      if (to === undefined)
        return { refused: vscode.l10n.t('Drop a bead on a phase, or on another bead of the same plan.') };
      return 'beside' in to && to.beside === bead ? undefined : moveBead(source, bead, to);
    });
  }
}

/** On a phase: to its end. On a bead: to its place, so that the one that was there makes room. */
function destinationOf(plan: Plan, bead: Bead, { node }: PlanElement): Destination | undefined {
  const dropped = thingOfNode(node.what);
  const thing = dropped && node.snapshot.plan.key === plan.key ? thingOf(plan, refTo(plan, dropped)) : undefined;
  if (thing?.kind === 'phase') return { into: thing };
  if (thing?.kind !== 'bead') return undefined;
  const siblings = plan.beads.filter((each) => each.phase === thing.phase && each.parent === thing.parent);
  const from = siblings.indexOf(bead);
  return { beside: thing, side: from >= 0 && from < siblings.indexOf(thing) ? 'after' : 'before' };
}
