import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult, ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import type { AgentConnection } from '../agentConnection';
import type { PlanCommand } from '../commands';
import type { Options } from '../usage';

/** One command as a tool: its name, what it says of itself, what it takes, and how that becomes a call. */
interface ToolShape<Shape extends z.ZodRawShape> {
  readonly name: string;
  readonly command: PlanCommand;
  readonly title: string;
  readonly description: string;
  readonly input: Shape;
  readonly annotations: ToolAnnotations;
  readonly call: (input: z.output<z.ZodObject<Shape>>) => {
    readonly words?: readonly string[];
    readonly options?: Options;
  };
}

const plan = z.string().optional().describe('Id of the plan; needed only when there are several.');
const as = z
  .string()
  .optional()
  .describe('Who acts. Without this, the name that the server was started with, or that of the client.');
const bead = z.string().min(1).describe('Id of the bead, such as ft-0001.8a.');

const reads: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };
/** Can be taken back by another action, and does nothing when it is taken twice. */
const writes: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
/** Takes something away that was written before. */
const overwrites: ToolAnnotations = { ...writes, destructiveHint: true };

function tool<Shape extends z.ZodRawShape>(shape: ToolShape<Shape>): ToolShape<Shape> {
  return shape;
}

const readTools = [
  tool({
    name: 'plan_ready',
    command: 'ready',
    title: 'What can be worked on now',
    description: 'Beads that are ready and gates that are due, most useful first. Begin here to find work.',
    input: { plan },
    annotations: reads,
    call: () => ({}),
  }),
  tool({
    name: 'plan_show',
    command: 'show',
    title: 'Show a plan or one thing of it',
    description:
      'One phase, bead, gate or failure scenario by its id, with why it waits; without an id, the whole plan with all states.',
    input: { id: z.string().optional().describe('Id of a phase, bead, gate or scenario.'), plan },
    annotations: reads,
    call: ({ id }) => ({ words: id === undefined ? [] : [id] }),
  }),
  tool({
    name: 'plan_check',
    command: 'check',
    title: 'Check a plan',
    description: 'What the rules find wrong in a plan, each with its place and what to do.',
    input: { plan },
    annotations: reads,
    call: () => ({}),
  }),
  tool({
    name: 'plan_prompt',
    command: 'prompt',
    title: 'Prompt of a phase, bead or gate',
    description:
      'Everything an agent has to know to work on one phase or bead, or to decide one gate, and nothing more.',
    input: { id: z.string().min(1).describe('Id of a phase, bead or gate; or readiness, critique.'), plan },
    annotations: reads,
    call: ({ id }) => ({ words: [id] }),
  }),
];

const handoffTool = tool({
  name: 'plan_handoff',
  command: 'handoff',
  title: 'Hand over',
  description:
    'What you have to know to go on: the bead in hand, what was done, gates that are due, open recoveries, what is ready, the files to read again. Read it first when you have lost the thread.',
  input: { plan, as },
  annotations: reads,
  call: ({ as: name }) => ({ options: name === undefined ? {} : { as: name } }),
});

