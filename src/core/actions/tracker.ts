import { oneLine } from '../edit/fields/encoding';
import type { Bead, Plan } from '../model';
import { issueInExport } from '../notation/exportedIssue';
import { nameOf } from '../plan/tellings';
import { type ActionOutcome, type ActionSource, type Actor, refuse } from './action';
import { handleOf, isOwner } from './person';
import type { TrackerChange } from './trackerChange';

export type TrackerCall =
  | { readonly kind: 'claim' }
  /** `isForced`: somebody else has it. */
  | { readonly kind: 'release'; readonly isForced: boolean }
  /** `isForced`: something that it waits for is open. */
  | { readonly kind: 'close'; readonly reason: string; readonly isForced: boolean }
  | { readonly kind: 'reopen' | 'defer'; readonly reason: string };

/** Whether a bead stands in an export. */
export function isTracked(source: ActionSource, bead: Bead): boolean {
  return source.part(bead.head.file)?.notation === 'beads';
}

/**
 * An actor as the tracker knows people, which compares names letter by letter: as one of its issues has the name, else
 * the name itself, which is what `bd` takes from git.
 */
export function trackerName({ beads }: Plan, actor: Pick<Actor, 'name'>): string {
  const own = handleOf(actor).toLowerCase();
  const isOwn = (name: string) => handleOf({ name }).toLowerCase() === own;
  return beads.flatMap(({ owner }) => owner?.value ?? []).find(isOwn) ?? oneLine(actor.name).replace(/^@/, '');
}

export function toTracker(
  source: ActionSource,
  bead: Bead,
  actor: Actor,
  call: TrackerCall,
  said: string,
): ActionOutcome {
  const { id, head } = bead;
  const before = issueInExport(source.part(head.file)?.text ?? '', id);
  if (before === undefined || !/^[\p{L}\p{N}][^\s\p{Cc}=]*$/u.test(id)) {
    // What begins with a dash would be an option.
    return refuse('not-written', `${nameOf(bead)} has an id that \`bd\` cannot be told.`, 'Give it another one.', head);
  }
  const name = trackerName(source.snapshot.plan, actor);
  const { after, ways } = told(bead, name, call, isOwner(before.assignee, actor));
  const tail = [`--actor=${name}`, '--json'];
  return { tracker: { file: head.file, id, before, after, ways: ways.map((way) => [...way, ...tail]) }, said };
}

/** Which options there are differs: `--claim` and `--force` came late, `defer` was without a reason for long. */
function told(
  { id, status }: Bead,
  name: string,
  call: TrackerCall,
  isOwn: boolean,
): Pick<TrackerChange, 'after' | 'ways'> {
  switch (call.kind) {
    case 'claim': {
      const begun = ['update', id, '--status=in_progress'];
      const taken = [...begun, `--assignee=${name}`];
      const after = { status: 'in_progress', assignee: name };
      // `--claim` takes only what nobody has, and no two can have it.
      const ways = status === 'open' ? [['update', id, '--claim'], taken] : [taken];
      return isOwn ? { after: { status: 'in_progress' }, ways: [begun] } : { after, ways };
    }
    case 'release': {
      const way = ['update', id, ...(status === 'in_progress' ? ['--status=open'] : []), '--assignee='];
      const after = { ...(status === 'in_progress' && { status: 'open' }), assignee: '' };
      return { after, ways: call.isForced ? [[...way, '--force'], way] : [way] };
    }
    case 'close': {
      const way = ['close', id, `--reason=${call.reason}`];
      return { after: { status: 'closed' }, ways: call.isForced ? [[...way, '--force'], way] : [way] };
    }
    case 'reopen': {
      const { reason } = call;
      const way = status === 'closed' ? ['reopen', id] : ['update', id, '--status=open'];
      const option = status === 'closed' ? 'reason' : 'append-notes';
      return { after: { status: 'open' }, ways: [[...way, ...(reason === '' ? [] : [`--${option}=${reason}`])]] };
    }
    case 'defer': {
      const { reason } = call;
      const set = ['update', id, '--status=deferred'];
      const ways =
        reason === ''
          ? [['defer', id], set]
          : [
              ['defer', id, `--reason=${reason}`],
              [...set, `--append-notes=${reason}`],
            ];
      return { after: { status: 'deferred' }, ways };
    }
  }
}
