import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../scripts/root.mjs';
import { phasewise } from '../../support/commandLine';
import { git, temporaryFolder } from '../../support/temporary';

const plan = 'PLAN-finetune-qwen.md';

/** The sample as it was before anybody began, in a repository of its own. */
function plannedSample(): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'samples/finetune'), folder, { recursive: true });
  const text = readFileSync(join(folder, plan), 'utf8')
    .replace('mode: executing', 'mode: planning')
    .replace(/^.*\bDecision:.*\r?\n/gm, '');
  writeFileSync(join(folder, plan), text);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', 'Maria');
  git(folder, 'config', 'user.email', 'maria@example.com');
  git(folder, 'config', 'commit.gpgSign', 'false');
  commit(folder, 'The plan');
  return folder;
}

function commit(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', `--message=${message}`);
}

/** What is measured at each gate, by how the criterion begins. */
const measured: Readonly<Record<string, readonly string[]>> = {
  G1: ['Pilot prompts=88 %', 'p95=3,210 tokens', 'Fall=41 %', 'Replies=96 %'],
  G2: ['Records after=24,118', 'Records of=2,406', 'Examples with=86 %', 'p95=3,480 tokens', 'DBQs=3 %'],
  G3: ['Last validation=0.8 %', 'Validation loss=0.09', 'Spikes=1', 'Cost=212 US dollars'],
  G4: ['Success rate on=99.2 %', 'Success rate of the weakest=97.8 %', 'Wrong facts=1', 'Difference=0.4 points better'],
  G5: ['Success rate=99.1 %', 'Server errors=0.2 %', 'p95=4.4 seconds', 'Replies that=0.3 %', 'Slowest=3 minutes'],
};

test('the sample plan is carried out from planning to its last gate by the command line alone', async () => {
  const folder = plannedSample();
  const said = async (...args: readonly string[]) => {
    const { code, out, err } = await phasewise(folder, ...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${err}${out}`);
    return out;
  };
  const data = async (...args: readonly string[]) => JSON.parse(await said(...args, '--json'));
  const shown = async () => (await data('show')).plans[0];

  // Planning: it can be reviewed and approved, and nothing else.
  expect(await said('prompt', 'readiness')).toContain('finetune');
  expect(await phasewise(folder, 'claim', 'ft-0001.1')).toMatchObject({ code: 1 });
  expect(await phasewise(folder, 'start')).toMatchObject({ code: 1 });
  await said('approve', 'plan');
  commit(folder, 'Approved');
  await said('start');

  // As if nothing had been done yet; a phase is approved before it begins.
  const before = await shown();
  for (const { id, state } of before.beads) if (state === 'closed') await said('reopen', id);
  for (const { id } of before.phases) await said('approve', id);
  commit(folder, 'Begin');

  const closed: string[] = [];
  const passed: string[] = [];
  for (let rounds = 0; rounds < 100; rounds++) {
    const { ready } = await data('ready');
    const [next] = ready;
    if (next === undefined) {
      const held = (await shown()).beads.filter(({ state }: { state: string }) => state === 'in_progress');
      if (held.length === 0) break;
      for (const { id, owner } of held) await said('release', id, '--force', '--as', owner ?? 'maria');
      continue;
    }
    if (next.kind === 'gate') {
      const values = (measured[next.id] ?? []).flatMap((value) => ['--measured', value]);
      const proposal = await data('gate', next.id, ...values);
      const note = proposal.data.proposed === 'pass' ? [] : ['--note', 'read by hand: no worse than the baseline'];
      await said('gate', next.id, ...values, '--verdict', 'pass', ...note);
      passed.push(next.id);
      continue;
    }
    await said('claim', next.id);
    const isTaken = closed.length > 3 || (await phasewise(folder, 'claim', next.id, '--as', 'else')).code === 1;
    expect(isTaken).toBe(true);
    await said('close', next.id, '--evidence', `measured as its done-when asks: ${next.id} holds`);
    closed.push(next.id);
    if (next.id === 'ft-0001.15') {
      // The pilot overfits at first.
      await said('scenario', 'F6', '--start', '--bead', 'ft-0001.15');
      await said('scenario', 'F6', '--outcome', 'failed', '--note', 'validation loss still rises');
      await said('scenario', 'F6', '--outcome', 'worked');
    }
    if (closed.length % 8 === 0) expect((await said('handoff')).length).toBeLessThan(4_000);
  }

  const after = await shown();
  const open = after.beads.filter(({ state }: { state: string }) => state !== 'closed');
  expect(open.map(({ id, state }: { id: string; state: string }) => `${id} ${state}`)).toEqual(['ft-0001.22 deferred']);
  expect(passed).toEqual(['G1', 'G2', 'G3', 'G4', 'G5']);
  expect(after.gates.map(({ state }: { state: string }) => state)).toEqual(Array(5).fill('passed'));
  expect(new Set(closed).size).toBe(closed.length);
  // Nothing but the plan and its log was touched, and nothing was left lying around.
  expect(
    git(folder, 'status', '--porcelain')
      .split('\n')
      .map((line) => line.slice(3).trim())
      .sort(),
  ).toEqual([plan, 'data/progress.md'].sort());
  const log = readFileSync(join(folder, 'data/progress.md'), 'utf8');
  for (const id of [...closed, ...passed]) expect(log).toContain(id);
  commit(folder, 'Done');
  const { diagnostics } = await data('check');
  expect(diagnostics.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
}, 240_000);
