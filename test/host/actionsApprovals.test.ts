import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import { approvalHash } from '../../src/core/approval/approvedText';
import type { Phase } from '../../src/core/model';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { resetRepository } from '../support/repositoryState';
import { git, writeFiles } from '../support/temporary';
import { Person } from './person';
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

suite('Changes since an approval', () => {
  let services: Services;
  let person: Person;
  let app: string;
  let key: string;
  const text = planText('approved');

  suiteSetup(async () => {
    services = await startedServices();
    app = realpathSync(projectFolder().fsPath);
    git(app, 'config', 'commit.gpgSign', 'false');
  });

  setup(() => {
    person = new Person();
  });

  teardown(async () => {
    person.leaves();
    resetRepository(app);
    await emptyProject(services);
  });

  const ref = (kind: ThingRef['kind'], id: string): ThingRef => ({ plan: key, kind, id });

  /** With an approval of phase 2 in it. */
  async function approved({ committed }: { readonly committed: boolean }): Promise<string> {
    const path = 'PLAN-approved.md';
    writeFiles(app, { [path]: text });
    const snapshot = await planWithId(services, 'approved');
    key = snapshot.plan.key;
    const hash = approvalHash(snapshot.plan, snapshot.plan.find('2', 'phase') as Phase);
    const line = `Approved by: @maria on 2026-05-02 (sha256:${hash})`;
    const withApproval = text.replace('## Phase 2 — Ship\n', `## Phase 2 — Ship\n\n${line}\n`);
    await write(inProject(path), withApproval);
    if (committed) {
      git(app, 'add', '--all');
      git(app, 'commit', '--quiet', '--message=Approved');
    }
    await shows(withApproval);
    return withApproval;
  }

  const shows = (content: string) =>
    eventually(() => assert.equal(services.index.part(inProject('PLAN-approved.md').toString())?.text, content));

  test('the approved text from git stands beside what stands there now', async () => {
    const before = await approved({ committed: true });
    const changed = before.replace('version 1.0.0 can', 'version 2.0.0 can');
    await write(inProject('PLAN-approved.md'), changed);
    await shows(changed);
    await runCommand('phasewise.showChangesSinceApproval', ref('phase', '2'));
    assert.deepEqual(person.messages, []);
    const tab = await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff);
      return input;
    });
    const textAt = async (uri: vscode.Uri) => (await vscode.workspace.openTextDocument(uri)).getText();
    const [left, right] = await Promise.all([textAt(tab.original), textAt(tab.modified)]);
    assert.match(left, /^## Phase 2 — Ship[\s\S]*version 1\.0\.0 can/);
    assert.match(right, /^## Phase 2 — Ship[\s\S]*version 2\.0\.0 can/);
    assert.doesNotMatch(left, /Phase 1 — Prepare/);
    assert.match(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '', /Phase 2: approved 2026-05-02/);
  });

  test('a status does not make an approval stale', async () => {
    const before = await approved({ committed: true });
    const claimed = before.replace(
      '### B3 — Publish\n\nPriority: P0',
      '### B3 — Publish\n\nStatus: in progress\nPriority: P0',
    );
    await write(inProject('PLAN-approved.md'), claimed);
    await shows(claimed);
    await runCommand('phasewise.showChangesSinceApproval', ref('phase', '2'));
    assert.match(person.messages[0]?.text ?? '', /is as @maria approved it/);
  });

  test('a text that was never committed cannot be shown, and that is said', async () => {
    const before = await approved({ committed: false });
    const changed = before.replace('version 1.0.0 can', 'version 2.0.0 can');
    await write(inProject('PLAN-approved.md'), changed);
    await shows(changed);
    git(app, 'add', '--all');
    git(app, 'commit', '--quiet', '--message=Changed');
    await runCommand('phasewise.showChangesSinceApproval', ref('phase', '2'));
    assert.match(person.messages[0]?.text ?? '', /is in no commit of its file/);
  });

  test('what was not approved has no changes', async () => {
    await approved({ committed: true });
    await runCommand('phasewise.showChangesSinceApproval', ref('phase', '1'));
    assert.match(person.messages[0]?.text ?? '', /was not approved yet/);
  });
});
