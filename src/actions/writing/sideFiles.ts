import { basename } from 'node:path';
import * as vscode from 'vscode';
import { toFile, toUri } from '../../convert';
import type { SideFile } from '../../core/actions/action';
import type { PlanSource } from '../../core/language/planSource';
import type { Field } from '../../core/model';
import { isInside, realPlace } from '../../git/places';
import { openDocument, textOnDisk } from './documents';

/** The progress file that the plan names; undefined when it names none, or one outside of its workspace folder. */
export async function progressOf({ snapshot: { plan }, part }: PlanSource): Promise<SideFile | undefined> {
  const uri = plan.head.progress && (await placeOf(plan.head.progress));
  if (uri === undefined) return undefined;
  const file = toFile(uri);
  return { file, text: part(file)?.text ?? (await currentText(uri)) };
}

/** Where prompts are logged: the file of the plan that holds some, else one beside the plan's main file. */
export async function promptLogOf({ snapshot: { plan }, part }: PlanSource): Promise<SideFile | undefined> {
  for (const file of plan.files) {
    const known = part(file);
    if (known !== undefined && known.promptCount > 0 && known.notation !== 'beads') return { file, text: known.text };
  }
  const [main] = plan.files;
  if (main === undefined) return undefined;
  const uri = toUri(main);
  const name = basename(uri.path)
    .replace(/\.(md|ya?ml)$/i, '')
    .replace(/\.plan$/i, '')
    .replace(/^PLAN-/i, '');
  const log = vscode.Uri.joinPath(uri, '..', `PLAN-${name}-prompts.md`);
  return { file: toFile(log), text: await currentText(log) };
}

/** A path from a plan is followed only inside of the workspace folder that the plan is in, links included. */
async function placeOf({ file, value }: Field<string>): Promise<vscode.Uri | undefined> {
  const from = toUri(file);
  const root = vscode.workspace.getWorkspaceFolder(from)?.uri;
  const words = value.trim();
  if (root === undefined || words === '' || /^([a-z]:|[\\/])/i.test(words)) return undefined;
  const uri = vscode.Uri.joinPath(from, '..', words);
  if (!uri.path.startsWith(`${root.path.replace(/\/$/, '')}/`)) return undefined;
  if (uri.scheme !== 'file') return uri;
  const [folder, place] = await Promise.all([realPlace(root.fsPath), realPlace(uri.fsPath)]);
  return place !== folder && isInside(folder, place) ? uri : undefined;
}

/** As the editor shows it where it is open, else as it is on disk; empty when there is none. */
async function currentText(uri: vscode.Uri): Promise<string> {
  return openDocument(uri)?.getText() ?? (await textOnDisk(uri)) ?? '';
}
