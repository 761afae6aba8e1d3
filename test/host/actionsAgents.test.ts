import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { mcpServers } from '../../src/actions/agents/mcpServers';
import { runCommand } from '../../src/commands';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { resetRepository } from '../support/repositoryState';
import { git, writeFiles } from '../support/temporary';
import { replaceInApi } from './editorApi';
import { Person } from './person';
import { emptyProject, eventually, planText, planWithId, projectFolder, startedServices } from './support';

function environmentOf({ env }: vscode.McpStdioServerDefinition): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}

/** Whether the pseudo terminal that this VS Code uses has a binary; one that is packed otherwise has. */
function hasTerminals(): boolean {
  const pty = join(vscode.env.appRoot, 'node_modules/node-pty');
  return !existsSync(pty) || ['prebuilds', 'build'].some((folder) => existsSync(join(pty, folder)));
}

suite('Agents', () => {
  let services: Services;
  let person: Person;
  let app: string;
  let key: string;

  suiteSetup(async () => {
    services = await startedServices();
    app = realpathSync(projectFolder().fsPath);
    git(app, 'config', 'commit.gpgSign', 'false');
  });

  setup(async () => {
    person = new Person();
    writeFiles(app, { 'PLAN-agents.md': planText('agents') });
    git(app, 'add', '--all');
    git(app, 'commit', '--quiet', '--message=Plan');
    key = (await planWithId(services, 'agents')).plan.key;
  });

  teardown(async () => {
    person.leaves();
    await setCommand(undefined);
    for (const terminal of vscode.window.terminals) terminal.dispose();
    resetRepository(app);
    rmSync(`${app}.worktrees`, { recursive: true, force: true });
    await emptyProject(services);
  });

  const setCommand = (command: readonly string[] | undefined) =>
    vscode.workspace.getConfiguration('phasewise').update('agent.command', command, vscode.ConfigurationTarget.Global);
  const ref = (kind: ThingRef['kind'], id: string): ThingRef => ({ plan: key, kind, id });

  async function call(name: string, input: object = {}): Promise<string> {
    const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
  }

  test('a tool tells what is ready', async () => {
    const { ready } = JSON.parse(await call('plan_ready')) as { ready: readonly { id: string }[] };
    assert.deepEqual(
      ready.map(({ id }) => id),
      ['B2a'],
    );
  });

  test('a tool shows a thing by its id, and the whole plan without one', async () => {
    assert.match(await call('plan_show', { id: 'B3' }), /version 1\.0\.0 can be installed/);
    assert.match(await call('plan_show', { id: 'F1' }), /Publish from another machine/);
    const plan = JSON.parse(await call('plan_show')) as { id: string; beads: readonly unknown[] };
    assert.deepEqual([plan.id, plan.beads.length], ['agents', 5]);
  });

  test('a tool that is asked for what is not there says what is', async () => {
    assert.match(await call('plan_show', { plan: 'other', id: 'B3' }), /There is: agents/);
    assert.match(await call('plan_show', { id: 'B99' }), /nothing with the id B99/);
  });

  test('a tool checks the plan', async () => {
    const checked = JSON.parse(await call('plan_check')) as { diagnostics: readonly { code: string; file: string }[] };
    assert.ok(checked.diagnostics.some(({ code, file }) => code === 'missing-objective' && file === 'PLAN-agents.md'));
  });

  test('a tool hands over, and so does the command, into the notes of the phase workspace', async () => {
    assert.match(await call('plan_handoff'), /^# Handoff: The agents plan/);
    person.chooses('Open in a New Window');
    await runCommand('phasewise.openPhaseWorkspace', ref('phase', '1'));
    const folder = await eventually(() => {
      const found = services.phaseDecorations.describe(key, '1')?.folder;
      assert.ok(found);
      return found;
    });
    const notes = () => readFileSync(join(folder, '.phasewise', 'phase', 'HANDOFF.md'), 'utf8');
    const before = notes();
    await runCommand('phasewise.handOver', ref('phase', '1'));
    assert.match(await vscode.env.clipboard.readText(), /^# Handoff: Phase 1/);
    assert.ok(notes().startsWith(before.trimEnd()));
    assert.match(notes(), /# Handoff: Phase 1[\s\S]*B2a/);
    person.presses('Open HANDOFF.md');
    await runCommand('phasewise.handOver', ref('phase', '1'));
    assert.equal(notes().split('written anew by Hand Over').length, 2);
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', /written anew by Hand Over/);
  });

  test('VS Code is offered one MCP server for each folder, run by its own Node.js', () => {
    const [server, ...others] = mcpServers(services.context.extensionUri, '1.0.0');
    assert.deepEqual(others, []);
    assert.equal(server?.command, process.execPath);
    assert.match(server?.args[0] ?? '', /dist[\\/]cli\.js$/);
    assert.equal(server?.args[1], 'mcp');
    assert.equal(server?.env.ELECTRON_RUN_AS_NODE, '1');
    assert.equal(server?.cwd?.fsPath, projectFolder().fsPath);
  });

  test('that server starts, and answers', async () => {
    const [server] = mcpServers(services.context.extensionUri, '1.0.0');
    assert.ok(server);
    const child = spawn(server.command, server.args, {
      cwd: server.cwd?.fsPath,
      env: { ...process.env, ...environmentOf(server) },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'test', version: '1' };
    send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/list' });
    try {
      await eventually(() => assert.match(output, /"id":2[\s\S]*plan_ready|plan_ready[\s\S]*"id":2/));
    } finally {
      child.kill();
    }
  });

  test('an agent that is not installed is named, and where to set another', async function () {
    if (process.platform === 'win32') this.skip();
    await setCommand(['no-such-agent', 'Read ${promptFile}.']);
    await runCommand('phasewise.startAgent', ref('phase', '1'));
    assert.match(person.messages[0]?.text ?? '', /^There is no “no-such-agent” to start here\./);
    assert.deepEqual(person.messages[0]?.buttons, ['Open Settings']);
    assert.equal(vscode.window.terminals.length, 0);
  });

  test('an agent needs a workspace of the phase, and opening one is offered', async () => {
    await setCommand([process.execPath]);
    await runCommand('phasewise.startAgent', ref('phase', '1'));
    assert.deepEqual(person.messages[0]?.buttons, ['Open Phase Workspace']);
    assert.equal(vscode.window.terminals.length, 0);
  });

  test('an agent is started there, with the prompt in a file and every argument as it is', async function () {
    // The oldest server of the tests comes without the binary that terminals need, and nothing here compiles one.
    if (!hasTerminals()) this.skip();
    person.chooses('Open in a New Window');
    await runCommand('phasewise.openPhaseWorkspace', ref('phase', '1'));
    const folder = await eventually(() => {
      const found = services.phaseDecorations.describe(key, '1')?.folder;
      assert.ok(found);
      return found;
    });
    // Would do harm in a shell.
    const odd = '$(touch harm); `touch harm` && "quoted"';
    const script = `require('fs').writeFileSync('seen.json', JSON.stringify([process.cwd(), ...process.argv.slice(1)]))`;
    await setCommand([process.execPath, '-e', script, odd, 'Read ${promptFile}.']);
    await runCommand('phasewise.startAgent', ref('phase', '1'));
    const seen = await eventually(() => {
      assert.ok(existsSync(join(folder, 'seen.json')));
      return JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8')) as readonly string[];
    });
    const promptFile = join(folder, '.phasewise', 'phase', 'AGENT-PROMPT.md');
    assert.deepEqual(
      [realpathSync(seen[0] ?? ''), ...seen.slice(1)],
      [realpathSync(folder), odd, `Read ${promptFile}.`],
    );
    assert.match(readFileSync(promptFile, 'utf8'), /^# Phase 1 — Prepare/);
    assert.equal(existsSync(join(folder, 'harm')), false);
    assert.equal(git(folder, 'status', '--porcelain').trim(), '?? seen.json');
  });

  test('the prompt is put into the chat, or onto the clipboard where there is no chat', async () => {
    const asked: unknown[] = [];
    const execute = vscode.commands.executeCommand;
    const restore = replaceInApi('commands', 'executeCommand', async (command: string, ...args: unknown[]) =>
      command === 'workbench.action.chat.open' ? void asked.push(...args) : execute(command, ...args),
    );
    try {
      await runCommand('phasewise.sendPromptToChat', ref('bead', 'B3'));
    } finally {
      restore();
    }
    const text = JSON.stringify(asked) + (await vscode.env.clipboard.readText());
    assert.match(text, /B3 — Publish/);
  });
});
