import { describe, expect, test } from 'vitest';
import type { ActionOutcome, ActionSource } from '../../../../src/core/actions/action';
import { claimBead, closeBead, deferBead, releaseBead, reopenBead } from '../../../../src/core/actions/beads';
import type { Bead } from '../../../../src/core/model';
import { actionSource, beadIn, MARIA, TOMAS } from '../../../support/actions';

const FILE = '.beads/issues.jsonl';

function exported(...issues: readonly Readonly<Record<string, unknown>>[]): ActionSource {
  const lines = issues.map((issue) => JSON.stringify({ title: `Issue ${String(issue.id)}`, status: 'open', ...issue }));
  return actionSource({ [FILE]: `${lines.join('\n')}\n` });
}

type Act = (source: ActionSource, bead: Bead) => ActionOutcome;

const claim: Act = (source, bead) => claimBead(source, bead, MARIA);
const close: Act = (source, bead) => closeBead(source, bead, MARIA, { evidence: ['3 pages', 'tests pass'] });

function outcome(source: ActionSource, act: Act, id = 'bd-1'): ActionOutcome {
  return act(source, beadIn(source, id));
}

function changeOf(source: ActionSource, act: Act, id?: string) {
  const result = outcome(source, act, id);
  if (!('tracker' in result)) throw new Error(JSON.stringify(result));
  return result.tracker;
}

/** Without what every call has. */
function waysOf(source: ActionSource, act: Act, id?: string): readonly string[] {
  return changeOf(source, act, id).ways.map((way) => way.slice(0, -2).join(' '));
}

const held = { id: 'bd-1', status: 'in_progress', assignee: 'maria' };

test('what stands in an export is told to its tracker, in the name of who acts', () => {
  const result = outcome(exported({ id: 'bd-1', updated_at: '2026-05-01' }), claim);
  expect(result).toEqual({
    said: 'maria works on bd-1 (Issue bd-1) now.',
    tracker: {
      file: FILE,
      id: 'bd-1',
      before: { status: 'open', assignee: '' },
      after: { status: 'in_progress', assignee: 'maria' },
      ways: [
        ['update', 'bd-1', '--claim', '--actor=maria', '--json'],
        ['update', 'bd-1', '--status=in_progress', '--assignee=maria', '--actor=maria', '--json'],
      ],
    },
  });
});

test.each([
  ['claim what is one’s own', { assignee: 'maria' }, claim, ['update bd-1 --status=in_progress']],
  [
    'claim what nobody goes on with',
    { status: 'in_progress' },
    claim,
    ['update bd-1 --status=in_progress --assignee=maria'],
  ],
  ['release', held, (s, b) => releaseBead(s, b, MARIA), ['update bd-1 --status=open --assignee=']],
  [
    'release what another has',
    { ...held, assignee: 'tomas' },
    (s, b) => releaseBead(s, b, MARIA, { force: true }),
    ['update bd-1 --status=open --assignee= --force', 'update bd-1 --status=open --assignee='],
  ],
  ['release what is not begun', { assignee: 'maria' }, (s, b) => releaseBead(s, b, MARIA), ['update bd-1 --assignee=']],
  ['close', held, close, ['close bd-1 --reason=3 pages; tests pass']],
  ['reopen', { status: 'closed' }, (s, b) => reopenBead(s, b, MARIA), ['reopen bd-1']],
  [
    'reopen, and why',
    { status: 'closed' },
    (s, b) => reopenBead(s, b, MARIA, { reason: 'x' }),
    ['reopen bd-1 --reason=x'],
  ],
  ['take up again', { status: 'deferred' }, (s, b) => reopenBead(s, b, MARIA), ['update bd-1 --status=open']],
  ['defer', {}, (s, b) => deferBead(s, b, MARIA), ['defer bd-1', 'update bd-1 --status=deferred']],
  [
    'defer, and why',
    {},
    (s, b) => deferBead(s, b, MARIA, { reason: 'x' }),
    ['defer bd-1 --reason=x', 'update bd-1 --status=deferred --append-notes=x'],
  ],
] satisfies readonly (readonly [string, object, Act, readonly string[]])[])('%s', (_, issue, act, ways) => {
  expect(waysOf(exported({ id: 'bd-1', ...issue }), act)).toEqual(ways);
});

describe('the checks are those of every bead', () => {
  const chain = exported(
    { id: 'bd-1', dependencies: [{ issue_id: 'bd-1', depends_on_id: 'bd-2', type: 'blocks' }] },
    { id: 'bd-2', assignee: 'tomas', status: 'in_progress' },
  );

  test('what is blocked is refused with its chain, unless it is closed for a reason', () => {
    expect(outcome(chain, claim)).toMatchObject({
      refused: { code: 'blocked', message: /blocked by bd-2, in progress/ },
    });
    expect(outcome(chain, close)).toMatchObject({ refused: { code: 'blocked' } });
    const anyway: Act = (source, bead) => closeBead(source, bead, MARIA, { evidence: ['done'], override: 'no need' });
    const [forced = '', older = ''] = waysOf(chain, anyway);
    expect(forced).toMatch(/^close bd-1 --reason=done; closed although .* \(override by @maria: no need\) --force$/);
    expect(`${older} --force`).toBe(forced);
  });

  test('what somebody has is refused with the name', () => {
    const refused = { code: 'held', message: 'Bead bd-2 is held by tomas.' };
    expect(outcome(chain, claim, 'bd-2')).toMatchObject({ refused });
    expect(outcome(chain, close, 'bd-2')).toMatchObject({ refused });
  });

  test('closing needs evidence, and something to close', () => {
    const bare: Act = (source, bead) => closeBead(source, bead, MARIA, { evidence: [' '] });
    expect(outcome(exported(held), bare)).toMatchObject({ refused: { code: 'no-evidence' } });
    expect(outcome(exported({ id: 'bd-1', status: 'closed' }), close)).toMatchObject({ refused: { code: 'state' } });
  });

  test('an id that would be an option is told to nobody', () => {
    for (const id of ['--force', '-x', 'a b', 'a=b', 'a\u0000'])
      expect(outcome(exported({ id }), claim, id), id).toMatchObject({ refused: { code: 'not-written' } });
  });
});

test('people are called as the tracker has them', () => {
  const nameIn = (name: string, ...assignees: readonly string[]) => {
    const others = assignees.map((assignee, index) => ({ id: `bd-${index + 2}`, status: 'closed', assignee }));
    const source = exported({ id: 'bd-1' }, ...others);
    return changeOf(source, (s, b) => claimBead(s, b, { ...TOMAS, name })).after.assignee;
  };
  expect(nameIn('Ada Lovelace')).toBe('Ada Lovelace');
  expect(nameIn('@ada')).toBe('ada');
  expect(nameIn('@ada', '@Ada', 'bob')).toBe('@Ada');
  expect(nameIn('Ada-Lovelace', 'bob', 'Ada Lovelace')).toBe('Ada Lovelace');
  expect(nameIn('ada', 'ada, bob')).toBe('ada');
});
