import { beadsInHand } from '../currentBead';
import type { FieldChange, Reworded } from '../edit/fields/change';
import { oneLine } from '../edit/fields/encoding';
import type { Bead, Status, Texts } from '../model';
import { isNone } from '../notation/values';
import { nameOf } from '../plan/tellings';
import { type ActionOutcome, type ActionSource, type Actor, dayOf, type Refusal, refuse } from './action';
import { chainOf } from './chain';
import { handleOf, isOwner, ownerName } from './person';
import { whilePlanning } from './planning';
import { logged } from './progress';
import { isTracked, type TrackerCall, toTracker, trackerName } from './tracker';
import { writeFields } from './write';

export interface Closing {
  /** What shows that it is done: at least one. */
  readonly evidence: readonly string[];
  /** Why it is closed although something that blocks it is open. */
  readonly override?: string;
}

/** Takes a ready bead: it is in progress from now on, and has an owner. */
export function claimBead(source: ActionSource, bead: Bead, actor: Actor): ActionOutcome {
  const { plan, schedule } = source.snapshot;
  const owner = isTracked(source, bead) ? trackerName(plan, actor) : ownerName(plan, actor);
  const refused = notUsable(source, bead, actor) ?? isParent(source, bead);
  if (refused !== undefined) return { refused };
  switch (schedule.beadState(bead.id)) {
    case 'closed':
      return refuse('state', `${nameOf(bead)} is closed.`, 'Reopen it first, if there is more to do.', bead.head);
    case 'deferred':
      return refuse('state', `${nameOf(bead)} is deferred.`, 'Reopen it first, if its time has come.', bead.head);
    case 'in_progress': {
      const holder = bead.owner?.value;
      if (holder !== undefined && isOwner(holder, actor))
        return refuse('state', `${nameOf(bead)} is yours already.`, undefined, bead.head);
      if (holder !== undefined) return held(bead, holder);
      break;
    }
    case 'blocked':
      return refuse(
        'blocked',
        `${nameOf(bead)} is blocked: ${chainOf(source.snapshot, bead)}.`,
        'Finish what comes first, or take one of the beads that are ready.',
        bead.head,
      );
    case 'ready':
      // An owner who has not begun yet has it all the same.
      if (bead.owner !== undefined && !isOwner(bead.owner.value, actor)) return held(bead, bead.owner.value);
  }
  const hasLog = source.progress !== undefined;
  const changes: FieldChange[] = [{ kind: 'status', status: 'in_progress' }];
  const isOwned = bead.owner !== undefined && isOwner(bead.owner.value, actor);
  const value = hasLog ? owner : `${owner} (${dayOf(actor)})`;
  if (!isOwned) changes.push({ kind: 'set', field: 'owner', value });
  const intended = { status: 'in_progress', ...(!isOwned && { owner: { value: owner } }) };
  const others = beadsInHand(source.snapshot, actor.name).map(({ id }) => id);
  const beside =
    others.length === 0 ? '' : ` ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} still in hand.`;
  return change(source, bead, actor, changes, intended, {
    event: 'started',
    said: `${owner} works on ${titled(bead)} now.${beside}`,
    call: { kind: 'claim' },
  });
}

/** Puts a bead back that its owner, or with `force` somebody else, does not go on with. */
export function releaseBead(
  source: ActionSource,
  bead: Bead,
  actor: Actor,
  { force = false }: { readonly force?: boolean } = {},
): ActionOutcome {
  const refused = notUsable(source, bead, actor);
  if (refused !== undefined) return { refused };
  const holder = bead.owner?.value;
  if (bead.status === 'closed') return refuse('state', `${nameOf(bead)} is closed.`, 'Reopen it instead.', bead.head);
  if (bead.status !== 'in_progress' && holder === undefined)
    return refuse('state', `Nobody has ${nameOf(bead)}.`, undefined, bead.head);
  if (holder !== undefined && !isOwner(holder, actor) && !force) return held(bead, holder);
  const changes: FieldChange[] = [];
  if (bead.status === 'in_progress') changes.push({ kind: 'status', status: 'open' });
  if (holder !== undefined) changes.push({ kind: 'remove', field: 'owner' });
  const status: Status = bead.status === 'in_progress' ? 'open' : bead.status;
  return change(
    source,
    bead,
    actor,
    changes,
    { status, owner: undefined },
    {
      event: 'released',
      said: `${titled(bead)} is free again.`,
      call: { kind: 'release', isForced: holder !== undefined && !isOwner(holder, actor) },
    },
  );
}

