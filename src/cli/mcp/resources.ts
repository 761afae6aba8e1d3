import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Resource } from '@modelcontextprotocol/sdk/types.js';
import type { AgentConnection, ListedPlan } from '../agentConnection';
import { matching } from './matching';

/** Plans (`plan://ID`) and phases (`plan://ID/phase/ID`), both found by listing. */
export function registerResources(server: McpServer, connection: AgentConnection): void {
  const planIds = async (begun: string) => matching(begun, (await connection.plans()).map(idOf));
  server.registerResource(
    'plan',
    new ResourceTemplate('plan://{plan}', {
      list: async () => ({ resources: (await connection.plans()).map(planResource) }),
      complete: { plan: planIds },
    }),
    { title: 'Plan', description: 'A plan with the states of everything in it', mimeType: 'text/plain' },
    async (uri, { plan }) => {
      const text = await connection.overview(word(plan));
      return { contents: [{ uri: uri.href, mimeType: 'text/plain', text }] };
    },
  );
  server.registerResource(
    'phase',
    new ResourceTemplate('plan://{plan}/phase/{phase}', {
      list: async () => ({ resources: (await connection.plans()).flatMap(phaseResources) }),
      complete: {
        plan: planIds,
        phase: async (begun, context) => {
          const plan = context?.arguments?.plan;
          const of = (await connection.plans()).filter(({ id }) => plan === undefined || id === plan);
          return matching(begun, of.flatMap(({ phases }) => phases).map(idOf));
        },
      },
    }),
    { title: 'Phase', description: 'One phase of a plan, as its prompt tells it', mimeType: 'text/markdown' },
    async (uri, { plan, phase }) => {
      const { text } = await connection.answer('prompt', [`phase ${word(phase)}`], { plan: word(plan) });
      return { contents: [{ uri: uri.href, mimeType: 'text/markdown', text }] };
    },
  );
}

function planResource({ id, title }: ListedPlan): Resource {
  return { uri: `plan://${encodeURIComponent(id)}`, name: id, title, mimeType: 'text/plain' };
}

function phaseResources({ id: plan, phases }: ListedPlan): readonly Resource[] {
  return phases.map(({ id, title }) => ({
    uri: `plan://${encodeURIComponent(plan)}/phase/${encodeURIComponent(id)}`,
    name: `${plan}/${id}`,
    title: `Phase ${id} — ${title}`,
    mimeType: 'text/markdown',
  }));
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function word(value: string | readonly string[] | undefined): string {
  const text = typeof value === 'string' ? value : (value?.[0] ?? '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
