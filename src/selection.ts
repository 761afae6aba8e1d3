import * as vscode from 'vscode';
import { sameRef, type ThingRef } from './core/thingRef';

export type SelectionSource = 'tree' | 'editor' | 'graph';

export interface SelectionChange {
  readonly ref: ThingRef | undefined;
  /** Who set it: a listener leaves its own changes alone. */
  readonly source: SelectionSource;
}

/** The thing the user is at. Tree, graph and editor meet only here. */
export class Selection implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<SelectionChange>();
  #current: ThingRef | undefined;

  readonly onDidChange = this.#changed.event;

  get current(): ThingRef | undefined {
    return this.#current;
  }

  set(ref: ThingRef | undefined, source: SelectionSource): void {
    if (sameRef(ref, this.#current)) return;
    this.#current = ref;
    this.#changed.fire({ ref, source });
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
