import type { Field, Phase, PlanHead, PlanPart } from '../../model';
import { emptyPart, NO_HEAD } from '../empty';
import { readYamlDocument } from '../yaml/readYaml';
import type { PhaseDraft } from './drafts';

export interface FrontMatter {
  readonly part: PlanPart;
  /** The phase that the whole file is about, when it names one. */
  readonly phase: PhaseDraft | undefined;
}

/** Reads the YAML between two offsets of a Markdown file. */
export function frontMatterOf(file: string, text: string, start: number, end: number): FrontMatter {
  const source = text.slice(start, end);
  const simple = simpleHead(file, source, start);
  if (simple !== undefined) return { part: { ...emptyPart(file, 'yaml', source), head: simple }, phase: undefined };
  const part = readYamlDocument(file, source, start);
  const [only, ...others] = part.phases;
  if (only === undefined || others.length > 0 || !/^["']?phase["']?[ \t]*:/m.test(source))
    return { part, phase: undefined };
  const phase = numbered(only);
  return { part: { ...part, phases: [phase], head: headOf(part) }, phase: draftOf(phase) };
}

const SIMPLE_LINE =
  /^(plan|title|mode|progress|repository):[ \t]+((?!(?:true|false|yes|no|on|off|null)\b)[A-Za-z][A-Za-z\d ./_-]*[A-Za-z\d])[ \t]*$/i;

/**
 * What most front matter is, `plan: shop` and `mode: executing`, without the price of a YAML parser for each file of an
 * index. Undefined when there is anything more to it.
 */
function simpleHead(file: string, source: string, offset: number): PlanHead | undefined {
  const values = new Map<string, Field<string>>();
  let start = 0;
  for (const line of source.split('\n')) {
    const at = start;
    start += line.length + 1;
    if (line.trim() === '') continue;
    const [, key = '', value = ''] = SIMPLE_LINE.exec(line) ?? [];
    if (key === '' || key !== key.toLowerCase() || values.has(key)) return undefined;
    const from = offset + at + line.indexOf(value, key.length + 1);
    values.set(key, { value, file, start: from, end: from + value.length });
  }
  const mode = values.get('mode');
  if (mode !== undefined && mode.value !== 'planning' && mode.value !== 'executing') return undefined;
  return {
    ...NO_HEAD,
    planId: values.get('plan'),
    title: values.get('title'),
    mode: mode as PlanHead['mode'],
    progress: values.get('progress'),
    repository: values.get('repository'),
  };
}

/** `phase: 12.4-search` with `plan: 04` is the fourth file of phase 12.4, not a plan called 04. */
function headOf({ head }: PlanPart): PlanPart['head'] {
  const { planId, ...others } = head;
  return planId !== undefined && /^\d+$/.test(planId.value) ? others : head;
}

function numbered(phase: Phase): Phase {
  const counted = /^(\d+(?:\.\d+)*)-(\p{L}.*)$/u.exec(phase.id);
  const at = phase.idAt;
  if (counted === null || at === undefined) return phase;
  const [, id = '', title = ''] = counted;
  return {
    ...phase,
    id,
    idAt: { ...at, end: at.start + id.length },
    title: phase.title.value === '' ? { ...at, start: at.start + id.length + 1, value: title } : phase.title,
  };
}

/** For what the rest of the file tells of the phase. */
function draftOf({ id, idAt, location, head }: Phase): PhaseDraft {
  return {
    kind: 'phase',
    fields: new Map(),
    prose: [],
    id: { value: id, range: idAt, through: undefined },
    title: undefined,
    start: location.start,
    end: location.end,
    head,
    check: undefined,
    sign: undefined,
    struck: undefined,
    plain: [],
    beside: [],
    numbered: [],
    hasBeads: false,
    isRemark: false,
  };
}
