import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { FieldOwner } from '../../../src/core/notation/fields';
import { SYNONYMS } from '../../../src/core/notation/fieldTable';
import { readYaml } from '../../../src/core/notation/yaml/readYaml';
import { LEVEL_WORDS } from '../../../src/core/rules/severities';
import { RULE_IDS } from '../../../src/core/rules/table';
import { fieldShapes } from './fieldShapes';
import { type Json, keysOf, shapes } from './planSchema';

const owners = Object.keys(SYNONYMS) as FieldOwner[];

/** Of one owner: every name as a key, the usual one first. Other spellings (`Done when`) are left to the reader. */
function definition(owner: FieldOwner): Json {
  const properties: Record<string, Json> = {};
  const described = fieldShapes[owner] as Readonly<Record<string, readonly [keyof typeof shapes, string]>>;
  for (const field of Object.keys(SYNONYMS[owner])) {
    const [shape, description] = described[field] ?? ['text', ''];
    const [usual = field, ...others] = keysOf(owner, field);
    properties[usual] ??= { description, ...refTo(shape) };
    for (const key of others)
      properties[key] ??= { description: `The same as ${usual}.`, doNotSuggest: true, ...refTo(shape) };
  }
  if (owner === 'plan') properties.rules = rules;
  const names = { anyOf: [{ enum: Object.keys(properties) }, { pattern: '^(?:x-|_|\\$|<<$)|[^a-z0-9_#]' }] };
  return { type: 'object', properties, propertyNames: names };
}

/** No field of the table: in Markdown, `Rules` is a heading like any other. */
const rules: Json = {
  description: 'How severe each rule is in this plan.',
  type: 'object',
  propertyNames: { enum: RULE_IDS },
  additionalProperties: { enum: [...LEVEL_WORDS, false] },
};

function refTo(shape: string): Json {
  return { $ref: `#/definitions/${shape}Value` };
}

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Phasewise plan',
  description: 'A plan in phases, beads, gates and failure scenarios.',
  allOf: [{ $ref: '#/definitions/plan' }],
  definitions: {
    ...Object.fromEntries(owners.map((owner) => [owner, definition(owner)])),
    ...Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [`${name}Value`, shape])),
  },
};

const validate = new Ajv({ strict: false }).compile(schema);

function complaints(yaml: string): readonly string[] {
  validate(parse(yaml, { merge: true }));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('the schema that ships is the one of the table (`npm run test:unit -- test/unit/schemas -u` writes it)', async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../../schemas/plan.schema.json');
});

test('takes the sample as it is', () => {
  const file = new URL('../../../samples/golf-round-finder/golf-round-finder.plan.yaml', import.meta.url);
  expect(complaints(readFileSync(file, 'utf8'))).toEqual([]);
});

test.each([
  'plan: x\nphases:\n  A: One\n  B:\n    beads:\n      - Just a title\n',
  'plan: x\nphases:\n  - id: 1\n    depends_on:\n    beads:\n      - id: 1.2\n        priority: 0\n        done_when: [a, b]\n        steps: ["[x] One", {text: Two, done: true}]\n',
  'plan: x\nbeads:\n  - {id: b-1, Blocked-By: [b-0], x-own: anything}\n',
  'plan: x\nrules: {vague-done-when: off, fat-bead: error}\nbeads: [One]\n',
  'plan: x\ninsights:\n  tier_1: [One]\nprompts:\n  - {number: 1, words: hello, decisions: [Do it]}\n',
])('takes what the reader takes: %j', (yaml) => {
  expect(complaints(yaml)).toEqual([]);
  expect(readYaml('x.plan.yaml', yaml).diagnostics).toEqual([]);
});

describe('keys', () => {
  const holders: Partial<Record<FieldOwner, (key: string) => string>> = {
    plan: (key) => (key === 'no_such_field' ? `plan: x\n${key}: value\nphases:\n  - id: A\n` : `${key}: value\n`),
    phase: (key) => `phases:\n  - ${key}: value\n`,
    bead: (key) => `phases:\n  - id: A\n    beads:\n      - ${key}: value\n`,
    gate: (key) => `phases:\n  - id: A\n    gates:\n      - ${key}: value\n`,
    scenario: (key) => `scenarios:\n  - ${key}: value\n`,
    operations: (key) => `phases:\n  - id: A\n    operations:\n      ${key}: value\n`,
    workspace: (key) => `phases:\n  - id: A\n    workspace:\n      ${key}: value\n`,
  };

  test.each(Object.entries(holders))(
    'of a %s are known to the reader and to the schema, or to neither',
    (owner, yamlWith) => {
      const fields = Object.keys(SYNONYMS[owner as FieldOwner]);
      for (const key of fields.flatMap((field) => keysOf(owner as FieldOwner, field))) {
        if (/#|'/.test(key)) continue;
        const yaml = yamlWith(key);
        expect(
          readYaml('x.plan.yaml', yaml).diagnostics.filter(({ code }) => code === 'unknown-field'),
          key,
        ).toEqual([]);
        expect(
          complaints(yaml).filter((each) => each.includes('property name')),
          key,
        ).toEqual([]);
      }
      const wrong = yamlWith('no_such_field');
      expect(readYaml('x.plan.yaml', wrong).diagnostics.map(({ code }) => code)).toContain('unknown-field');
      expect(complaints(wrong).join()).toMatch(/property name/);
    },
  );
});
