import type { Thing, ThingKind } from '../core/model';
import { type ShownPlan, showJson } from '../core/show';
import type { Blocker, PlanSnapshot } from '../core/snapshot';
import type { LoadedPlans } from './plans';
import { type Cell, columns, paint, type Terminal, visible } from './terminal';

export interface ShownThing {
  readonly snapshot: PlanSnapshot;
  readonly thing: Thing;
}

/** One thing as `show --json` has it, with the plan it is in, its kind, and why it waits. */
export function thingJson({ snapshot, thing }: ShownThing, loaded: LoadedPlans) {
  const [shown] = showJson([snapshot], [], loaded.positionOf).plans;
  const waitsFor = thing.kind === 'scenario' ? [] : snapshot.schedule.blockersOf(thing).map(chainText);
  return { plan: snapshot.plan.id, kind: thing.kind, ...entryOf(shown, thing.kind, thing.id), waitsFor };
}

function entryOf(plan: ShownPlan | undefined, kind: ThingKind, id: string): object {
  const lists = { phase: plan?.phases, bead: plan?.beads, gate: plan?.gates, scenario: plan?.scenarios };
  const list: readonly { readonly id: string }[] = lists[kind] ?? [];
  return list.find((each) => each.id === id) ?? {};
}

/** The same for people: what it is called, then a line for each value that is there. */
export function thingText(terminal: Terminal, found: ShownThing, loaded: LoadedPlans): string {
  const { snapshot, thing } = found;
  const {
    plan: _plan,
    kind: _kind,
    id: _id,
    title: _title,
    ...rest
  } = thingJson(found, loaded) as Record<string, unknown>;
  const heading = `${thing.kind === 'bead' ? '' : `${thing.kind} `}${visible(thing.id)} — ${visible(thing.title.value)}`;
  const rows = Object.entries(rest).flatMap(([name, value]): readonly (readonly Cell[])[] => {
    const words = labels[name];
    const texts = textsOf(name, value);
    if (words === undefined || texts.length === 0) return [];
    return texts.map((text, index) => [{ text: index === 0 ? words : '', colour: 'grey' }, { text }]);
  });
  const first = heading.charAt(0).toUpperCase() + heading.slice(1);
  const name = thing.kind === 'bead' ? heading : first;
  return `${paint(terminal, 'bold', name)} (${visible(snapshot.plan.id)})\n${columns(terminal, rows, '  ')}`;
}

const labels: Readonly<Record<string, string>> = {
  state: 'state',
  phase: 'phase',
  parent: 'part of',
  priority: 'priority',
  type: 'kind',
  owner: 'owner',
  dependsOn: 'depends on',
  blockedBy: 'blocked by',
  blocks: 'blocks',
  waitsFor: 'waits for',
  doneWhen: 'done when',
  ifItFails: 'if it fails',
  steps: 'steps',
  criteria: 'criteria',
  decided: 'decided',
  evidence: 'evidence',
  detection: 'detection',
  recovery: 'recovery',
  beads: 'beads',
  gates: 'gates',
  source: 'in',
};

function textsOf(name: string, value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) {
    if (['beads', 'gates', 'dependsOn', 'blockedBy', 'blocks'].includes(name)) {
      return value.length === 0 ? [] : [value.join(', ')];
    }
    return value.map((each) => (typeof each === 'object' && each !== null ? recordText(name, each) : String(each)));
  }
  return typeof value === 'object' ? [recordText(name, value)] : String(value).split('\n');
}

function recordText(name: string, value: object): string {
  const record = value as Readonly<Record<string, unknown>>;
  if (name === 'source') return `${record.file}:${record.line}`;
  if (name === 'steps') return `[${record.done === true ? 'x' : ' '}] ${record.text}`;
  const said = Object.entries(record).filter(([, each]) => each !== null && each !== '');
  return said.map(([key, each]) => `${key}: ${each}`).join(' · ');
}

/** `ft-2, which waits for G1`. */
export function chainText({ kind, id, because }: Blocker): string {
  if (kind === 'unnamed') return 'something that it does not name';
  const name = kind === 'missing' ? `${id}, which is not in the plan` : kind === 'phase' ? `Phase ${id}` : id;
  const [next] = because;
  return next === undefined ? name : `${name}, which waits for ${chainText(next)}`;
}
