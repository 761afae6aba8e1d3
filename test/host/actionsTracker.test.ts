import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import type { Bead } from '../../src/core/model';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { callsOf, exportOf, type IssueText, pathWith, type StandIn, standInBd } from '../support/standInBd';
import { Person } from './person';
import { actAs, emptyProject, inProject, planWithId, projectFolder, startedServices, write } from './support';

const issues: readonly IssueText[] = [
  { id: 'bd-1', title: 'Read', status: 'open', acceptance_criteria: '3 rows are read' },
  {
    id: 'bd-2',
    title: 'Write',
    status: 'open',
    dependencies: [{ issue_id: 'bd-2', depends_on_id: 'bd-1', type: 'blocks' }],
  },
];

suite('Beads of a tracker', () => {
  const path = process.env.PATH;
  let services: Services;
  let person: Person;
  let key: string;

  suiteSetup(async function () {
    // The stand-in is a script, which Windows does not start without a shell.
    if (process.platform === 'win32') this.skip();
    services = await startedServices();
    await actAs('ada');
  });

  suiteTeardown(() => actAs(undefined));

  setup(async () => {
    person = new Person();
    await write(inProject('.beads/stand-in.json'), JSON.stringify(issues));
    await write(inProject('.beads/issues.jsonl'), issues.map((issue) => `${JSON.stringify(issue)}\n`).join(''));
    key = (await planWithId(services, 'issues')).plan.key;
    services.selection.set(undefined, 'tree');
  });

  teardown(async () => {
    process.env.PATH = path;
    person.leaves();
    await emptyProject(services);
  });

  const install = (standIn?: StandIn): string => {
    const folder = standIn === undefined ? undefined : standInBd(standIn);
    process.env.PATH = pathWith(folder);
    return folder ?? '';
  };
  const ref = (id: string): ThingRef => ({ plan: key, kind: 'bead', id });
  const bead = (id: string): Bead => {
    const found = services.index.freshSource(key)?.snapshot.plan.find(id, 'bead');
    assert.equal(found?.kind, 'bead');
    return found as Bead;
  };
  const exported = () => exportOf(projectFolder().fsPath);

  test('are claimed and closed by its command, and the plan shows it at once', async () => {
    const bd = install({});
    await runCommand('phasewise.claimBead', ref('bd-1'));
    assert.equal(person.messages.length, 0);
    assert.deepEqual([bead('bd-1').status, bead('bd-1').owner?.value], ['in_progress', 'ada']);
    assert.equal(exported()[0]?.assignee, 'ada');
    await runCommand('phasewise.claimBead', ref('bd-2'));
    assert.match(person.messages[0]?.text ?? '', /bd-2 is blocked: blocked by bd-1/);
    person.chooses('Type It');
    person.types('3 rows, see "out.txt"');
    await runCommand('phasewise.closeBead', ref('bd-1'));
    assert.equal(bead('bd-1').status, 'closed');
    assert.equal(bead('bd-1').evidence[0]?.value, '3 rows, see "out.txt"');
    assert.deepEqual(
      callsOf(bd)
        .filter(([name]) => name === 'close')
        .map((call) => call.slice(0, 3)),
      [['close', 'bd-1', '--reason=3 rows, see "out.txt"']],
    );
  });

  test('are shown as the open editor shows the export', async () => {
    install({ exportsItself: true });
    const editor = await vscode.window.showTextDocument(inProject('.beads/issues.jsonl'));
    await runCommand('phasewise.claimBead', ref('bd-1'));
    assert.deepEqual(person.messages, []);
    assert.equal(bead('bd-1').status, 'in_progress');
    assert.match(editor.document.lineAt(0).text, /in_progress/);
    assert.equal(editor.document.isDirty, false);
  });

  test('that the tracker has given to somebody else are refused with the name', async () => {
    install({});
    const given = issues.map((issue) => (issue.id === 'bd-1' ? { ...issue, assignee: 'tomas' } : issue));
    writeFileSync(join(projectFolder().fsPath, '.beads/stand-in.json'), JSON.stringify(given));
    await runCommand('phasewise.claimBead', ref('bd-1'));
    assert.match(person.messages[0]?.text ?? '', /bd-1 is held by tomas/);
    assert.equal(bead('bd-1').owner?.value, 'tomas');
  });

  test('say why nothing can be done with them where its command is not there', async () => {
    install();
    await runCommand('phasewise.claimBead', ref('bd-1'));
    assert.match(
      person.messages[0]?.text ?? '',
      /there is no “bd” on the PATH\. Install Beads here, or run where it is installed: “bd update bd-1 --claim --actor=ada”$/,
    );
    assert.deepEqual(person.messages[0]?.buttons, ['How to Install Beads']);
    await runCommand('phasewise.closeBead', ref('bd-1'));
    assert.deepEqual(person.questions, []);
    assert.match(person.messages[1]?.text ?? '', /there is no “bd” on the PATH\. Install Beads here\.$/);
    assert.equal(exported()[0]?.status, 'open');
  });

  test('an agent claims them with the same tool', async () => {
    install({ fails: { export: 'disk full' } });
    const { content } = await vscode.lm.invokeTool('plan_claim', {
      input: { bead: 'bd-1', as: 'claude' },
      toolInvocationToken: undefined,
    });
    const text = content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
    const { done, note } = JSON.parse(text) as { readonly done: string; readonly note: string };
    assert.equal(done, 'claude works on bd-1 (Read) now.');
    assert.match(note, /does not show it yet: disk full/);
  });
});
