import * as vscode from 'vscode';
import { completionsAt } from '../core/language/completion/complete';
import type { Completion } from '../core/language/completion/completion';
import type { PlanSnapshot } from '../core/snapshot';
import type { PlanIndex } from '../planIndex';
import { stateWordOf } from '../planWords';
import { thingTooltip } from '../thingTooltip';
import { PlanDocument } from './planDocument';

/** After these the list comes by itself. */
export const completionTriggers = [' ', ',', '[', '@'] as const;

/** An item that knows what it stands for, until somebody wants to read more of it. */
class PlanItem extends vscode.CompletionItem {
  readonly completion: Completion;
  readonly snapshot: PlanSnapshot;

  constructor(label: vscode.CompletionItemLabel, completion: Completion, snapshot: PlanSnapshot) {
    super(label);
    this.completion = completion;
    this.snapshot = snapshot;
  }
}

/** Ids, fields, values and whole things, while a plan is written. */
export class PlanCompletion implements vscode.CompletionItemProvider<PlanItem> {
  readonly #index: PlanIndex;

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    _: vscode.CancellationToken,
    { triggerKind }: vscode.CompletionContext,
  ): PlanItem[] | undefined {
    const plan = PlanDocument.of(this.#index, document);
    if (plan === undefined) return undefined;
    const isUnasked = triggerKind === vscode.CompletionTriggerKind.TriggerCharacter;
    const found = completionsAt(plan.source, plan.file, plan.offsetAt(position), { isUnasked });
    return found.map((completion, place) => itemOf(plan, completion, place));
  }

  resolveCompletionItem(item: PlanItem): PlanItem {
    const { completion, snapshot } = item;
    if (completion.thing !== undefined) item.documentation = thingTooltip(snapshot, completion.thing);
    return item;
  }
}

function itemOf(plan: PlanDocument, completion: Completion, place: number): PlanItem {
  const { label, detail, newText, range, replaceEnd, thing, filterText, against } = completion;
  const { snapshot } = plan.source;
  const state = thing === undefined ? '' : stateWordOf(snapshot, thing);
  const description = against === 'cycle' ? vscode.l10n.t('would wait for itself') : state;
  const item = new PlanItem(
    {
      label,
      ...(detail && { detail: `  ${thing === undefined ? detail : shortened(detail)}` }),
      ...(description && { description }),
    },
    completion,
    snapshot,
  );
  item.kind = kindOf(completion);
  item.sortText = String(place).padStart(6, '0');
  item.insertText = completion.isSnippet ? new vscode.SnippetString(newText) : newText;
  item.keepWhitespace = true;
  if (filterText !== undefined) item.filterText = filterText;
  const inserting = plan.range(range);
  item.range = { inserting, replacing: plan.range({ start: range.start, end: Math.max(range.end, replaceEnd ?? 0) }) };
  if (completion.kind === 'field') item.command = askAgain;
  return item;
}

/** A long title would push the state out of the list; the details have all of it. */
const LONGEST_TITLE = 36;

function shortened(title: string): string {
  return title.length <= LONGEST_TITLE
    ? title
    : `${title.slice(0, LONGEST_TITLE - 1).replace(/(?:\s|[\ud800-\udbff])+$/, '')}…`;
}

/** A field that was just put in may know its values. */
const askAgain: vscode.Command = { command: 'editor.action.triggerSuggest', title: '' };

function kindOf({ kind }: Completion): vscode.CompletionItemKind {
  switch (kind) {
    case 'id':
      return vscode.CompletionItemKind.Reference;
    case 'field':
      return vscode.CompletionItemKind.Field;
    case 'value':
      return vscode.CompletionItemKind.EnumMember;
    case 'skeleton':
      return vscode.CompletionItemKind.Snippet;
  }
}
