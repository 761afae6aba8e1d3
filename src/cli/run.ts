import { version } from '../../package.json';
import { flowchartSource } from '../core/flowchart/flowchart';
import { showJson } from '../core/show';
import type { PlanSnapshot } from '../core/snapshot';
import { check } from './check';
import { exitCodes } from './exitCodes';
import { choosePlans, type LoadedPlans, loadPlans } from './plans';
import { printPrompt } from './printPrompt';
import { readyJson, readyText } from './ready';
import { showText } from './showText';
import { progressFilesOf } from './surroundings';
import { type Terminal, visible } from './terminal';
import { type Call, help, type PlanCall, parseCall, UsageError } from './usage';

/** Runs one call and gives its exit code. Never rejects for what a user can cause. */
export async function run(args: readonly string[], cwd: string, terminal: Terminal): Promise<number> {
  try {
    return await runCall(parseCall(args), cwd, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`phasewise: ${error.message}\n`);
    return exitCodes.wrongCall;
  }
}

async function runCall(call: Call, cwd: string, terminal: Terminal): Promise<number> {
  switch (call.command) {
    case 'help':
      terminal.out(help);
      return exitCodes.fine;
    case 'version':
      terminal.out(`${version}\n`);
      return exitCodes.fine;
    default:
      return await runOnPlans(call, cwd, terminal);
  }
}

async function runOnPlans(call: PlanCall, cwd: string, terminal: Terminal): Promise<number> {
  const loaded = await loadPlans(call.paths, cwd);
  for (const { path, why } of loaded.troubles) terminal.err(`phasewise: ${visible(path)}: ${why}\n`);
  for (const { file } of loaded.withoutPlan) {
    terminal.err(`phasewise: ${visible(file)}: no phase, bead, gate or other part of a plan found\n`);
  }
  const incomplete = loaded.troubles.some(({ isFatal }) => isFatal);
  if (incomplete && loaded.snapshots.length === 0) return exitCodes.wrongCall;
  const code = await print(call, loaded, cwd, terminal);
  return incomplete ? exitCodes.wrongCall : code;
}

async function print(call: PlanCall, loaded: LoadedPlans, cwd: string, terminal: Terminal): Promise<number> {
  const chosen = choosePlans(loaded.snapshots, call.plan);
  switch (call.command) {
    case 'show':
      terminal.out(
        call.json
          ? json(
              showJson(chosen, loaded.diagnosticsOf(chosen), loaded.positionOf, {
                around: await progressFilesOf(loaded, chosen),
              }),
            )
          : chosen.map((snapshot) => showText(terminal, snapshot)).join('\n\n'),
      );
      noteIfEmpty(chosen, loaded, terminal);
      return exitCodes.fine;
    case 'check':
      return await check(call, loaded, terminal);
    case 'prompt':
      await printPrompt(call.phase, chosen, loaded, cwd, terminal);
      return exitCodes.fine;
    case 'graph':
      terminal.out(graphs(chosen));
      noteIfEmpty(chosen, loaded, terminal);
      return exitCodes.fine;
    case 'ready':
      terminal.out(
        call.json
          ? json(readyJson(chosen, loaded.positionOf))
          : chosen.map((snapshot) => readyText(terminal, snapshot)).join('\n\n'),
      );
      noteIfEmpty(chosen, loaded, terminal);
      return exitCodes.fine;
  }
}

/** Each a diagram of its own; with several, comments say which is which. */
function graphs(snapshots: readonly PlanSnapshot[]): string {
  const texts = snapshots.map((snapshot) => {
    const text = flowchartSource(snapshot, { direction: 'TB', hideClosed: false, level: 'beads' });
    return snapshots.length === 1 ? text : `%% ${visible(snapshot.plan.id)}: ${visible(snapshot.plan.title)}\n${text}`;
  });
  return texts.join('\n');
}

function noteIfEmpty(chosen: readonly PlanSnapshot[], { withoutPlan }: LoadedPlans, terminal: Terminal): void {
  if (chosen.length === 0 && withoutPlan.length === 0) terminal.err('phasewise: no plan found here\n');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
