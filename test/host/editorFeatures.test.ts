import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { editorKnowsPlans } from './editorSupport';
import { emptyProject, eventually, inProject, planText, planWithId, startedServices, write } from './support';

suite('What the editor shows of a plan', () => {
  let services: Services;

  suiteSetup(async () => {
    services = await startedServices();
    await editorKnowsPlans(services);
  });

  teardown(async () => {
    await setting('codeLens', undefined);
    await setting('inlayHints', undefined);
    await emptyProject(services);
  });

  const setting = (name: string, value: boolean | undefined) =>
    vscode.workspace.getConfiguration('phasewise').update(name, value, vscode.ConfigurationTarget.Global);

  async function open(text = planText('seen')): Promise<vscode.TextDocument> {
    await write(inProject('PLAN-seen.md'), text);
    await planWithId(services, 'seen');
    return vscode.workspace.openTextDocument(inProject('PLAN-seen.md'));
  }

  const whole = (document: vscode.TextDocument) =>
    new vscode.Range(0, 0, document.lineCount - 1, document.lineAt(document.lineCount - 1).text.length);

  test('an outline of its own', async () => {
    const document = await open();
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const phase = symbols.find(({ name, kind }) => name === 'Phase 1 — Prepare' && kind === vscode.SymbolKind.Module);
    assert.deepEqual(
      phase?.children.map(({ name, detail }) => `${name} (${detail})`),
      ['B1 Read the docs (closed)', 'B2 Write the parser (ready)'],
    );
  });

  test('its things among the symbols of the workspace', async () => {
    await open();
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'parser',
    );
    const own = symbols.filter(({ location }) => location.uri.path.endsWith('PLAN-seen.md'));
    assert.ok(
      own.some(({ name }) => name === 'B2 Write the parser'),
      own.map(({ name }) => name).join(),
    );
  });

  test('lenses on phases and on beads that are ready, until they are turned off', async () => {
    const document = await open();
    const lenses = async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        50,
      );
      return found.map(({ command, range }) => `${document.lineAt(range.start).text}: ${command?.title}`);
    };
    assert.deepEqual(await lenses(), [
      '## Phase 1 — Prepare: Copy Prompt',
      '## Phase 1 — Prepare: Open Workspace',
      '#### B2a — Read one file: Claim',
      '## Phase 2 — Ship: Copy Prompt',
      '## Phase 2 — Ship: Open Workspace',
    ]);
    await setting('codeLens', false);
    assert.deepEqual(await lenses(), []);
  });

  test('a lens copies the prompt of its phase', async () => {
    const document = await open();
    const [lens] = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      1,
    );
    assert.ok(lens?.command);
    await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    assert.match(await vscode.env.clipboard.readText(), /Prepare/);
  });

  test('states and waves beside ids, until they are turned off', async () => {
    const document = await open();
    const hints = async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        whole(document),
      );
      return found.map(
        ({ label, position }) => `${document.lineAt(position).text.slice(0, position.character)} ${label}`,
      );
    };
    assert.ok((await hints()).includes('Blocked by: B1 closed'), (await hints()).join('; '));
    assert.ok((await hints()).includes('### B2 wave 1'));
    await setting('inlayHints', false);
    assert.deepEqual(await hints(), []);
  });

  test('ids and fields in colours of their own', async () => {
    const document = await open();
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentRangeSemanticTokensLegend',
      document.uri,
      whole(document),
    );
    assert.deepEqual(legend?.tokenTypes.slice(0, 2), ['planPhase', 'planBead']);
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentRangeSemanticTokens',
      document.uri,
      whole(document),
    );
    assert.ok(tokens.data.length >= 5 * 20);
  });

  test('links to files that are there', async () => {
    const document = await open();
    const links = async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
        50,
      );
      return found
        .filter(({ target }) => target?.scheme === inProject('').scheme)
        .map(({ range }) => document.getText(range));
    };
    assert.deepEqual(await links(), []);
    await write(inProject('docs/notes.md'), 'Three pages.');
    await eventually(async () => assert.deepEqual(await links(), ['docs/notes.md']));
  });
});
