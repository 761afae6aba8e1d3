import { beadsInHand } from '../currentBead';
import { oneLine } from '../edit/fields/encoding';
import type { Bead, ProgressEntry, Thing } from '../model';
import { headingOf } from '../prompt/words';
import { LineStarts, type Location } from '../text';
import type { ActionSource } from './action';
import { chainOf } from './chain';
import { eventsOf } from './events';
import { openScenarios } from './scenarios';

export interface HandOver {
  /** Whose work is handed over; everybody's when absent or when this person has nothing in hand. */
  readonly name?: string;
  /** Only this phase's work. */
  readonly phase?: string;
  /** How a file is called for the reader. */
  readonly fileName?: (file: string) => string;
}

/** A document stays shorter than this, whatever the size of the plan. */
export const LONGEST_HANDOVER = 4000;

/** How much of everything is told: the first of these with which the document is short enough. */
const SIZES = [
  { text: 600, items: 8 },
  { text: 300, items: 6 },
  { text: 160, items: 4 },
  { text: 90, items: 3 },
  { text: 60, items: 2 },
  { text: 40, items: 1 },
] as const;

interface Size {
  readonly text: number;
  readonly items: number;
}

/** What an agent, or a person, has to know to go on with a plan after losing all context. Less than 4,000 characters. */
export function handOver(source: ActionSource, options: HandOver = {}): string {
  for (const size of SIZES) {
    const document = write(source, options, size);
    if (document.length < LONGEST_HANDOVER) return document;
  }
  return `${write(source, options, { text: 40, items: 1 }).slice(0, LONGEST_HANDOVER - 2)}…`;
}

