import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sameRef, type ThingRef } from '../../src/core/thingRef';
import { ProblemBadges } from '../../src/editor/problemBadges';
import { PhaseDecorations } from '../../src/phaseDecorations';
import type { Services } from '../../src/services';
import type { PlanElement } from '../../src/views/plans/element';
import type { TreeOptions } from '../../src/views/plans/nodes';
import { PlansProvider } from '../../src/views/plans/provider';
import { emptyProject, eventually, inProject, planText, planWithId, startedServices, write } from './support';

const byPhase: TreeOptions = { grouping: 'phase', filter: undefined };

suite('The Plans tree', () => {
  let services: Services;
  let decorations: PhaseDecorations;
  let provider: PlansProvider;
  let following: vscode.Disposable;
  let key: string;
  const file = () => inProject('PLAN-tree.md');

  suiteSetup(async () => {
    services = await startedServices();
  });

  setup(async () => {
    await write(file(), planText('tree', 'A plan'));
    key = (await planWithId(services, 'tree')).plan.key;
    decorations = new PhaseDecorations();
    provider = new PlansProvider({ ...services, phaseDecorations: decorations }, byPhase);
    following = services.index.onDidChange((news) => provider.update(news));
  });

  teardown(async () => {
    following.dispose();
    provider.dispose();
    decorations.dispose();
    await emptyProject(services);
  });

  const item = (element: PlanElement) => provider.getTreeItem(element);
  const children = (element?: PlanElement) => provider.getChildren(element);
  const ref = (kind: ThingRef['kind'], id: string): ThingRef => ({ plan: key, kind, id });

  function find(kind: ThingRef['kind'], id: string): PlanElement {
    const element = provider.find(ref(kind, id));
    assert.ok(element, `${kind} ${id} is not in the tree`);
    return element;
  }

  /** The tree as indented lines, opened everywhere. */
  function drawn(parent?: PlanElement, depth = 0): string[] {
    return children(parent).flatMap((element) => {
      const { label, description } = item(element);
      const text = typeof description === 'string' ? `${label} [${description}]` : `${label}`;
      return [`${'  '.repeat(depth)}${text}`, ...drawn(element, depth + 1)];
    });
  }

  function tooltip(element: PlanElement): string {
    const resolved = provider.resolveTreeItem(item(element), element).tooltip;
    assert.ok(resolved instanceof vscode.MarkdownString);
    assert.notEqual(resolved.supportHtml, true);
    assert.notEqual(resolved.isTrusted, true);
    return resolved.value;
  }

  /** What the tree asks the editor to draw again. */
  async function redrawnBy(change: () => unknown): Promise<readonly (PlanElement | undefined)[]> {
    const redrawn: (PlanElement | undefined)[] = [];
    const listening = [provider.onDidChangeTreeData((elements) => redrawn.push(...(elements ?? [undefined])))];
    const changed = new Promise<void>((done) => listening.push(services.index.onDidChange(() => done())));
    await change();
    await changed;
    vscode.Disposable.from(...listening).dispose();
    return redrawn;
  }

  async function replace(from: string, to: string): Promise<void> {
    const text = Buffer.from(await vscode.workspace.fs.readFile(file())).toString('utf8');
    assert.ok(text.includes(from));
    await write(file(), text.replace(from, to));
  }

  test('shows phases, beads, steps, gates in their place and scenarios', () => {
    assert.deepEqual(drawn(), [
      'A plan [1/5 · 1 ready]',
      '  Phase 1 — Prepare [1/4]',
      '    B1 Read the docs',
      '    B2 Write the parser [0/2 · P1]',
      '      B2a Read one file [1/2 · P1]',
      '        Open it',
      '        Close it',
      '      B2b Read all files [P2 · blocked by B2a]',
      '  Gate G1 — Does it hold? [blocked by B2]',
      '  Phase 2 — Ship [0/1 · blocked by Gate G1]',
      '    B3 Publish [P0 · blocked by Gate G1]',
      '  Failure scenarios [1]',
      '    F1 The registry is down',
      '      1. Try again after 10 minutes.',
      '      2. Publish from another machine.',
    ]);
  });

  test('gives each state an icon of its own, and each row words for a screen reader', () => {
    const icon = (element: PlanElement) => {
      const { iconPath } = item(element);
      assert.ok(iconPath instanceof vscode.ThemeIcon);
      return iconPath.id;
    };
    const icons = [
      find('bead', 'B1'),
      find('bead', 'B2a'),
      find('bead', 'B2b'),
      find('gate', 'G1'),
      find('phase', '2'),
    ].map(icon);
    assert.equal(new Set(icons).size, icons.length, icons.join(' '));
    const said = (element: PlanElement) => item(element).accessibilityInformation?.label;
    assert.equal(said(find('bead', 'B2b')), 'B2b Read all files, bead, Blocked, priority P2, blocked by B2a');
    assert.equal(said(find('gate', 'G1')), 'Gate G1 — Does it hold?, gate, Waiting, blocked by B2');
    assert.equal(said(find('phase', '1')), 'Phase 1 — Prepare, phase, In progress, 1 of 4 closed');
    assert.equal(said(find('plan', 'tree')), 'A plan, plan, 1 of 5 closed, 1 ready');
  });

  test('tells menus what a row is', () => {
    assert.equal(item(find('plan', 'tree')).contextValue, 'phasewise.plan');
    assert.equal(item(find('phase', '1')).contextValue, 'phasewise.phase.in_progress');
    assert.equal(item(find('bead', 'B2a')).contextValue, 'phasewise.bead.ready');
    assert.equal(item(find('bead', 'B2b')).contextValue, 'phasewise.bead.blocked');
    assert.equal(item(find('gate', 'G1')).contextValue, 'phasewise.gate.waiting');
    assert.equal(item(find('scenario', 'F1')).contextValue, 'phasewise.scenario');
  });

  test('tells menus what is a tracker’s export, which nothing here writes', async () => {
    await write(inProject('.beads/issues.jsonl'), '{"id":"bd-1","title":"Read","status":"open"}\n');
    const { plan } = await planWithId(services, 'issues');
    await eventually(() => {
      const element = provider.find({ plan: plan.key, kind: 'bead', id: 'bd-1' });
      assert.equal(element && item(element).contextValue, 'phasewise.bead.ready.exported');
    });
  });

  test('opens the source where the thing is named', async () => {
    const { command } = item(find('bead', 'B3'));
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), file().toString());
    const line = editor.document.lineAt(editor.selection.active.line).text;
    assert.equal(line, '### B3 — Publish');
  });

  test('explains in a tooltip what it is, when it is done and what it waits for', () => {
    const text = tooltip(find('bead', 'B3'));
    for (const part of ['B3 Publish', 'Done when', 'can be installed', 'If it fails', 'Blocked by', 'Does it hold']) {
      assert.ok(text.replaceAll('\\', '').includes(part), `${part} is missing in ${text}`);
    }
    const lines = text.replaceAll('\\', '').split('\n');
    const gate = lines.findIndex((line) => line.startsWith('- ') && line.includes('Gate G1'));
    assert.match(lines[gate + 1] ?? '', /^ {2}- .*B2 Write the parser/, 'the chain goes on below the gate');
  });

  test('shows plan text as text', async () => {
    await replace('Read the docs', '<b>x</b> [a](command:b) $(gear) `code` *i*');
    await eventually(() => assert.match(`${item(find('bead', 'B1')).label}`, /gear/));
    const text = tooltip(find('bead', 'B1'));
    assert.doesNotMatch(text, /<b>|[^\\]\]\(|[^\\]\*i|[^\\]`/);
    assert.match(text, /\\\\\\\$\\\(gear/);
  });

  test('draws again only the row that looks different', async () => {
    drawn();
    const before = find('bead', 'B2b');
    const { id } = item(before);
    const redrawn = await redrawnBy(() => replace('Read all files', 'Read every file'));
    assert.deepEqual(
      redrawn.map((element) => element && item(element).label),
      ['B2b Read every file'],
    );
    assert.equal(find('bead', 'B2b'), before);
    assert.equal(item(before).id, id);
  });

  test('draws nothing again when nothing looks different', async () => {
    drawn();
    const redrawn = await redrawnBy(() => replace('3 pages of notes', '4 pages of notes'));
    assert.deepEqual(redrawn, []);
  });

  test('draws a row again whose tooltip was seen and changed', async () => {
    drawn();
    tooltip(find('bead', 'B1'));
    const redrawn = await redrawnBy(() => replace('3 pages of notes', '4 pages of notes'));
    assert.deepEqual(redrawn, [find('bead', 'B1')]);
  });

  test('draws the parent again when a row comes or goes', async () => {
    drawn();
    const redrawn = await redrawnBy(() => replace('- [ ] Close it', '- [ ] Close it\n- [ ] Lock it'));
    assert.deepEqual(redrawn, [find('bead', 'B2a')]);
    assert.equal(children(find('bead', 'B2a')).length, 3);
  });

  test('lets rows that moved follow their place in the file', async () => {
    drawn();
    const target = () => {
      const options: vscode.TextDocumentShowOptions | undefined = item(find('bead', 'B3')).command?.arguments?.[1];
      return options?.selection;
    };
    const before = target()?.start.line ?? 0;
    const redrawn = new Promise<readonly PlanElement[]>((resolve) => {
      const listening = provider.onDidChangeTreeData((elements) => {
        listening.dispose();
        resolve(elements ?? []);
      });
    });
    await replace('# A plan\n', '# A plan\n\nA new paragraph.\n');
    assert.ok((await redrawn).includes(find('bead', 'B3')));
    assert.equal(target()?.start.line, before + 2);
  });

  test('knows the parent of every row, and finds a thing wherever it is', () => {
    for (const root of children()) {
      assert.equal(provider.getParent(root), undefined);
      for (const child of children(root)) assert.equal(provider.getParent(child), root);
    }
    assert.equal(provider.getParent(find('bead', 'B2a')), find('bead', 'B2'));
    assert.ok(sameRef(find('bead', 'B2a').ref, ref('bead', 'B2a')));
    assert.equal(provider.find(ref('bead', 'B99')), undefined);
    assert.equal(provider.find({ plan: 'another', kind: 'bead', id: 'B1' }), undefined);
  });

  test('says nothing of changes before it was asked for rows: the editor would forget them', async () => {
    const fired: unknown[] = [];
    const fresh = new PlansProvider({ ...services, phaseDecorations: decorations }, byPhase);
    fresh.onDidChangeTreeData((news) => fired.push(news));
    fresh.notesChanged();
    assert.deepEqual(fired, []);
    fresh.getChildren();
    await write(inProject('PLAN-further.md'), planText('further'));
    await planWithId(services, 'further');
    fresh.notesChanged();
    assert.deepEqual(fired, [undefined]);
    fresh.dispose();
  });

  test('a title from right to left keeps what stands after it at its end', async () => {
    const text = planText('tree', 'خطة').replace('Phase 2 — Ship', 'Phase 2 — شحن');
    await write(file(), text);
    await eventually(() => assert.equal(item(find('phase', '2')).label, 'Phase 2 — \u2068شحن\u2069'));
    assert.equal(children()[0]?.node.snapshot.plan.title, 'خطة');
    assert.equal(drawn()[0]?.startsWith('\u2068خطة\u2069'), true);
  });

  test('groups by wave', () => {
    provider.setOptions({ grouping: 'wave', filter: undefined });
    const lines = drawn();
    assert.ok(lines.includes('  Wave 1 [1]'), lines.join('\n'));
    assert.equal(provider.find(ref('bead', 'B2')), undefined, 'a bead with parts is the sum of them');
    const wave = (id: string) => item(provider.getParent(find('bead', id)) ?? find('bead', id)).label;
    assert.equal(wave('B2a'), 'Wave 1');
    assert.equal(wave('B2b'), 'Wave 2');
    assert.equal(wave('B3'), 'Wave 3');
    assert.equal(wave('B1'), 'Closed');
  });

  test('groups by state', () => {
    provider.setOptions({ grouping: 'state', filter: undefined });
    const group = (kind: ThingRef['kind'], id: string) =>
      item(provider.getParent(find(kind, id)) ?? find(kind, id)).label;
    assert.ok(drawn().includes('  Ready [1]'), drawn().join('\n'));
    assert.equal(group('bead', 'B1'), 'Closed');
    assert.equal(group('bead', 'B2a'), 'Ready');
    assert.equal(group('bead', 'B3'), 'Blocked');
    assert.equal(group('gate', 'G1'), 'Blocked');
    assert.equal(item(find('bead', 'B3')).description, 'P0 · Phase 2 · blocked by Gate G1');
  });

  test('filters by words and by state, and keeps what leads to a match', () => {
    provider.setOptions({ grouping: 'phase', filter: { text: 'read files', states: [] } });
    assert.deepEqual(
      drawn().map((line) => line.replace(/ \[.*/, '')),
      ['A plan', '  Phase 1 — Prepare', '    B2 Write the parser', '      B2b Read all files'],
    );
    assert.equal(item(find('phase', '1')).collapsibleState, vscode.TreeItemCollapsibleState.Expanded);

    provider.setOptions({ grouping: 'phase', filter: { text: '', states: ['blocked'] } });
    const blocked = drawn().filter((line) => line.includes('blocked by'));
    assert.equal(blocked.length, 4);
    assert.ok(!drawn().some((line) => line.includes('B1 ') || line.includes('Failure')));

    provider.setOptions({ grouping: 'phase', filter: { text: 'ship', states: ['ready'] } });
    assert.deepEqual(children(), []);
  });

  test('shows what is known of a phase’s workspace', () => {
    const changed = new vscode.EventEmitter<void>();
    decorations.set({
      onDidChange: changed.event,
      describe: (plan, phase) =>
        plan === key && phase === '2'
          ? { description: 'plan/ship ↑1', tooltip: '1 commit ahead', hasWorkspace: true }
          : undefined,
    });
    const row = item(find('phase', '2'));
    assert.equal(row.contextValue, 'phasewise.phase.guarded.workspace');
    assert.equal(row.description, '0/1 · blocked by Gate G1 · plan/ship ↑1');
    assert.match(tooltip(find('phase', '2')), /1 commit ahead/);
    assert.equal(item(find('phase', '1')).contextValue, 'phasewise.phase.in_progress');
    changed.dispose();
  });

  test('in a phase’s window, only the way to that phase opens by itself', async () => {
    const opens = (element: PlanElement) => item(element).collapsibleState === vscode.TreeItemCollapsibleState.Expanded;
    assert.deepEqual([opens(find('phase', '1')), opens(find('phase', '2'))], [true, false]);
    await write(inProject('PLAN-other.md'), planText('other'));
    await planWithId(services, 'other');
    provider.startOn({ plan: 'tree', phase: '2' });
    assert.deepEqual([opens(find('phase', '1')), opens(find('phase', '2'))], [false, true]);
    const roots = children().map((root): [unknown, boolean] => [item(root).label, opens(root)]);
    assert.deepEqual(
      new Map(roots),
      new Map<unknown, boolean>([
        ['A plan', true],
        ['The other plan', false],
      ]),
    );
  });

  test('keeps things apart that share an id', async () => {
    await replace('### B3 — Publish', '### B2a — Publish');
    await eventually(() => assert.ok(!drawn().some((line) => line.includes('B3'))));
    const ids: (string | undefined)[] = [];
    const collect = (parent?: PlanElement): void => {
      for (const child of children(parent)) {
        ids.push(item(child).id);
        collect(child);
      }
    };
    collect();
    assert.equal(new Set(ids).size, ids.length);
  });

  test('a row tells how many problems its thing has, and which', async () => {
    await write(file(), planText('tree', 'A plan').replace('Blocked by: B2a', 'Blocked by: B2x'));
    const badge = async (element: PlanElement) => {
      const { resourceUri } = item(element);
      assert.ok(resourceUri, 'the row has an address');
      const badges = new ProblemBadges(services);
      const decoration = badges.provideFileDecoration(resourceUri);
      badges.dispose();
      return decoration;
    };
    await eventually(async () => assert.equal((await badge(find('bead', 'B2b')))?.badge, '1'));
    assert.equal((await badge(find('phase', '1')))?.badge, '1');
    assert.equal(await badge(find('bead', 'B3')), undefined);
    assert.match(tooltip(find('bead', 'B2b')), /\$\(error\) Bead B2b is blocked by B2x/);
    assert.doesNotMatch(tooltip(find('bead', 'B3')), /\$\(error\)/);
  });
});
