import { Dice } from './mutations';

const STATUSES = [
  'open',
  'open',
  'in_progress',
  'closed',
  'blocked',
  'deferred',
  'hooked',
  'pinned',
  'tombstone',
  'qa',
];
const TYPES = ['task', 'bug', 'feature', 'epic', 'chore', 'message', 'of-our-own'];
const DEPENDENCIES = ['blocks', 'conditional-blocks', 'waits-for', 'parent-child', 'parent', 'related', 'of-our-own'];

/** An export of the Beads tracker with lines of every kind. */
export function generateExport({ issues, seed = 1 }: { readonly issues: number; readonly seed?: number }): string {
  const dice = new Dice(seed);
  const lines = Array.from({ length: issues }, (_, index): object => {
    const id = `bd-${index + 1}`;
    const status = dice.of(STATUSES);
    const dependencies = Array.from({ length: dice.below(3) }, () => ({
      issue_id: id,
      depends_on_id: `bd-${1 + dice.below(issues)}`,
      type: dice.of(DEPENDENCIES),
      ...(dice.below(3) === 0 ? { metadata: '{"gate":"any-children"}' } : {}),
    }));
    return {
      ...(dice.below(4) === 0 ? { _type: 'issue' } : {}),
      id: dice.below(6) === 0 ? `bd-${1 + dice.below(issues)}.${index + 1}` : id,
      title: `Do "${index + 1}" of ${issues}`,
      description: 'First.\n\n- Then\n- Last',
      acceptance_criteria: '- 3 of 3\n- [ ] p95 < 300 ms',
      status,
      priority: dice.below(5),
      issue_type: dice.of(TYPES),
      updated_at: `2026-05-0${1 + dice.below(9)}T08:00:00Z`,
      ...(status === 'closed' ? { closed_at: '2026-05-09T08:00:00Z', close_reason: dice.of(['done', 'failed']) } : {}),
      labels: ['a', 'b'],
      estimated_minutes: dice.below(600),
      comments: [{ id: dice.below(2) === 0 ? index : `c-${index}`, text: 'why?' }],
      dependencies,
    };
  });
  return `${[{ _type: 'memory', key: 'k', value: 'v' }, ...lines].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
