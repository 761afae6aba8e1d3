import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench } from './harness';

test('the packaged extension installs and shows a plan, with nothing of the checkout at hand', async () => {
  const vsix = join(temporaryFolder(), 'phasewise.vsix');
  execFileSync(process.execPath, [join(root, 'scripts/package.mjs'), '--out', vsix], { stdio: 'pipe' });
  const server = await startServer({ extensionsDir: temporaryFolder() });
  onTestFinished(() => server.stop());
  await server.installExtension(vsix);

  const plan =
    'plan: demo\nphases:\n  - id: A\n    title: A start\n    beads:\n      - id: A-1\n        title: Try it\n';
  const workbench = await openWorkbench(temporaryFolder({ 'demo.plan.yaml': plan }), { server, development: false });
  await workbench.sidebar();
  await workbench.treeItem(/A start/, 'Plans').waitFor();
  await workbench.treeItem(/Try it/, 'Ready').waitFor();
});
