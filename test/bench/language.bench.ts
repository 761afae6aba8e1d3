/** Completion, hover and what else the editor asks for while somebody types in a plan of 3,000 beads. */
import { completionsAt } from '../../src/core/language/completion/complete';
import { hintsBetween } from '../../src/core/language/hints';
import { mentionAt } from '../../src/core/language/mentions';
import { occurrencesIn } from '../../src/core/language/occurrences';
import type { PlanSource } from '../../src/core/language/planSource';
import { symbolsOf } from '../../src/core/language/symbols';
import { tokensBetween } from '../../src/core/language/tokens';
import { PlanStore } from '../../src/core/plan/planStore';
import { generateMarkdown, generateYaml } from '../support/generatePlan';
import { median, milliseconds, printTable, quantile, verdict } from './report';

const BEADS = 3000;
const GOAL = 20;
const WARM_UP = 10;
const TIMES = 60;
/** What an editor shows at once. */
const SCREEN = 4000;

type Ask = (source: PlanSource, file: string, offset: number) => unknown;

const asks: Readonly<Record<string, Ask>> = {
  'completion of ids': (source, file, offset) => completionsAt(source, file, offset),
  hover: (source, file, offset) => mentionAt(source, file, offset),
  'marks of an id': (source, file, offset) => {
    const mention = mentionAt(source, file, offset);
    return mention && occurrencesIn(source, file, mention.plan, mention.thing);
  },
  'hints on a screen': (source, file, offset) => hintsBetween(source, file, offset, offset + SCREEN),
  'colours on a screen': (source, file, offset) => tokensBetween(source, file, offset, offset + SCREEN),
  outline: (source, file) => {
    const part = source.part(file);
    return part && symbolsOf(part);
  },
};

const rows: string[][] = [];
for (const [file, text, field] of [
  ['plan.md', generateMarkdown({ beads: BEADS }), /Blocked by: (?=\w)/g],
  ['plan.yaml', generateYaml({ beads: BEADS }), /blocked_by: \[(?=\w)/g],
] as const) {
  for (const [name, ask] of Object.entries(asks)) rows.push([file, name, ...measured(file, text, field, ask)]);
}
printTable(['file', 'asked for', 'median', '95 %', 'goal', 'reached'], rows);

/** Each time behind a keystroke, which gives the file a new reading; reading itself is not counted. */
function measured(file: string, original: string, field: RegExp, ask: Ask): string[] {
  const store = new PlanStore();
  store.set(file, original, '');
  const places = [...original.matchAll(field)].map(({ index, 0: { length } }) => index + length);
  const times: number[] = [];
  let text = original;
  for (let time = 0; time < WARM_UP + TIMES; time++) {
    const at = text.indexOf('checks fail');
    text = Buffer.from(`${text.slice(0, at)}x${text.slice(at)}`).toString();
    store.set(file, text, '');
    const [snapshot] = store.takeChanges().changed;
    if (snapshot === undefined) throw new Error('no snapshot');
    const source = { snapshot, part: (each: string) => store.part(each) };
    const place = (places[Math.floor((time / (WARM_UP + TIMES)) * places.length)] ?? 0) + time + 1;
    const start = performance.now();
    if (ask(source, file, place) === undefined) throw new Error(`nothing for ${file} at ${place}`);
    if (time >= WARM_UP) times.push(performance.now() - start);
  }
  const middle = median(times);
  return [milliseconds(middle), milliseconds(quantile(times, 0.95)), `≤ ${GOAL} ms`, verdict(middle, GOAL)];
}
