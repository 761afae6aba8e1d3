import { describe, expect, test } from 'vitest';
import type { PlanPart } from '../../../../src/core/model';
import { readBeads } from '../../../../src/core/notation/beads';
import type { Range } from '../../../../src/core/text';

const read = (...lines: unknown[]) =>
  readBeads(
    '.beads/issues.jsonl',
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
const cut = (part: PlanPart, at: Range | undefined) =>
  at === undefined ? undefined : part.text.slice(at.start, at.end);
const issue = (id: string, more: object = {}) => ({
  id,
  title: `Issue ${id}`,
  status: 'open',
  issue_type: 'task',
  ...more,
});
const on = (id: string, depends_on_id: string, type: string) => ({ issue_id: id, depends_on_id, type });

describe('an export of Beads', () => {
  const part = read(
    issue('bd-1', {
      issue_type: 'epic',
      description: 'All of it',
      acceptance_criteria: '- One\n- [ ] Two\n',
      status: 'in_progress',
    }),
    issue('bd-2', {
      title: 'Say "hello"',
      description: 'First.\n\nThen.',
      acceptance_criteria: 'All 3 greet',
      priority: 1,
      status: 'closed',
      assignee: 'sam',
      owner: 'maria',
      estimated_minutes: 90,
      labels: ['greeting', 'first'],
      close_reason: 'see greet.ts',
      dependencies: [on('bd-2', 'bd-1', 'parent-child'), on('bd-2', 'bd-9', 'related')],
    }),
    issue('bd-3', { priority: 0, dependencies: [on('bd-3', 'bd-2', 'blocks'), on('bd-3', 'bd-1', 'parent')] }),
    issue('bd-3.1', { dependencies: [on('bd-3.1', 'bd-gone', 'blocks'), on('bd-2', 'bd-3', 'blocks')] }),
    issue('bd-gone', { status: 'tombstone' }),
    { _type: 'memory', id: 'm-1', title: 'Not an issue' },
  );

  test('exports that write dependencies as ids, and a parent as a key', () => {
    const other = read(
      issue('x-1', { issue_type: 'epic' }),
      issue('x-2', { parent: 'x-1', status: 'hooked' }),
      issue('x-3', { parent_id: 'x-2', dependencies: ['x-2', ''], depends_on: ['x-9'], blocked_by: 'x-8' }),
    );
    expect(other.beads.map(({ id, phase, parent, status }) => [id, phase, parent, status])).toEqual([
      ['x-2', 'x-1', undefined, 'in_progress'],
      ['x-3', 'x-1', 'x-2', 'open'],
    ]);
    expect(other.beads[1]?.blockedBy.map((on) => [on.value, cut(other, on)])).toEqual([
      ['x-2', 'x-2'],
      ['x-9', 'x-9'],
      ['x-8', 'x-8'],
    ]);
  });

  test('epics are phases', () => {
    const [phase, ...others] = part.phases;
    expect(others).toEqual([]);
    expect(phase).toMatchObject({ id: 'bd-1', title: { value: 'Issue bd-1' }, status: { value: 'in_progress' } });
    expect(phase?.doneMeans.map((text) => [text.value, cut(part, text)])).toEqual([
      ['One', 'One'],
      ['Two', 'Two'],
    ]);
  });

  test('other issues are beads, in their phase or part of another', () => {
    expect(part.beads.map(({ id, phase, parent, status }) => [id, phase, parent, status])).toEqual([
      ['bd-2', 'bd-1', undefined, 'closed'],
      ['bd-3', 'bd-1', undefined, 'open'],
      ['bd-3.1', 'bd-1', 'bd-3', 'open'],
    ]);
    const [bead] = part.beads;
    expect([bead?.title.value, cut(part, bead?.title)]).toEqual(['Say "hello"', 'Say \\"hello\\"']);
    expect(bead?.what[0]?.value).toBe('First.\n\nThen.');
    expect([bead?.priority?.value, bead?.owner?.value, bead?.estimate?.value]).toEqual([1, 'sam', 1.5]);
    // Whoever wrote an issue does not work on it for that.
    expect(
      readBeads('issues.jsonl', JSON.stringify(issue('bd-9', { owner: 'maria' }))).beads[0]?.owner,
    ).toBeUndefined();
    expect([cut(part, bead?.statusAt), cut(part, bead?.idAt), cut(part, bead?.priority)]).toEqual([
      'closed',
      'bd-2',
      '1',
    ]);
    expect(bead?.labels.map((label) => cut(part, label))).toEqual(['greeting', 'first']);
    expect(bead?.evidence[0]?.value).toBe('see greet.ts');
    expect(bead?.doneWhen[0]?.value).toBe('All 3 greet');
    expect(cut(part, bead?.location)).toBe(part.text.split('\n')[1]);
  });

  test('an issue waits for those that block it, not for deleted ones', () => {
    expect(part.beads.map(({ blockedBy }) => blockedBy.map((each) => [each.value, cut(part, each)]))).toEqual([
      [],
      [['bd-2', 'bd-2']],
      [],
    ]);
  });

  test('an epic that waits for its own issues begins before them', () => {
    const epic = issue('e', { issue_type: 'epic', dependencies: [on('e', 'a', 'blocks'), on('e', 'b', 'blocks')] });
    const { phases } = read(epic, issue('a', { dependencies: [on('a', 'e', 'parent-child')] }), issue('b'));
    expect(phases[0]?.dependsOn.map(({ value }) => value)).toEqual(['b']);
  });

  test('issues that are in the end their own parents end', () => {
    const ring = read(
      issue('a', { dependencies: [on('a', 'b', 'parent-child')] }),
      issue('b', { dependencies: [on('b', 'a', 'parent-child')] }),
    );
    expect(ring.beads.map(({ id, phase }) => [id, phase])).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
  });
});

describe('dependencies', () => {
  const waits = (...lines: unknown[]) =>
    read(...lines).beads.map(({ id, status, blockedBy }) => [id, status, ...blockedBy.map(({ value }) => value)]);
  const closed = { status: 'closed', closed_at: '2026-05-02T10:00:00Z' };

  test('that block do, and those of all other types only tell', () => {
    const others = ['related', 'discovered-from', 'replies-to', 'duplicates', 'supersedes', 'caused-by', 'of-our-own'];
    expect(
      waits(
        issue('a'),
        issue('b', {
          dependencies: ['blocks', 'conditional-blocks', 'waits-for', ...others].map((type, at) =>
            on('b', `x-${at}`, type),
          ),
        }),
      ),
    ).toEqual([
      ['a', 'open'],
      ['b', 'open', 'x-0', 'x-1', 'x-2'],
    ]);
  });

  test('on what has to fail first: put off when that went well', () => {
    const fallback = issue('b', { dependencies: [on('b', 'a', 'conditional-blocks')] });
    expect(waits(issue('a'), fallback)).toEqual([
      ['a', 'open'],
      ['b', 'open', 'a'],
    ]);
    expect(waits(issue('a', { ...closed, close_reason: 'all green' }), fallback)[1]).toEqual(['b', 'deferred', 'a']);
    expect(waits(issue('a', { ...closed, close_reason: 'Failed: out of memory' }), fallback)[1]).toEqual([
      'b',
      'open',
      'a',
    ]);
    expect(waits(issue('a', closed), { ...fallback, ...closed })[1]).toEqual(['b', 'closed', 'a']);
  });

  test('on the children of another: on all of them, or on the first', () => {
    const wait = (gate: string) => issue('b', { dependencies: [{ ...on('b', 'a', 'waits-for'), metadata: gate }] });
    const family = [issue('a'), issue('a.1', closed), issue('c', { parent: 'a' })];
    expect(waits(...family, wait('{"gate":"all-children"}')).at(-1)).toEqual(['b', 'open', 'a']);
    expect(waits(...family, wait('{"gate":"any-children"}')).at(-1)).toEqual(['b', 'open']);
  });

  test('as another command of the tracker writes them', () => {
    const shown = { id: 'a', title: 'The other one', status: 'open', dependency_type: 'blocks' };
    expect(waits(issue('b', { dependencies: [shown, { ...shown, id: 'c', dependency_type: 'related' }] }))).toEqual([
      ['b', 'open', 'a'],
    ]);
  });

  test('on what is pinned or deleted hold nobody up', () => {
    expect(
      waits(
        issue('a', { status: 'pinned' }),
        issue('b', { pinned: true }),
        issue('c', { status: 'tombstone', deleted_at: '2026-05-02T10:00:00Z', original_type: 'task' }),
        issue('d', { dependencies: ['a', 'b', 'c'].map((id) => on('d', id, 'blocks')) }),
      ),
    ).toEqual([
      ['a', 'deferred'],
      ['b', 'deferred'],
      ['d', 'open'],
    ]);
  });
});

describe('statuses', () => {
  test.each([
    ['open', {}, 'open'],
    ['blocked', {}, 'open'],
    ['in_progress', {}, 'in_progress'],
    ['hooked', {}, 'in_progress'],
    ['deferred', {}, 'deferred'],
    ['pinned', {}, 'deferred'],
    ['closed', {}, 'closed'],
    ['in_review', {}, 'in_progress'],
    ['needs-info', {}, 'deferred'],
    ['needs-info', { assignee: '@li' }, 'in_progress'],
    ['soaking', { started_at: '2026-05-01T08:00:00Z' }, 'in_progress'],
    ['landed', { closed_at: '2026-05-02T08:00:00Z' }, 'closed'],
    [undefined, {}, 'open'],
    [undefined, { closed_at: '2026-05-02T08:00:00Z' }, 'closed'],
    ['', {}, 'open'],
  ])('%s %j is %s', (status, more, expected) => {
    expect(read(issue('a', { status, ...more })).beads.map((bead) => bead.status)).toEqual([expected]);
  });
});

test('of an issue in several lines the one that was changed last counts, in its first place', () => {
  const at = (updated_at: string, title: string) => issue('a', { updated_at, title });
  const titles = (...lines: unknown[]) => read(...lines).beads.map(({ title }) => title.value);
  const [old, young] = [at('2026-05-01T08:00:00Z', 'old'), at('2026-05-02T08:00:00Z', 'young')];
  expect(titles(old, issue('b'), young)).toEqual(['young', 'Issue b']);
  expect(titles(young, issue('b'), old)).toEqual(['young', 'Issue b']);
  expect(titles(issue('a', { title: 'first' }), issue('a', { title: 'second' }))).toEqual(['second']);
  expect(titles(young, { ...old, status: 'tombstone', updated_at: '2026-05-03T08:00:00Z' })).toEqual([]);
});

test('comments may have any ids, and other members any shape', () => {
  const comments = [
    { id: 7, issue_id: 'a', author: 'li', text: 'int' },
    { id: 'c-0199f', issue_id: 'a', author: 'li', text: 'text' },
    'no comment',
    null,
  ];
  const part = read(issue('a', { comments, metadata: { depends_on: ['x'] }, bonded_from: [{}], timeout: 1e21 }));
  expect([part.beads.map(({ id }) => id), part.diagnostics]).toEqual([['a'], []]);
});

describe('lines that are no issues', () => {
  test('are passed over when they say what they are', () => {
    const part = read(
      { _type: 'schema', version: 2 },
      { _type: 'memory', key: 'k', value: 'v' },
      { _type: 'event', id: 'e-1', title: 'Something happened' },
      { _type: 'issue', ...issue('a') },
      issue('t', { is_template: true }),
      issue('m', { issue_type: 'message' }),
      issue('r', { issue_type: 'agent' }),
      issue('of-our-own', { issue_type: 'spike' }),
    );
    expect(part.beads.map(({ id, type }) => [id, type?.value])).toEqual([
      ['a', 'task'],
      ['of-our-own', 'spike'],
    ]);
    expect(part.diagnostics).toEqual([]);
  });

  test('are reported where the parser gave up, and the others are read', () => {
    const part = read(
      issue('a'),
      '{"id": "b", "title": }',
      '<<<<<<< HEAD',
      issue('c'),
      '',
      '42',
      '{"other": 1}',
      'null',
    );
    expect(part.beads.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(part.diagnostics.map(({ code, location }) => [code, cut(part, location)])).toEqual([
      ['malformed-file', '}'],
      ['malformed-file', '<'],
    ]);
  });

  test.each([
    ['{"id": "b", "title": "x"', 24],
    ['{"id": "b" "title": 1}', 11],
    ['{"id": "b", }', 12],
    ['{"id": [1, 2,, 3]}', 13],
    ['{"id": 01}', 8],
    ['{"id": "a\\x"}', 7],
    ['{"id": "b"} x', 12],
    ['{id: 1}', 1],
    ['{"a": [}]}', 7],
  ])('%s goes wrong at %d', (line, at) => {
    expect(read(line).diagnostics.map(({ location }) => location.start)).toEqual([Math.min(at, line.length - 1)]);
  });

  test('make no plan of a file that holds nothing else', () => {
    for (const text of ['', '{"a": 1}', '\0\0', '[1, 2]\n{}']) {
      expect(readBeads('x.jsonl', text)).toMatchObject({ beads: [], phases: [], diagnostics: [] });
    }
  });

  test('with unusual values are read as far as they go', () => {
    const part = read(
      { id: '__proto__', title: 'x', labels: 'none', dependencies: { a: 1 }, priority: 'high', estimated_minutes: 'x' },
      { id: 7, title: 'x' },
      {
        id: 'nested',
        title: ['x'],
        status: null,
        dependencies: [1, [2], { depends_on_id: 3 }, { depends_on_id: 'z', type: 'blocks' }],
      },
    );
    expect(part.beads.map(({ id, status, title, blockedBy }) => [id, status, title.value, blockedBy.length])).toEqual([
      ['__proto__', 'open', 'x', 0],
      ['nested', 'open', '', 1],
    ]);
  });
});
