import { expect, test } from 'vitest';
import { crowd } from '../../stress/crowd';
import { temporaryFolder } from '../../support/temporary';

test('processes that work in one plan at once, beside an editor, lose nothing', async () => {
  const report = await crowd(temporaryFolder(), 4, 40);
  expect(report.faults).toEqual([]);
  expect(report.typed).toBeGreaterThan(0);
  expect(report.reads).toBeGreaterThan(0);
}, 120_000);
