import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { editorKnowsPlans } from './editorSupport';
import { emptyProject, eventually, inProject, planText, planWithId, startedServices, write } from './support';

const yaml = `plan: ids
phases:
  - id: A
    beads:
      - id: s-1
        title: List values
        done_when: 5 names are listed.
      - id: s-2
        title: Load them
        blocked_by: [s-1]
`;

suite('Ids in the editor', () => {
  let services: Services;

  suiteSetup(async () => {
    services = await startedServices();
    await editorKnowsPlans(services);
  });

  teardown(() => emptyProject(services));

  async function open(name: string, text: string, id: string): Promise<vscode.TextDocument> {
    await write(inProject(name), text);
    await planWithId(services, id);
    return vscode.workspace.openTextDocument(inProject(name));
  }

  /** The first place of `text`, with the cursor before its last character. */
  function inside(document: vscode.TextDocument, text: string): vscode.Position {
    const offset = document.getText().indexOf(text);
    assert.ok(offset >= 0, text);
    return document.positionAt(offset + text.length - 1);
  }

  const renameB2 = (document: vscode.TextDocument, id: string) =>
    vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      inside(document, '### B2'),
      id,
    );

  const hoverTexts = async (document: vscode.TextDocument, position: vscode.Position) => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return hovers.flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value));
  };

  for (const [notation, name, text, at, expected] of [
    ['Markdown', 'PLAN-ids.md', planText('ids'), 'Blocked by: G1', /Gate G1.*Waiting.*Blocked by.*Files read/s],
    ['YAML', 'ids.plan.yaml', yaml, 'blocked_by: [s-1', /s\\?-1 List values.*Ready.*5 names are listed/s],
  ] as const) {
    test(`${notation}: a hover says what a reference is`, async () => {
      const document = await open(name, text, 'ids');
      const [content, ...others] = await hoverTexts(document, inside(document, at));
      assert.match(content ?? '', expected);
      assert.deepEqual(others, []);
    });
  }

  test('definition, references and marks', async () => {
    const document = await open('PLAN-ids.md', planText('ids'), 'ids');
    const position = inside(document, 'Blocked by: B2a');
    const [link] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      position,
    );
    assert.ok(link?.targetSelectionRange);
    assert.equal(document.getText(link.targetSelectionRange), 'B2a');
    assert.equal(link.targetRange.start.line, document.positionAt(document.getText().indexOf('#### B2a')).line);
    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      position,
    );
    assert.deepEqual(
      references.map(({ range }) => document.lineAt(range.start).text),
      ['#### B2a — Read one file', 'Blocked by: B2a'],
    );
    const marks = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      position,
    );
    assert.deepEqual(
      marks.map(({ kind }) => kind),
      [vscode.DocumentHighlightKind.Write, vscode.DocumentHighlightKind.Read],
    );
  });

  test('follow what was typed this moment', async () => {
    const document = await open('PLAN-ids.md', planText('ids'), 'ids');
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) =>
      edit.insert(document.positionAt(document.getText().indexOf('## Phase 2')), '\nB3 is next.\n\n'),
    );
    const [content] = await hoverTexts(document, inside(document, 'B3'));
    assert.match(content ?? '', /B3 Publish/);
  });

  test('nothing in Markdown that is no plan', async () => {
    await open('PLAN-ids.md', planText('ids'), 'ids');
    await write(inProject('ids-notes.md'), planText('notes'));
    const document = await vscode.workspace.openTextDocument(inProject('ids-notes.md'));
    assert.deepEqual(await hoverTexts(document, inside(document, 'Blocked by: G1')), []);
  });

  test('are renamed in all files of the plan at once, and back by one undo', async () => {
    const document = await open('PLAN-ids.md', planText('ids'), 'ids');
    const log = '# Prompts\n\n### Prompt 1 — First\n\n> do B2 first\n\n**Key decisions:**\n\n- Parse → B2\n';
    await write(inProject('PLAN-ids-prompts.md'), log);
    // The plan is there already; its log is found a moment later.
    await eventually(() => assert.equal(services.index.plans()[0]?.plan.files.length, 2));
    const other = await vscode.workspace.openTextDocument(inProject('PLAN-ids-prompts.md'));
    await vscode.window.showTextDocument(document);
    const position = inside(document, '### B2');
    const prepared = await vscode.commands.executeCommand<{ range: vscode.Range; placeholder: string }>(
      'vscode.prepareRename',
      document.uri,
      position,
    );
    assert.equal(document.getText(prepared.range), 'B2');
    const edit = await renameB2(document, 'B9');
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    assert.equal(
      document.getText(),
      planText('ids').replace('### B2 ', '### B9 ').replace('Blocked by: B2\n', 'Blocked by: B9\n'),
    );
    assert.equal(other.getText(), log.replace('→ B2', '→ B9'));
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.equal(document.getText(), planText('ids')));
  });

  test('are renamed where they stand now, in a file in which somebody has just typed, too', async () => {
    const document = await open('PLAN-ids.md', planText('ids'), 'ids');
    const log = '# Prompts\n\n### Prompt 1 — First\n\n> do B2 first\n\n**Key decisions:**\n\n- Parse → B2\n';
    await write(inProject('PLAN-ids-prompts.md'), log);
    await planWithId(services, 'ids');
    await eventually(() => assert.equal(services.index.plans()[0]?.plan.files.length, 2));
    const other = await vscode.workspace.openTextDocument(inProject('PLAN-ids-prompts.md'));
    const editor = await vscode.window.showTextDocument(other);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'A line that nobody has read yet.\n\n'));
    const edit = await renameB2(document, 'B9');
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    assert.equal(other.getText(), `A line that nobody has read yet.\n\n${log.replace('→ B2', '→ B9')}`);
  });

  test('are renamed where they stand now, in a file that another program has just written, too', async () => {
    // Of a name that no test before has: the editor keeps what it had open for a while, and an edit goes into that.
    const document = await open('PLAN-written.md', planText('written'), 'written');
    const log = '# Prompts\n\n### Prompt 1 — First\n\n> do B2 first\n\n**Key decisions:**\n\n- Parse → B2\n';
    const other = inProject('PLAN-written-prompts.md');
    await write(other, log);
    await eventually(() => assert.equal(services.index.plans()[0]?.plan.files.length, 2));
    const line = 'A line that nobody has read yet.\n\n';
    writeFileSync(other.fsPath, line + log);
    const edit = await renameB2(document, 'B9');
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    assert.equal((await vscode.workspace.openTextDocument(other)).getText(), line + log.replace('→ B2', '→ B9'));
  });

  test('are not renamed to one that is taken', async () => {
    const document = await open('PLAN-ids.md', planText('ids'), 'ids');
    await vscode.window.showTextDocument(document);
    const edit = await renameB2(document, 'B1');
    // Nothing, and no other provider is asked: Markdown's own would put the id in place of the whole heading.
    assert.deepEqual(edit.entries(), []);
  });
});
