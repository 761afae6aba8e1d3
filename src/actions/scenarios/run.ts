import * as vscode from 'vscode';
import { type CommandTarget, runCommand } from '../../commands';
import {
  recordRecoveryStep,
  type ScenarioRun,
  type StepOutcome,
  scenarioRun,
  startScenario,
} from '../../core/actions/scenarios';
import type { Bead, Scenario } from '../../core/model';
import type { PlanSnapshot } from '../../core/snapshot';
import { refTo, type ThingRef, thingOf } from '../../core/thingRef';
import { labelOf } from '../../planWords';
import { type Actions, act } from '../actions';
import { mayExecute } from '../planMode';
import { subjectOf } from '../subject';
import { sentenceOf, tell } from '../telling';
import { thingIn } from '../thingIn';
import { scenariosOf } from './scenariosOf';

interface Running {
  readonly ref: ThingRef;
  readonly scenario: Scenario;
  readonly snapshot: PlanSnapshot;
  readonly bead?: Bead;
}

/** Goes through the recovery steps of a failure scenario, in order: each is logged with its outcome before the next. */
export async function runScenario(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const title = vscode.l10n.t('Run Failure Scenario');
  const running = await scenarioFor(actions, target, title);
  if (running === undefined || !mayExecute(running.snapshot, title)) return;
  const before = await stateOf(actions, running);
  if (before?.state !== 'running' && !(await start(actions, running))) return;
  for (
    let state = await stateOf(actions, running);
    state?.state === 'running';
    state = await stateOf(actions, running)
  ) {
    if (!(await askStep(actions, running, state))) return;
  }
  await tellEnd(actions, running);
}

/** The scenario itself, or the one that a bead points at. */
async function scenarioFor(
  { services }: Actions,
  target: CommandTarget | undefined,
  title: string,
): Promise<Running | undefined> {
  const subject = await subjectOf(services, target, ['scenario', 'bead'], title, (snapshot, thing) =>
    thing.kind === 'scenario' ? true : scenariosOf(snapshot, thing).length > 0,
  );
  if (subject === undefined) return undefined;
  const { snapshot, thing, ref } = subject;
  if (thing.kind === 'scenario') return { ref, scenario: thing, snapshot };
  const scenarios = scenariosOf(snapshot, thing);
  if (scenarios.length === 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} points at no failure scenario. Write “If it fails: see Scenario …” there.', thing.id),
    );
    return undefined;
  }
  const scenario = scenarios.length === 1 ? scenarios[0] : await pick(scenarios, title);
  return scenario && { ref: refTo(snapshot.plan, scenario), scenario, snapshot, bead: thing };
}

async function pick(scenarios: readonly Scenario[], title: string): Promise<Scenario | undefined> {
  const items = scenarios.map((scenario) => ({
    label: labelOf(scenario),
    detail: scenario.detection.map(({ value }) => value).join(' '),
    scenario,
  }));
  const placeHolder = vscode.l10n.t('What has happened?');
  return (await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.scenario;
}

/** As the progress file tells it now. */
async function stateOf({ writer }: Actions, { ref }: Running): Promise<ScenarioRun | undefined> {
  const source = await writer.sourceOf(ref.plan);
  const scenario = source && thingOf(source.snapshot.plan, ref);
  return source !== undefined && scenario?.kind === 'scenario' ? scenarioRun(source, scenario) : undefined;
}

async function start(actions: Actions, { ref, bead }: Running): Promise<boolean> {
  const performed = await act(actions, ref, (source, actor) =>
    thingIn(source, ref, 'scenario', (scenario) => {
      const now = bead === undefined ? undefined : source.snapshot.plan.find(bead.id, 'bead');
      return startScenario(source, scenario, actor, now?.kind === 'bead' ? { bead: now } : {});
    }),
  );
  if ('said' in performed) return true;
  void vscode.window.showWarningMessage(sentenceOf(performed.refused));
  return false;
}

interface OutcomeItem extends vscode.QuickPickItem {
  readonly outcome: StepOutcome;
}

/** False when the user stops here; the run goes on from this step next time. */
async function askStep(actions: Actions, { ref, scenario }: Running, { next, tried }: ScenarioRun): Promise<boolean> {
  if (next === undefined) return false;
  const { l10n } = vscode;
  const title = l10n.t('{0}: step {1} of {2}', scenario.id, next.number, scenario.recovery.length);
  const items: readonly OutcomeItem[] = [
    { label: `$(check) ${l10n.t('It Worked')}`, description: l10n.t('the failure is gone'), outcome: 'worked' },
    {
      label: `$(x) ${l10n.t('It Did Not Help')}`,
      description:
        next.number < scenario.recovery.length ? l10n.t('on to the next step') : l10n.t('it was the last step'),
      outcome: 'failed',
    },
  ];
  const before = tried.at(-1);
  const placeHolder = l10n.t('Do this, then say what came of it: {0}', next.text);
  const detail = before === undefined ? undefined : l10n.t('Step {0} did not help.', before.number);
  const chosen = await vscode.window.showQuickPick(
    items.map((item) => ({ ...item, ...(detail !== undefined && item.outcome === 'failed' ? { detail } : {}) })),
    { title, placeHolder, ignoreFocusOut: true },
  );
  if (chosen === undefined) return false;
  const note = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('What was seen? The progress file keeps it.'),
    ignoreFocusOut: true,
  });
  if (note === undefined) return false;
  const step = { outcome: chosen.outcome, step: next.number, ...(note.trim() === '' ? {} : { note: note.trim() }) };
  const performed = await act(actions, ref, (source, actor) =>
    thingIn(source, ref, 'scenario', (now) => recordRecoveryStep(source, now, actor, step)),
  );
  tell(performed);
  return 'said' in performed;
}

async function tellEnd(actions: Actions, running: Running): Promise<void> {
  const { l10n } = vscode;
  const run = await stateOf(actions, running);
  const { scenario, snapshot } = running;
  if (run?.state === 'exhausted') {
    void vscode.window.showWarningMessage(
      l10n.t('Every step of {0} was tried, and none helped. Ask whoever owns the plan.', scenario.id),
    );
    return;
  }
  const bead = run?.bead === undefined ? undefined : snapshot.plan.find(run.bead, 'bead');
  const verify = l10n.t('Verify');
  const message = l10n.t('{0} has recovered.', scenario.id);
  const answer = await vscode.window.showInformationMessage(message, ...(bead === undefined ? [] : [verify]));
  if (answer === verify && bead !== undefined) await runCommand('phasewise.verify', refTo(snapshot.plan, bead));
}
