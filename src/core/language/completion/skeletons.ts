import { type SkeletonKind, skeletonOf } from '../../edit/skeleton';
import type { PlanPart, Thing } from '../../model';
import { thingAround } from '../enclosing';
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
  const home = phaseOf(source, place.thing ?? thingAround(part, offset));
  const isYaml = part.notation !== 'markdown';
  const kinds: readonly SkeletonKind[] = isYaml ? yamlKinds(place) : kindsFor(part);
  // What is written of the line, a mark of a heading too, goes.
  const start = isYaml ? place.from : place.from - place.lead.length;
  return kinds.flatMap((kind) => {
    const { text, form } = skeletonOf(plan, part, kind, home);
    if (place.lead !== '' && !isYaml && form !== 'heading') return [];
    return {
      kind: 'skeleton' as const,
      label: `${NAMES[kind]} …`,
      detail: firstLine(text),
      newText: isYaml ? indented(text.slice(2), place.lead.length) : text,
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

/** Only behind a dash; a list holds things of one kind. */
function yamlKinds({ owner, lead, present }: CompletionPlace & { readonly kind: 'name' }): readonly SkeletonKind[] {
  if (!lead.includes('-') || present.size > 0) return [];
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

function indented(text: string, columns: number): string {
  return text.replace(/\n {2}/g, `\n${' '.repeat(columns)}`);
}

/** For the list: what will be there, without tab stops. */
function firstLine(snippet: string): string {
  return (snippet.split('\n')[0] ?? '').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\\(.)/g, '$1');
}
