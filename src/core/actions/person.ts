import { oneLine } from '../edit/fields/encoding';
import type { Plan } from '../model';
import type { Actor } from './action';

/** `maria` and `Claude Code` as plans write people: `@maria`, `@Claude-Code`. Empty when no letter or digit is left. */
export function handleOf({ name }: Pick<Actor, 'name'>): string {
  const bare = oneLine(name)
    .replace(/^@/, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+|[-._]+$/gu, '');
  return bare === '' ? '' : `@${bare}`;
}

/** The same as this plan writes owners: without the `@` where none of them has one. */
export function ownerName(plan: Plan, actor: Pick<Actor, 'name'>): string {
  const handle = handleOf(actor);
  const owners = plan.beads.flatMap(({ owner }) => owner?.value ?? []);
  const isBare = owners.length > 0 && !owners.some((owner) => owner.includes('@'));
  return isBare ? handle.slice(1) : handle;
}

/** Whether a written owner is this person, alone or among others. */
export function isOwner(written: string, actor: Pick<Actor, 'name'>): boolean {
  const own = handleOf(actor).slice(1).toLowerCase();
  return written
    .split(/\s*(?:,|&|\+|\/|\band\b)\s*|\s+\(/)
    .some((each) => handleOf({ name: each }).slice(1).toLowerCase() === own);
}
