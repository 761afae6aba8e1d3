import type { Gate, Reference } from '../../model';
import { orNothing } from '../empty';
import { parseDecision } from '../values';
import type { GateDraft } from './drafts';
import { criteriaOf } from './gateCriteria';
import { idPlace, type Making, makeApprovals, placed, titleOfDraft } from './making';
import { cut } from './run';
import { locationOf, referencesOf, textOf, textsOf } from './values';

export function makeGate(draft: GateDraft, making: Making): Gate {
  const { fields } = draft;
  const [kind] = textsOf(fields.get('type'), making);
  const kindText = `${kind?.value ?? ''} ${draft.type}`;
  const sides = sidesOf(draft, making);
  const blockedBy = referencesOf(fields.get('blockedBy'), making);
  const blocks = referencesOf(fields.get('blocks'), making);
  return {
    kind: 'gate',
    id: making.idOf(draft),
    idAt: idPlace(draft, making),
    title: titleOfDraft(draft, making),
    location: placed(draft, making),
    head: placed(draft.head, making),
    type: /human|approval|sign|manual/i.test(kindText) ? 'human' : /external/i.test(kindText) ? 'external' : 'decision',
    phase: draft.phase === undefined ? undefined : making.idOf(draft.phase),
    blockedBy: blockedBy.length > 0 ? blockedBy : sides.before,
    blocks: blocks.length > 0 ? blocks : sides.after,
    criteria: orNothing(criteriaOf(draft, making)),
    decision: decisionOf(draft, making),
    approvals: makeApprovals(fields.get('approvals'), making),
  };
}

/** `Gate G1: Phase 1 → Phase 2` stands between the two. */
function sidesOf({ title }: GateDraft, making: Making): { before: readonly Reference[]; after: readonly Reference[] } {
  const arrow = title === undefined ? null : /\s*(?:→|->|=>)\s*/.exec(title.run.text);
  if (title === undefined || arrow === null) return { before: orNothing([]), after: orNothing([]) };
  const { run, at } = title;
  const open = run.text.lastIndexOf('(', arrow.index) + 1;
  const close = run.text.indexOf(')', arrow.index);
  const side = (from: number, to: number) => referencesOf([{ run: cut(run, from, to), at }], making);
  return {
    before: side(open, arrow.index),
    after: side(arrow.index + arrow[0].length, close < 0 ? run.text.length : close),
  };
}

function decisionOf({ fields }: GateDraft, making: Making): Gate['decision'] {
  for (const value of [...(fields.get('decision') ?? []), ...(fields.get('status') ?? [])]) {
    const decision = parseDecision(textOf(value, making).value, locationOf(value, making));
    if (decision !== undefined) return decision;
  }
  return undefined;
}
