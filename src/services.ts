import type * as vscode from 'vscode';
import type { CurrentUser } from './currentUser';
import type { PhaseDecorations, PhaseDecorator } from './phaseDecorations';
import type { PlanIndex } from './planIndex';
import type { Selection } from './selection';

/** What every feature is given. Features meet here and through commands, never by importing each other. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly index: PlanIndex;
  readonly selection: Selection;
  readonly user: CurrentUser;
  readonly phaseDecorations: PhaseDecorations;
  setPhaseDecorator(decorator: PhaseDecorator): void;
}
