import { expect, test } from 'vitest';
import { killWriters } from '../../stress/killWriters';
import { temporaryFolder } from '../../support/temporary';

test('writers that are killed leave each file as it was or as it was to be, and no lock that holds up the next', async () => {
  const { faults, steps, longestWait } = await killWriters(temporaryFolder(), 24);
  expect(faults).toEqual([]);
  expect(steps).toBeGreaterThan(24);
  expect(longestWait).toBeLessThan(5_000);
}, 60_000);
