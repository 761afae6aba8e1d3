import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { editorKnowsPlans } from './editorSupport';
import { emptyProject, eventually, inProject, planText, startedServices, write } from './support';

suite('Fixes in the editor', () => {
  let services: Services;

  suiteSetup(async () => {
    services = await startedServices();
    await editorKnowsPlans(services);
  });

  teardown(() => emptyProject(services));

  const broken = planText('fix')
    .replaceAll('B2a', 'parse-021')
    .replace('Blocked by: parse-021', 'Blocked by: parse-0021')
    .replace('Blocked by: G1', 'Blocked by: parse-21');

  async function open(): Promise<{ document: vscode.TextDocument; problems: readonly vscode.Diagnostic[] }> {
    const file = inProject('PLAN-fix.md');
    await write(file, broken);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    return eventually(() => {
      const problems = vscode.languages
        .getDiagnostics(file)
        .filter(({ code }) => typeof code === 'object' && code.value === 'unknown-reference');
      assert.equal(problems.length, 2);
      return { document, problems };
    });
  }

  const actions = (document: vscode.TextDocument, range: vscode.Range, kind: vscode.CodeActionKind) =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind.value,
    );

  test('solve the problem that they stand at', async () => {
    const { document, problems } = await open();
    const [problem] = problems;
    assert.ok(problem);
    const [fix] = await actions(document, problem.range, vscode.CodeActionKind.QuickFix);
    assert.equal(fix?.isPreferred, true);
    assert.ok(fix.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.notEqual(document.getText(), broken);
    await eventually(() => {
      const left = vscode.languages.getDiagnostics(document.uri).filter(({ range }) => range.isEqual(problem.range));
      assert.deepEqual(left, []);
    });
  });

  test('of a circle are offered at each of its dependencies', async () => {
    const file = inProject('PLAN-circle.md');
    await write(file, planText('circle').replace('Status: closed\n', 'Status: closed\nBlocked by: B2\n'));
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const edge = document.getText().indexOf('Blocked by: B2\n') + 'Blocked by: B'.length;
    const place = document.positionAt(edge);
    const [fix, ...others] = await eventually(async () => {
      const found = await actions(document, new vscode.Range(place, place), vscode.CodeActionKind.QuickFix);
      assert.ok(found.length > 0);
      return found;
    });
    assert.deepEqual([fix?.title, others], ['Take B2 out of what Bead B1 waits for', []]);
  });

  test('all at once', async () => {
    const { document } = await open();
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const [fix, ...others] = await actions(document, whole, vscode.CodeActionKind.SourceFixAll);
    assert.ok(fix?.edit);
    assert.deepEqual(others, []);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /Blocked by: parse-021\n.*Blocked by: parse-021\n/s);
    await eventually(() => {
      const codes = vscode.languages
        .getDiagnostics(document.uri)
        .map(({ code }) => (typeof code === 'object' ? code.value : code));
      assert.ok(!codes.includes('unknown-reference'), codes.join());
    });
  });
});
