import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { linkExtension, startServer } from '../../scripts/vscode/server.mjs';
import { git, temporaryFolder, temporaryRepository, writeFiles } from '../support/temporary';
import { openWorkbench, type Workbench } from './harness';

/** What changes a plan or runs something: not there at all without trust. */
const writing = [
  'claimBead',
  'releaseBead',
  'closeBead',
  'reopenBead',
  'deferBead',
  'verify',
  'decideGate',
  'runScenario',
  'approve',
  'showChangesSinceApproval',
  'startExecuting',
  'recordCritique',
  'recordReadinessPass',
  'logPrompt',
  'startAgent',
].map((name) => `phasewise.${name}`);
const writingTools = ['plan_claim', 'plan_close', 'plan_gate'];
const tools = ['plan_ready', ...writingTools];

const plan = `---
plan: parser
---

# A parser

## Phase 1 — Read

Approved by: @maria on 2026-05-02 (sha256:1a2b3c4d)

Verification: \`npm test\`

### P-1 — Read one file

Status: in progress
Owner: @ada

### P-2 — Read two files

### P-3 — Read none

Status: closed
Evidence: 0 files

## Phase 2 — Decide

### P-4 — Measure

Status: closed
Evidence: 20 rows

### Gate G1 — Is it complete?

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| rows read | ≥ 20 | 15–19 | < 15 |

## Failure scenarios

### Scenario F1: Rows are missing

Detection: fewer than 20 rows.

1. Read the file again
`;

/** An extension that writes down again and again which commands there are, and which tools answer without trust. */
function lookout(): { readonly extensions: string; readonly seen: () => Seen } {
  const extensions = temporaryFolder();
  const folder = temporaryFolder({
    'package.json': JSON.stringify({
      ...{ name: 'lookout', publisher: 'test', version: '1.0.0', engines: { vscode: '^1.103.0' }, main: './main.js' },
      activationEvents: ['onStartupFinished'],
      capabilities: { untrustedWorkspaces: { supported: true } },
    }),
    'main.js': `const vscode = require('vscode');
const { renameSync, writeFileSync } = require('node:fs');
exports.activate = ({ subscriptions }) => {
  const tools = [];
  const look = async () => {
    // Once, as soon as any answers: with trust, those that write would ask first.
    for (const name of tools.length > 0 ? [] : ${JSON.stringify(tools)}) {
      const call = vscode.lm.invokeTool(name, { input: {}, toolInvocationToken: undefined });
      await call.then(() => tools.push(name), () => undefined);
    }
    const seen = { commands: await vscode.commands.getCommands(), tools };
    writeFileSync(__dirname + '/seen.new', JSON.stringify(seen));
    renameSync(__dirname + '/seen.new', __dirname + '/seen.json');
  };
  let timer;
  const again = () => look().finally(() => (timer = setTimeout(again, 200)));
  void again();
  subscriptions.push({ dispose: () => clearTimeout(timer) });
};
`,
  });
  linkExtension(extensions, folder);
  const file = join(folder, 'seen.json');
  const seen = (): Seen => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { commands: [], tools: [] });
  return { extensions, seen };
}

interface Seen {
  readonly commands: readonly string[];
  readonly tools: readonly string[];
}

const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
const titleOf = (id: string): string => {
  const { title } = contributes.commands.find(({ command }: { command: string }) => command === id);
  return words[title.replaceAll('%', '')] ?? title;
};
const titles = writing.map(titleOf);

/** The titles of our commands that the palette offers for these words. */
async function palette(workbench: Workbench, typed: string): Promise<readonly string[]> {
  await workbench.page.keyboard.press('F1');
  const { input, options } = workbench.quickInput();
  await input.fill(`>${typed}`);
  await options.first().waitFor();
  const labels = await options.locator('.label-name').allInnerTexts();
  await workbench.page.keyboard.press('Escape');
  return labels.flatMap((label) => /^Phasewise: (.*)$/.exec(label)?.[1] ?? []);
}

