/** From a keystroke in a plan of 3,000 beads to a new snapshot, with all that the views ask of it. */
import { PlanStore } from '../../src/core/plan/planStore';
import type { PlanSnapshot } from '../../src/core/snapshot';
import { generateMarkdown, generateYaml } from '../support/generatePlan';
import { median, milliseconds, printTable, quantile, verdict } from './report';

const BEADS = 3000;
const GOAL = 25;
const WARM_UP = 30;
const KEYSTROKES = 120;

const places = { 'near the top': 0.02, 'in the middle': 0.5, 'near the end': 0.98 };

const rows: string[][] = [];
for (const [notation, text] of Object.entries({
  'plan.md': generateMarkdown({ beads: BEADS }),
  'plan.yaml': generateYaml({ beads: BEADS }),
})) {
  for (const [name, share] of Object.entries(places)) rows.push([notation, ...typed(notation, text, name, share)]);
}
printTable(['file', 'typed', 'median', '95 %', 'of it reading', 'goal', 'reached'], rows);

function typed(file: string, original: string, name: string, share: number): string[] {
  const store = new PlanStore();
  let text = original;
  store.set(file, text, '');
  const at = text.indexOf('checks fail', Math.floor(text.length * share));
  const all: number[] = [];
  const reading: number[] = [];
  for (let key = 0; key < WARM_UP + KEYSTROKES; key++) {
    text = flat(`${text.slice(0, at + key)}${key % 7 === 6 ? ' ' : 'x'}${text.slice(at + key)}`);
    const start = performance.now();
    store.set(file, text, '');
    const read = performance.now();
    const [snapshot] = store.takeChanges().changed;
    if (snapshot === undefined || !answers(snapshot)) throw new Error('no new snapshot');
    if (key < WARM_UP) continue;
    all.push(performance.now() - start);
    reading.push(read - start);
  }
  const middle = median(all);
  const late = quantile(all, 0.95);
  return [
    name,
    milliseconds(middle),
    milliseconds(late),
    milliseconds(median(reading)),
    `≤ ${GOAL} ms`,
    verdict(middle, GOAL),
  ];
}

/** What tree, graph, status bar and Ready view ask for. */
function answers({ plan, schedule }: PlanSnapshot): boolean {
  const ready = plan.beads.filter((bead) => schedule.beadState(bead.id) === 'ready').length;
  const { total } = schedule.progress();
  return (
    total === BEADS &&
    ready > 0 &&
    schedule.next.length > 0 &&
    schedule.waves.length > 0 &&
    schedule.criticalPath.length > 0
  );
}

/** As an editor hands it over: one piece, not a rope of pieces. */
function flat(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
