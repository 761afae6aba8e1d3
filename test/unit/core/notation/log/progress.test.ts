import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { progressEntriesIn } from '../../../../../src/core/notation/log/progress';

const read = (text: string, file = 'progress.md') =>
  progressEntriesIn(file, text).map(({ date, about, what, who, evidence }) => [
    date.value,
    about?.value,
    what.value,
    who?.value,
    evidence?.value,
  ]);

describe('a line of a progress file', () => {
  test.each([
    ['- 2026-04-27 · ft-0001.1 · closed · @tomas · 9 of 9', ['2026-04-27', 'ft-0001.1', 'closed', '@tomas', '9 of 9']],
    ['- 2026-05-04 · G1 · pass · @maria', ['2026-05-04', 'G1', 'pass', '@maria', undefined]],
    ['- 2026-05-04 | Gate G1 | pass | all four | @maria', ['2026-05-04', 'G1', 'pass', '@maria', 'all four']],
    ['* **2026-05-04** — `B1` — closed — 3 of 3', ['2026-05-04', 'B1', 'closed', undefined, '3 of 3']],
    [
      '- [x] 2026-05-04T09:30: B-SPIKE closed, by hand',
      ['2026-05-04T09:30', 'B-SPIKE', 'closed, by hand', undefined, undefined],
    ],
    [
      '1. 2026-05-04 09:30 Closed bd-a1b2 after a talk',
      ['2026-05-04 09:30', 'bd-a1b2', 'Closed bd-a1b2 after a talk', undefined, undefined],
    ],
    ['- 2026-05-04: the office was closed', ['2026-05-04', undefined, 'the office was closed', undefined, undefined]],
    ['- 2026-05-04 · B1 · claimed · by @li', ['2026-05-04', 'B1', 'claimed', '@li', undefined]],
    ['- 2026-05-04', ['2026-05-04', undefined, '', undefined, undefined]],
  ])('%s', (line, said) => {
    expect(read(`# Progress\n\n${line}\n`)).toEqual([said]);
  });

  test('without a date is none, nor is one in code', () => {
    expect(read('# Progress\n\nOne line for each.\n\n- B1 closed\n\n```\n- 2026-05-04 · B1 · closed\n```\n')).toEqual(
      [],
    );
  });
});

test('days as headings, and tables', () => {
  expect(
    read(
      '# Log\n\n## 2026-05-01\n\n- B1 · closed · 3 of 3\n  more of it\n- @li · talked\n\n## Later\n\n- B2 · closed\n',
    ),
  ).toEqual([
    ['2026-05-01', 'B1', 'closed', undefined, '3 of 3'],
    ['2026-05-01', undefined, 'talked', '@li', undefined],
  ]);
  expect(
    read(
      '| Date | Bead | What happened | Who | Evidence |\n|-|-|-|-|-|\n| 2026-05-01 | B1 | closed | @li | 3 of 3 |\n| soon | B2 | closed | | |\n',
    ),
  ).toEqual([['2026-05-01', 'B1', 'closed', '@li', '3 of 3']]);
});

test('a table that counts what is done is no log', () => {
  expect(read('# Progress\n\n| Phase | Done | Completed |\n|-|-|-|\n| 1 | 3/4 | 2026-05-01 |\n')).toEqual([]);
});

test('YAML', () => {
  expect(
    read(
      'progress_entries:\n  - { date: 2026-05-01, bead: B1, what: closed, who: "@li", evidence: 3 of 3 }\n',
      'p.yaml',
    ),
  ).toEqual([['2026-05-01', 'B1', 'closed', '@li', '3 of 3']]);
});

test('the sample', () => {
  const file = join(import.meta.dirname, '../../../../../samples/finetune/data/progress.md');
  const entries = progressEntriesIn(file, readFileSync(file, 'utf8'));
  expect(entries).toHaveLength(14);
  expect(entries.every(({ about, who, evidence }) => about && who && evidence)).toBe(true);
});
