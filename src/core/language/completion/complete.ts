import type { PlanPart } from '../../model';
import type { Range } from '../../text';
import { lineStart } from '../lines';
import type { PlanSource } from '../planSource';
import type { Completion } from './completion';
import { idsForField, idsOfKind } from './ids';
import { markdownPlace } from './markdownPlace';
import { mentionPlace } from './mentionPlace';
import { namesFor } from './names';
import type { CompletionPlace } from './place';
import { skeletonsFor } from './skeletons';
import { valuesFor } from './values';
import { yamlPlace } from './yamlPlace';

export interface CompletionOptions {
  /** Only what is surely wanted: for a list that comes by itself after a space or a comma. */
  readonly isUnasked?: boolean;
}

/**
 * What can be written at an offset, the likeliest first: ids where a reference stands, the fields that are missing,
 * values of fields that know theirs, whole things on a line of their own. Works on half-written lines.
 */
export function completionsAt(
  source: PlanSource,
  file: string,
  offset: number,
  { isUnasked = false }: CompletionOptions = {},
): readonly Completion[] {
  const part = source.part(file);
  if (part === undefined || part.notation === 'beads') return [];
  const yaml = yamlIn(part, offset);
  const { plan } = source.snapshot;
  const place = yaml === undefined ? markdownPlace(part, offset) : yamlPlace(part.text, yaml, offset, plan);
  switch (place?.kind) {
    case 'value':
      return valueCompletions(source, part, place, offset);
    case 'mention':
      return idsOfKind(source, part, place.of, place.from, offset);
    case 'name':
      return isUnasked ? [] : newLine(source, part, place, offset, yaml !== undefined);
    default:
      return [];
  }
}

/** A field, or something whole. Several words that begin neither are prose. */
function newLine(
  source: PlanSource,
  part: PlanPart,
  place: CompletionPlace & { readonly kind: 'name' },
  offset: number,
  isYaml: boolean,
): readonly Completion[] {
  const typed = part.text.slice(place.from, offset).toLowerCase();
  const all = [
    // A field in the column of the dashes would end the list.
    ...(place.isItem === true ? [] : namesFor(part, place, offset, isYaml)),
    ...(!isYaml || part.notation === 'yaml' ? skeletonsFor(source, part, place, offset) : []),
  ];
  return typed.includes(' ') ? all.filter(({ label }) => label.toLowerCase().startsWith(typed)) : all;
}

function valueCompletions(
  source: PlanSource,
  part: PlanPart,
  place: CompletionPlace & { readonly kind: 'value' },
  offset: number,
): readonly Completion[] {
  const start = lineStart(part.text, offset);
  const values = idsForField(source, part, place, offset) ?? valuesFor(source, part, place, offset);
  if (values !== undefined) return values;
  const mention = mentionPlace(start, part.text.slice(start, offset));
  return mention?.kind === 'mention' && mention.from >= place.from
    ? idsOfKind(source, part, mention.of, mention.from, offset)
    : [];
}

/** The piece of the file that is YAML, when the offset is in it: all of it, or a Markdown file's front matter. */
function yamlIn({ notation, text }: PlanPart, offset: number): Range | undefined {
  if (notation === 'yaml') return { start: 0, end: text.length };
  const opening = /^\uFEFF?---[ \t]*\r?\n/.exec(text)?.[0].length;
  if (opening === undefined || offset < opening) return undefined;
  const closing = /^(?:---|\.\.\.)[ \t]*\r?$/m.exec(text.slice(opening));
  const end = closing === null ? opening : opening + closing.index;
  return offset < end ? { start: opening, end } : undefined;
}
