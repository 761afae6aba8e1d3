import * as vscode from 'vscode';
import { messageOf } from '../../log';
import type { Services } from '../../services';
import { ToolError } from './toolPlans';

/** What agents hand over; nothing of it is trusted to have the right type. */
export type ToolInput = Readonly<Record<string, unknown>>;

export interface Tool {
  readonly name: string;
  /** Beside the agent's words while it runs. */
  readonly doing: (input: ToolInput) => string;
  /** For tools that write: what the person is asked. */
  readonly confirm?: (input: ToolInput) => { readonly title: string; readonly message: string } | undefined;
  /** A text as it is, anything else as JSON. */
  readonly run: (input: ToolInput) => Promise<unknown> | unknown;
}

/** Loaded with the first call. */
const reading = () => import('./readTools');

/** Tools that only read. */
export function readTools(services: Services): readonly Tool[] {
  const { l10n } = vscode;
  return [
    {
      name: 'plan_ready',
      doing: () => l10n.t('Looking for what is ready'),
      run: async (input) => (await reading()).readyForTool(services, wordsOf(input, 'plan')),
    },
    {
      name: 'plan_show',
      doing: (input) => l10n.t('Reading {0}', wordsOf(input, 'id') ?? l10n.t('the plan')),
      run: async (input) => (await reading()).showForTool(services, wordsOf(input, 'plan'), wordsOf(input, 'id')),
    },
    {
      name: 'plan_handoff',
      doing: () => l10n.t('Looking where the work stands'),
      run: async (input) => (await reading()).handOffForTool(services, wordsOf(input, 'plan'), wordsOf(input, 'as')),
    },
    {
      name: 'plan_check',
      doing: () => l10n.t('Checking the plan'),
      run: async (input) => (await reading()).checkForTool(services, wordsOf(input, 'plan')),
    },
  ];
}

export function registerTools(services: Services, tools: readonly Tool[]): vscode.Disposable {
  return vscode.Disposable.from(...tools.map((tool) => vscode.lm.registerTool(tool.name, modelTool(services, tool))));
}

function modelTool({ index, log }: Services, tool: Tool): vscode.LanguageModelTool<object> {
  return {
    prepareInvocation: ({ input }) => {
      const asked = tool.confirm?.(input as ToolInput);
      return {
        invocationMessage: tool.doing(input as ToolInput),
        ...(asked === undefined ? {} : { confirmationMessages: asked }),
      };
    },
    invoke: async ({ input }) => {
      await index.whenScanned();
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(await answer(tool, input, log))]);
    },
  };
}

/** Refusals are answers that an agent reads and acts on, not failures of the tool. */
async function answer(tool: Tool, input: object, log: Services['log']): Promise<string> {
  try {
    const result = await tool.run(input as ToolInput);
    return typeof result === 'string' ? result : JSON.stringify(result, undefined, 1);
  } catch (error) {
    if (error instanceof ToolError) return JSON.stringify({ error: error.message });
    log.error(`${tool.name}: ${messageOf(error)}`);
    throw error;
  }
}

/** A text that is not empty. */
export function wordsOf(input: ToolInput, name: string): string | undefined {
  const value = input[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function needed(input: ToolInput, name: string): string {
  const words = wordsOf(input, name);
  if (words === undefined) throw new ToolError(`“${name}” is missing.`);
  return words;
}

/** A list of texts, or one text alone. */
export function listOf(input: ToolInput, name: string): readonly string[] {
  const value = input[name];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((each) => (typeof each === 'string' || typeof each === 'number' ? [String(each)] : []));
}
