import { basename } from 'node:path';
import * as vscode from 'vscode';
import { toFile, toTextEdit, toUri } from '../../convert';
import type { ActionOutcome, ActionSource, Refusal } from '../../core/actions/action';
import type { TrackerChange } from '../../core/actions/trackerChange';
import type { PlanEdits } from '../../core/edit/planEdits';
import { LineStarts } from '../../core/text';
import { isFolder } from '../../planFiles/read';
import type { Services } from '../../services';
import { holdFiles } from '../../writing/holdFiles';
import { WriteRefusal } from '../../writing/refusal';
import { openDocument, textOnDisk } from './documents';
import type { OutsideChanges } from './outsideChanges';
import { progressOf, promptLogOf } from './sideFiles';

export type Performed =
  /** `note`: what did not come to its end, and what to do. */
  | { readonly said: string; readonly note?: string }
  | { readonly refused: Pick<Refusal, 'message' | 'advice' | 'code'> };

type TrackerOutcome = Extract<ActionOutcome, { readonly tracker: TrackerChange }>;

/** Milliseconds to wait for another writer. */
const lockPatience = 8_000;
/** How often to begin again when somebody types or writes in between. */
const mostRounds = 8;

/** Writes actions into plans: as one edit that can be undone, over all files that it touches. */
export class ActionWriter {
  readonly #services: Services;
  readonly #outside: OutsideChanges;
  /** One action at a time: each reads what the one before has written. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(services: Services, outside: OutsideChanges) {
    this.#services = services;
    this.#outside = outside;
  }

  /**
   * Does what `act` makes of the plan as it is now, on disk and in editors. Files without unsaved text are saved after.
   * Where a file changes meanwhile, it is tried again.
   */
  perform(plan: string, act: (source: ActionSource) => ActionOutcome): Promise<Performed> {
    const work = this.#last.then(() => this.#alone(plan, () => this.#perform(plan, act)));
    this.#last = work.catch(() => undefined);
    return work;
  }

  /** The plan with its logs, as they are now; undefined when it is gone. */
  async sourceOf(plan: string): Promise<ActionSource | undefined> {
    const source = this.#services.index.freshSource(plan);
    if (source === undefined) return undefined;
    const [progress, promptLog] = await Promise.all([progressOf(source), promptLogOf(source)]);
    return {
      ...source,
      ...(progress === undefined ? {} : { progress }),
      ...(promptLog === undefined ? {} : { promptLog }),
    };
  }

