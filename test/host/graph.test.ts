import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { contentSecurityPolicy } from '../../src/graph/page';
import type { ToPage } from '../../src/protocol';
import type { Services } from '../../src/services';
import { answerMessages, replace } from './harness';
import { emptyProject, eventually, inProject, planText, planWithId, startedServices, write } from './support';

suite('The graph', () => {
  let services: Services;
  let plan: string;
  let panels: vscode.WebviewPanel[];
  let posted: ToPage[];
  let restore: (() => void)[];
  const file = () => inProject('PLAN-graph.md');

  suiteSetup(async () => {
    services = await startedServices();
  });

  setup(async () => {
    await write(file(), planText('graph', 'A drawn plan'));
    plan = (await planWithId(services, 'graph')).plan.key;
    panels = [];
    posted = [];
    const create = vscode.window.createWebviewPanel.bind(vscode.window);
    const watched = (...args: Parameters<typeof create>) => {
      const panel = create(...args);
      const post = panel.webview.postMessage.bind(panel.webview);
      panel.webview.postMessage = (message: ToPage) => {
        posted.push(message);
        return post(message);
      };
      panels.push(panel);
      return panel;
    };
    restore = [replace('createWebviewPanel', watched), answerMessages().restore];
  });

  teardown(async () => {
    for (const panel of panels) panel.dispose();
    for (const each of restore) each();
    services.selection.set(undefined, 'tree');
    await emptyProject(services);
  });

  const show = (target: unknown = { plan, kind: 'plan', id: 'graph' }) =>
    vscode.commands.executeCommand('phasewise.showGraph', target);
  const postedOf = <T extends ToPage['type']>(type: T) =>
    posted.filter((message): message is Extract<ToPage, { type: T }> => message.type === type);

  /** Waits until the page has asked for the chart and been sent it. */
  const charted = () =>
    eventually(() => {
      const chart = postedOf('chart').at(-1);
      assert.ok(chart, 'no chart was sent');
      return chart;
    });

  async function edit(before: string, after: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(file());
    const start = document.getText().indexOf(before);
    assert.ok(start >= 0, `the plan does not say ${before}`);
    const change = new vscode.WorkspaceEdit();
    change.replace(
      file(),
      new vscode.Range(document.positionAt(start), document.positionAt(start + before.length)),
      after,
    );
    assert.ok(await vscode.workspace.applyEdit(change));
  }

  test('opens one panel for each plan, with nothing but the bundle and pictures to load', async () => {
    await show();
    await show();
    assert.equal(panels.length, 1);
    const [panel] = panels;
    assert.ok(panel);
    assert.equal(panel.title, 'Graph: A drawn plan');
    const roots = panel.webview.options.localResourceRoots?.map((root) => root.path.split('/').slice(-2).join('/'));
    assert.deepEqual(
      roots?.map((root) => root.replace(/^.*\/(media)$/, '$1')),
      ['dist/webview', 'media'],
    );
    const nonce = /script-src 'nonce-([^']+)'/.exec(panel.webview.html.replaceAll('&amp;', '&'))?.[1] ?? '';
    assert.ok(
      panel.webview.html.includes(contentSecurityPolicy(panel.webview.cspSource, nonce).replaceAll('&', '&amp;')),
    );
    assert.ok(nonce.length >= 20);
  });

  test('sends the chart when the page asks; then a change of states alone as states, a change of shape as a chart', async () => {
    await show();
    const chart = await charted();
    assert.equal(chart.nodes.find(({ thing }) => thing === 'B1')?.state, 'closed');
    posted = [];
    await edit('Status: closed', 'Status: open');
    await eventually(() => {
      const node = postedOf('states')
        .at(-1)
        ?.nodes.find(({ thing }) => thing === 'B1');
      assert.equal(node?.state, 'ready');
    });
    assert.equal(postedOf('chart').length, 0);
    await edit('Read the docs', 'Read all the docs');
    const next = await charted();
    assert.ok(next.text.includes('Read all the docs'));
  });

  test('a phase opens alone; its plan keeps the same panel', async () => {
    await show();
    await charted();
    posted = [];
    await show({ plan, kind: 'phase', id: '2' });
    const chart = await charted();
    assert.equal(panels.length, 1);
    assert.ok(chart.view.level === 'phase' && chart.view.phase === '2');
    assert.ok(chart.nodes.every(({ thing, aside }) => thing !== 'B1' || aside));
  });

  test('commands open the levels about a thing, in the same panel', async () => {
    await show();
    await charted();
    const thing = { kind: 'bead', id: 'B3' } as const;
    const levels = [
      ['phasewise.showBlockers', { level: 'blockers', thing }],
      ['phasewise.showUnblocks', { level: 'unblocks', thing }],
      ['phasewise.showNeighbourhood', { level: 'neighbourhood', thing, depth: 2 }],
      ['phasewise.showWaves', { level: 'waves' }],
    ] as const;
    for (const [command, level] of levels) {
      posted = [];
      await vscode.commands.executeCommand(command, { plan, ...thing });
      const { view } = await charted();
      assert.deepEqual(view, { ...view, ...level });
    }
    assert.equal(panels.length, 1);
  });

  test('a plan whose id is edited is still shown; one whose file goes is said to be gone', async () => {
    await show();
    await charted();
    posted = [];
    await edit('plan: graph', 'plan: renamed');
    const chart = await charted();
    assert.notEqual(chart.plan, plan);
    // An unsaved edit would keep the plan alive without its file.
    assert.ok(await (await vscode.workspace.openTextDocument(file())).save());
    await vscode.workspace.fs.delete(file());
    await eventually(() => assert.ok(postedOf('gone').length > 0));
  });

  test('what the user is at elsewhere is highlighted; another plan’s things are not', async () => {
    await show();
    await charted();
    services.selection.set({ plan, kind: 'gate', id: 'G1' }, 'tree');
    await eventually(() => assert.deepEqual(postedOf('select').at(-1)?.thing, { kind: 'gate', id: 'G1' }));
    const before = postedOf('select').length;
    services.selection.set({ plan: 'another', kind: 'bead', id: 'B1' }, 'tree');
    assert.equal(postedOf('select').length, before);
  });

  test('the source goes to the clipboard', async () => {
    await show();
    await vscode.commands.executeCommand('phasewise.copyMermaid');
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^flowchart TB\n/);
    assert.match(text, /classDef closed /);
  });

  test('is saved as Mermaid, SVG and PNG where the user says, and nowhere when they think better of it', async () => {
    let target: vscode.Uri | undefined = inProject('graph.mmd');
    restore.push(replace('showSaveDialog', async () => target));
    await show();
    await charted();
    const content = (uri: vscode.Uri) => eventually(async () => Buffer.from(await vscode.workspace.fs.readFile(uri)));
    await vscode.commands.executeCommand('phasewise.saveGraphAsMermaid');
    assert.match((await content(target)).toString(), /^flowchart TB\n/);
    target = inProject('graph.svg');
    await vscode.commands.executeCommand('phasewise.saveGraphAsSvg');
    const svg = (await content(target)).toString();
    assert.match(svg, /^<svg [\s\S]*Read the docs[\s\S]*<\/svg>$/);
    target = inProject('graph.png');
    await vscode.commands.executeCommand('phasewise.saveGraphAsPng');
    assert.equal((await content(target)).subarray(1, 4).toString(), 'PNG');
    target = undefined;
    await vscode.commands.executeCommand('phasewise.saveGraphAsMermaid');
  });

  test('without a target it takes the plan of the editor in use', async () => {
    await vscode.window.showTextDocument(file());
    await show(undefined);
    assert.equal(panels[0]?.title, 'Graph: A drawn plan');
    const [, second] = [await show(file()), panels[1]];
    assert.equal(second, undefined);
  });
});
