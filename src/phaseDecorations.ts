import * as vscode from 'vscode';

export interface PhaseDecoration {
  /** Goes behind the phase's own description, such as `main ↑2`. */
  readonly description?: string;
  /** One line of plain text. */
  readonly tooltip?: string;
  readonly hasWorkspace: boolean;
  /** Path of the workspace on this machine; absent where it is gone. */
  readonly folder?: string;
}

/** What the workspaces feature knows about phases and the tree shows. */
export interface PhaseDecorator {
  readonly onDidChange: vscode.Event<void>;
  /** Called while the tree is drawn: answers from memory. */
  describe(plan: string, phaseId: string): PhaseDecoration | undefined;
}

/** Holds the decorator, whether it comes before or after the tree. */
export class PhaseDecorations implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #decorator: PhaseDecorator | undefined;
  #listening: vscode.Disposable | undefined;

  readonly onDidChange = this.#changed.event;

  set(decorator: PhaseDecorator): void {
    this.#listening?.dispose();
    this.#decorator = decorator;
    this.#listening = decorator.onDidChange(() => this.#changed.fire());
    this.#changed.fire();
  }

  describe(plan: string, phaseId: string): PhaseDecoration | undefined {
    return this.#decorator?.describe(plan, phaseId);
  }

  dispose(): void {
    this.#listening?.dispose();
    this.#changed.dispose();
  }
}
