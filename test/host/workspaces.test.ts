import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { PlanSnapshot } from '../../src/core/snapshot';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { resetRepository } from '../support/repositoryState';
import { type Files, git, temporaryFolder, temporaryRepository, writeFiles } from '../support/temporary';
import { MemoryFiles } from './memoryFiles';
import { Person } from './person';
import { emptyProject, eventually, planWithId, projectFolder, startedServices } from './support';

const plan = `---
plan: golf
---

# Golf

## Phase 1 — Prepare the "ground"

Objective: ready to build.

### G-1 — Read

Priority: P0

## Phase 2 — Build

Depends on: Phase 1

### G-2 — Write

Priority: P0
`;

suite('Phase workspaces', () => {
  let services: Services;
  let person: Person;
  let app: string;
  let worktrees: string;

  suiteSetup(async () => {
    services = await startedServices();
    app = realpathSync(projectFolder().fsPath);
    worktrees = `${app}.worktrees`;
    git(app, 'config', 'commit.gpgSign', 'false');
  });

  setup(async () => {
    person = new Person();
    person.chooses('Open in a New Window');
  });

  teardown(async () => {
    person.leaves();
    services.selection.set(undefined, 'tree');
    for (const name of ['openIn', 'path', 'branch', 'base', 'repositories'])
      await vscode.workspace
        .getConfiguration('phasewise.workspaces')
        .update(name, undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.getConfiguration('git').update('path', undefined, vscode.ConfigurationTarget.Global);
    const added = (vscode.workspace.workspaceFolders?.length ?? 1) - 1;
    if (added > 0) {
      const changed = foldersChanged();
      vscode.workspace.updateWorkspaceFolders(1, added);
      await changed;
    }
    resetRepository(app);
    rmSync(worktrees, { recursive: true, force: true });
    await emptyProject(services);
  });

  /** The list of folders changes at once, but another change of it has to wait for the event. */
  function foldersChanged(): Promise<void> {
    return new Promise((done) => {
      const listening = vscode.workspace.onDidChangeWorkspaceFolders(() => {
        listening.dispose();
        done();
      });
    });
  }

  /** Writes the plan into the repository and commits it. */
  async function committedPlan(text = plan, more: Files = {}): Promise<PlanSnapshot> {
    writeFiles(app, { 'PLAN-golf.md': text, ...more });
    git(app, 'add', '--all');
    git(app, 'commit', '--quiet', '--message=Plan');
    return indexed(join(app, 'PLAN-golf.md'), text);
  }

  /** An editor that was closed a moment ago can still stand for an older text. */
  async function indexed(file: string, text: string): Promise<PlanSnapshot> {
    const uri = vscode.Uri.file(file).toString();
    await eventually(() => assert.equal(services.index.part(uri)?.text, text));
    return planWithId(services, 'golf');
  }

  const phase = (snapshot: PlanSnapshot, id: string): ThingRef => ({ plan: snapshot.plan.key, kind: 'phase', id });

  async function open(snapshot: PlanSnapshot, id = '1'): Promise<void> {
    await vscode.commands.executeCommand('phasewise.openPhaseWorkspace', phase(snapshot, id));
  }

  async function remove(snapshot: PlanSnapshot, id = '1'): Promise<void> {
    await vscode.commands.executeCommand('phasewise.removePhaseWorkspace', phase(snapshot, id));
  }

  const describe = (snapshot: PlanSnapshot, id = '1') => services.phaseDecorations.describe(snapshot.plan.key, id);

  const first = () => join(worktrees, 'golf-1');
  const firstBranch = 'plan/golf/1-prepare-the-ground';
  const branches = () => git(app, 'for-each-ref', '--format=%(refname:short)', 'refs/heads');

  suite('opening', () => {
    test('makes a worktree with the phase’s notes, after the user saw branch, folder and base', async () => {
      const snapshot = await committedPlan();
      person.chooses('main', 'Open in a New Window');
      await open(snapshot);
      const [base, where] = person.questions;
      assert.match(base?.placeHolder ?? '', /plan\/golf\/1-prepare-the-ground/);
      assert.equal(base?.details[0], `Worktree in ${first()}`);
      assert.match(base?.title ?? '', /Phase 1 — Prepare the "ground"/);
      assert.deepEqual(base?.items[0], 'main — checked out now');
      assert.equal(where?.items.length, 7);
      assert.deepEqual(person.opened, [{ path: first(), options: { forceNewWindow: true } }]);
      assert.equal(git(first(), 'symbolic-ref', '--short', 'HEAD'), firstBranch);
      const read = (name: string) => readFileSync(join(first(), '.phasewise/phase', name), 'utf8');
      assert.match(read('PROMPT.md'), /Prepare the "ground"/);
      assert.match(read('PROMPT.md'), /`PLAN-golf\.md`/);
      assert.ok(read('OPERATIONS.md').length > 0);
      assert.ok(read('HANDOFF.md').length > 0);
      const record = JSON.parse(read('phase.json'));
      assert.deepEqual(
        [record.plan, record.phase, record.branch, record.base, record.planFile],
        ['golf', '1', firstBranch, 'main', 'PLAN-golf.md'],
      );
      assert.equal(git(first(), 'status', '--porcelain'), '');
      assert.equal(git(app, 'status', '--porcelain'), '');
    });

    test('the workspace’s own templates hold for the notes too, with what is not saved of them', async () => {
      const template = '.phasewise/templates/phase.md';
      const onDisk = 'As on disk: {{phase.title}}\n';
      const snapshot = await committedPlan(plan, { [template]: onDisk });
      await open(snapshot);
      const read = (id: string) => readFileSync(join(worktrees, `golf-${id}`, '.phasewise/phase/PROMPT.md'), 'utf8');
      assert.equal(read('1').trim(), 'As on disk: Prepare the "ground"');
      const editor = await vscode.window.showTextDocument(vscode.Uri.file(join(app, template)));
      // It may still show what an earlier test had in a file of this name.
      await eventually(() => assert.equal(editor.document.getText(), onDisk));
      await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 0, 10), 'As in the editor'));
      await open(snapshot, '2');
      assert.equal(read('2').trim(), 'As in the editor: Build');
    });

    test('opens the one that is there, and asks for no base again', async () => {
      const snapshot = await committedPlan();
      await open(snapshot);
      writeFiles(first(), { '.phasewise/phase/HANDOFF.md': 'mine' });
      person.forgets();
      await open(snapshot);
      assert.equal(person.questions.length, 1);
      assert.deepEqual(person.opened, [{ path: first(), options: { forceNewWindow: true } }]);
      assert.equal(readFileSync(join(first(), '.phasewise/phase/HANDOFF.md'), 'utf8'), 'mine');
    });

    test('a worktree that somebody made on the phase’s branch is the phase’s, and gets its notes', async () => {
      const snapshot = await committedPlan();
      const path = join(worktrees, 'by hand');
      git(app, 'worktree', 'add', '--quiet', '-b', firstBranch, path);
      await open(snapshot);
      assert.deepEqual(person.opened, [{ path, options: { forceNewWindow: true } }]);
      assert.ok(existsSync(join(path, '.phasewise/phase/phase.json')));
    });

    test('starts on another base when the user says so', async () => {
      const snapshot = await committedPlan();
      git(app, 'branch', 'old', 'HEAD~1');
      person.chooses('old', 'Open in a New Window');
      await open(snapshot);
      assert.equal(git(first(), 'rev-parse', 'HEAD'), git(app, 'rev-parse', 'old'));
    });

    test('offers the base of the settings first, and the branch of a phase that comes before', async () => {
      const snapshot = await committedPlan();
      await open(snapshot);
      git(app, 'branch', 'release');
      await set('base', 'release');
      person.forgets();
      await open(snapshot, '2');
      assert.deepEqual(person.questions[0]?.items.slice(0, 3), [
        'release — base of all phase workspaces, from the settings',
        'main — checked out now',
        `${firstBranch} — workspace of phase 1, which this one depends on`,
      ]);
      assert.equal(git(join(worktrees, 'golf-2'), 'symbolic-ref', '--short', 'HEAD'), 'plan/golf/2-build');
    });

    test('on a detached HEAD starts from that commit, which it shows', async () => {
      const snapshot = await committedPlan();
      git(app, 'checkout', '--quiet', '--detach');
      const commit = git(app, 'rev-parse', 'HEAD');
      await open(snapshot);
      assert.equal(person.questions[0]?.items[0], `${commit.slice(0, 8)} — checked out now, on no branch`);
      assert.equal(git(first(), 'rev-parse', 'HEAD'), commit);
    });

    test('continues on a branch that is there and free', async () => {
      const snapshot = await committedPlan();
      git(app, 'branch', firstBranch);
      await open(snapshot);
      assert.deepEqual(person.questions[0]?.items, [`Continue on ${firstBranch} — 0 ahead of and 0 behind main`]);
      assert.equal(git(first(), 'symbolic-ref', '--short', 'HEAD'), firstBranch);
    });

    test('makes the folder again when it is gone', async () => {
      const snapshot = await committedPlan();
      await open(snapshot);
      rmSync(first(), { recursive: true });
      person.forgets();
      await open(snapshot);
      assert.equal(person.opened.length, 1);
      assert.ok(existsSync(join(first(), '.phasewise/phase/PROMPT.md')));
    });

    test('makes nothing when the user changes their mind', async () => {
      const snapshot = await committedPlan();
      for (const answers of [[undefined], ['main', undefined]]) {
        person.chooses(...answers);
        await open(snapshot);
      }
      assert.deepEqual([existsSync(worktrees), branches(), person.opened], [false, 'main', []]);
    });

    test('opens here or beside what is open, once or always', async () => {
      const snapshot = await committedPlan();
      person.chooses('main', 'Always Open in This Window');
      await open(snapshot);
      assert.deepEqual(person.opened, [{ path: first(), options: { forceReuseWindow: true } }]);
      person.forgets();
      await open(snapshot);
      assert.deepEqual([person.questions.length, person.opened.length], [0, 1]);
      await set('openIn', 'addToWorkspace');
      await open(snapshot);
      const added = vscode.workspace.workspaceFolders?.[1];
      assert.deepEqual([added?.uri.fsPath, added?.name], [first(), 'Phase 1 — Prepare the "ground"']);
      person.forgets();
      await open(snapshot);
      assert.deepEqual(person.opened, []);
      assert.match(person.messages[0]?.text ?? '', /is open in this window/);
    });

    test('shows the plan beside the work when the base does not hold it yet', async () => {
      writeFiles(app, { 'planning/PLAN-golf.md': plan });
      await open(await indexed(join(app, 'planning/PLAN-golf.md'), plan));
      const file = join(first(), '.phasewise/phase/phase.code-workspace');
      assert.deepEqual(person.opened, [{ path: file, options: { forceNewWindow: true } }]);
      const { folders } = JSON.parse(readFileSync(file, 'utf8'));
      assert.deepEqual(
        folders.map(({ path }: { path: string }) => join(dirname(file), path)),
        [first(), join(app, 'planning')],
      );
      person.forgets();
      await open(await planWithId(services, 'golf'));
      assert.equal(person.opened[0]?.path, file);
    });

    test('tells of submodules, which are empty in a new worktree', async () => {
      const submodules = '[submodule "one"]\n\tpath = libs/one\n\turl = ../one\n';
      await open(await committedPlan(plan, { '.gitmodules': submodules }));
      assert.match(person.messages[0]?.text ?? '', /The submodules of this repository are empty/);
      assert.equal(person.opened.length, 1);
    });

    test('takes branch, folder and paths from the plan', async () => {
      const own = plan
        .replace('plan: golf\n', 'plan: golf\nbranch: work/${phase}\nworktrees: .trees\n')
        .replace('Depends on: Phase 1', 'Depends on: Phase 1\nPaths: src/build\nSparse: true');
      const files = { 'src/build/a.js': '', 'src/other/b.js': '', 'top.txt': '' };
      const snapshot = await committedPlan(own, files);
      assert.equal(
        snapshot.plan.phases[1]?.workspace?.sparse?.value,
        true,
        'the plan is not read as this test needs it',
      );
      await open(snapshot, '2');
      const path = join(app, '.trees/golf-2');
      assert.deepEqual(person.opened[0]?.path, path);
      assert.equal(git(path, 'symbolic-ref', '--short', 'HEAD'), 'work/2');
      assert.deepEqual(
        ['src/build/a.js', 'src/other/b.js', 'top.txt', 'PLAN-golf.md'].map((name) => existsSync(join(path, name))),
        [true, false, true, true],
      );
    });
  });

  suite('what goes wrong', () => {
    /** Tries to open the phase, and gives the message, after a check that nothing was made. */
    async function complaint(snapshot: PlanSnapshot, id = '1') {
      const before = [branches(), git(app, 'worktree', 'list'), existsSync(worktrees)];
      await open(snapshot, id);
      assert.deepEqual([branches(), git(app, 'worktree', 'list'), existsSync(worktrees)], before);
      const shown = person.messages.at(-1);
      assert.ok(shown, 'no message');
      return shown;
    }

    test('the branch is checked out in the main checkout: the message leads there', async () => {
      const snapshot = await committedPlan();
      git(app, 'checkout', '--quiet', '-b', firstBranch);
      person.presses('Open That Folder');
      const { text } = await complaint(snapshot);
      assert.match(text, /Phase 1 was not opened\. The branch plan\/golf\/1-prepare-the-ground is checked out in/);
      assert.deepEqual(person.opened, [{ path: app, options: { forceNewWindow: true } }]);
    });

    test('the folder is taken', async () => {
      const snapshot = await committedPlan();
      writeFiles(first(), { 'mine.txt': 'mine' });
      const { text, buttons } = await complaint(snapshot);
      assert.match(text, /is there and not empty/);
      assert.ok(buttons.includes('Open Without Git') && buttons.includes('Open Setting'), buttons.join());
      assert.equal(readFileSync(join(first(), 'mine.txt'), 'utf8'), 'mine');
    });

    test('the worktree is locked and its folder gone', async () => {
      const snapshot = await committedPlan();
      git(app, 'worktree', 'add', '--quiet', '-b', firstBranch, first());
      git(app, 'worktree', 'lock', '--reason', 'on a stick', first());
      rmSync(worktrees, { recursive: true });
      assert.match((await complaint(snapshot)).text, /is locked \(on a stick\)/);
    });

    test('the base of the settings is none', async () => {
      await set('base', 'nowhere');
      const snapshot = await committedPlan();
      assert.match((await complaint(snapshot)).text, /“nowhere” is no branch, tag or commit/);
    });

    test('the plan names a branch that git does not take: the message shows where', async () => {
      const snapshot = await committedPlan(plan.replace('plan: golf\n', 'plan: golf\nbranch: "a..b"\n'));
      person.presses('Show in the Plan');
      assert.match((await complaint(snapshot)).text, /does not take “a\.\.b”/);
      await eventually(() => {
        const editor = vscode.window.activeTextEditor;
        assert.ok(editor, 'no editor');
        assert.ok(editor.document.uri.path.endsWith('/PLAN-golf.md'), 'the plan is not open');
        assert.match(editor.document.getText(editor.selection), /a\.\.b/);
      });
    });

    test('the plan puts workspaces somewhere else', async () => {
      const snapshot = await committedPlan(plan.replace('plan: golf\n', 'plan: golf\nworktrees: ../../etc\n'));
      assert.match((await complaint(snapshot)).text, /The plan puts workspaces in “\.\.\/\.\.\/etc”/);
    });

    test('a hook stops it', async () => {
      const snapshot = await committedPlan();
      const hook = join(app, '.git/hooks/post-checkout');
      writeFileSync(hook, '#!/bin/sh\necho "not on fridays" >&2\nexit 1\n', { mode: 0o755 });
      try {
        assert.match((await complaint(snapshot)).text, /A git hook of the repository stopped this: not on fridays/);
      } finally {
        rmSync(hook);
      }
    });

    test('the notes cannot be written: the worktree goes again', async () => {
      const snapshot = await committedPlan(plan, { '.phasewise': 'a file' });
      assert.match((await complaint(snapshot)).text, /There is a file where the workspace would go/);
    });
  });

  suite('without git', () => {
    const scoped = plan.replace('### G-1', 'Paths: src/a/**, docs\n\n### G-1');

    async function outside(): Promise<{ readonly folder: string; readonly snapshot: PlanSnapshot }> {
      const folder = temporaryFolder({
        'plans/PLAN-golf.md': scoped,
        'src/a/x.js': '',
        'src/b/y.js': '',
        'docs/z.md': '',
      });
      vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.file(folder) });
      return { folder, snapshot: await planWithId(services, 'golf') };
    }

    function foldersIn(file: string): readonly string[] {
      const { folders } = JSON.parse(readFileSync(file, 'utf8')) as { folders: readonly { path: string }[] };
      return folders.map(({ path }) => join(dirname(file), path));
    }

    test('outside of a repository, the phase’s folders open with its notes and the plan', async () => {
      const { folder, snapshot } = await outside();
      person.chooses('Open in a New Window');
      await open(snapshot);
      const file = join(folder, '.phasewise/golf-1.code-workspace');
      assert.deepEqual(person.opened, [{ path: file, options: { forceNewWindow: true } }]);
      assert.deepEqual(
        foldersIn(file),
        ['.phasewise/golf-1', 'src/a', 'docs', 'plans'].map((name) => join(folder, name)),
      );
      assert.match(readFileSync(join(folder, '.phasewise/golf-1/PROMPT.md'), 'utf8'), /Prepare/);
    });

    test('where git is not found, too', async () => {
      const snapshot = await committedPlan(scoped, { 'src/a/x.js': '', 'docs/z.md': '' });
      const git = vscode.workspace.getConfiguration('git');
      await git.update('path', join(temporaryFolder(), 'git'), vscode.ConfigurationTarget.Global);
      person.chooses('Open in a New Window');
      await open(snapshot);
      const file = join(app, '.phasewise/golf-1.code-workspace');
      assert.deepEqual(person.opened, [{ path: file, options: { forceNewWindow: true } }]);
      assert.deepEqual(
        foldersIn(file),
        ['.phasewise/golf-1', 'src/a', 'docs', '.'].map((name) => join(app, name)),
      );
    });
  });

  suite('a plan about another repository', () => {
    const about = (words: string) => plan.replace('plan: golf\n', `plan: golf\nrepository: ${words}\n`);

    test('named by a path: used after the user agreed, once', async () => {
      const code = temporaryRepository();
      const snapshot = await committedPlan(about(code));
      await open(snapshot);
      assert.match(person.messages[0]?.text ?? '', /its work happens in/);
      assert.equal(person.opened.length, 0);
      person.presses('Use It');
      await open(snapshot);
      const path = `${code}.worktrees/golf-1`;
      assert.equal(person.opened[0]?.path, join(path, '.phasewise/phase/phase.code-workspace'));
      assert.match(readFileSync(join(path, '.phasewise/phase/PROMPT.md'), 'utf8'), new RegExp(`${app}/PLAN-golf.md`));
      await eventually(() => assert.equal(describe(snapshot)?.description, firstBranch));
      person.forgets();
      await open(snapshot, '2');
      assert.deepEqual(person.messages, []);
      resetRepository(code);
    });

    test('named by an address: the user says where the clone is, for good', async () => {
      const code = temporaryRepository();
      const snapshot = await committedPlan(about('https://example.com/team/app.git'));
      person.presses('Choose Folder…');
      person.choosesFolder(code);
      await open(snapshot);
      assert.match(person.messages[0]?.text ?? '', /Clone it, then choose the folder of the clone/);
      assert.equal(person.opened.length, 1);
      person.forgets();
      await open(snapshot);
      assert.deepEqual([person.messages.length, person.opened.length], [0, 1]);
      resetRepository(code);
    });
  });

  suite('the tree', () => {
    test('shows the branch, and follows what is committed in the worktree', async () => {
      const snapshot = await committedPlan();
      assert.equal(describe(snapshot), undefined);
      await open(snapshot);
      await eventually(() => assert.deepEqual(describe(snapshot)?.description, firstBranch));
      assert.equal(describe(snapshot)?.hasWorkspace, true);
      assert.equal(describe(snapshot, '2'), undefined);
      writeFiles(first(), { 'new.txt': 'x' });
      git(first(), 'add', 'new.txt');
      await eventually(() => assert.equal(describe(snapshot)?.description, `${firstBranch}*`));
      git(first(), 'commit', '--quiet', '--message=Work');
      await eventually(() => assert.equal(describe(snapshot)?.description, `${firstBranch} ↑1`));
      assert.match(describe(snapshot)?.tooltip ?? '', /1 ahead of and 0 behind main/);
    });

    test('follows worktrees that others make and remove', async () => {
      const snapshot = await committedPlan();
      await open(snapshot, '2');
      git(app, 'worktree', 'add', '--quiet', '-b', firstBranch, first());
      await eventually(() => assert.equal(describe(snapshot)?.hasWorkspace, true));
      git(app, 'worktree', 'remove', first());
      await eventually(() => assert.equal(describe(snapshot), undefined));
    });
  });

  test('many plans of one repository cost git no more than one', async () => {
    const runs = join(temporaryFolder(), 'runs');
    const wrapper = join(temporaryFolder({ git: `#!/bin/sh\necho "$*" >> '${runs}'\nexec git "$@"\n` }), 'git');
    chmodSync(wrapper, 0o755);
    await committedPlan();
    await vscode.workspace.getConfiguration('git').update('path', wrapper, vscode.ConfigurationTarget.Global);
    git(app, 'remote', 'add', 'origin', 'https://example.com/team/golf.git');
    const heads = [
      '',
      '',
      'repository: ../..\n',
      'repository: https://example.com/team/golf\n',
      'repository: ../none\n',
    ];
    const files = Array.from({ length: 1000 }, (_, i): [string, string] => {
      const head = `---\nplan: many-${i}\n${heads[i % heads.length] ?? ''}---\n`;
      return [`many/${i}/PLAN-many.md`, `${head}\n# Many ${i}\n\n## Phase 1 — Only\n\n### B-1 — Work\n`];
    });
    writeFiles(app, Object.fromEntries(files));
    await eventually(() => assert.equal(services.index.plans().length, 1001), 25_000);
    // Once this shows, everything was looked at.
    git(app, 'worktree', 'add', '--quiet', '-b', 'plan/many-3/1-only', join(worktrees, 'many'));
    const many = await planWithId(services, 'many-3');
    await eventually(() => assert.equal(describe(many)?.hasWorkspace, true), 25_000);
    const asked = readFileSync(runs, 'utf8').trim().split('\n');
    assert.ok(asked.length <= 25, `${asked.length} runs of git: ${asked.slice(0, 80).join('; ')}`);
    git(app, 'remote', 'remove', 'origin');
  }).timeout(120_000);

  suite('removing', () => {
    test('refuses with the list, and leads to the work', async () => {
      const snapshot = await committedPlan();
      await open(snapshot);
      writeFiles(first(), { 'a.txt': 'a' });
      git(first(), 'add', 'a.txt');
      git(first(), 'commit', '--quiet', '--message=My work');
      writeFiles(first(), { 'README.md': 'changed', 'new.txt': 'x' });
      person.forgets();
      person.presses('Open Workspace');
      await remove(snapshot);
      const [refusal] = person.messages;
      assert.match(refusal?.text ?? '', /stays, because work in it would be lost/);
      const detail = refusal?.detail ?? '';
      for (const line of [/README\.md \(modified\)/, /new\.txt \(untracked\)/, /Not merged into main:/, /My work/])
        assert.match(detail, line);
      assert.equal(refusal?.modal, true);
      assert.deepEqual(person.opened, [{ path: first(), options: { forceNewWindow: true } }]);
      assert.ok(existsSync(join(first(), 'new.txt')));
    });

    test('removes when nothing is lost, and keeps the branch', async () => {
      const snapshot = await committedPlan();
      await open(snapshot);
      person.presses('Remove');
      await remove(snapshot);
      assert.equal(existsSync(worktrees), false);
      assert.equal(branches(), `main\n${firstBranch}`);
      assert.equal(describe(snapshot), undefined);
    });

    test('deletes the branch on request, when it is merged', async () => {
      const snapshot = await committedPlan();
      await open(snapshot);
      git(first(), 'commit', '--quiet', '--allow-empty', '--message=Work');
      git(app, 'merge', '--quiet', '--no-edit', firstBranch);
      person.presses('Remove, and Delete the Branch');
      await remove(snapshot);
      assert.equal(branches(), 'main');
    });

    test('removes nothing when the user changes their mind', async () => {
      const snapshot = await committedPlan();
      await open(snapshot);
      person.forgets();
      await remove(snapshot);
      assert.deepEqual(person.messages[0]?.buttons, ['Remove', 'Remove, and Delete the Branch']);
      assert.ok(existsSync(first()));
    });

    test('keeps hand-off notes that somebody wrote, and names ignored files', async () => {
      const snapshot = await committedPlan(plan, { '.gitignore': '.env\n' });
      await open(snapshot);
      writeFiles(first(), { '.phasewise/phase/HANDOFF.md': 'stopped at G-1', '.env': 'secret' });
      person.presses('Remove');
      await remove(snapshot);
      const detail = person.messages.at(-2)?.detail ?? '';
      assert.match(detail, /Files that git ignores go with it: \.env/);
      assert.equal(readFileSync(`${first()}.HANDOFF.md`, 'utf8'), 'stopped at G-1');
      assert.equal(existsSync(first()), false);
    });

    test('takes it out of this window', async () => {
      await set('openIn', 'addToWorkspace');
      const snapshot = await committedPlan();
      const added = foldersChanged();
      await open(snapshot);
      await added;
      person.presses('Remove');
      await remove(snapshot);
      await eventually(() => assert.equal(vscode.workspace.workspaceFolders?.length, 1));
      assert.equal(existsSync(first()), false);
    });

    test('says when there is none', async () => {
      await remove(await committedPlan());
      assert.match(person.messages[0]?.text ?? '', /Phase 1 has no workspace/);
    });
  });

  suite('without a phase', () => {
    test('from the palette, the phase is asked for', async () => {
      const snapshot = await committedPlan();
      services.selection.set(phase(snapshot, '2'), 'tree');
      const opening = vscode.commands.executeCommand('phasewise.openPhaseWorkspace');
      await eventually(async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        assert.equal(person.questions.length, 2);
      });
      await opening;
      assert.equal(person.opened[0]?.path, join(worktrees, 'golf-2'));
    });

    test('a bead stands for its phase; a phase that is gone is told', async () => {
      const snapshot = await committedPlan();
      const bead: ThingRef = { plan: snapshot.plan.key, kind: 'bead', id: 'G-2' };
      await vscode.commands.executeCommand('phasewise.openPhaseWorkspace', { ref: bead });
      assert.equal(person.opened[0]?.path, join(worktrees, 'golf-2'));
      await open(snapshot, 'no such phase');
      assert.match(person.messages.at(-1)?.text ?? '', /no such phase is no phase/);
    });
  });

  suite('where they are off', () => {
    test('an untrusted workspace: the command says why, and leads to trust', async () => {
      const snapshot = await committedPlan();
      const restore = person.distrusts();
      try {
        person.presses('Manage Workspace Trust');
        await open(snapshot);
        assert.match(person.messages[0]?.text ?? '', /off until you trust this workspace/);
        assert.ok(person.commands.includes('workbench.trust.manage'));
        assert.deepEqual([person.questions.length, branches()], [0, 'main']);
      } finally {
        restore();
      }
    });
  });

  test('in a virtual workspace the command says why it is off', async () => {
    const files = new MemoryFiles();
    files.write('/virtual/PLAN-golf.md', plan);
    const provider = vscode.workspace.registerFileSystemProvider('phasewise-test', files, { isReadonly: true });
    const added = foldersChanged();
    vscode.workspace.updateWorkspaceFolders(1, 0, {
      uri: vscode.Uri.parse('phasewise-test:/virtual'),
      name: 'virtual',
    });
    await added;
    try {
      await open(await planWithId(services, 'golf'));
      assert.match(person.messages[0]?.text ?? '', /this plan is in a virtual workspace/);
      assert.equal(person.questions.length, 0);
    } finally {
      const removed = foldersChanged();
      vscode.workspace.updateWorkspaceFolders(1, 1);
      await removed;
      provider.dispose();
    }
  });

  async function set(name: string, value: unknown): Promise<void> {
    await vscode.workspace
      .getConfiguration('phasewise.workspaces')
      .update(name, value, vscode.ConfigurationTarget.Global);
  }
});
