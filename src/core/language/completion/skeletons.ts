import { type SkeletonKind, skeletonOf } from '../../edit/skeleton';
import type { Bead, Plan, PlanPart, Thing } from '../../model';
import { thingAround } from '../enclosing';
import { lineAbove, lineAt, lineBelow } from '../lines';
import type { PlanSource } from '../planSource';
import type { Completion } from './completion';
import type { CompletionPlace } from './place';

const NAMES: Readonly<Record<SkeletonKind, string>> = {
  phase: 'Phase',
  bead: 'Bead',
  gate: 'Gate',
  scenario: 'Failure scenario',
  prompt: 'Prompt',
};

/** Whole things to fill in, where a new line may begin one. */
export function skeletonsFor(
  source: PlanSource,
  part: PlanPart,
  place: CompletionPlace & { readonly kind: 'name' },
  offset: number,
): readonly Completion[] {
  if (!place.isFree) return [];
  const { plan } = source.snapshot;
  const around = place.thing ?? thingAround(part, offset);
  const home = phaseOf(source, around);
  const isYaml = part.notation !== 'markdown';
  const kinds: readonly SkeletonKind[] = isYaml ? yamlKinds(place) : kindsFor(part);
  // What is written of the line, a mark of a heading too, goes.
  const start = isYaml ? place.from : place.from - place.lead.length;
  return kinds.flatMap((kind) => {
    const { text, form } = skeletonOf(
      plan,
      part,
      kind,
      home,
      kind === 'bead' ? parentAt(plan, around, offset) : undefined,
    );
    if (place.lead !== '' && !isYaml && form !== 'heading') return [];
    return {
      kind: 'skeleton' as const,
      label: `${NAMES[kind]} …`,
      detail: firstLine(text),
      newText: isYaml ? yamlText(text, place) : form === 'heading' ? apart(part.text, text, start, offset) : text,
      isSnippet: true,
      range: { start, end: offset },
      filterText: `${part.text.slice(start, place.from)}${NAMES[kind].toLowerCase()}`,
    };
  });
}

function kindsFor(part: PlanPart): readonly SkeletonKind[] {
  const isLog = part.promptCount > 0 && part.phases.length === 0;
  return isLog ? ['prompt'] : ['bead', 'phase', 'gate', 'scenario', 'prompt'];
}

/** Only where an entry of a list begins; a list holds things of one kind. */
function yamlKinds({
  owner,
  lead,
  present,
  isItem,
}: CompletionPlace & { readonly kind: 'name' }): readonly SkeletonKind[] {
  if ((!lead.includes('-') && isItem !== true) || present.size > 0) return [];
  return owner === 'phase' || owner === 'bead' || owner === 'gate' || owner === 'scenario' || owner === 'prompt'
    ? [owner]
    : [];
}

function phaseOf({ snapshot: { plan } }: PlanSource, thing: Thing | undefined) {
  const id =
    thing?.kind === 'phase' ? thing.id : thing?.kind === 'bead' || thing?.kind === 'gate' ? thing.phase : undefined;
  const phase = id === undefined ? undefined : plan.find(id, 'phase');
  return phase?.kind === 'phase' ? phase : undefined;
}

/** The bead that the next one is a part of, as well as the one that was just written. */
function parentAt(plan: Plan, around: Thing | undefined, offset: number): Bead | undefined {
  const parent = around?.kind === 'bead' ? plan.parentOf(around) : undefined;
  const parts = parent === undefined ? [] : plan.childrenOf(parent.id);
  const isFollowed = parts.some(({ head }) => head.file === around?.head.file && head.start >= offset);
  return isFollowed ? parent : undefined;
}

/** With its dash, where the line has none. */
function yamlText(text: string, { lead, isItem }: CompletionPlace & { readonly kind: 'name' }): string {
  const columns = lead.length + (isItem === true ? 2 : 0);
  return (isItem === true ? text : text.slice(2)).replace(/\n {2}/g, `\n${' '.repeat(columns)}`);
}

/** With a blank line on each side where text stands. */
function apart(text: string, skeleton: string, start: number, end: number): string {
  const isText = (line: number | undefined) => line !== undefined && lineAt(text, line).trim() !== '';
  return `${isText(lineAbove(text, start)) ? '\n' : ''}${skeleton}${isText(lineBelow(text, end)) ? '\n' : ''}`;
}

/** For the list: what will be there, without tab stops. */
function firstLine(snippet: string): string {
  return (snippet.split('\n')[0] ?? '').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\\(.)/g, '$1');
}
