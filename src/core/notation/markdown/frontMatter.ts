import type { Bead, Field, Phase, PlanHead, PlanPart } from '../../model';
import type { Range } from '../../text';
import { emptyPart, NO_HEAD } from '../empty';
import { withoutLeadingZeros } from '../ids';
import { readPhaseFields } from '../yaml/document';
import { readYamlDocument } from '../yaml/readYaml';
import type { BeadDraft, PhaseDraft } from './drafts';

export interface FrontMatter {
  readonly part: PlanPart;
  /** The phase that the whole file is about, when it names one. */
  readonly phase: PhaseDraft | undefined;
  /** The bead that the whole file is, when it gives `id` beside `plan`. */
  readonly bead: BeadDraft | undefined;
  /** The whole of it, where it names no phase and has keys that may be about the phase of the file's title. */
  readonly range?: Range;
}

/** Reads the YAML between two offsets of a Markdown file. */
export function frontMatterOf(file: string, text: string, start: number, end: number): FrontMatter {
  const source = text.slice(start, end);
  const simple = simpleHead(file, source, start);
  if (simple !== undefined)
    return { part: { ...emptyPart(file, 'yaml', source), head: simple }, phase: undefined, bead: undefined };
  const part = readYamlDocument(file, source, start);
  const [ticket, ...more] = part.beads;
  if (
    ticket !== undefined &&
    more.length === 0 &&
    ticket.location.start <= start + source.search(/\S/) &&
    isTicket(source)
  )
    return { part, phase: undefined, bead: beadDraftOf(ticket) };
  const [only, ...others] = part.phases;
  if (only === undefined || others.length > 0 || !/^["']?phase["']?[ \t]*:/m.test(source))
    return { part, phase: undefined, bead: undefined, ...(only === undefined && { range: { start, end } }) };
  return { part: { ...part, head: headOf(part) }, phase: draftOf(only), bead: undefined };
}

/**
 * The phase that front matter tells, with the title that stands below: a phase in a file of its own needs no title in
 * the front matter, and `01-base` is a name for files.
 */
export function titledBelow(phase: Phase, below: readonly Phase[], heading: Field<string> | undefined): Phase {
  const { title, idAt } = phase;
  const isWritten = title.value !== '' && (idAt === undefined || title.start !== idAt.end + 1);
  if (isWritten) return phase;
  const same = below.find(
    (each) => withoutLeadingZeros(each.id) === withoutLeadingZeros(phase.id) && each.title.value !== '',
  );
  return { ...phase, title: same?.title ?? heading ?? title };
}

/** What the front matter of a file tells of the one phase that its title names. */
export function toldOf(phase: Phase, text: string, { start, end }: Range): Phase | undefined {
  const { id, idAt, title, location, head } = phase;
  const place = (from: number, to: number) => ({ file: head.file, start: from + start, end: to + start });
  const told = readPhaseFields({ file: head.file, text: text.slice(start, end), place });
  return told === undefined ? undefined : { ...told, id, ...(idAt && { idAt }), title, location, head };
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

function isTicket(source: string): boolean {
  return /^["']?id["']?[ \t]*:/m.test(source) && /^["']?plan["']?[ \t]*:/m.test(source);
}

/** The bead of such a file, from its front matter and what stands below. */
export function ticketOf(front: Bead, below: readonly Bead[], title: Field<string> | undefined, end: number): Bead {
  const body = below.find(({ head }) => head.start === front.head.start);
  const filled = Object.entries(front).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  const bead: Bead = { ...front, ...body, ...Object.fromEntries(filled) };
  const isDone = front.statusAt === undefined && body?.status === 'closed';
  const said = title !== undefined && bead.title.value === '' ? { title } : {};
  return { ...bead, ...said, ...(isDone && { status: 'closed' }), location: { ...front.location, end } };
}

function beadDraftOf({ id, idAt, location, head }: Bead): BeadDraft {
  return {
    kind: 'bead',
    ...draftBase({ id, idAt, location, head }),
    phase: undefined,
    parent: undefined,
    steps: [],
    labels: [],
    isOrdinal: false,
    listedAs: undefined,
  };
}

/** For what the rest of the file tells of the phase. */
function draftOf(phase: Phase): PhaseDraft {
  return {
    kind: 'phase',
    ...draftBase(phase),
    plain: [],
    beside: [],
    numbered: [],
    hasBeads: false,
    isRemark: false,
  };
}

function draftBase({ id, idAt, location, head }: Pick<Phase | Bead, 'id' | 'idAt' | 'location' | 'head'>) {
  return {
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
  };
}
