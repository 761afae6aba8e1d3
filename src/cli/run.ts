import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { version } from '../../package.json';
import { AgentConnection } from './agentConnection';
import { check, checkOptions } from './check';
import { commands } from './commands';
import { type CommandName, reading } from './commandTable';
import { type Answer, type Context, openSession } from './context';
import { failed, succeeded } from './envelope';
import { exitCodes } from './exitCodes';
import { commandHelp, helpText } from './help';
import { initAgents } from './initAgents';
import type { LoadedPlans } from './plans';
import { problemOf } from './problem';
import { hasThing } from './readCommands';
import { type Terminal, visible } from './terminal';
import { type Call, parseCall } from './usage';
import { UsageError } from './usageError';

/** Runs one call and gives its exit code. Never rejects for what a user can cause. */
export async function run(args: readonly string[], cwd: string, terminal: Terminal): Promise<number> {
  try {
    const asked = parseCall(args);
    switch (asked.command) {
      case 'help':
        terminal.out('of' in asked && asked.of !== undefined ? commandHelp(asked.of) : helpText());
        return exitCodes.fine;
      case 'version':
        terminal.out(`${version}\n`);
        return exitCodes.fine;
      default:
        return await runCall(asked, cwd, terminal);
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { code, message } = error;
    const [command = ''] = args;
    if (args.includes('--json') && !withoutEnvelope.includes(command))
      terminal.out(json(failed(command, { code, message })));
    else terminal.err(`phasewise: ${message}\n`);
    return exitCodes.wrongCall;
  }
}

async function runCall(call: Call, cwd: string, terminal: Terminal): Promise<number> {
  if (call.command === 'mcp') return await serveAgents(call, cwd);
  if (call.command === 'init-agents') return await printInitAgents(call, cwd, terminal);
  const context = await openContext(call, cwd, terminal);
  const { loaded } = context;
  for (const { path, why } of loaded.troubles) terminal.err(`phasewise: ${visible(path)}: ${why}\n`);
  for (const { file } of loaded.withoutPlan) {
    terminal.err(`phasewise: ${visible(file)}: no phase, bead, gate or other part of a plan found\n`);
  }
  const isIncomplete = loaded.troubles.some(({ isFatal }) => isFatal);
  if (isIncomplete && loaded.snapshots.length === 0) {
    if (hasEnvelope(context.call)) terminal.out(json(failed(call.command, unreadable(loaded))));
    return exitCodes.wrongCall;
  }
  const code = await answer(context);
  // What was read is printed all the same; an action that was taken is taken.
  return isIncomplete && isReading(call.command) ? exitCodes.wrongCall : code;
}

/** The protocol is a file of its own, loaded only here: everything else starts faster without it. */
async function serveAgents({ paths, options }: Call, cwd: string): Promise<number> {
  const { serve } = await import('./mcp/server');
  const connection = new AgentConnection({ paths, cwd, plan: options.plan });
  connection.actor = options.as;
  await serve(connection, version);
  return exitCodes.fine;
}

async function printInitAgents(call: Call, cwd: string, terminal: Terminal): Promise<number> {
  return await printAnswer(call, terminal, cwd, () => initAgents(call.options.file ?? [], cwd));
}

/** `show ID`: a first word that is no file or folder, and that a plan has, is the id of a thing. */
async function openContext(call: Call, cwd: string, terminal: Terminal): Promise<Context> {
  const [first, ...paths] = call.paths;
  if (call.command === 'show' && first !== undefined && !(await isPath(first, cwd))) {
    const ofThing = await openWith({ ...call, words: [first], paths }, cwd, terminal);
    if (hasThing(ofThing, first)) return ofThing;
  }
  return await openWith(call, cwd, terminal);
}

async function openWith(call: Call, cwd: string, terminal: Terminal): Promise<Context> {
  const { session, planId, phaseId } = await openSession(call.paths, cwd);
  const loaded = await session.load();
  return { call, cwd, terminal, session, loaded, planId: call.options.plan ?? planId, phaseId };
}

async function answer(context: Context): Promise<number> {
  const { call, loaded, terminal, planId, cwd } = context;
  const { command } = call;
  if (command === 'mcp' || command === 'init-agents') return exitCodes.fine;
  if (command === 'check') return await check(checkOptions(call, planId), loaded, terminal);
  const code = await printAnswer(call, terminal, cwd, () => commands[command](context));
  const isEmpty = loaded.snapshots.length === 0 && loaded.withoutPlan.length === 0;
  if (isEmpty && code === exitCodes.fine && isReading(command)) terminal.err('phasewise: no plan found here\n');
  return code;
}

async function printAnswer(call: Call, terminal: Terminal, cwd: string, work: () => Promise<Answer>): Promise<number> {
  try {
    const { data, text, exitCode = exitCodes.fine } = await work();
    if (hasEnvelope(call)) terminal.out(json(succeeded(call.command, data)));
    else terminal.out(call.options.json === true ? json(data) : text);
    return exitCode;
  } catch (error) {
    const problem = problemOf(error, cwd);
    if (problem === undefined) throw error;
    if (hasEnvelope(call)) terminal.out(json(failed(call.command, problem)));
    else terminal.err(`phasewise: ${problem.message}\n${problem.advice === undefined ? '' : `${problem.advice}\n`}`);
    return error instanceof UsageError ? exitCodes.wrongCall : exitCodes.problemsFound;
  }
}

/** Commands that print their JSON as it is, or have none. */
const withoutEnvelope: readonly string[] = ['show', 'ready', 'check', 'graph', 'mcp'];

function hasEnvelope({ command, words, options }: Call): boolean {
  if (options.json !== true) return false;
  return !withoutEnvelope.includes(command) || words.length > 0;
}

function isReading(command: CommandName): boolean {
  return reading.includes(command);
}

function unreadable({ troubles }: LoadedPlans) {
  const message = troubles.map(({ path, why }) => `${path}: ${why}`).join('; ');
  return { code: 'unreadable', message } as const;
}

async function isPath(path: string, cwd: string): Promise<boolean> {
  return await stat(resolve(cwd, path)).then(
    () => true,
    () => false,
  );
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
