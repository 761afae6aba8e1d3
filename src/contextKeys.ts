import * as vscode from 'vscode';

/** Every context key with the type of its value; `when` clauses in package.json read them. */
export interface ContextKeys {
  /** How the Plans view is grouped: `phase`, `wave` or `state`. */
  'phasewise.grouping': string;
  'phasewise.filtered': boolean;
  /** The workspace was looked through at least once: an empty view is empty for good. */
  'phasewise.scanned': boolean;
  'phasewise.hasPlans': boolean;
  /** The command of the Beads tracker was found: exports can be acted on. */
  'phasewise.hasBd': boolean;
  /** The editor in use shows a file of a plan. */
  'phasewise.isPlanFile': boolean;
}

export function setContext<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
