import type { ExtensionContext } from 'vscode';
import { register as registerActions } from './actions/register';
import { register as registerAudits } from './audits/register';
import { CurrentUser } from './currentUser';
import { register as registerEditor } from './editor/register';
import { register as registerGraph } from './graph/register';
import { createLog } from './log';
import { PhaseDecorations } from './phaseDecorations';
import { PlanIndex } from './planIndex';
import { register as registerPrompts } from './prompts/register';
import { Selection } from './selection';
import type { Services } from './services';
import { register as registerViews } from './views/register';
import { register as registerWorkspaces } from './workspaces/register';

export function activate(context: ExtensionContext): Services {
  const log = createLog();
  const index = new PlanIndex(log);
  const selection = new Selection();
  const user = new CurrentUser(log);
  const phaseDecorations = new PhaseDecorations();
  context.subscriptions.push(log, index, selection, user, phaseDecorations);

  const services: Services = {
    context,
    log,
    index,
    selection,
    user,
    phaseDecorations,
    setPhaseDecorator: (decorator) => phaseDecorations.set(decorator),
  };
  registerViews(services);
  registerEditor(services);
  registerGraph(services);
  registerPrompts(services);
  registerAudits(services);
  registerWorkspaces(services);
  registerActions(services);
  index.start();
  return services;
}
