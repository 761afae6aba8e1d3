import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measuredQuantity } from '../../../../src/core/actions/quantity';
import { meets, parseThreshold } from '../../../../src/core/actions/threshold';
import { proposeVerdict } from '../../../../src/core/actions/verdict';
import type { Criterion, Gate } from '../../../../src/core/model';
import { sampleSource } from '../../../support/planSource';

describe('a threshold', () => {
  /** `[4096, 8192)` in interval notation, with its unit. */
  const shown = (text: string) => {
    const threshold = parseThreshold(text);
    if (threshold === undefined) return undefined;
    const { low, high, unit, asksMore, hasOther } = threshold;
    const open = low === undefined ? '(' : low.isIncluded ? '[' : '(';
    const close = high === undefined ? ')' : high.isIncluded ? ']' : ')';
    const marks = `${asksMore ? ' and more' : ''}${hasOther ? ' or other' : ''}`;
    return `${open}${low?.value ?? ''}, ${high?.value ?? ''}${close}${unit === '' ? '' : ` ${unit}`}${marks}`;
  };

  test.each([
    ['< 4096', '(, 4096)'],
    ['≥ 80 %', '[80, ) %'],
    ['>= 0.85', '[0.85, )'],
    ['4096–8192', '[4096, 8192]'],
    ['4,097 to 8,192: Scenario F4', '[4097, 8192]'],
    ['65 % to under 80 %: Scenario F3, repeat the pilot', '[65, 80) %'],
    ['p95 ≤ 6 s', '(, 6] s'],
    ['p95: at most 6 s', '(, 6] s'],
    ['at most 4,096 tokens', '(, 4096] token'],
    ['over 8,192 tokens', '(8192, ) token'],
    ['under 10 %, or the job is refused twice', '(, 10) % or other'],
    ['at least 99 %, and no course below 97 %', '[99, ) % and more'],
    ['at most 3', '(, 3]'],
    ['no more than three', '(, 3]'],
    ['none', '[0, 0]'],
    ['0 rows', '[0, 0] row'],
    ['1 or 2, added before the next phase starts', '[1, 2]'],
    ['3 or more, the search was not complete', '[3, )'],
    ['15 failures or fewer', '(, 15] failure'],
    ['5+', '[5, )'],
    ['between 10 and 20 ms', '[10, 20] s'],
    ['500 ms to 2 s', '[0.5, 2] s'],
    ['2 to 10 s, split the migration', '[2, 10] s'],
    ['> 5 % and < 10 %', '(5, 10) %'],
    ['4096 < x <= 8192', '(4096, 8192]'],
    ['$5', '[5, 5] $'],
    ['at most 10 US dollars', '(, 10] $'],
    ['< € 1.200,50', undefined],
    ['under €1,200.50', '(, 1200.5) €'],
    ['1 that is revoked the same day', '[1, 1] and more'],
    ['up to 5 %: use the placeholder', '(, 5] %'],
    ['from 3 to 5 days', '[3, 5] s'],
    ['4k tokens', '[4000, 4000] token'],
    ['-5 to 5', '[-5, 5]'],
    ['comments or order only', undefined],
    ['any that cannot be revoked', undefined],
    ['looks good', undefined],
    ['Evaluator 2.3.10', undefined],
    ['', undefined],
  ])('%j is %s', (text, wanted) => {
    expect(shown(text)).toBe(wanted);
  });

  test('never fails, and takes no time, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 60 }), (cell, measured) => {
        meets(measured, cell);
        meets(`${measured} 5 %`, `at least ${cell}`);
      }),
    );
    const started = Date.now();
    for (const long of ['5 to '.repeat(50_000), '< '.repeat(50_000), '9'.repeat(100_000), '1,000'.repeat(50_000)]) {
      meets(long, long);
      meets('5', `at least ${long}`);
    }
    expect(Date.now() - started).toBeLessThan(20_000);
  });
});

test.each([
  ['3210', 3210, ''],
  ['p95 = 3210 tokens', 3210, 'token'],
  ['88 %', 88, '%'],
  ['~ 1.84 US dollars', 1.84, '$'],
  ['loss: -52 %', -52, '%'],
  ['none', 0, ''],
])('the value %j', (text, value, unit) => {
  expect(measuredQuantity(text)).toMatchObject({ value, unit });
});

test.each(['2026-05-02', '2.3.10', 'good', '', 'see the report'])('%j is no value', (text) => {
  expect(measuredQuantity(text)).toBeUndefined();
});

test.each([
  ['31', 'at most 50 ms', true],
  ['31 ms', 'at most 0.05 s', true],
  ['31 ms', 'at most 50', true],
  ['0.2 s', 'at most 50 ms', false],
  ['31 tokens', 'at most 50 ms', undefined],
  ['44 of 50', 'at least 80 %', true],
  ['44/50', 'at least 90 %', false],
  ['80 %', 'under 1,000', undefined],
  ['0 %', 'none', true],
  ['44', 'at least 40', true],
  ['yes', 'Yes', true],
  ['signed', 'signed by both', undefined],
])('%s against %j: %s', (measured, cell, wanted) => {
  expect(meets(measured, cell)).toBe(wanted);
});

describe('a verdict is proposed', () => {
  const gateOf = (...rows: readonly (readonly [string, string, string])[]): Gate => ({
    ...(sampleSource('finetune').snapshot.plan.gates[0] as Gate),
    criteria: rows.map(
      ([pass, adjust, abort]): Criterion => ({ file: '', start: 0, end: 0, criterion: 'c', pass, adjust, abort }),
    ),
  });
  const proposed = (gate: Gate, ...measured: readonly (string | undefined)[]) => {
    const { verdict, rows } = proposeVerdict(gate, measured);
    return [verdict, ...rows.map((row) => row.verdict)];
  };

  test('for the first gate of the sample, as it was decided', () => {
    const gate = sampleSource('finetune').snapshot.plan.find('G1', 'gate') as Gate;
    expect(proposed(gate, '88 %', '3210', '52 %', '94 %')).toEqual(['pass', 'pass', 'pass', 'pass', 'pass']);
    expect(proposed(gate, '70 %', '3210', '52 %', '94 %')[0]).toBe('adjust');
    expect(proposed(gate, '70 %', '9,000 tokens', '52 %', undefined)[0]).toBe('abort');
    expect(proposed(gate, '88 %', '3210', undefined, '94 %')).toEqual([undefined, 'pass', 'pass', undefined, 'pass']);
  });

  test('with what is left for one column', () => {
    const gate = gateOf(['at most 1 %', 'up to 5 %: use the placeholder', 'more']);
    expect(proposed(gate, '0.5 %')[0]).toBe('pass');
    expect(proposed(gate, '3 %')[0]).toBe('adjust');
    expect(proposed(gate, '7 %')[0]).toBe('abort');
    expect(proposed(gate, 'a few')[0]).toBeUndefined();
  });

  test('not where a person has to tell, or the table has a gap', () => {
    expect(proposeVerdict(gateOf(['0 lines', 'comments only', 'any column']), ['2 lines'])).toEqual({
      rows: [
        expect.objectContaining({ why: '2 lines cannot be compared with “comments only”. Somebody has to tell.' }),
      ],
    });
    expect(proposeVerdict(gateOf(['> 10', '5 to 8', '< 5']), ['9']).rows[0]?.why).toMatch(/a gap/);
    expect(proposeVerdict(gateOf(['> 10', '5 to 8', '> 11']), ['12']).rows[0]?.why).toMatch(/at once/);
    expect(proposeVerdict(gateOf(), [])).toEqual({ rows: [] });
  });
});
