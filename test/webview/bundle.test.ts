import { expect, test } from 'vitest';
import { openPanel } from './harness';

test('the built bundle loads without crossing the Content Security Policy', async () => {
  const panel = await openPanel();
  await panel.page.waitForLoadState('networkidle');
  expect(panel.requests).toContain('/main.js');
  expect(panel.complaints).toEqual([]);
});

test('the policy of the harness is in force: an inline script does not run, and is reported', async () => {
  const panel = await openPanel();
  await panel.page.evaluate(
    `document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = true' }))`,
  );
  expect(await panel.page.evaluate('window.ran')).toBeUndefined();
  await expect.poll(() => panel.complaints).toContainEqual(expect.stringContaining('policy: script-src'));
});
