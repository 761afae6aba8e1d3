import type { ActionSource, Actor } from '../core/actions/action';
import { recordRecoveryStep, type ScenarioRun, scenarioRun, startScenario } from '../core/actions/scenarios';
import type { Scenario } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { act, sourceOf } from './act';
import { actorOf } from './actor';
import { type Answer, type Context, chosenPlans } from './context';
import { findThing } from './findThing';
import { visible } from './terminal';
import { numberOf, wordOf } from './usage';

/** How far a recovery is; with `--start` or `--outcome`, takes it a step on. */
export async function scenario(context: Context): Promise<Answer> {
  const { call, loaded, cwd } = context;
  const wanted = call.words[0] ?? '';
  const find = (plans: readonly PlanSnapshot[]) => findThing(wanted, plans, ['scenario']);
  const outcome = wordOf('outcome', call.options.outcome, ['worked', 'failed'] as const);
  const step = numberOf('step', call.options.step);
  if (outcome === undefined && call.options.start !== true) {
    const { snapshot, thing } = find(chosenPlans(context, loaded));
    const run = scenarioRun(await sourceOf(loaded, snapshot), thing);
    return { data: { plan: snapshot.plan.id, ...runJson(thing, run) }, text: runText(thing, run) };
  }
  const actor = await actorOf(call.options.as, cwd);
  const acted = await act(
    context.session,
    context.loaded,
    (plans) => find(chosenPlans(context, plans)).snapshot,
    (source) => {
      const { thing } = find([source.snapshot]);
      if (outcome === undefined) return begin(context, source, thing, actor);
      const { note } = call.options;
      return recordRecoveryStep(source, thing, actor, {
        outcome,
        ...(note !== undefined && { note }),
        ...(step !== undefined && { step }),
      });
    },
  );
  const { thing } = find([acted.snapshot]);
  const run = scenarioRun(await sourceOf(acted.loaded, acted.snapshot), thing);
  const { said, files, snapshot } = acted;
  return { data: { plan: snapshot.plan.id, said, files, ...runJson(thing, run) }, text: `${said}\n` };
}

function begin({ call }: Context, source: ActionSource, thing: Scenario, actor: Actor) {
  const { bead: id } = call.options;
  if (id === undefined) return startScenario(source, thing, actor);
  const { thing: bead } = findThing(id, [source.snapshot], ['bead']);
  return startScenario(source, thing, actor, { bead });
}

function runJson({ id }: Scenario, run: ScenarioRun | undefined) {
  const { state = null, bead = null, since = null, tried = [], next = null } = run ?? {};
  return { scenario: { id, state, bead, since, tried, next } };
}

function runText({ id, title, recovery }: Scenario, run: ScenarioRun | undefined): string {
  const state =
    run === undefined
      ? 'not started'
      : `${run.state} since ${run.since}${run.bead === undefined ? '' : ` for ${run.bead}`}`;
  const steps = recovery.map(({ value }, index) => {
    const number = index + 1;
    const tried = run?.tried.findLast((each) => each.number === number);
    const mark = tried?.outcome ?? (run?.next?.number === number ? 'next' : '');
    return `  ${number}. ${visible(value)}${mark === '' ? '' : ` (${mark})`}\n`;
  });
  return `Scenario ${visible(id)} — ${visible(title.value)}: ${state}\n${steps.join('')}`;
}
