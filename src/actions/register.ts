import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import { onceThereArePlans, onDemand } from '../onDemand';
import type { Services } from '../services';
import { registerMcpServers } from './agents/mcpServers';
import { readTools, registerTools } from './agents/tools';
import { writeTools } from './agents/writeTools';
import { registerTexts } from './approvals/texts';
import { CurrentBead } from './currentBead';
import { followBd } from './tracker/bdKey';

/** What people do with a plan: claim, verify, close, decide, recover, approve, hand over. */
export function register(services: Services): void {
  services.context.subscriptions.push(
    new CurrentBead(services),
    registerTools(services, readTools(services)),
    registerCommand('phasewise.copyReadinessPrompt', async (target) =>
      (await import('./reviews/copyPrompts')).copyReadinessPrompt(services, target),
    ),
    registerCommand('phasewise.copyCritiquePrompt', async (target) =>
      (await import('./reviews/copyPrompts')).copyCritiquePrompt(services, target),
    ),
    registerCommand('phasewise.handOver', async (target) =>
      (await import('./handover/handOver')).handOver(services, target),
    ),
    registerCommand('phasewise.sendPromptToChat', async (target) =>
      (await import('./agents/chat')).sendPromptToChat(services, target),
    ),
  );
  // In a workspace that is not trusted, nothing that writes or runs is there at all.
  const trusted = () => services.context.subscriptions.push(registerTrusted(services));
  if (vscode.workspace.isTrusted) trusted();
  else services.context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(trusted));
}

function registerTrusted(services: Services): vscode.Disposable {
  const outside = onDemand(async () => {
    const { OutsideChanges } = await import('./writing/outsideChanges');
    const made = new OutsideChanges(services);
    services.context.subscriptions.push(made);
    return made;
  });
  const actions = onDemand(async () => {
    const { createActions } = await import('./actions');
    return createActions(services, await outside());
  });
  onceThereArePlans(services, outside);
  const beads = () => import('./beads/claim');
  return vscode.Disposable.from(
    registerTexts(services),
    registerMcpServers(services),
    followBd(services),
    registerTools(services, writeTools(services, actions)),
    registerCommand('phasewise.claimBead', async (target) => (await beads()).claim(await actions(), target)),
    registerCommand('phasewise.releaseBead', async (target) => (await beads()).release(await actions(), target)),
    registerCommand('phasewise.reopenBead', async (target) => (await beads()).reopen(await actions(), target)),
    registerCommand('phasewise.deferBead', async (target) => (await beads()).defer(await actions(), target)),
    registerCommand('phasewise.closeBead', async (target) =>
      (await import('./beads/close')).close(await actions(), target),
    ),
    registerCommand('phasewise.decideGate', async (target) =>
      (await import('./gates/decide')).decide(await actions(), target),
    ),
    registerCommand('phasewise.approve', async (target) =>
      (await import('./approvals/approve')).approve(await actions(), target),
    ),
    registerCommand('phasewise.startExecuting', async (target) =>
      (await import('./executing/startExecuting')).startExecuting(await actions(), target),
    ),
    registerCommand('phasewise.runScenario', async (target) =>
      (await import('./scenarios/run')).runScenario(await actions(), target),
    ),
    registerCommand('phasewise.recordCritique', async (target) =>
      (await import('./reviews/record')).critique(await actions(), target),
    ),
    registerCommand('phasewise.recordReadinessPass', async (target) =>
      (await import('./reviews/record')).readinessPass(await actions(), target),
    ),
    registerCommand('phasewise.logPrompt', async (target) =>
      (await import('./reviews/logPrompt')).logPrompt(await actions(), target),
    ),
    registerCommand('phasewise.verify', async (target) =>
      (await import('./verify/verify')).verify(await actions(), target),
    ),
    registerCommand('phasewise.showChangesSinceApproval', async (target) =>
      (await import('./approvals/changes')).showChangesSinceApproval(services, target),
    ),
    registerCommand('phasewise.startAgent', async (target) =>
      (await import('./agents/startAgent')).startAgent(services, target),
    ),
  );
}