  /** While no command line and no agent writes into the plan: they ask for the same lock. */
  async #alone(plan: string, work: () => Promise<Performed>): Promise<Performed> {
    const files = this.#services.index.planByKey(plan)?.plan.files ?? [];
    const uris = files.map(toUri).filter(({ scheme }) => scheme === 'file');
    if (uris.length === 0) return work();
    let isBegun = false;
    const begin = () => {
      isBegun = true;
      return work();
    };
    try {
      return await holdFiles(
        uris.map(({ fsPath }) => fsPath),
        begin,
        { wait: lockPatience },
      );
    } catch (error) {
      if (isBegun || !(error instanceof WriteRefusal)) throw error;
      return refusal(error.message, error.advice);
    }
  }

  async #perform(plan: string, act: (source: ActionSource) => ActionOutcome): Promise<Performed> {
    for (let round = 1; ; round++) {
      const before = await this.sourceOf(plan);
      if (before === undefined) return refusal(vscode.l10n.t('This plan is no longer there.'));
      const logs = [before.progress, before.promptLog].flatMap((log) => (log === undefined ? [] : [log.file]));
      const files = [...new Set([...before.snapshot.plan.files, ...logs])];
      const different = await this.#bringUpToDate(files);
      if (different !== undefined) return different;
      const source = await this.sourceOf(plan);
      if (source === undefined) return refusal(vscode.l10n.t('This plan is no longer there.'));
      const outcome = act(source);
      if ('refused' in outcome) return outcome;
      const isTracked = 'tracker' in outcome;
      const result = isTracked ? await this.#tell(outcome) : await this.#write(source, outcome.edits);
      if (result === 'written') return { said: outcome.said };
      if (typeof result !== 'string') return result;
      if (round === mostRounds) {
        return refusal(
          vscode.l10n.t('The plan changed each time that it was to be written. Nothing was written; try again.'),
        );
      }
    }
  }

  /** Has the tracker of an export make a change, and shows what its export says then. */
  async #tell({ tracker, said }: TrackerOutcome): Promise<'changed' | Performed> {
    const { scheme, fsPath } = toUri(tracker.file);
    if (scheme !== 'file') return refusal(vscode.l10n.t('Beads changes only what is on a disk.'));
    const { tellBd } = await import('../tracker/tell');
    const told = await tellBd(tracker, fsPath);
    if (told.ended === 'refused') return told;
    await this.#bringUpToDate([tracker.file]);
    if (told.ended === 'outdated') return 'changed';
    return { said, ...(told.note === undefined ? {} : { note: told.note }) };
  }

  /** Lets the index and editors know what is on disk. Says which file cannot be brought up to date. */
  async #bringUpToDate(files: readonly string[]): Promise<Performed | undefined> {
    for (const file of files) {
      const uri = toUri(file);
      const document = openDocument(uri);
      if (document === undefined) {
        const known = this.#services.index.part(file);
        if (known !== undefined && known.text !== (await textOnDisk(uri))) await this.#services.index.readAgain([file]);
        continue;
      }
      const isFresh = document.isDirty
        ? await this.#outside.takeIn(document)
        : await this.#outside.catchUp(document, { mayShow: true });
      if (isFresh) continue;
      const name = basename(uri.path);
      return refusal(
        document.isDirty
          ? vscode.l10n.t('{0} changed on disk while you have unsaved text in it.', name)
          : vscode.l10n.t('The editor does not show yet what changed on disk in {0}.', name),
        document.isDirty ? vscode.l10n.t('Open it and save it first.') : vscode.l10n.t('Try again in a moment.'),
      );
    }
    return undefined;
  }

  async #write(source: ActionSource, edits: PlanEdits): Promise<'written' | 'changed' | Performed> {
    if (edits.size === 0) return 'written';
    const edit = new vscode.WorkspaceEdit();
    const documents = new Map<vscode.TextDocument, string>();
    for (const [file, changes] of edits) {
      const uri = toUri(file);
      const text = textOf(source, file);
      const isNew = text === '' && openDocument(uri) === undefined && (await textOnDisk(uri)) === undefined;
      if (isNew) {
        if (await isFolder(uri)) return refusal(vscode.l10n.t('{0} is a folder.', basename(uri.path)));
        const contents = new TextEncoder().encode(changes.map(({ newText }) => newText).join(''));
        edit.createFile(uri, { contents });
        continue;
      }
      documents.set(await vscode.workspace.openTextDocument(uri), text);
      const lines = new LineStarts(text);
      edit.set(
        uri,
        changes.map((change) => toTextEdit(lines, change)),
      );
    }
    const before = openTabs(edits.keys());
    const failed = await this.#outside.meanwhile(async () => {
      // All of them in the turn of the edit: it counts for the texts as they are then.
      for (const [document, text] of documents) if (document.getText() !== text) return undefined;
      const clean = [...documents.keys()].filter(({ isDirty }) => !isDirty);
      // Where nothing is unsaved, the editor saves by itself, as after a refactoring.
      const isRefactoring = clean.length === documents.size;
      return (await vscode.workspace.applyEdit(edit, { isRefactoring })) ? unsaved(clean) : undefined;
    });
    if (failed === undefined) return 'changed';
    await closeNewTabs(edits.keys(), before);
    for (const uri of failed) {
      // A program that asks for no lock wrote between our look and the save. Nothing is thrown away: both are merged.
      const { document } = await vscode.window.showTextDocument(uri, { preview: false });
      const base = textOf(source, toFile(uri));
      if ((await this.#outside.takeInUnsaved(document, base)) && (await document.save())) continue;
      return refusal(
        vscode.l10n.t('{0} changed on disk at the same moment, and is not saved.', basename(uri.path)),
        vscode.l10n.t('It is open with what was to be written: compare it with the file, and save it.'),
      );
    }
    return 'written';
  }
}

/** The editor opens a tab for a file that it edits, if only for a moment; what was not open before is closed again. */
async function closeNewTabs(files: Iterable<string>, before: ReadonlySet<string>): Promise<void> {
  const written = new Set(files);
  const isNew = ({ input, isDirty }: vscode.Tab) =>
    !isDirty &&
    input instanceof vscode.TabInputText &&
    written.has(toFile(input.uri)) &&
    !before.has(toFile(input.uri));
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.filter((tab) => !tab.isActive && isNew(tab)));
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}

function openTabs(files: Iterable<string>): ReadonlySet<string> {
  const written = new Set(files);
  const open = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [toFile(input.uri)] : [])),
  );
  return new Set(open.filter((file) => written.has(file)));
}

function textOf(source: ActionSource, file: string): string {
  const { progress, promptLog } = source;
  return source.part(file)?.text ?? [progress, promptLog].find((side) => side?.file === file)?.text ?? '';
}

async function unsaved(documents: readonly vscode.TextDocument[]): Promise<readonly vscode.Uri[]> {
  const failed: vscode.Uri[] = [];
  for (const { uri } of documents) {
    const document = await vscode.workspace.openTextDocument(uri);
    if (!(await document.save())) failed.push(uri);
  }
  return failed;
}

function refusal(message: string, advice?: string): Performed {
  return { refused: { code: 'not-written', message, ...(advice === undefined ? {} : { advice }) } };
}
