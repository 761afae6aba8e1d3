/**
 * Cold index of 1,000 plan files with 30,000 beads, beside reading the same bytes and parsing them with the bare
 * parsers. Each measurement is a process of its own, so that both start cold; they take turns. Beside the time on the
 * clock stands the processor's (of all threads of the process), which others who use the machine hardly change.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { GFM, parser } from '@lezer/markdown';
import { LineCounter, parseDocument } from 'yaml';
import { PlanStore } from '../../src/core/plan/planStore';
import { type Notation, remove, writePlans } from './files';
import { median, milliseconds, printTable, verdict } from './report';

const FILES = 1000;
const BEADS_IN_EACH = 30;
const TURNS = 5;
const MOST_TIMES = 2;
const LONGEST_SLICE = 16;
/** As the extension works: this long, then others get a turn. */
const SLICE = 4;

/** In milliseconds. */
interface Times {
  readonly clock: number;
  readonly processor: number;
}

interface Measured {
  readonly total: Times;
  readonly longestSlice: Times;
  readonly beads: number;
}

const NO_TIME: Times = { clock: 0, processor: 0 };

const [, , task, folder] = process.argv;
if (task === undefined || folder === undefined) compare();
else console.log(JSON.stringify(task === 'index' ? index(filesIn(folder)) : parseBare(filesIn(folder))));

function compare(): void {
  const rows = (['Markdown', 'YAML'] as const).flatMap((notation) => compareIn(notation));
  printTable(['what', 'median', 'beside the bare parsers', 'processor', 'beside them', 'goal', 'reached'], rows);
}

function compareIn(notation: Notation): string[][] {
  const { folder } = writePlans(FILES, BEADS_IN_EACH, notation);
  try {
    const bare: Measured[] = [];
    const indexed: Measured[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      bare.push(inProcess('bare', `${notation}:${folder}`));
      indexed.push(inProcess('index', `${notation}:${folder}`));
    }
    const beads = indexed[0]?.beads ?? 0;
    if (beads !== FILES * BEADS_IN_EACH) throw new Error(`${beads} beads were read`);
    const alone = medians(bare.map(({ total }) => total));
    const whole = medians(indexed.map(({ total }) => total));
    const slice = medians(indexed.map(({ longestSlice }) => longestSlice));
    const times = whole.clock / alone.clock;
    const work = (whole.processor / alone.processor).toFixed(2);
    return [
      [`bare parsers, ${notation}`, milliseconds(alone.clock), '1', milliseconds(alone.processor), '1', '', ''],
      [
        `index, ${notation}`,
        milliseconds(whole.clock),
        times.toFixed(2),
        milliseconds(whole.processor),
        work,
        `≤ ${MOST_TIMES}`,
        verdict(times, MOST_TIMES),
      ],
      [
        `its longest slice, ${notation}`,
        milliseconds(slice.clock),
        '',
        milliseconds(slice.processor),
        '',
        `≤ ${LONGEST_SLICE} ms`,
        verdict(slice.clock, LONGEST_SLICE),
      ],
    ];
  } finally {
    remove(folder);
  }
}

function medians(all: readonly Times[]): Times {
  return { clock: median(all.map(({ clock }) => clock)), processor: median(all.map(({ processor }) => processor)) };
}

function inProcess(task: 'bare' | 'index', where: string): Measured {
  const { stdout, stderr, status } = spawnSync(process.execPath, [process.argv[1] ?? '', task, where], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

function filesIn(where: string): string[] {
  const [notation, ...folder] = where.split(':');
  const ending = notation === 'YAML' ? 'yaml' : 'md';
  return Array.from({ length: FILES }, (_, index) => `${folder.join(':')}/plans/${index + 1}.${ending}`);
}

function parseBare(files: readonly string[]): Measured {
  const markdown = parser.configure(GFM);
  const start = now();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.yaml')) parseDocument(text, { lineCounter: new LineCounter() });
    else markdown.parse(text);
  }
  return { total: since(start), longestSlice: NO_TIME, beads: 0 };
}

function index(files: readonly string[]): Measured {
  const store = new PlanStore();
  const start = now();
  let sliceStart = start;
  let longestSlice = NO_TIME;
  const endSlice = () => {
    store.takeChanges();
    const { clock, processor } = since(sliceStart);
    longestSlice = {
      clock: Math.max(longestSlice.clock, clock),
      processor: Math.max(longestSlice.processor, processor),
    };
    sliceStart = now();
  };
  const isOver = () => performance.now() - sliceStart.clock >= SLICE;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const _ of store.readAhead(file, text)) if (isOver()) endSlice();
    store.set(file, text, '');
    if (isOver()) endSlice();
  }
  endSlice();
  const beads = store.plans().reduce((sum, { plan }) => sum + plan.beads.length, 0);
  return { total: since(start), longestSlice, beads };
}

function now(): Times {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now(), processor: (user + system) / 1000 };
}

function since({ clock, processor }: Times): Times {
  const end = now();
  return { clock: end.clock - clock, processor: end.processor - processor };
}