test('in a workspace that is not trusted nothing that writes or runs is there; with trust it is', async () => {
  const edition = process.env.PHASEWISE_VSCODE === 'oldest' ? 'oldest' : 'current';
  const { extensions, seen } = lookout();
  const server = await startServer({ edition, trustEverything: false, extensionsDir: extensions });
  onTestFinished(() => server.stop());
  const folder = temporaryRepository();
  writeFiles(folder, { 'PLAN-parser.md': plan });
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=The plan');
  const workbench = await openWorkbench(folder, {
    server,
    size: { width: 1400, height: 1100 },
    settings: {
      'chat.disableAIFeatures': false,
      'phasewise.user': '@ada',
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
    },
  });
  await workbench.statusBarItem('Restricted Mode').waitFor();
  await workbench.sidebar();
  const phase = workbench.treeItem(/^Phase 1 — Read/, 'Plans');
  await phase.waitFor();

  // Neither commands nor tools.
  await expect.poll(() => seen().commands.includes('phasewise.copyReadinessPrompt')).toBe(true);
  expect(writing.filter((id) => seen().commands.includes(id))).toEqual([]);
  await expect.poll(() => seen().tools).toContain('plan_ready');
  expect(writingTools.filter((name) => seen().tools.includes(name))).toEqual([]);

  // Nothing in the palette.
  for (const title of titles) expect(await palette(workbench, `Phasewise: ${title}`)).not.toContain(title);

  // Nothing in the menus of rows, nor on the rows themselves.
  const parents = ['A parser', /^Phase 1 — Read/, /^Phase 2 — Decide/, 'Failure scenarios'];
  for (const label of parents) await workbench.expand(workbench.treeItem(label, 'Plans'));
  for (const label of ['A parser', /^Phase 1 — Read/, /^P-1 /, /^P-2 /, /^P-3 /, /G1 /, /F1[ :]/]) {
    const row = workbench.treeItem(label, 'Plans').first();
    await row.hover();
    const inline = await row
      .locator('.actions .action-label')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
    const menu = await workbench.openContextMenu(row);
    const items = await menu.getByRole('menuitem').allInnerTexts();
    await workbench.page.keyboard.press('Escape');
    expect({ label, items: [...inline, ...items].filter((item) => titles.includes(item.trim())) }).toEqual({
      label,
      items: [],
    });
  }

  // Nor in those of the graph.
  await workbench.contextMenu(workbench.treeItem('A parser', 'Plans'), 'Show Graph');
  const graph = workbench.webviewFrame();
  for (const name of ['Phase 1', 'P-1', 'P-2', 'P-3', 'G1']) {
    const label = graph.locator('#stage [data-node] b', { hasText: new RegExp(`^${name}$`) });
    const menu = await workbench.openContextMenu(label);
    await expect.poll(() => menu.getByRole('menuitem').allInnerTexts()).toContain('Preview Prompt');
    const items = await menu.getByRole('menuitem').allInnerTexts();
    await workbench.screenshot(`restricted graph menu ${name}`);
    await workbench.page.keyboard.press('Escape');
    expect({ name, items: items.filter((item) => [...titles, 'Open Phase Workspace'].includes(item.trim())) }).toEqual({
      name,
      items: [],
    });
  }

  // No lens but the one that copies.
  const editor = await workbench.openFile('PLAN-parser.md');
  await editor.locator('.codelens-decoration').first().waitFor();
  const lenses = new Set(await editor.locator('.codelens-decoration a').allInnerTexts());
  expect([...lenses]).toEqual(['Copy Prompt']);

  // The bead in hand is shown; what can be done with it is only what reads.
  await workbench.statusBarItem(/P-1 Read one file/).click();
  await expect.poll(() => workbench.quickInput().options.count()).toBeGreaterThan(0);
  const offered = await workbench.quickInput().options.locator('.label-name').allInnerTexts();
  expect(offered.map((label) => label.trim())).toEqual(['Copy Bead Prompt', 'Go to Source']);
  await workbench.screenshot('restricted current bead');
  await workbench.page.keyboard.press('Escape');

  // Nor is our MCP server offered.
  expect(await mcpServers(workbench)).not.toContain('Phasewise');

  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await expect.poll(() => writing.filter((id) => !seen().commands.includes(id))).toEqual([]);
  await expect.poll(() => palette(workbench, 'Phasewise: Claim Bead')).toContain('Claim Bead');
});

async function mcpServers(workbench: Workbench): Promise<readonly string[]> {
  await workbench.runCommand('MCP: List Servers');
  const { options } = workbench.quickInput();
  await options.first().waitFor();
  await workbench.screenshot('mcp servers');
  const labels = await options.locator('.label-name').allInnerTexts();
  await workbench.page.keyboard.press('Escape');
  return labels;
}
