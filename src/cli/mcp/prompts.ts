import { completable } from '@modelcontextprotocol/sdk/server/completable.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import type { AgentConnection, ListedPlan } from '../agentConnection';
import { matching } from './matching';

const kinds = {
  phase: {
    title: 'Work on a phase',
    description: 'Everything that a phase asks for, and nothing more',
    ids: ({ phases }: ListedPlan) => phases.map(({ id }) => id),
  },
  bead: {
    title: 'Work on a bead',
    description: 'One piece of work, with what its phase demands of it',
    ids: ({ beads }: ListedPlan) => beads,
  },
  gate: {
    title: 'Check a gate',
    description: 'How to decide a gate, with a place for each measured value',
    ids: ({ gates }: ListedPlan) => gates,
  },
} as const;

const reviews = {
  readiness: {
    title: 'Review the plan’s readiness',
    description: 'Whether the plan can be executed as written; edits what keeps it from that',
  },
  critique: { title: 'Criticise the plan', description: 'For a reviewer who owes the plan nothing' },
} as const;

/** Prompts that a person picks in the client, with the ids of their plan completed. */
export function registerPrompts(server: McpServer, connection: AgentConnection): void {
  for (const kind of ['phase', 'bead', 'gate'] as const) {
    const { title, description, ids } = kinds[kind];
    const complete = async (begun: string) => matching(begun, (await connection.plans()).flatMap(ids));
    server.registerPrompt(
      kind,
      {
        title,
        description,
        argsSchema: {
          id: completable(z.string().describe(`Id of the ${kind}.`), complete),
          plan: z.string().optional().describe('Id of the plan, when there are several.'),
        },
      },
      async ({ id, plan }) => {
        const options = plan === undefined ? {} : { plan };
        const { text } = await connection.answer('prompt', [`${kind} ${id}`], options);
        return { messages: [{ role: 'user', content: { type: 'text', text } }] };
      },
    );
  }
  for (const kind of ['readiness', 'critique'] as const) {
    const { title, description } = reviews[kind];
    const argsSchema = { plan: z.string().optional().describe('Id of the plan, when there are several.') };
    server.registerPrompt(kind, { title, description, argsSchema }, async ({ plan }) => {
      const { text } = await connection.answer('prompt', [kind], plan === undefined ? {} : { plan });
      return { messages: [{ role: 'user', content: { type: 'text', text } }] };
    });
  }
}
