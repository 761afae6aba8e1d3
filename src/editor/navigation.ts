import * as vscode from 'vscode';
import { type Mention, mentionAt, mentionWithWordAt } from '../core/language/mentions';
import { occurrencesIn, occurrencesOf, rangesAround } from '../core/language/occurrences';
import type { Plan, Thing } from '../core/model';
import { outsidePlans } from '../core/plan/references';
import type { Location } from '../core/text';
import type { PlanIndex } from '../planIndex';
import { PlanDocument, toLocation } from './planDocument';

/** Go to definition, find references and the marks of the same thing in the file. */
export class PlanNavigation
  implements vscode.DefinitionProvider, vscode.ReferenceProvider, vscode.DocumentHighlightProvider
{
  readonly #index: PlanIndex;

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  provideDefinition(document: vscode.TextDocument, position: vscode.Position): vscode.LocationLink[] | undefined {
    const plan = PlanDocument.of(this.#index, document);
    const mention = plan && mentionWithWordAt(plan.source, plan.file, plan.offsetAt(position));
    if (plan === undefined || mention === undefined) return undefined;
    const { thing } = mention;
    const name = toLocation(this.#index, thing.idAt ?? thing.head);
    const whole = toLocation(this.#index, thing.location);
    if (name === undefined || whole === undefined) return undefined;
    const isAround = whole.range.contains(name.range);
    return [
      {
        originSelectionRange: plan.range(mention),
        targetUri: name.uri,
        targetRange: isAround ? whole.range : name.range,
        targetSelectionRange: name.range,
      },
    ];
  }

  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): vscode.Location[] | undefined {
    // What was typed in other files is read first: it may make this plan a new one.
    this.#index.freshSources();
    const plan = PlanDocument.of(this.#index, document);
    const mention = plan && mentionAt(plan.source, plan.file, plan.offsetAt(position));
    if (mention === undefined) return undefined;
    const found = this.#everywhere(mention.plan, mention.thing);
    const wanted = includeDeclaration ? found : found.filter(({ role }) => role !== 'name');
    return wanted.flatMap((place) => toLocation(this.#index, place) ?? []);
  }

  provideDocumentHighlights(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.DocumentHighlight[] | undefined {
    const plan = PlanDocument.of(this.#index, document);
    const mention = plan && mentionAt(plan.source, plan.file, plan.offsetAt(position));
    if (plan === undefined || mention === undefined) return undefined;
    return occurrencesIn(plan.source, plan.file, mention.plan, mention.thing).map(
      (place) => new vscode.DocumentHighlight(plan.range(place), highlightKind(place)),
    );
  }

  /** In the plan's own files, in the plans that refer to it, and in ranges that stand for it. */
  #everywhere(plan: Plan, thing: Thing): readonly (Location & { readonly role?: Mention['role'] })[] {
    return this.#index.freshSources().flatMap((source) => {
      const { snapshot } = source;
      const isOwn = snapshot.plan === plan;
      if (!isOwn && !outsidePlans(snapshot.plan).has(plan.id.toLowerCase())) return [];
      const named = occurrencesOf(source, plan, thing);
      const ranges = isOwn ? plan.files.flatMap((file) => rangesAround(source, file, thing)) : [];
      const unnamed = ranges
        .map(({ reference }) => reference)
        .filter((range) => !named.some((m) => m.reference === range));
      return [...named, ...unnamed.map(({ file, start, end }) => ({ file, start, end }))];
    });
  }
}

function highlightKind({ role }: Mention): vscode.DocumentHighlightKind {
  return role === 'name' ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read;
}