function write(source: ActionSource, options: HandOver, size: Size): string {
  const { snapshot } = source;
  const { plan, schedule } = snapshot;
  const isHere = ({ phase }: { readonly phase?: string }) => options.phase === undefined || phase === options.phase;
  const clipped = (text: string) => clip(oneLine(text), size.text);
  const placeOf = (thing: Thing) => place(source, thing.idAt ?? thing.head, options, size);
  const named = (thing: Thing) => clip(oneLine(headingOf(thing)), size.text);

  const own = beadsInHand(snapshot, options.name ?? '').filter(isHere);
  const begun = plan.beads.filter(
    (bead) => isHere(bead) && schedule.beadState(bead.id) === 'in_progress' && plan.childrenOf(bead.id).length === 0,
  );
  const current = own.length > 0 ? own : begun;
  const events = eventsOf(source);
  const about = new Set(plan.beads.filter(isHere).map(({ id }) => id));
  const recent = options.phase === undefined ? events : events.filter((event) => about.has(event.about?.value ?? ''));
  const gates = schedule.next.flatMap((item) => (item.kind === 'gate' && isHere(item.gate) ? [item.gate] : []));
  const ready = schedule.next.flatMap((item) => (item.kind === 'bead' && isHere(item.bead) ? [item.bead] : []));
  const open = openScenarios(source);
  const { closed, total } = schedule.progress(options.phase);

  const phase = options.phase === undefined ? undefined : plan.find(options.phase, 'phase');
  const title =
    phase === undefined ? clipped(plan.title) : `${clip(headingOf(phase), size.text)} of ${clipped(plan.title)}`;
  return `${[
    `# Handoff: ${title}`,
    plan.head.mode?.value === 'planning'
      ? '**Plan only.** This plan is still being written and nothing in it may be carried out yet: read, ask and write, but change no code, no data and no system.'
      : '',
    `You are taking this over without any memory of it. The files below are the truth: read them again before you do anything, and do not rely on what you seem to remember. ${closed} of ${total} beads are closed.`,
    section(
      'In hand',
      some(
        current.map((bead) => inHand(source, bead, clipped, `${named(bead)} (${placeOf(bead)})`)),
        size.items,
        'bead',
      ),
    ) || '## In hand\n\nNothing is in progress. Take the first of what is ready, and claim it before you begin.',
    section(
      'Failing, and being recovered',
      some(
        open.map(({ scenario, run }) =>
          [
            `${named(scenario)}${run.bead === undefined ? '' : `, for ${clip(run.bead, size.text)}`} (${placeOf(scenario)})`,
            ...run.tried
              .slice(-size.items)
              .map(
                ({ number, outcome, note }) =>
                  `  - step ${number} ${outcome}${note === undefined ? '' : `: ${clipped(note)}`}`,
              ),
            run.next === undefined
              ? '  - no step is left: ask whoever owns the plan'
              : `  - now step ${run.next.number}: ${clipped(run.next.text)}`,
          ].join('\n'),
        ),
        size.items,
        'scenario',
      ),
    ),
    section(
      'Gates to decide',
      some(
        gates.map(
          (gate) =>
            `${named(gate)} (${placeOf(gate)}): ${gate.type === 'human' ? 'a person decides it' : 'measure every criterion, and have the verdict recorded'}`,
        ),
        size.items,
        'gate',
      ),
    ),
    section(
      'Done last',
      recent.slice(-size.items).map((event) => told(event, clipped)),
    ),
    section(
      'Ready next',
      some(
        ready.filter((bead) => !current.includes(bead)).map((bead) => `${named(bead)} (${placeOf(bead)})`),
        size.items,
        'bead',
      ),
    ),
    section('Read again, in this order', some(filesToRead(source, current, options, size), size.items + 2, 'file')),
    '## Then\n\n1. Check what is said to be done against its evidence and against the repository.\n2. Say which bead you are on. If it is not yours yet, claim it.\n3. Show its done-when, and close it with the evidence. If it fails, follow its failure scenario; never loosen the condition.\n4. Keep plan and progress file true as you go: the next one will know no more than you do now.',
  ]
    .filter((block) => block !== '')
    .join('\n\n')}\n`;
}

function inHand(source: ActionSource, bead: Bead, clipped: (text: string) => string, name: string): string {
  const all = (texts: readonly { readonly value: string }[]) => clipped(texts.map(({ value }) => value).join('; '));
  const steps = bead.steps.filter(({ done }) => !done).map(({ text }) => text);
  const waits = chainOf(source.snapshot, bead);
  return [
    `${name}${bead.owner === undefined ? '' : `, with ${clipped(bead.owner.value)}`}`,
    bead.doneWhen.length === 0 ? '' : `  - Done when: ${all(bead.doneWhen)}`,
    steps.length === 0 ? '' : `  - Steps left: ${all(steps)}`,
    bead.ifItFails.length === 0 ? '' : `  - If it fails: ${all(bead.ifItFails)}`,
    waits === '' ? '' : `  - Careful: it was begun although it is ${clipped(waits)}`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function told({ date, about, what, who, evidence }: ProgressEntry, clipped: (text: string) => string): string {
  return [date, about, what, who, evidence]
    .flatMap((part) => (part === undefined || part.value === '' ? [] : clipped(part.value)))
    .join(' · ');
}

function filesToRead(source: ActionSource, current: readonly Bead[], options: HandOver, size: Size): readonly string[] {
  const { plan } = source.snapshot;
  const first = [...new Set(current.map(({ location }) => location.file))];
  const files = [...first, ...plan.files.filter((file) => !first.includes(file))];
  const name = (file: string) => nameOfFile(file, options, size);
  const progress = source.progress?.file ?? plan.head.progress?.value;
  return [
    ...files.filter((file) => file !== progress).map((file) => `\`${name(file)}\``),
    ...(progress === undefined ? [] : [`\`${name(progress)}\` (from its end)`]),
  ];
}

function place({ part }: ActionSource, { file, start }: Location, options: HandOver, size: Size): string {
  const text = part(file)?.text ?? '';
  const line = new LineStarts(text.slice(0, start)).positionAt(start).line + 1;
  return `${nameOfFile(file, options, size)}, line ${line}`;
}

function nameOfFile(file: string, { fileName = (each) => each }: HandOver, size: Size): string {
  const name = oneLine(fileName(file)).replaceAll('`', "'");
  const longest = Math.min(size.text, 120);
  return name.length <= longest ? name : `…${name.slice(name.length - longest + 1)}`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `## ${title}\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}

/** The first of them, and how many there are more. */
function some(items: readonly string[], most: number, what: string): readonly string[] {
  const left = items.length - most;
  return left > 0 ? [...items.slice(0, most), `and ${left} more ${left === 1 ? what : `${what}s`}`] : items;
}

function clip(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}
