import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench } from './harness';

test('the packaged extension installs and activates, with nothing of the checkout at hand', async () => {
  const vsix = join(temporaryFolder(), 'phasewise.vsix');
  execFileSync(process.execPath, [join(root, 'scripts/package.mjs'), '--out', vsix], { stdio: 'pipe' });
  const server = await startServer({ extensionsDir: temporaryFolder() });
  onTestFinished(() => server.stop());
  await server.installExtension(vsix);

  const plan = '# Plan\n\n## Phase A — Start\n\n- [ ] **A-1** Try it | done when: `true` exits with 0\n';
  const workbench = await openWorkbench(temporaryFolder({ 'PLAN.md': plan }), { server, development: false });
  await workbench.sidebar();
  await workbench.view('Ready').waitFor();
  await workbench.runCommand('Show Running Extensions');
  const running = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Phasewise' });
  await expect.poll(() => running.textContent()).toMatch(/Activat\w+/);
});
