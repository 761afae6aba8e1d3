import * as vscode from 'vscode';
import type { ThingRef } from './core/thingRef';

/** What menus and trees pass: a reference, or a node of a tree that carries one. Nothing from the palette. */
export type CommandTarget = ThingRef | { readonly ref?: ThingRef };

type OnThing = (target?: CommandTarget) => unknown;
type Plain = () => unknown;

/** Every command with its arguments. A test holds this list and package.json equal. */
export interface CommandSignatures {
  // views
  'phasewise.openSample': Plain;
  'phasewise.newPlan': Plain;
  'phasewise.revealSource': OnThing;
  'phasewise.revealInTree': OnThing;
  'phasewise.copyId': OnThing;
  'phasewise.refresh': Plain;
  'phasewise.filter': Plain;
  'phasewise.clearFilter': Plain;
  'phasewise.groupByPhase': Plain;
  'phasewise.groupByWave': Plain;
  'phasewise.groupByState': Plain;
  // The same with a check mark, for the menu: an extension's menu items cannot be checked otherwise.
  'phasewise.groupByPhase.checked': Plain;
  'phasewise.groupByWave.checked': Plain;
  'phasewise.groupByState.checked': Plain;
  'phasewise.followCursor': Plain;
  'phasewise.unfollowCursor': Plain;
  'phasewise.collapseAll': Plain;
  'phasewise.showReady': Plain;
  'phasewise.showLog': Plain;
  // editor
  'phasewise.addPhase': OnThing;
  'phasewise.addBead': OnThing;
  'phasewise.addGate': OnThing;
  'phasewise.addScenario': OnThing;
  // prompts
  'phasewise.copyPhasePrompt': OnThing;
  'phasewise.copyBeadPrompt': OnThing;
  'phasewise.copyGateCheck': OnThing;
  'phasewise.previewPrompt': OnThing;
  'phasewise.editTemplate': Plain;
  // audits
  'phasewise.auditPrompts': OnThing;
  'phasewise.auditCritiques': OnThing;
  'phasewise.checkPlan': OnThing;
  // graph
  'phasewise.showGraph': OnThing;
  'phasewise.showWaves': OnThing;
  'phasewise.showNeighbourhood': OnThing;
  'phasewise.showBlockers': OnThing;
  'phasewise.showUnblocks': OnThing;
  'phasewise.copyMermaid': Plain;
  'phasewise.insertGraphInDocument': Plain;
  'phasewise.updateGraphInDocument': Plain;
  'phasewise.saveGraphAsSvg': Plain;
  'phasewise.saveGraphAsPng': Plain;
  'phasewise.saveGraphAsMermaid': Plain;
  // workspaces
  'phasewise.openPhaseWorkspace': OnThing;
  'phasewise.removePhaseWorkspace': OnThing;
  // actions
  'phasewise.verify': OnThing;
  'phasewise.showChangesSinceApproval': OnThing;
  'phasewise.copyReadinessPrompt': OnThing;
  'phasewise.copyCritiquePrompt': OnThing;
  'phasewise.sendPromptToChat': OnThing;
  'phasewise.startAgent': OnThing;
  'phasewise.claimBead': OnThing;
  'phasewise.releaseBead': OnThing;
  'phasewise.closeBead': OnThing;
  'phasewise.reopenBead': OnThing;
  'phasewise.deferBead': OnThing;
  'phasewise.decideGate': OnThing;
  'phasewise.approve': OnThing;
  'phasewise.startExecuting': OnThing;
  'phasewise.runScenario': OnThing;
  'phasewise.handOver': OnThing;
  'phasewise.recordReadinessPass': OnThing;
  'phasewise.recordCritique': OnThing;
  'phasewise.logPrompt': OnThing;
  'phasewise.currentBead': Plain;
}

export type CommandId = keyof CommandSignatures;

export function registerCommand<K extends CommandId>(id: K, handler: CommandSignatures[K]): vscode.Disposable {
  return vscode.commands.registerCommand(id, handler);
}

export function runCommand<K extends CommandId>(id: K, ...args: Parameters<CommandSignatures[K]>): Thenable<unknown> {
  return vscode.commands.executeCommand(id, ...args);
}

/** The reference in whatever a command was called with; key bindings and other extensions can pass anything. */
export function refOf(argument: unknown): ThingRef | undefined {
  if (isRef(argument)) return argument;
  if (!isObject(argument)) return undefined;
  const { ref } = argument as { readonly ref?: unknown };
  return isRef(ref) ? ref : undefined;
}

const kinds: ReadonlySet<unknown> = new Set<ThingRef['kind']>(['plan', 'phase', 'bead', 'gate', 'scenario']);

function isRef(value: unknown): value is ThingRef {
  if (!isObject(value)) return false;
  const { plan, kind, id } = value as Partial<Record<keyof ThingRef, unknown>>;
  return typeof plan === 'string' && typeof id === 'string' && kinds.has(kind);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
