import type { Phase, Reference } from '../../model';

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
