import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { AgentConnection } from '../agentConnection';
import { registerPrompts } from './prompts';
import { registerResources } from './resources';
import { registerTools } from './tools';

const instructions = `Phasewise keeps the plan that this work follows. Begin with plan_ready. Claim a bead with plan_claim before you work on it, read its prompt with plan_prompt, and close it with plan_close and evidence: a measured value, a command and its result, a commit. When something is refused, the message says why and what to do; do not edit the plan's status lines by hand.`;

/** Speaks the Model Context Protocol on standard input and output, until the client is gone. */
export async function serve(connection: AgentConnection, version: string): Promise<void> {
  const server = new McpServer(
    { name: 'phasewise', title: 'Phasewise', version },
    { instructions, capabilities: { tools: {}, resources: {}, prompts: {}, completions: {} } },
  );
  registerTools(server, connection);
  registerResources(server, connection);
  registerPrompts(server, connection);
  const closed = new Promise<void>((done) => {
    server.server.onclose = done;
    process.stdin.once('close', () => done());
  });
  server.server.oninitialized = () => {
    connection.actor ??= server.server.getClientVersion()?.name;
  };
  await server.connect(new StdioServerTransport());
  await closed;
}
