import { describe, expect, test } from 'vitest';
import {
  isNone,
  parseApproval,
  parseDecision,
  parseEstimate,
  parsePriority,
  parseStatus,
  parseVerdict,
} from '../../../../src/core/notation/values';

const AT = { file: 'plan.md', start: 100, end: 140 };

describe('nothing', () => {
  test.each([
    '',
    ' ',
    '—',
    '–',
    '-',
    '--',
    'none',
    'None.',
    'N/A',
    'n/a',
    'Nothing (first phase)',
    'Nothing yet',
    'nothing, can start at once',
    'None needed',
    'None (standalone)',
    '**none**',
    'No dependencies - can start at once',
    'keine',
  ])('"%s" means none', (text) => expect(isNone(text)).toBe(true));

  test.each([
    'ft-1',
    'nonesuch',
    'No timeouts in 1,000 calls',
    'N/A-7',
    '- a',
    '-5 %',
    'nothing-1',
    'Nothing is lost in 1,000 runs',
    'Keine Fehler im Log',
  ])('"%s" is something', (text) => expect(isNone(text)).toBe(false));
});

describe('priority', () => {
  test.each([
    ['P0', 0],
    ['p4', 4],
    ['2', 2],
    ['`P1`', 1],
    ['P1 (high)', 1],
    ['High', 1],
    ['critical', 0],
    ['Medium', 2],
    ['low', 3],
    ['🔴 P0', 0],
  ])('%s', (text, priority) => expect(parsePriority(text)).toBe(priority));

  test.each(['', 'P5', '12', '1.2', 'soon', 'P1a'])('"%s" is none', (text) =>
    expect(parsePriority(text)).toBeUndefined(),
  );
});

describe('status', () => {
  test.each([
    ['pending', 'open'],
    ['To do', 'open'],
    ['Not started', 'open'],
    ['blocked by legal', 'open'],
    ['In Progress', 'in_progress'],
    ['in_progress', 'in_progress'],
    ['doing', 'in_progress'],
    ['🚧 WIP', 'in_progress'],
    ['done', 'closed'],
    ['**Complete** (2026-01-20)', 'closed'],
    ['✅', 'closed'],
    ['✅ Done', 'closed'],
    ['cancelled', 'closed'],
    ["won't do", 'closed'],
    ['deferred', 'deferred'],
    ['On hold', 'deferred'],
    ['incomplete', 'open'],
  ])('%s', (text, status) => expect(parseStatus(text)).toBe(status));

  test.each(['', 'purple', 'closedown', '-'])('"%s" says nothing', (text) => expect(parseStatus(text)).toBeUndefined());
});

describe('estimate, in hours', () => {
  test.each([
    ['3h', 3],
    ['3', 3],
    ['~2 hours', 2],
    ['90 min', 1.5],
    ['1h 30m', 1.5],
    ['2 days', 16],
    ['1d', 8],
    ['1.5 days', 12],
    ['2 weeks', 80],
    ['2-4 hours', 3],
    ['2–4', 3],
    ['3 h, was 5 h', 3],
    ['1,5 h', 1.5],
  ])('%s', (text, hours) => expect(parseEstimate(text)).toBeCloseTo(hours));

  test.each(['', 'L', '3 points', 'soon'])('"%s" is none', (text) => expect(parseEstimate(text)).toBeUndefined());
});

describe('decisions', () => {
  test('verdict, date, person, measured values and note, in any order', () => {
    expect(parseDecision('Pass · 2026-05-02 · @maria · p95 = 3210', AT)).toEqual({
      ...AT,
      verdict: 'pass',
      date: '2026-05-02',
      by: '@maria',
      measured: 'p95 = 3210',
    });
    expect(parseDecision('ADJUST | @jo | try again tomorrow | 2026-05-03 | 7 of 9', AT)).toMatchObject({
      verdict: 'adjust',
      date: '2026-05-03',
      by: '@jo',
      measured: '7 of 9',
      note: 'try again tomorrow',
    });
  });

  test.each([
    ['**PASS**', 'pass'],
    ['✅ passed', 'pass'],
    ['go', 'pass'],
    ['No-go', 'abort'],
    ['failed', 'abort'],
    ['adjusted once', 'adjust'],
  ])('%s', (text, verdict) => expect(parseVerdict(text)).toBe(verdict));

  test.each(['', 'pending', '—', 'tbd'])('"%s" is no decision', (text) =>
    expect(parseDecision(text, AT)).toBeUndefined(),
  );
});

describe('approvals', () => {
  test('who, when and what text', () => {
    expect(parseApproval('@maria on 2026-05-02 (sha256:1a2b3c4d)', AT)).toEqual({
      ...AT,
      by: '@maria',
      date: '2026-05-02',
      hash: '1a2b3c4d',
    });
    expect(parseApproval('Jo Doe, 2026-05-02', AT)).toMatchObject({
      by: 'Jo Doe',
      date: '2026-05-02',
      hash: undefined,
    });
  });

  test.each(['', '—', 'pending', 'TBD'])('"%s" is none', (text) => expect(parseApproval(text, AT)).toBeUndefined());
});
