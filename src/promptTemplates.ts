import * as vscode from 'vscode';
import { toFile, toUri } from './convert';
import type { Plan } from './core/model';
import { type TemplateFile, templateFolder, templateNames, templatesWith } from './core/prompt/templates';

/** The templates that hold in a workspace folder, and what is wrong with those that it has itself. */
export type FolderTemplates = ReturnType<typeof templatesWith>;

/** Reads them each time: they are few and small, and an unsaved edit counts. Without a folder they are the built-in ones. */
export async function templatesOf(folder: vscode.Uri | undefined): Promise<FolderTemplates> {
  return templatesWith(folder === undefined ? [] : await ownTemplates(folder));
}

/** Those of the workspace folder that the plan is in. */
export async function templatesOfPlan(plan: Plan): Promise<FolderTemplates> {
  const file = plan.files[0];
  return templatesOf(file === undefined ? undefined : vscode.workspace.getWorkspaceFolder(toUri(file))?.uri);
}

/** The files in the folder that stand in for built-in templates, those with unsaved edits as they stand in the editor. */
export async function ownTemplates(folder: vscode.Uri): Promise<readonly TemplateFile[]> {
  const found = templateNames.map(async (name) => {
    const uri = templateUri(folder, name);
    const text = unsavedText(uri) ?? (await textOnDisk(uri));
    return text === undefined ? [] : [{ name, file: toFile(uri), text }];
  });
  return (await Promise.all(found)).flat();
}

export function templateUri(folder: vscode.Uri, name: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, templateFolder, `${name}.md`);
}

/** How prompts call a file: by its path inside its workspace folder. */
export function nameInPrompt(file: string): string {
  return vscode.workspace.asRelativePath(toUri(file), false);
}

function unsavedText(uri: vscode.Uri): string | undefined {
  const file = toFile(uri);
  const isMeant = (document: vscode.TextDocument) => document.isDirty && toFile(document.uri) === file;
  return vscode.workspace.textDocuments.find(isMeant)?.getText();
}

async function textOnDisk(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined; // there is none, or it may not be read: the built-in one serves
  }
}