/** Closes a bead with what shows that it is done. */
export function closeBead(source: ActionSource, bead: Bead, actor: Actor, closing: Closing): ActionOutcome {
  const refused = notUsable(source, bead, actor) ?? openParts(source, bead);
  if (refused !== undefined) return { refused };
  if (bead.status === 'closed') return refuse('state', `${nameOf(bead)} is closed already.`, undefined, bead.head);
  const evidence = closing.evidence.map(oneLine).filter((each) => !isNone(each));
  if (evidence.length === 0) {
    return refuse(
      'no-evidence',
      `${nameOf(bead)} needs evidence to be closed.`,
      'Say what shows that it is done: a measured value, a command and its result, a file, a commit.',
      bead.head,
    );
  }
  const holder = bead.owner?.value;
  const override = oneLine(closing.override ?? '');
  const isHeld = holder !== undefined && !isOwner(holder, actor);
  if (isHeld && isNone(override)) return held(bead, holder);
  const reasons = chainOf(source.snapshot, bead);
  if (reasons !== '' && isNone(override)) {
    return refuse(
      'blocked',
      `${nameOf(bead)} cannot be closed yet: it is ${reasons}.`,
      'Finish that first. If it really is done all the same, close it with a reason that overrides this.',
      bead.head,
    );
  }
  const against = [...(isHeld ? [`held by ${oneLine(holder)}`] : []), ...(reasons === '' ? [] : [reasons])];
  if (against.length > 0)
    evidence.push(`closed although ${against.join(' and ')} (override by ${handleOf(actor)}: ${override})`);
  const value = evidence.join('; ');
  const changes: FieldChange[] = [
    { kind: 'status', status: 'closed' },
    { kind: 'append', field: 'evidence', value },
  ];
  const intended = (reworded: Reworded) => ({ status: 'closed', evidence: appended(bead.evidence, reworded(value)) });
  return change(source, bead, actor, changes, intended, {
    event: 'closed',
    detail: value,
    said: `${titled(bead)} is closed.`,
    call: { kind: 'close', reason: value, isForced: reasons !== '' },
  });
}

/** Opens a closed or deferred bead again. */
export function reopenBead(
  source: ActionSource,
  bead: Bead,
  actor: Actor,
  { reason = '' }: { readonly reason?: string } = {},
): ActionOutcome {
  const refused = notUsable(source, bead, actor);
  if (refused !== undefined) return { refused };
  if (bead.status === 'open' || bead.status === 'in_progress') {
    return refuse('state', `${nameOf(bead)} is open already.`, undefined, bead.head);
  }
  const changes: FieldChange[] = [{ kind: 'status', status: 'open' }];
  if (bead.owner !== undefined) changes.push({ kind: 'remove', field: 'owner' });
  const why = oneLine(reason);
  const said = `${titled(bead)} is open again.`;
  const call: TrackerCall = { kind: 'reopen', reason: why };
  const event = { event: 'reopened', ...(why !== '' && { detail: why }), said, call };
  return change(source, bead, actor, changes, { status: 'open', owner: undefined }, event);
}

/** Puts a bead off: it is neither ready nor blocked until somebody reopens it. */
export function deferBead(
  source: ActionSource,
  bead: Bead,
  actor: Actor,
  { reason = '' }: { readonly reason?: string } = {},
): ActionOutcome {
  const refused = notUsable(source, bead, actor);
  if (refused !== undefined) return { refused };
  if (bead.status === 'deferred' || bead.status === 'closed')
    return refuse('state', `${nameOf(bead)} is ${bead.status} already.`, undefined, bead.head);
  const holder = bead.owner?.value;
  if (holder !== undefined && !isOwner(holder, actor)) return held(bead, holder);
  const why = oneLine(reason);
  const said = `${titled(bead)} is deferred.`;
  const call: TrackerCall = { kind: 'defer', reason: why };
  const event = { event: 'deferred', ...(why !== '' && { detail: why }), said, call };
  return change(source, bead, actor, [{ kind: 'status', status: 'deferred' }], { status: 'deferred' }, event);
}

