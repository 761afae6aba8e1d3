import * as vscode from 'vscode';
import { mentionWithWordAt } from '../core/language/mentions';
import type { PlanIndex } from '../planIndex';
import { thingTooltip } from '../thingTooltip';
import { PlanDocument } from './planDocument';

/** What an id means: the thing, its state and why, when it is done. */
export class PlanHover implements vscode.HoverProvider {
  readonly #index: PlanIndex;

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const plan = PlanDocument.of(this.#index, document);
    const mention = plan && mentionWithWordAt(plan.source, plan.file, plan.offsetAt(position));
    if (plan === undefined || mention === undefined) return undefined;
    const isOwn = mention.plan === plan.source.snapshot.plan;
    const snapshot = isOwn ? plan.source.snapshot : this.#index.planByKey(mention.plan.key);
    return snapshot && new vscode.Hover(thingTooltip(snapshot, mention.thing), plan.range(mention));
  }
}