const beadTools = [
  tool({
    name: 'plan_claim',
    command: 'claim',
    title: 'Claim a bead',
    description:
      'Take a ready bead before you work on it, so that nobody else does. Refused when it is blocked (with the chain of reasons) or held by somebody else (with the name).',
    input: {
      bead: bead.optional(),
      next: z.boolean().optional().describe('Take the first bead that is ready, instead of naming one.'),
      plan,
      as,
    },
    annotations: writes,
    call: ({ bead: id, next, as: name }) => ({
      words: id === undefined ? [] : [id],
      options: { ...(next === true && id === undefined && { next }), ...(name !== undefined && { as: name }) },
    }),
  }),
  tool({
    name: 'plan_release',
    command: 'release',
    title: 'Release a bead',
    description: 'Give a claimed bead back, unfinished, so that others can take it.',
    input: { bead, force: z.boolean().optional().describe('Also when somebody else holds it.'), plan, as },
    annotations: overwrites,
    call: ({ bead: id, force, as: name }) => ({
      words: [id],
      options: { ...(force === true && { force }), ...(name !== undefined && { as: name }) },
    }),
  }),
  tool({
    name: 'plan_close',
    command: 'close',
    title: 'Close a bead',
    description:
      'Close a bead with what shows that it is done. Writes status and evidence and adds to the progress file, in one step. Refused while something it waits for is open.',
    input: {
      bead,
      evidence: z
        .array(z.string().min(1))
        .default([])
        .describe('What shows that it is done: a measured value, a command and its result, a file.'),
      commits: z.array(z.string().min(1)).optional().describe('Commits as evidence, such as HEAD.'),
      override: z
        .string()
        .optional()
        .describe('Why it is closed although something is open; written down. Only when a person said so.'),
      plan,
      as,
    },
    annotations: writes,
    call: ({ bead: id, evidence, commits, override, as: name }) => ({
      words: [id],
      options: {
        evidence,
        ...(commits !== undefined && { commit: commits }),
        ...(override !== undefined && { override }),
        ...(name !== undefined && { as: name }),
      },
    }),
  }),
  tool({
    name: 'plan_reopen',
    command: 'reopen',
    title: 'Reopen a bead',
    description: 'Open a closed or deferred bead again.',
    input: { bead, reason: z.string().optional().describe('Why.'), plan, as },
    annotations: overwrites,
    call: ({ bead: id, reason, as: name }) => ({
      words: [id],
      options: { ...(reason !== undefined && { reason }), ...(name !== undefined && { as: name }) },
    }),
  }),
  tool({
    name: 'plan_defer',
    command: 'defer',
    title: 'Defer a bead',
    description: 'Put a bead off: it is neither ready nor blocked until somebody reopens it.',
    input: { bead, reason: z.string().optional().describe('Why.'), plan, as },
    annotations: writes,
    call: ({ bead: id, reason, as: name }) => ({
      words: [id],
      options: { ...(reason !== undefined && { reason }), ...(name !== undefined && { as: name }) },
    }),
  }),
];

const gateTools = [
  tool({
    name: 'plan_gate',
    command: 'gate',
    title: 'Check or decide a gate',
    description:
      'What a gate asks and which verdict follows from the measured values. With a verdict it is decided: only when a person said so.',
    input: {
      gate: z.string().min(1).describe('Id of the gate, such as G1.'),
      measured: z
        .array(z.string().min(1))
        .optional()
        .describe('`criterion=value` for each criterion; a criterion by its words, how it begins, or its number.'),
      verdict: z.enum(['pass', 'adjust', 'abort']).optional().describe('Without this nothing is written.'),
      note: z.string().optional().describe('Why; needed for adjust and abort.'),
      plan,
      as,
    },
    annotations: { ...writes, destructiveHint: true, idempotentHint: false },
    call: ({ gate, measured, verdict, note, as: name }) => ({
      words: [gate],
      options: {
        ...(measured !== undefined && { measured }),
        ...(verdict !== undefined && { verdict }),
        ...(note !== undefined && { note }),
        ...(name !== undefined && { as: name }),
      },
    }),
  }),
];

const planTools = [
  tool({
    name: 'plan_scenario',
    command: 'scenario',
    title: 'Recover from a failure',
    description:
      'How far the recovery of a failure scenario is. Begin it with `start`; after you tried its next step, and only then, say with `outcome` what came of it.',
    input: {
      scenario: z.string().min(1).describe('Id of the scenario, such as F3.'),
      start: z.boolean().optional().describe('Begin with the first step.'),
      bead: z.string().optional().describe('The bead that failed.'),
      outcome: z.enum(['worked', 'failed']).optional().describe('What came of the next step.'),
      note: z.string().optional().describe('What was seen.'),
      plan,
      as,
    },
    annotations: { ...writes, idempotentHint: false },
    call: ({ scenario, start, bead: id, outcome, note, as: name }) => ({
      words: [scenario],
      options: {
        ...(start === true && { start }),
        ...(id !== undefined && { bead: id }),
        ...(outcome !== undefined && { outcome }),
        ...(note !== undefined && { note }),
        ...(name !== undefined && { as: name }),
      },
    }),
  }),
  tool({
    name: 'plan_approve',
    command: 'approve',
    title: 'Approve a plan, phase or gate',
    description: 'Record that somebody approves the plan, a phase or a gate as it is now. Only when a person said so.',
    input: {
      thing: z.string().min(1).describe('`plan`, or the id of a phase or gate.'),
      plan,
      as: z.string().min(1).describe('The person who approves.'),
    },
    annotations: { ...writes, destructiveHint: true },
    call: ({ thing, as: name }) => ({ words: [thing], options: { as: name } }),
  }),
  tool({
    name: 'plan_start',
    command: 'start',
    title: 'Start executing a plan',
    description:
      'Go from mode planning to executing: refused unless the plan is approved, without errors and committed. Only when a person said so.',
    input: { plan, as },
    annotations: { ...writes, destructiveHint: true },
    call: ({ as: name }) => ({ options: name === undefined ? {} : { as: name } }),
  }),
];

