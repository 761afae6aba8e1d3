import * as vscode from 'vscode';
import type { ThingRef } from '../core/thingRef';
import type { Services } from '../services';

/**
 * The phase that this window was opened for: a phase workspace holds a note of it. Undefined in any other window, and
 * where the plan is not in this workspace.
 */
export async function phaseOfWindow({ index, log }: Services): Promise<ThingRef | undefined> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const note = await readNote(vscode.Uri.joinPath(folder.uri, '.phasewise', 'phase', 'phase.json'), log);
    if (note === undefined) continue;
    for (const { plan } of index.plans()) {
      const phase = plan.id === note.plan ? plan.find(note.phase, 'phase') : undefined;
      if (phase !== undefined) return { plan: plan.key, kind: 'phase', id: phase.id };
    }
  }
  return undefined;
}

async function readNote(
  uri: vscode.Uri,
  log: vscode.LogOutputChannel,
): Promise<{ readonly plan: string; readonly phase: string } | undefined> {
  try {
    const note: unknown = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    if (typeof note !== 'object' || note === null) return undefined;
    const { plan, phase } = note as { readonly plan?: unknown; readonly phase?: unknown };
    return typeof plan === 'string' && typeof phase === 'string' ? { plan, phase } : undefined;
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) log.warn(`${uri}: cannot be read as a note of a phase`, error);
    return undefined;
  }
}
