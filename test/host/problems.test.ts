import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import {
  emptyProject,
  eventually,
  inProject,
  planText,
  planWithId,
  projectFolder,
  startedServices,
  write,
} from './support';

suite('Problems', () => {
  let services: Services;

  suiteSetup(async () => {
    services = await startedServices();
  });

  teardown(() => emptyProject(services));

  const problems = (file: vscode.Uri) =>
    vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Phasewise');
  /** Of errors: the small plan leaves out a lot that a large one should have. */
  const codes = (file: vscode.Uri) =>
    problems(file)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
      .map(({ code }) => (typeof code === 'object' ? code.value : code))
      .sort();

  const ruleOf = (code: vscode.Diagnostic['code']) => (typeof code === 'object' ? code.value : code);

  test('of a plan stand where they are, and go when they are solved', async () => {
    const file = inProject('PLAN-problems.md');
    const good = planText('problems');
    const text = good.replace('Blocked by: B2a', 'Blocked by: B2x');
    await write(file, text);
    await eventually(() => assert.deepEqual(codes(file), ['unknown-reference']));
    const problem = problems(file).find(({ message }) => message.includes('B2x'));
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(problem && document.getText(problem.range), 'B2x');
    assert.match(problem?.message ?? '', /B2x/);

    await write(file, good);
    await eventually(() => assert.deepEqual(codes(file), []));
  });

  test('follow an edit that is not saved', async () => {
    const file = inProject('PLAN-problems.md');
    await write(file, planText('problems'));
    await planWithId(services, 'problems');
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    const id = document.getText().indexOf('B3 — Publish');
    await editor.edit((builder) =>
      builder.replace(new vscode.Range(document.positionAt(id), document.positionAt(id + 2)), 'B1'),
    );
    await eventually(() => assert.deepEqual([...new Set(codes(file))], ['duplicate-id']));
    const problem = problems(file).find(({ message }) => message.includes('the id B1'));
    assert.ok((problem?.relatedInformation ?? []).length > 0, 'the other place is named');
  });

  test('go with the plan', async () => {
    const file = inProject('PLAN-problems.md');
    await write(file, planText('problems').replace('Blocked by: B2a', 'Blocked by: B2x'));
    await eventually(() => assert.deepEqual(codes(file), ['unknown-reference']));
    await vscode.workspace.fs.delete(file);
    await eventually(() => assert.deepEqual(codes(file), []));
  });

  test('stay with a file that goes over to another plan', async () => {
    const [one, two] = [inProject('PLAN-one.md'), inProject('PLAN-two.md')];
    const broken = (id: string) => planText(id).replace('Blocked by: B2a', 'Blocked by: B2x');
    await write(one, broken('shared'));
    await write(two, '---\nplan: shared\n---\n\n## Phase 3 — Rest\n\n### C1 — Last\n\nBlocked by: C9\n');
    await eventually(() => assert.deepEqual([codes(one), codes(two)], [['unknown-reference'], ['unknown-reference']]));
    await write(two, '---\nplan: apart\n---\n\n## Phase 3 — Rest\n\n### C1 — Last\n\nBlocked by: C9\n');
    await planWithId(services, 'apart');
    await eventually(() => assert.deepEqual([codes(one), codes(two)], [['unknown-reference'], ['unknown-reference']]));
  });

  test('tell of closed beads that the progress file does not name, and follow that file', async () => {
    const [file, log] = [inProject('PLAN-problems.md'), inProject('log/progress.md')];
    await write(log, '# Progress\n');
    await write(file, planText('problems').replace('plan: problems', 'plan: problems\nprogress: log/progress.md'));
    const missing = () => problems(file).filter(({ code }) => ruleOf(code) === 'missing-progress-entry');
    await eventually(() => assert.match(missing()[0]?.message ?? '', /^Bead B1 is closed, and log\/progress\.md/));
    await write(log, '# Progress\n\n- 2026-05-02 · B1 · closed\n');
    await eventually(() => assert.deepEqual(missing(), []));
  });

  test('tell of a plan that is executed and not committed, until it is', async function () {
    if (projectFolder().scheme !== 'file') this.skip();
    const file = inProject('PLAN-problems.md');
    await write(file, planText('problems').replace('plan: problems', 'plan: problems\nmode: executing'));
    const uncommitted = () => problems(file).filter(({ code }) => ruleOf(code) === 'plan-not-committed');
    await eventually(() => assert.equal(uncommitted().length, 1));
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(uncommitted()[0] && document.getText(uncommitted()[0]?.range), 'executing');
    const git = (...args: string[]) => execFileSync('git', args, { cwd: projectFolder().fsPath });
    git('add', 'PLAN-problems.md');
    git(
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@example.com',
      'commit',
      '--quiet',
      '-m',
      'Plan',
      '--',
      'PLAN-problems.md',
    );
    await eventually(() => assert.deepEqual(uncommitted(), []));
    git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'rm', '--quiet', '--cached', 'PLAN-problems.md');
  });

  test('lead to the rule that found them', async () => {
    const file = inProject('PLAN-problems.md');
    await write(file, planText('problems').replace('Blocked by: B2a', 'Blocked by: B2x'));
    await eventually(() => assert.deepEqual(codes(file), ['unknown-reference']));
    const code = problems(file).find(({ message }) => message.includes('B2x'))?.code;
    assert.ok(typeof code === 'object', 'it has a page');
    const line = Number(/^L(\d+)$/.exec(code.target.fragment)?.[1]);
    const page = await vscode.workspace.openTextDocument(code.target.with({ fragment: '' }));
    assert.equal(page.lineAt(line - 1).text, '### unknown-reference');
  });

  test('are as severe as the settings say, and as the plan says in spite of them', async () => {
    const file = inProject('PLAN-problems.md');
    const text = planText('problems').replace('Blocked by: B2a', 'Blocked by: B2x');
    const setting = vscode.workspace.getConfiguration('phasewise');
    await write(file, text);
    await eventually(() => assert.deepEqual(codes(file), ['unknown-reference']));
    try {
      await setting.update('rules', { 'unknown-reference': 'off' }, vscode.ConfigurationTarget.Workspace);
      await eventually(() => assert.deepEqual(codes(file), []));
      await write(file, text.replace('plan: problems', 'plan: problems\nrules:\n  unknown-reference: error'));
      await eventually(() => assert.deepEqual(codes(file), ['unknown-reference']));
    } finally {
      await setting.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('are not looked for in files that hold no plan', async () => {
    const file = inProject('docs/plans/notes.md');
    await write(file, '# Notes\n\n- Blocked by: B99\n');
    await write(inProject('PLAN-other.md'), planText('other'));
    await planWithId(services, 'other');
    assert.deepEqual(codes(file), []);
  });
});