const logTools = [
  tool({
    name: 'plan_log',
    command: 'log',
    title: 'Log a prompt',
    description: 'Append what the user said, word for word, to the prompt log of the plan.',
    input: {
      words: z.string().min(1).describe('The words, verbatim.'),
      title: z.string().optional().describe('A short name for it.'),
      plan,
      as,
    },
    annotations: { ...writes, idempotentHint: false },
    call: ({ words, title, as: name }) => ({
      words: [words],
      options: { ...(title !== undefined && { title }), ...(name !== undefined && { as: name }) },
    }),
  }),
  tool({
    name: 'plan_critique',
    command: 'critique',
    title: 'Record a critique',
    description: 'Add a critique of the plan to those that it keeps, with what became of it.',
    input: {
      text: z.string().min(1).describe('What is wrong with the plan.'),
      verdict: z.enum(['adopted', 'rejected', 'open']).default('open'),
      reason: z.string().optional().describe('Why; needed for one that is rejected.'),
      source: z.string().optional().describe('Who said it.'),
      landed: z.string().optional().describe('Where in the plan an adopted one landed.'),
      plan,
      as,
    },
    annotations: { ...writes, idempotentHint: false },
    call: ({ text, verdict, reason, source, landed, as: name }) => ({
      words: [text],
      options: {
        verdict,
        ...(reason !== undefined && { reason }),
        ...(source !== undefined && { source }),
        ...(landed !== undefined && { landed }),
        ...(name !== undefined && { as: name }),
      },
    }),
  }),
  tool({
    name: 'plan_readiness',
    command: 'readiness',
    title: 'Record a readiness pass',
    description:
      'Whether reviewers of the plan still find gaps; with a rating, adds one more review to those that it keeps.',
    input: {
      rating: z.string().optional().describe('How ready the plan is, such as 7/10.'),
      gaps: z.array(z.string().min(1)).optional().describe('What nobody had found before.'),
      reviewer: z.string().optional(),
      changed: z.string().optional().describe('What was changed in the plan for it.'),
      plan,
      as,
    },
    annotations: { ...writes, idempotentHint: false },
    call: ({ rating, gaps, reviewer, changed, as: name }) => ({
      options: {
        ...(rating !== undefined && { rating }),
        ...(gaps !== undefined && { gap: gaps }),
        ...(reviewer !== undefined && { source: reviewer }),
        ...(changed !== undefined && { changed }),
        ...(name !== undefined && { as: name }),
      },
    }),
  }),
];

export function registerTools(server: McpServer, connection: AgentConnection): void {
  for (const shape of [...readTools, handoffTool, ...beadTools, ...gateTools, ...planTools, ...logTools])
    register(server, connection, shape as ToolShape<z.ZodRawShape>);
}

function register(server: McpServer, connection: AgentConnection, shape: ToolShape<z.ZodRawShape>): void {
  const { name, title, description, input, annotations } = shape;
  server.registerTool(
    name,
    { title, description, inputSchema: z.strictObject(input), annotations: { title, ...annotations } },
    async (values): Promise<CallToolResult> => {
      const given = values as Readonly<Record<string, unknown>>;
      const { words = [], options = {} } = shape.call(given as never);
      const planId = typeof given.plan === 'string' ? given.plan : undefined;
      try {
        const { text, data } = await connection.answer(shape.command, words, {
          ...options,
          ...(planId !== undefined && { plan: planId }),
        });
        return { content: [{ type: 'text', text }], structuredContent: { ...data } };
      } catch (error) {
        const problem = connection.problemOf(error);
        const text = problem.advice === null ? problem.message : `${problem.message}\n${problem.advice}`;
        return { isError: true, content: [{ type: 'text', text }], structuredContent: { error: { ...problem } } };
      }
    },
  );
}
