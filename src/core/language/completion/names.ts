import type { PlanPart } from '../../model';
import { type FieldOwner, fieldOf } from '../../notation/fields';
import { SYNONYMS } from '../../notation/fieldTable';
import type { Completion } from './completion';
import type { CompletionPlace } from './place';
import { spellingOf } from './spelling';

/** The fields of a thing in the order in which people fill them in. Anything else in the table comes behind. */
const ORDER: Partial<Record<FieldOwner, readonly string[]>> = {
  plan: ['id', 'title', 'mode', 'baseline', 'risks', 'repository', 'progress', 'phases', 'scenarios', 'insights'],
  phase: [
    'id',
    'title',
    'dependsOn',
    'objective',
    'constraints',
    'outOfScope',
    'doneMeans',
    'interfaces',
    'prerequisites',
    'verification',
    'operations',
    'risks',
    'workspace',
    'approvals',
    'status',
    'beads',
    'gates',
  ],
  bead: [
    'id',
    'title',
    'priority',
    'blockedBy',
    'what',
    'doneWhen',
    'ifItFails',
    'estimate',
    'owner',
    'status',
    'type',
    'labels',
    'evidence',
    'steps',
    'beads',
  ],
  gate: ['id', 'title', 'type', 'blockedBy', 'blocks', 'criteria', 'decision', 'approvals'],
  scenario: ['id', 'title', 'detection', 'recovery'],
};

/** Fields that headings and tables give in Markdown. */
const NOT_AS_LINES: Partial<Record<FieldOwner, ReadonlySet<string>>> = {
  phase: new Set([
    'id',
    'title',
    'beads',
    'gates',
    'paths',
    'branch',
    'sparse',
    'git',
    'migrations',
    'tophatting',
    'organisationGates',
  ]),
  bead: new Set(['id', 'title', 'phase', 'parent', 'beads']),
  gate: new Set(['id', 'title', 'phase', 'criteria', 'criterion', 'pass', 'adjust', 'abort', 'status']),
  scenario: new Set(['id', 'title']),
};
/** Written as a list of their own, or as a mapping. */
const LISTS = new Set([
  'phases',
  'beads',
  'gates',
  'scenarios',
  'prompts',
  'critiques',
  'criteria',
  'steps',
  'readinessPasses',
]);
const MAPPINGS = new Set(['insights', 'operations', 'workspace', 'decision']);

/** The fields that the thing does not have yet, spelt as the file spells them. */
export function namesFor(
  part: PlanPart,
  place: CompletionPlace & { readonly kind: 'name' },
  offset: number,
  isYaml: boolean,
): readonly Completion[] {
  const { owner, from, present, lead } = place;
  if (!isYaml && (owner === 'plan' || lead.includes('#'))) return [];
  const spelling = spellingOf(part);
  const inLine = /\*\*|__/.test(lead);
  const start = inLine ? from - 2 : from;
  const behind = /^(?:\*\*|__)?/.exec(part.text.slice(offset, offset + 2))?.[0].length ?? 0;
  return fieldsOf(owner, isYaml)
    .filter((field) => !present.has(field))
    .map((field) => {
      const name = isYaml ? yamlName(spelling.name(owner, field), owner, field) : spelling.name(owner, field);
      const newText = isYaml ? yamlText(name, field, lead) : `${spelling.line(owner, field, '')} `;
      return {
        kind: 'field',
        label: name,
        newText,
        range: { start, end: offset },
        ...(behind > 0 && { replaceEnd: offset + behind }),
        filterText: part.text.slice(start, from) + name,
      };
    });
}

function fieldsOf(owner: FieldOwner, isYaml: boolean): readonly string[] {
  const all = Object.keys(SYNONYMS[owner]);
  const order = ORDER[owner] ?? [];
  const hidden = isYaml ? undefined : NOT_AS_LINES[owner];
  return [...order, ...all.filter((field) => !order.includes(field))].filter((field) => hidden?.has(field) !== true);
}

/** In a Markdown file's front matter the file's own spelling is one for prose. */
function yamlName(name: string, owner: FieldOwner, field: string): string {
  const plain = name.replaceAll(' ', '_').toLowerCase();
  return fieldOf(owner, plain) === field ? plain : name;
}

function yamlText(name: string, field: string, lead: string): string {
  const indent = ' '.repeat(lead.length + 2);
  if (LISTS.has(field)) return `${name}:\n${indent}- `;
  return MAPPINGS.has(field) ? `${name}:\n${indent}` : `${name}: `;
}
