import type { FieldName, FieldOwner } from '../../../src/core/notation/fields';
import { SYNONYMS } from '../../../src/core/notation/fieldTable';

type Json = Readonly<Record<string, unknown>>;

/** What a value may look like, and what editors say of the field. */
type Shape = readonly [shape: keyof typeof shapes, description: string];

const text = { type: ['string', 'number', 'boolean', 'null'] };
const texts = {
  anyOf: [text, { type: 'array', items: { anyOf: [text, { type: 'object' }, { type: 'array' }] } }, { type: 'object' }],
};
const ids = { anyOf: [text, { type: 'array', items: { anyOf: [text, { type: 'object' }] } }, { type: 'object' }] };

function oneOf(...values: readonly unknown[]): Json {
  return { anyOf: [{ enum: values }, text] };
}

/** A list of things, or the things by their ids. A thing may be no more than its title. */
function listOf(owner: string): Json {
  const thing = { anyOf: [{ $ref: `#/definitions/${owner}` }, text] };
  return {
    anyOf: [{ type: 'array', items: thing }, { type: 'object', additionalProperties: thing }, { type: 'null' }],
  };
}

/** One or several, each a mapping or a line that says it all. */
function some(owner: string): Json {
  const one = { anyOf: [{ $ref: `#/definitions/${owner}` }, text] };
  return { anyOf: [one, { type: 'array', items: one }] };
}

const shapes = {
  text,
  texts,
  ids,
  priority: oneOf('P0', 'P1', 'P2', 'P3', 'P4'),
  status: oneOf('open', 'in_progress', 'closed', 'deferred'),
  mode: oneOf('planning', 'executing'),
  verdict: oneOf('pass', 'adjust', 'abort'),
  critiqueVerdict: oneOf('adopted', 'rejected', 'open'),
  gateKind: oneOf('decision', 'human', 'external'),
  beadKind: oneOf('task', 'research', 'review'),
  yesOrNo: { type: ['boolean', 'string', 'null'] },
  phases: listOf('phase'),
  beads: listOf('bead'),
  gates: listOf('gate'),
  scenarios: listOf('scenario'),
  insights: {
    anyOf: [
      { $ref: '#/definitions/insights' },
      { type: 'array', items: { anyOf: [{ $ref: '#/definitions/insight' }, text] } },
      { type: 'null' },
    ],
  },
  tier: { anyOf: [text, { type: 'array', items: { anyOf: [text, { $ref: '#/definitions/insight' }] } }] },
  prompts: listOf('prompt'),
  critiques: listOf('critique'),
  readinessPasses: listOf('readinessPass'),
  progressEntries: some('progressEntry'),
  keyDecisions: some('keyDecision'),
  approvals: some('approval'),
  verification: {
    anyOf: [
      text,
      { type: 'array', items: { anyOf: [{ $ref: '#/definitions/verification' }, text] } },
      { $ref: '#/definitions/verification' },
    ],
  },
  operations: { anyOf: [{ $ref: '#/definitions/operations' }, text, { type: 'array' }] },
  workspace: { anyOf: [{ $ref: '#/definitions/workspace' }, text, { type: 'array' }] },
  steps: { anyOf: [{ type: 'array', items: { anyOf: [{ $ref: '#/definitions/step' }, text] } }, text] },
  criteria: {
    anyOf: [
      { type: 'array', items: { anyOf: [{ $ref: '#/definitions/criterion' }, text] } },
      { $ref: '#/definitions/criterion' },
      text,
    ],
  },
  decision: { anyOf: [{ $ref: '#/definitions/decision' }, text] },
} as const satisfies Record<string, Json>;

type Descriptions = { readonly [T in FieldOwner]: { readonly [F in FieldName<T>]: Shape } };

export { type Descriptions, type Json, shapes };

/** Names as YAML writes them. */
export function keysOf(owner: FieldOwner, field: string): readonly string[] {
  const names = (SYNONYMS[owner] as Readonly<Record<string, readonly string[]>>)[field] ?? [];
  return names.map((name) => name.replaceAll(' ', '_'));
}
