// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tab stops of snippets look like that.
import type { PlanPart } from '../../model';
import type { PlanSource } from '../planSource';
import type { Completion } from './completion';
import type { CompletionPlace } from './place';

interface Value {
  readonly text: string;
  readonly detail?: string;
  readonly snippet?: string;
}

const PRIORITIES: readonly Value[] = [
  { text: 'P0', detail: 'Most urgent' },
  { text: 'P1', detail: 'High' },
  { text: 'P2', detail: 'Normal' },
  { text: 'P3', detail: 'Low' },
  { text: 'P4', detail: 'Some day' },
];

/** Values of fields that take one of a few; undefined for any other field. */
export function valuesFor(
  { snapshot: { plan } }: PlanSource,
  part: PlanPart,
  place: CompletionPlace & { readonly kind: 'value' },
  offset: number,
): readonly Completion[] | undefined {
  const values = valuesOf(place, part.notation !== 'markdown', () => ({
    owners: plan.beads.flatMap(({ owner }) => owner?.value ?? []),
    labels: plan.beads.flatMap(({ labels }) => labels.map(({ value }) => value)),
    types: plan.beads.flatMap(({ type }) => type?.value ?? []),
  }));
  if (values === undefined) return undefined;
  const before = part.text.slice(place.from, offset);
  const isList = place.field === 'labels';
  const typed = isList ? (/[^,[\s][^,[]*$/.exec(before)?.[0].length ?? 0) : before.length;
  const quote = part.notation !== 'markdown' && /^["']/.test(before) ? 1 : 0;
  const start = offset - typed + (isList ? 0 : quote);
  const behind =
    /^[^|·,\]"'\n]*/.exec(part.text.slice(offset, place.from + place.value.length))?.[0].trimEnd().length ?? 0;
  return values.map(({ text, detail, snippet }) => ({
    kind: 'value',
    label: text,
    newText: snippet ?? quotedFor(part, text, quote > 0),
    range: { start, end: offset },
    replaceEnd: offset + behind,
    ...(detail !== undefined && { detail }),
    ...(snippet !== undefined && { isSnippet: true }),
  }));
}

/** `@` cannot begin a plain scalar of YAML. */
function quotedFor(part: PlanPart, text: string, isQuoted: boolean): string {
  return part.notation === 'yaml' && !isQuoted && text.startsWith('@') ? `"${text}"` : text;
}

interface InUse {
  readonly owners: readonly string[];
  readonly labels: readonly string[];
  readonly types: readonly string[];
}

function valuesOf(
  { owner, field, value }: CompletionPlace & { readonly kind: 'value' },
  isYaml: boolean,
  inUse: () => InUse,
): readonly Value[] | undefined {
  switch (`${owner} ${field}`) {
    case 'bead priority':
      return PRIORITIES;
    case 'bead status':
    case 'phase status':
      return ['open', isYaml ? 'in_progress' : 'in progress', 'closed', 'deferred'].map(plain);
    case 'bead owner':
      return unique(inUse().owners);
    case 'bead labels':
      return unique(inUse().labels).filter(({ text }) => !value.includes(text));
    case 'bead type':
      return unique(['task', 'research', 'review', ...inUse().types]);
    case 'gate type':
      return [
        { text: 'decision', detail: 'Measured against its criteria' },
        { text: 'human', detail: 'Somebody has to agree' },
        { text: 'external', detail: 'Waits for somebody outside' },
      ];
    case 'gate decision':
      return isYaml ? undefined : ['Pass', 'Adjust', 'Abort'].map(decided);
    case 'decision verdict':
      return ['pass', 'adjust', 'abort'].map(plain);
    case 'critique verdict':
      return ['adopted', 'rejected', 'open'].map(plain);
    case 'plan mode':
      return [
        { text: 'planning', detail: 'The plan is being written' },
        { text: 'executing', detail: 'The plan is being carried out' },
      ];
    case 'workspace sparse':
    case 'phase sparse':
    case 'step done':
      return ['true', 'false'].map(plain);
    default:
      return undefined;
  }
}

function plain(text: string): Value {
  return { text };
}

function decided(text: string): Value {
  const date = '${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}';
  return {
    text,
    detail: 'Date, who decided, what was measured',
    snippet: `${text} · ${date} · @\${1:who} · \${2:measured = value}`,
  };
}

/** In the order of first use. */
function unique(texts: readonly string[]): readonly Value[] {
  return [...new Set(texts)].map(plain);
}
