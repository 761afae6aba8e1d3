import { isScalar, type YAMLMap } from 'yaml';
import type { Phase, Reference } from '../../model';
import type { Entry, YamlValues } from './values';

/** Documents that are about one phase, or are one bead, and what such files write in place of an id. */

/** The value of a key `phase` that says which phase the document is about. */
export function phaseKeyOf(values: YamlValues, root: YAMLMap): Entry | undefined {
  const entry = scalarAt(values, root, 'phase');
  return entry !== undefined && values.field(entry.value) !== undefined ? entry : undefined;
}

/** The key `id` beside `plan`, in a document that holds no things. */
export function ticketKeyOf(values: YamlValues, root: YAMLMap): Entry | undefined {
  const id = scalarAt(values, root, 'id');
  if (id === undefined || scalarAt(values, root, 'plan') === undefined) return undefined;
  const fields = values.knownFields('plan', root);
  return THINGS.some((name) => fields.has(name)) ? undefined : id;
}

const THINGS = ['phases', 'beads', 'gates', 'scenarios', 'insights', 'prompts', 'critiques'] as const;

function scalarAt(values: YamlValues, root: YAMLMap, name: string): Entry | undefined {
  const entries = values.entries(root);
  return entries.find(({ key, value }) => isScalar(value) && values.textOf(key).toLowerCase() === name);
}

/** The number of a plan inside a phase. */
export function isNumber(planId: string): boolean {
  return /^\d+$/.test(planId);
}

/** `12.4-mfa-rollout`, as file names have it, is phase 12.4. */
const SLUG = /^(\d+(?:\.\d+)*)[-_ ]+(\p{L}.*)$/su;

export function withoutSlug(reference: Reference): Reference {
  const [, id] = SLUG.exec(reference.value) ?? [];
  return id === undefined ? reference : { ...reference, end: reference.start + id.length, value: id, kind: 'phase' };
}

export function splitSlug(phase: Phase): Phase {
  const [, id = '', rest = ''] = SLUG.exec(phase.id) ?? [];
  if (id === '' || phase.idAt === undefined) return phase;
  const { file, start, end } = phase.idAt;
  const title = phase.title.value === '' ? { file, start: end - rest.length, end, value: rest } : phase.title;
  return { ...phase, id, idAt: { file, start, end: start + id.length }, title };
}
