import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import type { FlowLevel } from '../core/flowchart/levels';
import { onDemand } from '../onDemand';
import { DEPTHS, type NodeThing } from '../protocol';
import type { Services } from '../services';
import type { ExportFormat } from './export';
import { VIEW_TYPE } from './viewType';

/** The graph's commands, and its tabs that come back after a reload. */
export function register(services: Services): void {
  const { subscriptions } = services.context;
  const panels = onDemand(async () => {
    const { GraphPanels } = await import('./panels');
    const made = new GraphPanels(services);
    subscriptions.push(made);
    return made;
  });
  const current = async () => (await panels()).current();
  const saveAs = (format: ExportFormat) => async () => (await current())?.export(format);
  const about = (level: (thing: NodeThing) => FlowLevel) => async (target: unknown) =>
    (await panels()).showAround(target, level);
  subscriptions.push(
    registerCommand('phasewise.showGraph', async (target) => (await panels()).show(target)),
    registerCommand('phasewise.showWaves', async (target) => (await panels()).showLevel(target, { level: 'waves' })),
    registerCommand(
      'phasewise.showNeighbourhood',
      about((thing) => ({ level: 'neighbourhood', thing, depth: DEPTHS.usual })),
    ),
    registerCommand(
      'phasewise.showBlockers',
      about((thing) => ({ level: 'blockers', thing })),
    ),
    registerCommand(
      'phasewise.showUnblocks',
      about((thing) => ({ level: 'unblocks', thing })),
    ),
    registerCommand('phasewise.copyMermaid', async () => (await current())?.copySource()),
    registerCommand('phasewise.saveGraphAsSvg', saveAs('svg')),
    registerCommand('phasewise.saveGraphAsPng', saveAs('png')),
    registerCommand('phasewise.saveGraphAsMermaid', saveAs('mmd')),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state) => (await panels()).deserializeWebviewPanel(panel, state),
    }),
  );
}
