import { act } from '../../src/cli/act';
import { Refused } from '../../src/cli/envelope';
import { PlanSession } from '../../src/cli/plans';
import { claimBead, closeBead } from '../../src/core/actions/beads';
import { patiently } from './patiently';

/**
 * One agent among many: `worker FOLDER NAME`. It takes whatever is ready, closes it with evidence, and ends when nothing
 * is left. It looks for work as agents do, before it has the lock, so that several often want the same bead.
 */
const [folder = '', name = ''] = process.argv.slice(2);
const actor = { name, at: '2026-11-28T09:30' };

async function main(): Promise<void> {
  const session = new PlanSession([folder], folder);
  const counts = { claimed: 0, refused: 0 };
  for (;;) {
    const loaded = await session.load();
    const [snapshot] = loaded.snapshots;
    if (snapshot === undefined) throw new Error('the plan is gone');
    const { ready } = snapshot.schedule;
    if (ready.length === 0) {
      if (snapshot.plan.beads.every(({ status }) => status === 'closed')) break;
      await new Promise((done) => setTimeout(done, 20));
      continue;
    }
    // One of the first few: as often as not, somebody else wants it, too.
    const wanted = ready[Math.floor(Math.random() * Math.min(ready.length, 24))]?.id ?? '';
    try {
      await patiently(() =>
        act(session, loaded, only, (source) => claimBead(source, beadIn(source.snapshot.plan, wanted), actor)),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      counts.refused++;
      continue;
    }
    counts.claimed++;
    const closing = { evidence: [`shown by ${name}`] };
    await patiently(() =>
      act(session, loaded, only, (source) => closeBead(source, beadIn(source.snapshot.plan, wanted), actor, closing)),
    );
  }
  process.stdout.write(JSON.stringify(counts));
}

function only({ snapshots }: Awaited<ReturnType<PlanSession['load']>>) {
  const [snapshot] = snapshots;
  if (snapshot === undefined) throw new Error('the plan is gone');
  return snapshot;
}

function beadIn(plan: ReturnType<typeof only>['plan'], id: string) {
  const bead = plan.find(id, 'bead');
  if (bead?.kind !== 'bead') throw new Error(`${id} is gone`);
  return bead;
}

void main();
