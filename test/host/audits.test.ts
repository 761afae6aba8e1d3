import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PlanSnapshot } from '../../src/core/snapshot';
import type { Services } from '../../src/services';
import { emptyProject, eventually, inProject, planText, planWithId, startedServices, write } from './support';

suite('Audits', () => {
  let services: Services;
  let snapshot: PlanSnapshot;

  const logged = `${planText('audits')}
## Prompt 1 — Read everything

**Key decisions:**

- All files are read → B2b
- Nothing is written
`;

  suiteSetup(async () => {
    services = await startedServices();
  });

  setup(async () => {
    await write(inProject('PLAN-audits.md'), logged);
    snapshot = await planWithId(services, 'audits');
  });

  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await emptyProject(services);
  });

  /** The page that a command shows, as text. */
  async function pageOf(kind: string, command: string, ...args: unknown[]): Promise<vscode.TextDocument> {
    await vscode.commands.executeCommand(command, ...args);
    return await eventually(() => {
      const page = vscode.workspace.textDocuments.find(
        ({ uri }) => uri.scheme === 'phasewise-audit' && uri.query.includes(`"${kind}"`),
      );
      assert.ok(page, 'no page is open');
      return page;
    });
  }

  test('Audit Prompts shows the gaps, with links that lead to their lines', async () => {
    const page = await pageOf('prompts', 'phasewise.auditPrompts', {
      plan: snapshot.plan.key,
      kind: 'plan',
      id: 'audits',
    });
    assert.match(page.getText(), /1 prompt, 2 decisions, \*\*1 gap\*\*/);
    const [, target = ''] = /## Gaps\n\n- \[Prompt 1\]\(<([^>]+)>\): Nothing is written/.exec(page.getText()) ?? [];
    const [, path = '', line] = /^\/(.+)#L(\d+)$/.exec(target) ?? [];
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, decodeURIComponent(path)));
    assert.equal(document.lineAt(Number(line) - 1).text, '- Nothing is written');
  });

  test('a page follows its plan', async () => {
    const page = await pageOf('prompts', 'phasewise.auditPrompts', {
      plan: snapshot.plan.key,
      kind: 'plan',
      id: 'audits',
    });
    await write(inProject('PLAN-audits.md'), logged.replace('Nothing is written', 'Nothing is written → B3'));
    await eventually(() => assert.match(page.getText(), /\*\*no gaps\*\*/));
  });

  test('Audit Critiques says what to do where there are none', async () => {
    const page = await pageOf('critiques', 'phasewise.auditCritiques', {
      plan: snapshot.plan.key,
      kind: 'plan',
      id: 'audits',
    });
    assert.match(page.getText(), /This plan records no critiques/);
  });

  test('Check Plan is for the plan in the editor, and shows it as a preview', async () => {
    await write(inProject('PLAN-other.md'), planText('other'));
    await planWithId(services, 'other');
    const document = await vscode.workspace.openTextDocument(inProject('PLAN-audits.md'));
    await vscode.window.showTextDocument(document);
    const page = await pageOf('readiness', 'phasewise.checkPlan');
    assert.match(page.getText(), /^# Readiness: The audits plan\n\n\*\*Fit to be executed with reservations:\*\*/);
    assert.match(page.getText(), /### prompt-uncovered \(1\)/);
    await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputWebview && /markdown/.test(input.viewType), 'no preview is shown');
    });
  });
});
