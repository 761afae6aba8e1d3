import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Bead, Field, Status, Step, Texts } from '../../model';
import { NOTHING, orNothing } from '../empty';
import type { FieldName } from '../fields';
import { parseScenarioPointers } from '../references';
import {
  ownerInStatus,
  ownerOf,
  parseBoolean,
  parseEstimate,
  parsePriority,
  parseStatus,
  saysBlocked,
} from '../values';
import { idIn, isLoneId, named } from './names';
import type { YamlValues } from './values';
import { type Fields, type Home, mapped, statusOf, type Written } from './written';

export function beadOf(values: YamlValues, written: Written, fields: Fields<'bead'>, home: Home): Bead {
  const texts = (name: FieldName<'bead'>) => values.texts(fields.get(name)?.value);
  const field = (name: FieldName<'bead'>) => values.field(fields.get(name)?.value);
  const phase = idIn(values, fields.get('phase')?.value) ?? home.phase;
  const parent = idIn(values, fields.get('parent')?.value) ?? home.parent;
  const type = field('type');
  const said = field('status');
  const owner = ownerOf(field('owner')) ?? (said && ownerInStatus(said.value, said));
  const priority = mapped(field('priority'), parsePriority);
  const estimate = mapped(field('estimate'), parseEstimate);
  const done = fields.get('doneWhen')?.value;
  const steps = fields.get('steps')?.value;
  const isMark = isScalar(done) && typeof done.value === 'boolean';
  const status = statusOf(values, fields.get('status')?.value) ?? (isMark ? doneStatus(values, done) : undefined);
  const blockedBy = values.references(fields.get('blockedBy')?.value);
  const isHeld = blockedBy.length === 0 && saysBlocked(said?.value ?? '');
  const ifItFails = texts('ifItFails');
  const names = named(values, written, fields, home.parent ?? home.phase ?? '');
  const [first, ...others] = texts('what');
  // A bead that only says what is to be done is called that.
  const isCalledWhat = names.title.value === '' && first !== undefined;
  return {
    kind: 'bead',
    ...names,
    title: isCalledWhat ? first : names.title,
    ...(phase === undefined ? {} : { phase }),
    ...(parent === undefined ? {} : { parent }),
    ...(type === undefined ? {} : { type }),
    ...(priority === undefined ? {} : { priority }),
    blockedBy,
    what: isCalledWhat ? orNothing(others) : texts('what'),
    doneWhen: isMark ? NOTHING : values.texts(done),
    ifItFails,
    failureScenarios: orNothing(ifItFails.flatMap(scenariosIn)),
    steps: holdsBeads(values, steps)
      ? NOTHING
      : orNothing(values.elements(steps).flatMap((step) => stepOf(values, step) ?? [])),
    status: status?.value ?? 'open',
    ...(isHeld ? { saysBlocked: true } : {}),
    ...(status === undefined ? {} : { statusAt: { file: status.file, start: status.start, end: status.end } }),
    ...(owner === undefined ? {} : { owner }),
    ...(estimate === undefined ? {} : { estimate }),
    labels: labelsOf(texts('labels')),
    evidence: texts('evidence'),
  };
}

function doneStatus(values: YamlValues, node: Node): Field<Status> | undefined {
  const field = values.field(node);
  return field === undefined ? undefined : { ...field, value: parseBoolean(field.value) === true ? 'closed' : 'open' };
}

function scenariosIn(text: Field<string>) {
  const found = parseScenarioPointers(text.value, text);
  if (found.length > 0 || !isLoneId(text.value)) return found;
  return [{ ...text, kind: 'scenario' as const }];
}

/** Whether a list of steps is one of beads: some of them have an id. */
export function holdsBeads(values: YamlValues, node: Node | undefined): boolean {
  return (
    isSeq(node) &&
    node.items.some((item) => isMap(item) && values.entries(item).some(({ key }) => values.textOf(key) === 'id'))
  );
}

/** `[x] text`, a text, or a mapping that says what and whether it is done. */
function stepOf(values: YamlValues, node: Node): Step | undefined {
  if (isMap(node)) {
    const fields = values.fields('step', node);
    const text = values.field(fields.get('text')?.value);
    const done = values.field(fields.get('done')?.value);
    if (text === undefined) return undefined;
    const isDone = done !== undefined && (parseBoolean(done.value) ?? parseStatus(done.value) === 'closed');
    return { text, done: isDone };
  }
  const field = values.field(node);
  if (field === undefined) return undefined;
  const box = /^\[([ xX])\]\s+(?=\S)/.exec(field.value);
  if (box === null) return { text: field, done: false };
  const text = { ...field, start: field.start + box[0].length, value: field.value.slice(box[0].length) };
  return { text, done: box[1] !== ' ', mark: { file: field.file, start: field.start + 1, end: field.start + 2 } };
}

/** A list, or one text with commas. */
function labelsOf(texts: Texts): Texts {
  const only = texts[0];
  if (texts.length !== 1 || only === undefined || !only.value.includes(',')) return texts;
  return [...only.value.matchAll(/[^,\s](?:[^,]*[^,\s])?/g)].map((match) => {
    const start = only.start + match.index;
    return { file: only.file, start, end: start + match[0].length, value: match[0] };
  });
}
