import { isFieldName } from './fieldNames';
import { readBracket } from './fieldSegments';
import { titledLine, writtenLine } from './fields';
import { headOf } from './heads';
import type { Span } from './inline';
import { cut, type Head, isAll, isBlank, type NamedLine, type Run, type WrittenField } from './run';

export function namedLine(run: Run): NamedLine {
  run.name ??= readName(run);
  return run.name;
}

function readName(run: Run): NamedLine {
  const head = headOf(run);
  const { labels, fields: tags, rest } = readTags(withoutRemark(head));
  const isStruck = isAll(run, 'struck');
  const bold = boldTitle(run, head, rest);
  if (bold === undefined) {
    const { lead, fields } = titledLine(rest);
    const title = afterStruck(lead);
    return {
      head,
      title,
      whole: rest,
      labels,
      fields: [...tags, ...fields],
      detail: undefined,
      isStruck: isStruck || isAll(lead, 'struck'),
    };
  }
  const named = titledLine(bold.title);
  const told = writtenLine(bold.detail);
  return {
    head,
    title: named.lead,
    whole: bold.title,
    labels,
    fields: [...tags, ...named.fields, ...told.fields],
    detail: isBlank(told.lead) ? undefined : told.lead,
    isStruck: isStruck || isAll(named.lead, 'struck'),
  };
}

/** `Phase 1 (Weeks 1-2): Index` is called Index; `Phase 1 (Setup)` has no other title than its remark. */
function withoutRemark({ kind, rest }: Head): Run {
  if (kind !== 'phase') return rest;
  const remark = /^\s*\(([^()]*)\)\s*(?:—|–|--?|:)?[ \t]*/.exec(rest.text);
  if (remark === null) return rest;
  const behind = cut(rest, remark[0].length, rest.text.length);
  if (!isBlank(behind)) return behind;
  const open = rest.text.indexOf('(') + 1;
  return cut(rest, open, open + (remark[1] ?? '').length);
}

/** `[P]`, `[US1]`, Kiro's `(P)`, and `(P0)` or `(P1, after T1)`. */
const TAG = /^\s*(?:\[([^[\]\s|]{1,24})\]\??|\((P[0-4]?)\))(?=[\s:]|$)/u;
const FIELDS = /^\s*\((P\d[^()]{1,100})\)(?=\s)/;

function readTags(run: Run): {
  readonly labels: readonly Run[];
  readonly fields: readonly WrittenField[];
  readonly rest: Run;
} {
  const labels: Run[] = [];
  const fields: WrittenField[] = [];
  let rest = run;
  for (let tag = TAG.exec(rest.text); tag !== null; tag = TAG.exec(rest.text)) {
    const close = Math.max(tag[0].lastIndexOf(']'), tag[0].lastIndexOf(')'));
    const inner = cut(rest, close - (tag[1] ?? tag[2] ?? '').length, close);
    // `[P1]` and `[2h]` are fields; `[P]` and `[US1]` say what kind of task it is.
    const [field] = writtenLine(inner).fields;
    if (field !== undefined) fields.push(field);
    else labels.push(inner);
    rest = cut(rest, tag[0].length, rest.text.length);
  }
  const [whole, inner = ''] = FIELDS.exec(rest.text) ?? [];
  const told =
    whole === undefined ? undefined : readBracket(cut(rest, whole.length - inner.length - 1, whole.length - 1));
  if (whole !== undefined && told !== undefined)
    return { labels, fields: [...fields, ...told], rest: cut(rest, whole.length, rest.text.length) };
  const separator = rest === run ? undefined : /^\s*(?::|—|–|--?)\s+/.exec(rest.text)?.[0].length;
  return { labels, fields, rest: separator === undefined ? rest : cut(rest, separator, rest.text.length) };
}

/** `**F1 Leaked key** — detect: …`: when the bold part holds id and title, what follows is no title. */
function boldTitle(run: Run, head: Head, rest: Run): { readonly title: Run; readonly detail: Run } | undefined {
  const span = boldSpan(run, head, rest);
  if (span === undefined || span.outerEnd >= rest.end || rest.start >= span.end) return undefined;
  const behind = cut(rest, span.outerEnd - rest.start, rest.text.length);
  const separator = /^\s*(?:—|–|--?|:|\.)[ \t]+/.exec(behind.text)?.[0].length;
  const endsInColon = rest.text[span.end - 1 - rest.start] === ':';
  if (separator === undefined && !endsInColon && !/^[([|·]/.test(behind.text)) return undefined;
  return { title: cut(rest, 0, span.end - rest.start), detail: cut(behind, separator ?? 0, behind.text.length) };
}

/** Bold that holds the id and a title, or, where no word such as `Phase` makes it a name, the title alone. */
function boldSpan(run: Run, { id, kind }: Head, rest: Run): Span | undefined {
  const whole =
    id && run.spans.find((span) => span.kind === 'strong' && span.start <= id.start && span.end > rest.start);
  if (whole !== undefined || kind !== undefined) return whole;
  const first = rest.spans.find((span) => span.kind === 'strong' && span.outerStart === rest.start);
  return first && isFieldName(rest.text.slice(0, first.end - rest.start)) ? undefined : first;
}

/** `~~Old title~~ replaced by T9` keeps its title whole: nothing to do. A dash before a title is no part of it. */
function afterStruck(run: Run): Run {
  const dash = /^\s*(?:—|–|--?)[ \t]+/.exec(run.text)?.[0].length ?? 0;
  return dash === 0 ? run : cut(run, dash, run.text.length);
}
