import { oneLine } from '../edit/fields/encoding';
import type { Bead, Scenario } from '../model';
import { nameOf } from '../plan/tellings';
import { type ActionOutcome, type ActionSource, type Actor, type Refusal, refuse } from './action';
import { eventsOf } from './events';
import { handleOf } from './person';
import { whilePlanning } from './planning';
import { logged } from './progress';

export type StepOutcome = 'worked' | 'failed';

export interface TriedStep {
  /** From 1, as the recovery cascade counts. */
  readonly number: number;
  readonly text: string;
  readonly outcome: StepOutcome;
  readonly note?: string;
}

/** How far the recovery of a failure has come, as the progress file tells it. */
export interface ScenarioRun {
  /** `exhausted`: every step was tried, and none worked. */
  readonly state: 'running' | 'recovered' | 'exhausted';
  /** The bead that it was started for. */
  readonly bead?: string;
  readonly since: string;
  readonly tried: readonly TriedStep[];
  /** What to do now; absent when nothing is left or needed. */
  readonly next?: { readonly number: number; readonly text: string };
}

const STARTED = /^scenario started(?: for (\S+))?$/i;
const STEP = /^step (\d{1,4}) (worked|failed)$/i;

/** The last run of a scenario; undefined when it was never started. */
export function scenarioRun(source: ActionSource, scenario: Scenario): ScenarioRun | undefined {
  let run: { bead?: string; since: string; tried: TriedStep[] } | undefined;
  for (const { about, what, date, evidence } of eventsOf(source)) {
    if (about?.value.toLowerCase() !== scenario.id.toLowerCase()) continue;
    const started = STARTED.exec(what.value);
    if (started !== null) run = { ...(started[1] !== undefined && { bead: started[1] }), since: date.value, tried: [] };
    const [, number, outcome] = STEP.exec(what.value) ?? [];
    if (run === undefined || number === undefined) continue;
    run.tried.push({
      number: Number(number),
      text: scenario.recovery[Number(number) - 1]?.value ?? '',
      outcome: outcome?.toLowerCase() as StepOutcome,
      ...(evidence !== undefined && { note: evidence.value }),
    });
  }
  if (run === undefined) return undefined;
  if (run.tried.some(({ outcome }) => outcome === 'worked')) return { ...run, state: 'recovered' };
  const number = Math.max(0, ...run.tried.map((each) => each.number)) + 1;
  const text = scenario.recovery[number - 1]?.value;
  return text === undefined ? { ...run, state: 'exhausted' } : { ...run, state: 'running', next: { number, text } };
}

/** The scenarios of a plan that somebody is in the middle of. */
export function openScenarios(
  source: ActionSource,
): readonly { readonly scenario: Scenario; readonly run: ScenarioRun }[] {
  const { scenarios } = source.snapshot.plan;
  const told = new Set(eventsOf(source).flatMap(({ about }) => about?.value.toLowerCase() ?? []));
  return scenarios.flatMap((scenario) => {
    const run = told.has(scenario.id.toLowerCase()) ? scenarioRun(source, scenario) : undefined;
    return run === undefined || run.state === 'recovered' ? [] : [{ scenario, run }];
  });
}

/** Begins to go through a scenario's recovery steps, for the bead that failed where there is one. */
export function startScenario(
  source: ActionSource,
  scenario: Scenario,
  actor: Actor,
  { bead }: { readonly bead?: Bead } = {},
): ActionOutcome {
  const refused = notUsable(source, scenario, actor);
  if (refused !== undefined) return { refused };
  const run = scenarioRun(source, scenario);
  if (run?.state === 'running') {
    return refuse(
      'state',
      `${nameOf(scenario)} is being gone through already, since ${run.since}.`,
      `Its next step is ${run.next?.number}: ${oneLine(run.next?.text ?? '')}`,
      scenario.head,
    );
  }
  const [first] = scenario.recovery;
  if (first === undefined)
    return refuse(
      'state',
      `${nameOf(scenario)} has no recovery steps.`,
      'Write down what to try, the cheapest first.',
      scenario.head,
    );
  const event = bead === undefined ? 'scenario started' : `scenario started for ${bead.id}`;
  const log = logged(source, actor, { of: scenario.id, event });
  if ('refused' in log) return log;
  return { edits: log.edits, said: `${nameOf(scenario)} has begun. Step 1: ${oneLine(first.value)}` };
}

export interface RecoveryStep {
  readonly outcome: StepOutcome;
  /** What was seen. */
  readonly note?: string;
  /** The step that was tried, when the caller wants to be sure: anything but the next one is refused. */
  readonly step?: number;
}

/** Records what came of the next recovery step; the one after it is offered only then. */
export function recordRecoveryStep(
  source: ActionSource,
  scenario: Scenario,
  actor: Actor,
  { outcome, note = '', step }: RecoveryStep,
): ActionOutcome {
  const refused = notUsable(source, scenario, actor);
  if (refused !== undefined) return { refused };
  const run = scenarioRun(source, scenario);
  const next = run?.next;
  if (run === undefined || next === undefined) {
    const state =
      run === undefined ? 'was not started' : run.state === 'recovered' ? 'has recovered' : 'has no step left to try';
    return refuse('state', `${nameOf(scenario)} ${state}.`, 'Start it first, if it is failing now.', scenario.head);
  }
  if (step !== undefined && step !== next.number) {
    return refuse(
      'state',
      `Step ${next.number} comes next, not step ${step}.`,
      `Steps are tried in their order, the cheapest first: ${oneLine(next.text)}`,
      scenario.recovery[next.number - 1],
    );
  }
  const seen = oneLine(note);
  const log = logged(source, actor, {
    of: scenario.id,
    event: `step ${next.number} ${outcome}`,
    ...(seen !== '' && { detail: seen }),
  });
  if ('refused' in log) return log;
  const after = scenario.recovery[next.number]?.value;
  const said =
    outcome === 'worked'
      ? `Step ${next.number} worked: ${nameOf(scenario)} has recovered.`
      : after === undefined
        ? `Step ${next.number} failed, and there is none left. Ask whoever owns the plan.`
        : `Step ${next.number} failed. Step ${next.number + 1}: ${oneLine(after)}`;
  return { edits: log.edits, said };
}

function notUsable(
  { snapshot: { plan }, progress }: ActionSource,
  scenario: Scenario,
  actor: Actor,
): Refusal | undefined {
  const planning = whilePlanning(plan);
  if (planning !== undefined) return planning;
  if (handleOf(actor) === '')
    return refuse('input', 'Nobody is named who does this.', 'Give a name with a letter or a digit in it.').refused;
  if (progress !== undefined) return undefined;
  return refuse(
    'not-written',
    'The plan names no progress file, so nothing would remember what was tried.',
    'Name one in the head of the plan: progress: progress.md.',
    scenario.head,
  ).refused;
}
