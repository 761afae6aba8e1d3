import { showJson } from '../core/show';
import { type Answer, type Context, chosenPlans } from './context';
import { diagnosticLine } from './diagnosticLine';
import { findThing, thingIn } from './findThing';
import { promptOf, remarksOn } from './promptOf';
import { readyJson, readyText } from './ready';
import { showText } from './showText';
import { progressFilesOf, surroundingsOf } from './surroundings';
import { thingJson, thingText } from './thingText';

/** Whole plans, or the one thing that is named. */
export async function show(context: Context): Promise<Answer> {
  const { call, loaded, terminal } = context;
  const chosen = chosenPlans(context, loaded);
  const [id] = call.words;
  if (id !== undefined) return showThing(context, id);
  const around = await progressFilesOf(loaded, chosen);
  return {
    data: showJson(chosen, loaded.diagnosticsOf(chosen), loaded.positionOf, { around }),
    text: chosen.map((snapshot) => showText(terminal, snapshot)).join('\n\n'),
  };
}

const shownKinds = ['bead', 'gate', 'phase', 'scenario'] as const;

function showThing(context: Context, id: string): Answer {
  const { loaded, terminal } = context;
  const found = findThing(id, chosenPlans(context, loaded), shownKinds);
  return { data: thingJson(found, loaded), text: thingText(terminal, found, loaded) };
}

/** Whether a plan has a thing with this id. */
export function hasThing(context: Context, id: string): boolean {
  return chosenPlans(context, context.loaded).some((snapshot) => thingIn(snapshot, id, shownKinds) !== undefined);
}

export async function ready(context: Context): Promise<Answer> {
  const { loaded, terminal } = context;
  const chosen = chosenPlans(context, loaded);
  return {
    data: readyJson(chosen, loaded.positionOf),
    text: chosen.map((snapshot) => readyText(terminal, snapshot)).join('\n\n'),
  };
}

/** What the rules find, for agents; the command line prints it in several formats (`check.ts`). */
export async function findings(context: Context): Promise<Answer> {
  const { loaded, terminal } = context;
  const chosen = chosenPlans(context, loaded);
  const diagnostics = loaded.diagnosticsOf(chosen, false, await surroundingsOf(loaded, chosen));
  const lines = diagnostics.map((each) =>
    diagnosticLine(terminal, each, loaded.positionOf(each.location.file, each.location.start)),
  );
  return {
    data: { diagnostics: showJson([], diagnostics, loaded.positionOf).diagnostics },
    text: lines.join('') || 'Nothing to report\n',
  };
}

export async function prompt(context: Context): Promise<Answer> {
  const { call, loaded, cwd, terminal } = context;
  const made = await promptOf(call.words[0] ?? '', chosenPlans(context, loaded), loaded, cwd);
  terminal.err(remarksOn(made, terminal));
  const { text, characters, tokens, missing } = made.prompt;
  const { snapshot, thing, kind } = made;
  return { data: { plan: snapshot.plan.id, kind, id: thing?.id ?? null, text, characters, tokens, missing }, text };
}
