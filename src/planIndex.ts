import * as vscode from 'vscode';
import type { PlanPart } from './core/model';
import type { PlanSnapshot } from './core/snapshot';
import type { LineStarts } from './core/text';
import type { ThingRef } from './core/thingRef';

/** Plans by key. A plan that is new counts as changed. */
export interface PlansChange {
  readonly changed: readonly PlanSnapshot[];
  readonly removed: readonly string[];
}

/** Finds the plan files of all workspace folders, follows them and unsaved edits, and says which plans changed. */
export class PlanIndex implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<PlansChange>();

  readonly onDidChange = this.#changed.event;

  /** In a stable order: by folder, then by the main file's path. */
  plans(): readonly PlanSnapshot[] {
    return [];
  }

  planByKey(_key: string): PlanSnapshot | undefined {
    return undefined;
  }

  planOf(_uri: vscode.Uri): PlanSnapshot | undefined {
    return undefined;
  }

  part(_file: string): PlanPart | undefined {
    return undefined;
  }

  /** For turning a location of the current snapshot into editor positions. Cached while the file's text stays. */
  linesOf(_file: string): LineStarts | undefined {
    return undefined;
  }

  /** The innermost thing around an offset. */
  thingAt(_uri: vscode.Uri, _offset: number): ThingRef | undefined {
    return undefined;
  }

  /** Settles when the scan that is under way, if any, has ended. */
  whenScanned(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
