import { approvalHash } from '../approval/approvedText';
import { stands } from '../approval/standing';
import { HEAD } from '../edit/exactly';
import { waysToApprove } from '../edit/fields/approval';
import { tellingsOf } from '../edit/fields/tellings';
import type { Gate, Phase } from '../model';
import { nameOf } from '../plan/tellings';
import { type ActionOutcome, type ActionSource, type Actor, dayOf, refuse } from './action';
import { handleOf, isOwner } from './person';
import { logged } from './progress';
import { together, type Way, writeExactly } from './write';

/** Records that somebody approves a phase, a gate or, without one, the plan, as it is now. Also while it is planned. */
export function approve(source: ActionSource, of: Phase | Gate | undefined, actor: Actor): ActionOutcome {
  const { plan } = source.snapshot;
  const by = handleOf(actor);
  if (by === '') return refuse('input', 'Nobody is named who approves.', 'Give a name with a letter or a digit in it.');
  const name = of === undefined ? 'The plan' : nameOf(of);
  const part = source.part(of?.location.file ?? plan.files[0] ?? '');
  if (part === undefined) return refuse('not-written', `${name} has no file that could be written.`);
  const all = of?.approvals ?? plan.head.approvals;
  const own = all.findLast((approval) => isOwner(approval.by, actor));
  if (own !== undefined && own.hash !== undefined && stands(plan, of, own))
    return refuse(
      'state',
      `${by} has approved ${of === undefined ? 'the plan' : name} as it is already.`,
      undefined,
      own,
    );
  const hash = approvalHash(plan, of);
  const approval = { by, date: dayOf(actor), hash };
  const log = logged(source, actor, {
    of: of === undefined ? '' : of.kind === 'phase' ? nameOf(of) : of.id,
    event: of === undefined ? 'plan approved' : 'approved',
    detail: `sha256:${hash}`,
  });
  if ('refused' in log) return log;
  const besides = log.edits;
  const told = of === undefined ? undefined : tellingsOf(source, of)[0];

  function* ways(file: NonNullable<typeof part>): Iterable<Way> {
    const target = (told?.thing ?? of) as Phase | Gate | undefined;
    for (const edits of waysToApprove(file, target, approval, { all, own })) {
      const [first] = all;
      const isFirst = own === undefined && first?.file === file.file && (edits[0]?.range.start ?? 0) < first.start;
      const others = all.map((each) => (each === own ? approval : each));
      const approvals = own !== undefined ? others : isFirst ? [approval, ...all] : [...all, approval];
      yield {
        edits: together(new Map([[file.file, edits]]), besides),
        intended: new Map([[of ?? HEAD, { approvals }]]),
        holds: (after) => approvalHash(after, of && (after.find(of.id, of.kind) as Phase | Gate)) === hash,
      };
    }
  }
  const at = of?.head ?? { file: part.file, start: 0, end: 0 };
  const written = writeExactly(source, { name, at }, ways(part));
  if ('refused' in written) return written;
  return { edits: written.edits, said: `${name} is approved by ${by} as sha256:${hash}.` };
}
