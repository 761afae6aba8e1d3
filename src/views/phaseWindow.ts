import * as vscode from 'vscode';
import type { ThingRef } from '../core/thingRef';
import type { Services } from '../services';

/**
 * The phase that this window was opened for: a phase workspace holds a note of it. Undefined in any other window, and
 * where the plan is not in this workspace.
 */
export async function phaseOfWindow({ index, log }: Services): Promise<ThingRef | undefined> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const note = await noteIn(folder.uri, log);
    if (note === undefined) continue;
    for (const { plan } of index.plans()) {
      const phase = plan.id === note.plan ? plan.find(note.phase, 'phase') : undefined;
      if (phase !== undefined) return { plan: plan.key, kind: 'phase', id: phase.id };
    }
  }
  return undefined;
}

/** In a worktree the notes of its phase have a folder of their own; without git that folder itself is open. */
async function noteIn(folder: vscode.Uri, log: vscode.LogOutputChannel): ReturnType<typeof readNote> {
  const own = vscode.Uri.joinPath(folder, '.phasewise', 'phase', 'phase.json');
  return (await readNote(own, log)) ?? (await readNote(vscode.Uri.joinPath(folder, 'phase.json'), log));
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
