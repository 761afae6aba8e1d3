import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import { onDemand } from '../onDemand';
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
  subscriptions.push(
    registerCommand('phasewise.showGraph', async (target) => (await panels()).show(target)),
    registerCommand('phasewise.copyMermaid', async () => (await current())?.copySource()),
    registerCommand('phasewise.saveGraphAsSvg', saveAs('svg')),
    registerCommand('phasewise.saveGraphAsPng', saveAs('png')),
    registerCommand('phasewise.saveGraphAsMermaid', saveAs('mmd')),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state) => (await panels()).deserializeWebviewPanel(panel, state),
    }),
  );
}
