import * as vscode from 'vscode';
import { toFile } from '../convert';
import type { ThingRef } from '../core/thingRef';
import type { PlanIndex } from '../planIndex';
import type { Services } from '../services';

/** What a phase workspace notes about itself. */
export interface PhaseNote {
  /** The plan's id. */
  readonly plan: string;
  readonly phase: string;
}

/** The note in one of the folders of this window. */
export interface FoundNote extends PhaseNote {
  readonly folder: vscode.WorkspaceFolder;
}

/** The note of the phase that this window was opened for, or that was added to it; undefined in any other window. */
export async function noteOfWindow({ log }: Pick<Services, 'log'>): Promise<FoundNote | undefined> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const note = await noteIn(folder.uri, log);
    if (note !== undefined) return { ...note, folder };
  }
  return undefined;
}

/** Undefined where the plan is not in this workspace. Of two copies of the plan, the one beside the note counts. */
export function phaseOfNote(index: PlanIndex, note: FoundNote): ThingRef | undefined {
  const place = `${toFile(note.folder.uri)}/`;
  const isBeside = ({ ref }: { readonly ref: ThingRef }) => index.planByKey(ref.plan)?.plan.files[0]?.startsWith(place);
  const found = index.plans().flatMap(({ plan }) => {
    const phase = plan.id === note.plan ? plan.find(note.phase, 'phase') : undefined;
    return phase === undefined ? [] : [{ ref: { plan: plan.key, kind: 'phase' as const, id: phase.id } }];
  });
  return (found.find(isBeside) ?? found[0])?.ref;
}

/** In a worktree the notes of its phase have a folder of their own; without git that folder itself is open. */
async function noteIn(folder: vscode.Uri, log: vscode.LogOutputChannel): Promise<PhaseNote | undefined> {
  const own = vscode.Uri.joinPath(folder, '.phasewise', 'phase', 'phase.json');
  return (await readNote(own, log)) ?? (await readNote(vscode.Uri.joinPath(folder, 'phase.json'), log));
}

async function readNote(uri: vscode.Uri, log: vscode.LogOutputChannel): Promise<PhaseNote | undefined> {
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
