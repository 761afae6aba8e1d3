import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildCommandLine } from '../../support/builtCommandLine';
import { pathWith, standInBd, trackedFolder, trackerOf } from '../../support/standInBd';
import { temporaryFolder } from '../../support/temporary';

const text = `---
plan: bakery
mode: executing
progress: progress.md
---

# Open the bakery

## Phase 1 — Oven

- [ ] b-1 — Buy the oven | P0 | done when: it stands in the room
- [ ] b-2 — Heat the oven | P1 | blocked by: b-1 | done when: 250 °C
`;

let cli: string;
const open: Client[] = [];

beforeAll(async () => {
  cli = await buildCommandLine(temporaryFolder());
}, 60_000);

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const client of open.splice(0)) await client.close();
});

/** The bundle as an agent starts it, in a folder with one plan. */
async function connect(folder: string, ...args: readonly string[]): Promise<Client> {
  const client = new Client({ name: 'test-agent', version: '1' });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp', ...args], cwd: folder }),
  );
  open.push(client);
  return client;
}

async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const result = (await client.callTool({ name, arguments: args })) as CallToolResult;
  const [first] = result.content;
  return {
    isError: result.isError === true,
    text: first?.type === 'text' ? first.text : '',
    data: result.structuredContent,
  };
}

test('a session: find work, claim it, close it with evidence', async () => {
  const folder = temporaryFolder({ 'PLAN.md': text });
  const client = await connect(folder);
  expect((await call(client, 'plan_ready')).data).toMatchObject({ ready: [{ id: 'b-1' }] });
  expect((await call(client, 'plan_prompt', { id: 'b-1' })).text).toContain('Buy the oven');
  // Who is not named is the client.
  expect((await call(client, 'plan_claim', { bead: 'b-1' })).data).toMatchObject({ bead: { owner: '@test-agent' } });
  const early = await call(client, 'plan_close', { bead: 'b-2', evidence: ['251 °C'] });
  expect(early).toMatchObject({ isError: true, data: { error: { code: 'blocked' } } });
  expect(early.text).toContain('b-1');
  expect((await call(client, 'plan_close', { bead: 'b-1', evidence: ['photo oven.jpg'] })).isError).toBe(false);
  expect((await call(client, 'plan_ready')).data).toMatchObject({ ready: [{ id: 'b-2' }] });
  expect(readFileSync(join(folder, 'progress.md'), 'utf8')).toContain('photo oven.jpg');
  expect((await call(client, 'plan_check')).data).toMatchObject({ diagnostics: expect.any(Array) });
});

// The stand-in is a script, which Windows does not start without a shell.
test.skipIf(process.platform === 'win32')('beads of a tracker are claimed and closed by its command', async () => {
  const folder = trackedFolder([{ id: 'bd-1' }]);
  vi.stubEnv('PATH', pathWith());
  const without = await call(await connect(folder), 'plan_claim', { bead: 'bd-1' });
  expect(without).toMatchObject({ isError: true, data: { error: { code: 'no-bd' } } });
  vi.stubEnv('PATH', pathWith(standInBd()));
  const client = await connect(folder);
  expect((await call(client, 'plan_claim', { bead: 'bd-1' })).data).toMatchObject({ bead: { owner: 'test-agent' } });
  expect((await call(client, 'plan_close', { bead: 'bd-1', evidence: ['250 °C'] })).isError).toBe(false);
  expect(trackerOf(folder)[0]).toMatchObject({ status: 'closed', close_reason: '250 °C', assignee: 'test-agent' });
});

test('two agents that claim one bead: one gets it, the other is told the name', async () => {
  const folder = temporaryFolder({ 'PLAN.md': text });
  const [one, other] = [await connect(folder, '--as', 'ada'), await connect(folder, '--as', 'bob')];
  const results = await Promise.all([one, other].map((client) => call(client, 'plan_claim', { bead: 'b-1' })));
  const [refused, ...rest] = results.filter(({ isError }) => isError);
  expect(rest).toEqual([]);
  expect(refused?.data).toMatchObject({ error: { code: 'held' } });
  expect(refused?.text).toMatch(/@ada|@bob/);
});

test('tools say whether they only read, and take nothing that they do not know', async () => {
  const client = await connect(temporaryFolder({ 'PLAN.md': text }));
  const { tools } = await client.listTools();
  const names = tools.filter(({ annotations }) => annotations?.readOnlyHint === true).map(({ name }) => name);
  expect(names.sort()).toEqual(expect.arrayContaining(['plan_check', 'plan_prompt', 'plan_ready', 'plan_show']));
  expect(names).not.toContain('plan_claim');
  for (const { inputSchema, description, annotations } of tools) {
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(description?.length).toBeGreaterThan(20);
    expect(annotations).toMatchObject({ openWorldHint: expect.any(Boolean), title: expect.any(String) });
  }
  expect((await call(client, 'plan_claim', { bead: 'b-1', evil: true })).isError).toBe(true);
  expect((await call(client, 'plan_claim')).text).toMatch(/^no bead is named\. There are b-1, b-2/);
  expect((await call(client, 'plan_claim', { bead: 'b-9' })).data).toMatchObject({ error: { code: 'unknown' } });
});

test('plans and phases are resources, and can be listed', async () => {
  const client = await connect(temporaryFolder({ 'PLAN.md': text }));
  const { resources } = await client.listResources();
  expect(resources.map(({ uri }) => uri).sort()).toEqual(['plan://bakery', 'plan://bakery/phase/1']);
  expect((await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate).sort()).toEqual(
    ['plan://{plan}', 'plan://{plan}/phase/{phase}'],
  );
  const read = async (uri: string) => (await client.readResource({ uri })).contents[0];
  expect(await read('plan://bakery')).toMatchObject({ mimeType: 'text/plain', text: expect.stringContaining('b-2') });
  expect(await read('plan://bakery/phase/1')).toMatchObject({
    mimeType: 'text/markdown',
    text: expect.stringMatching(/^# Phase 1 — Oven/),
  });
  await expect(client.readResource({ uri: 'plan://bakery/phase/9' })).rejects.toThrow(/no phase/);
});

test('prompts of phases and beads, with their ids completed', async () => {
  const client = await connect(temporaryFolder({ 'PLAN.md': text }));
  const { prompts } = await client.listPrompts();
  expect(prompts.map(({ name }) => name)).toEqual(expect.arrayContaining(['phase', 'bead', 'gate']));
  const { messages } = await client.getPrompt({ name: 'bead', arguments: { id: 'b-2' } });
  expect(messages[0]?.content).toMatchObject({ type: 'text', text: expect.stringContaining('Heat the oven') });
  const { completion } = await client.complete({
    ref: { type: 'ref/prompt', name: 'bead' },
    argument: { name: 'id', value: 'b-' },
  });
  expect(completion.values).toEqual(['b-1', 'b-2']);
});

test('a folder without a plan is said, and the server goes on', async () => {
  const client = await connect(temporaryFolder());
  expect(await call(client, 'plan_ready')).toMatchObject({ isError: true, data: { error: { code: 'no-plan' } } });
  expect((await client.listResources()).resources).toEqual([]);
});
