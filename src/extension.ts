import type { ExtensionContext } from 'vscode';
import { createLog } from './log';
import { PhaseDecorations } from './phaseDecorations';
import { PlanIndex } from './planIndex';
import { Selection } from './selection';
import type { Services } from './services';

export function activate(context: ExtensionContext): Services {
  const log = createLog();
  const index = new PlanIndex();
  const selection = new Selection();
  const phaseDecorations = new PhaseDecorations();
  context.subscriptions.push(log, index, selection, phaseDecorations);

  const services: Services = {
    context,
    log,
    index,
    selection,
    phaseDecorations,
    setPhaseDecorator: (decorator) => phaseDecorations.set(decorator),
  };
  return services;
}
