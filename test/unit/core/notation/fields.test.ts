import { describe, expect, test } from 'vitest';
import { type FieldOwner, fieldNames, fieldOf, plainName } from '../../../../src/core/notation/fields';
import { SYNONYMS } from '../../../../src/core/notation/fieldTable';
import { FOREIGN_NAMES } from '../../../../src/core/notation/languages';

describe('the names of fields', () => {
  test.each([
    ['bead', 'Blocked by', 'blockedBy'],
    ['bead', 'depends_on', 'blockedBy'],
    ['bead', '**Depends-On**', 'blockedBy'],
    ['bead', 'NEEDS', 'blockedBy'],
    ['bead', 'Requires', 'blockedBy'],
    ['bead', 'after', 'blockedBy'],
    ['bead', 'Acceptance Criteria', 'doneWhen'],
    ['bead', 'definition of done', 'doneWhen'],
    ['bead', 'Exit criteria', 'doneWhen'],
    ['bead', 'On failure', 'ifItFails'],
    ['bead', 'Description', 'what'],
    ['bead', 'claimed_by', 'owner'],
    ['bead', 'Owner / claimed by', 'owner'],
    ['bead', 'Reason / Evidence', 'evidence'],
    ['phase', 'Success Criteria (what must be TRUE):', 'doneMeans'],
    ['phase', '🎯 Goal', 'objective'],
    ['phase', 'How to verify', 'verification'],
    ['gate', 'Abort/escalate', 'abort'],
    ['scenario', 'Recovery cascade', 'recovery'],
    ['bead', 'Est.', 'estimate'],
    ['bead', 'Abhängig von', 'blockedBy'],
    ['bead', 'Dépend de :', 'blockedBy'],
    ['phase', '依赖：', 'dependsOn'],
    ['phase', '目标', 'objective'],
  ] as const)('of a %s, "%s" is %s', (owner, name, field) => {
    expect(fieldOf(owner, name)).toBe(field);
  });

  test('a name that nobody uses is none, nor is one that objects have by nature', () => {
    for (const name of ['', ' ', 'Colour', 'constructor', '__proto__', 'toString', 'blocked by the weather']) {
      expect(fieldOf('bead', name), name).toBeUndefined();
    }
  });

  test('no name means two fields of one thing', () => {
    for (const [owner, fields] of Object.entries(SYNONYMS)) {
      const names = Object.values(fields as Record<string, readonly string[]>).flat();
      expect(new Set(names).size, owner).toBe(names.length);
      expect([...fieldNames(owner as FieldOwner)].sort()).toEqual([...names].sort());
    }
  });

  test('a name in another language stands for one that is known', () => {
    const known = new Set((Object.keys(SYNONYMS) as FieldOwner[]).flatMap(fieldNames));
    for (const names of Object.values(FOREIGN_NAMES)) {
      for (const [foreign, name] of Object.entries(names)) {
        expect(known.has(name), `${foreign}: ${name}`).toBe(true);
        expect(plainName(foreign)).toBe(foreign);
      }
    }
  });

  test('every name stands in the form that names are compared in', () => {
    for (const fields of Object.values(SYNONYMS)) {
      for (const name of Object.values(fields as Record<string, readonly string[]>).flat()) {
        expect(plainName(name)).toBe(name);
      }
    }
  });

  test('the documentation lists all of them (`npm run test:unit -- test/unit/core/notation/fields.test.ts -u` writes it)', async () => {
    await expect(documentation()).toMatchFileSnapshot('../../../../docs/field-names.md');
  });
});

const TITLES: Record<FieldOwner, string> = {
  plan: 'Plan',
  phase: 'Phase',
  operations: 'Operations of a phase',
  workspace: 'Workspace of a phase',
  verification: 'Verification of a phase',
  bead: 'Bead',
  step: 'Step of a bead',
  gate: 'Gate',
  criterion: 'Criteria of a gate',
  decision: 'Decision of a gate',
  scenario: 'Failure scenario',
  insights: 'Insight tiers',
  insight: 'Insight',
  prompt: 'Prompt',
  keyDecision: 'Key decision of a prompt, in YAML',
  critique: 'Critique',
  approval: 'Approval',
  readinessPass: 'Readiness pass',
  progressEntry: 'Progress entry',
};

function documentation(): string {
  const tables = Object.entries(SYNONYMS).map(([owner, fields]) => {
    const rows = Object.entries<readonly string[]>(fields).map(
      ([field, names]) => `| ${words(field)} | ${names.map((name) => `\`${name}\``).join(', ')} |`,
    );
    return [`## ${TITLES[owner as FieldOwner]}`, '', '| Field | Names |', '| --- | --- |', ...rows].join('\n');
  });
  const languages = Object.entries(FOREIGN_NAMES).map(([language, names]) => {
    const pairs = Object.entries<string>(names).map(([foreign, name]) => `\`${foreign}\` (${name})`);
    return `| ${language} | ${pairs.join(', ')} |`;
  });
  return `# Names of fields

All names by which a plan may call a field, in Markdown (in any case, in bold or not) and as keys of YAML (with \`_\` for
a blank). [The plan format](plan-format.md) says what the fields mean. This page is written by a test from the table that
the code reads plans with.

${tables.join('\n\n')}

## In other languages

| Language | Names, each with the English one that it stands for |
| --- | --- |
${languages.join('\n')}
`;
}

/** `blockedBy` as `blocked by`. */
function words(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
