import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CommandTarget } from '../../commands';
import { refOf } from '../../commands';
import { handOver as resumeDocument } from '../../core/actions/handOver';
import type { Phase } from '../../core/model';
import type { PlanSnapshot } from '../../core/snapshot';
import { type ThingRef, thingOf } from '../../core/thingRef';
import { phaseFolder } from '../../git/phaseRecord';
import { isInside, realPlace } from '../../git/places';
import { messageOf } from '../../log';
import { nameInPrompt } from '../../promptTemplates';
import type { Services } from '../../services';
import { phaseOf, planOf } from '../subject';
import { progressOf } from '../writing/sideFiles';
import { startOfSection, withSection } from './section';

const handoffFile = 'HANDOFF.md';

/** Puts a resume document onto the clipboard, and into the hand-off notes of the phase's workspace where there is one. */
export async function handOver(services: Services, target: CommandTarget | undefined): Promise<void> {
  const snapshot = await planOf(services, target, vscode.l10n.t('Hand Over'));
  if (snapshot === undefined) return;
  const phase = phaseMeant(services, snapshot, refOf(target));
  const text = await handOverText(services, snapshot, { phase: refOf(target)?.kind === 'phase' ? phase : undefined });
  await vscode.env.clipboard.writeText(text);
  const file = phase && notesOf(services, snapshot, phase);
  const written = file !== undefined && (await write(services, file, text));
  const count = new Intl.NumberFormat(vscode.env.language).format([...text].length);
  const message = written
    ? vscode.l10n.t(
        'Where the work stands is on the clipboard ({0} characters) and in {1} of the workspace.',
        count,
        handoffFile,
      )
    : vscode.l10n.t('Where the work stands is on the clipboard ({0} characters).', count);
  const open = vscode.l10n.t('Open {0}', handoffFile);
  const answer = await vscode.window.showInformationMessage(message, ...(written ? [open] : []));
  if (answer === open && file !== undefined) await showSection(file.path);
}

/** What people wrote themselves stands above it. */
async function showSection(path: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(path);
  const editor = await vscode.window.showTextDocument(document);
  const start = document.positionAt(startOfSection(document.getText()));
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.AtTop);
}

/** For whoever acts here, or for `name`; of one phase where it is given. */
export async function handOverText(
  services: Services,
  snapshot: PlanSnapshot,
  { name, phase }: { readonly name?: string | undefined; readonly phase?: Phase | undefined } = {},
): Promise<string> {
  const source = services.index.sourceOfPlan(snapshot);
  const progress = await progressOf(source);
  const who = name ?? (await services.user.of(snapshot.plan));
  return resumeDocument(
    { ...source, ...(progress === undefined ? {} : { progress }) },
    { name: who, fileName: nameInPrompt, ...(phase === undefined ? {} : { phase: phase.id }) },
  );
}

interface Notes {
  readonly folder: string;
  readonly path: string;
}

/** The phase that was clicked, or that the bead in hand is in. */
function phaseMeant(services: Services, snapshot: PlanSnapshot, ref: ThingRef | undefined): Phase | undefined {
  const [inHand] = services.user.beadsInHand(snapshot);
  const thing = (ref === undefined ? undefined : thingOf(snapshot.plan, ref)) ?? inHand;
  return thing && phaseOf(snapshot.plan, thing);
}

function notesOf({ phaseDecorations }: Services, { plan }: PlanSnapshot, phase: Phase): Notes | undefined {
  const folder = vscode.workspace.isTrusted ? phaseDecorations.describe(plan.key, phase.id)?.folder : undefined;
  return folder === undefined ? undefined : { folder, path: join(folder, phaseFolder, handoffFile) };
}

/** A branch from strangers can hold a link in place of the file. */
async function write({ log }: Services, { folder, path }: Notes, text: string): Promise<boolean> {
  try {
    const [root, place] = await Promise.all([realPlace(folder), realPlace(path)]);
    if (!isInside(root, place)) return false;
    const notes = await readFile(path, 'utf8').catch(() => '');
    await writeFile(path, withSection(notes, text));
    return true;
  } catch (error) {
    log.warn(`${path}: ${messageOf(error)}`);
    return false;
  }
}
