import { expect, test } from 'vitest';
import { mentionAt, mentionsBetween, mentionWithWordAt } from '../../../../src/core/language/mentions';
import { atCursor, CURSOR, shown, sourceOf, sourcesOf } from '../../../support/planSource';
import { planText } from '../../../support/planText';

/** Every mention of the only file, as `role kind id`. */
function mentions(file: string, text: string): string[] {
  const source = sourceOf({ [file]: text });
  return mentionsBetween(source, file, 0, text.length).map((mention) => {
    const { role, thing, plan } = mention;
    expect(shown(source, mention)).not.toBe('');
    const written = shown(source, mention);
    const foreign = plan === source.snapshot.plan ? '' : `${plan.id}/`;
    return `${role} ${thing.kind} ${foreign}${thing.id}${written === thing.id ? '' : ` as ${written}`}`;
  });
}

const yaml = `plan: shop
phases:
  - id: A
    title: Config
    beads:
      - id: s-1
        title: List values
        done_when: 5 names, see Scenario F1 and s-2.
        if_it_fails: Scenario F1
      - id: s-2
        title: Load them
        blocked_by: [s-1]
    gates:
      - id: G1
        blocked_by: [s-2]
        blocks: [B]
  - id: B
    title: Database
    depends_on: [A]
    constraints:
      - Phase A stays as it is; a plan B is no phase.
scenarios:
  - id: F1
    title: Forgotten
    recovery: [Ask the owner of s-1.]
`;

test('names, references of fields and ids in prose of a YAML plan', () => {
  expect(mentions('shop.plan.yaml', yaml)).toEqual([
    'name phase A',
    'name bead s-1',
    'mention scenario F1',
    'mention bead s-2',
    'reference scenario F1',
    'name bead s-2',
    'reference bead s-1',
    'name gate G1',
    'reference bead s-2',
    'reference phase B',
    'name phase B',
    'reference phase A',
    'mention phase A',
    'name scenario F1',
    'mention bead s-1',
  ]);
});

test('the same of a Markdown plan', () => {
  const text = `${planText('shop')}\nRollback of B2a, B2b and Phase 1 is one commit; phase 12, (B99) and P1 are nothing here.\n`;
  expect(mentions('PLAN-shop.md', text)).toEqual([
    'name phase 1',
    'name bead B1',
    'name bead B2',
    'reference bead B1',
    'name bead B2a',
    'name bead B2b',
    'reference bead B2a',
    'name gate G1',
    'reference bead B2',
    'name phase 2',
    'name bead B3',
    'reference gate G1',
    'reference scenario F1',
    'name scenario F1',
    'mention bead B2a',
    'mention bead B2b',
    'mention phase 1',
  ]);
});

test('both ends of a range', () => {
  const text = `## Phase 1 — All\n\n- [ ] T001 One\n- [ ] T002 Two\n- [ ] T003 Three\n- [ ] T004 Last (blocked by: T001–T003)\n`;
  expect(mentions('PLAN-range.md', text).slice(-2)).toEqual(['reference bead T001', 'reference bead T003']);
});

test('no ids in paths, addresses, code and words that only look alike', () => {
  const text = `## Phase 1 — All

### B1 — One

Done when: docs/B2.md, src/B2/x, https://example.org/B2 and B2B say nothing, while B1/B2 and \`B2\` do.

\`\`\`sh
echo B2
\`\`\`

### B2 — Two

Done when: 1 line.
`;
  expect(mentions('PLAN-paths.md', text).filter((mention) => mention.startsWith('mention'))).toEqual([
    'mention bead B1',
    'mention bead B2',
    'mention bead B2',
  ]);
});

test('a list after the word for a kind', () => {
  const text = `## Phase A — One\n\nObjective: do A before Phases B, C and D; plan D is none.\n\n## Phase B — Two\n\n## Phase C — Three\n\n## Phase D — Four\n`;
  const found = mentions('PLAN-kinds.md', text).filter((mention) => mention.startsWith('mention'));
  expect(found).toEqual(['mention phase B', 'mention phase C', 'mention phase D']);
});

test('things of another plan', () => {
  const sources = sourcesOf({
    'a.plan.yaml':
      'plan: a\nphases:\n  - id: P\n    beads:\n      - id: a-1\n        blocked_by: [b/b-1]\n        what: As b/b-1 does.\n',
    'b.plan.yaml': 'plan: b\nphases:\n  - id: Q\n    beads:\n      - id: b-1\n        title: First\n',
  });
  const source = sources[0];
  if (source === undefined) throw new Error('no plan');
  const text = source.part('a.plan.yaml')?.text ?? '';
  const found = mentionsBetween(source, 'a.plan.yaml', 0, text.length).filter(({ plan }) => plan.id === 'b');
  expect(found.map((mention) => `${mention.role} ${mention.thing.id} ${shown(source, mention, 3)}`)).toEqual([
    'reference b-1 [b/[b-1]]\n ',
    'mention b-1  b/[b-1] do',
  ]);
});

test.each([
  ['before', `Blocked by: ${CURSOR}G1`],
  ['inside', `Blocked by: G${CURSOR}1`],
  ['behind', `Blocked by: G1${CURSOR}`],
])('found with the cursor %s', (_, line) => {
  const { source, file, offset } = atCursor('PLAN-x.md', planText('x').replace('Blocked by: G1', line));
  const mention = mentionAt(source, file, offset);
  expect(mention?.thing.kind).toBe('gate');
  expect(mention && shown(source, mention)).toBe('G1');
});

test('nothing where nothing is named', () => {
  const { source, file, offset } = atCursor(
    'PLAN-x.md',
    planText('x').replace('Blocked by: G1', `Block${CURSOR}ed by: G1`),
  );
  expect(mentionAt(source, file, offset)).toBeUndefined();
});

test.each([
  [`see Sce${CURSOR}nario F1.`, 'Scenario F1'],
  [`see ${CURSOR}Scenario F1.`, 'Scenario F1'],
  [`see Scenario ${CURSOR}F1.`, 'F1'],
  [`se${CURSOR}e Scenario F1.`, undefined],
  [`a Gate is no ${CURSOR}scenario.`, undefined],
])('the word in front of an id is about it, too: %s', (line, expected) => {
  const { source, file, offset } = atCursor('PLAN-x.md', planText('x').replace('see Scenario F1.', line));
  const found = mentionWithWordAt(source, file, offset);
  expect(found && shown(source, found)).toBe(expected);
});