// ── what they share ─────────────────────────────────────────────────────────────────────────────────────────────────

function notUsable(source: ActionSource, bead: Bead, actor: Actor): Refusal | undefined {
  const { plan } = source.snapshot;
  const planning = whilePlanning(plan);
  if (planning !== undefined) return planning;
  if (handleOf(actor) === '')
    return refuse('input', 'Nobody is named who does this.', 'Give a name with a letter or a digit in it.').refused;
  if (plan.beads.filter(({ id }) => id === bead.id).length > 1) {
    const message = `Two beads of this plan are called ${bead.id}.`;
    return refuse('not-written', message, 'Give one of them another id first.', bead.head).refused;
  }
  return undefined;
}

function isParent({ snapshot: { plan, schedule } }: ActionSource, bead: Bead): Refusal | undefined {
  const parts = plan.childrenOf(bead.id);
  if (parts.length === 0) return undefined;
  const ready = parts.filter(({ id }) => schedule.beadState(id) === 'ready').map(({ id }) => id);
  const advice =
    ready.length === 0 ? 'None of them is ready.' : `Take one that is ready: ${ready.slice(0, 5).join(', ')}.`;
  return refuse('state', `${nameOf(bead)} is made of other beads.`, advice, bead.head).refused;
}

function openParts({ snapshot: { plan, schedule } }: ActionSource, bead: Bead): Refusal | undefined {
  const open = plan.childrenOf(bead.id).filter(({ id }) => schedule.beadState(id) !== 'closed');
  if (open.length === 0) return undefined;
  const names = open.slice(0, 5).map(({ id }) => id);
  const left = open.length - names.length;
  return refuse(
    'blocked',
    `${nameOf(bead)} is closed when its parts are, and ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''} ${open.length === 1 ? 'is' : 'are'} open.`,
    'Close those first.',
    bead.head,
  ).refused;
}

function held(bead: Bead, holder: string): { readonly refused: Refusal } {
  return refuse(
    'held',
    `${nameOf(bead)} is held by ${oneLine(holder)}.`,
    'Ask them, or take another bead that is ready.',
    bead.owner ?? bead.head,
  );
}

/** A value behind the last one, in the same text. */
function appended(texts: Texts, value: string): readonly { readonly value: string }[] {
  const last = texts.at(-1);
  return last === undefined ? [{ value }] : [...texts.slice(0, -1), { value: `${last.value}; ${value}` }];
}

interface Event {
  readonly event: string;
  readonly detail?: string;
  readonly said: string;
  /** The same for the tracker of an export. */
  readonly call: TrackerCall;
}

function change(
  source: ActionSource,
  bead: Bead,
  actor: Actor,
  changes: readonly FieldChange[],
  intended: Readonly<Record<string, unknown>> | ((reworded: Reworded) => Readonly<Record<string, unknown>>),
  { said, call, ...event }: Event,
): ActionOutcome {
  if (isTracked(source, bead)) return toTracker(source, bead, actor, call, said);
  const log = logged(source, actor, { of: bead.id, ...event });
  if ('refused' in log) return log;
  const written = writeFields(
    source,
    bead,
    changes,
    (reworded) => ({
      ...(changes.some(({ kind }) => kind === 'status') && NOT_HELD),
      ...(typeof intended === 'function' ? intended(reworded) : intended),
    }),
    log.edits,
  );
  return 'refused' in written ? written : { edits: written.edits, said };
}

/** A new status takes the place of one that says blocked, on a line or above a column. */
const NOT_HELD = { saysBlocked: undefined };

function titled(bead: Bead): string {
  const title = oneLine(bead.title.value);
  return title === '' || title === bead.id
    ? bead.id
    : `${bead.id} (${title.length > 60 ? `${title.slice(0, 59)}…` : title})`;
}
