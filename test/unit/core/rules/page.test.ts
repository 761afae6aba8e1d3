import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../../../package.json';
import { type Family, RULE_IDS, RULES, type Rule, type RuleId } from '../../../../src/core/rules/table';

test('the page of rules says what the table says', async () => {
  await expect(page()).toMatchFileSnapshot(join(import.meta.dirname, '../../../../docs/rules.md'));
});

test('the setting names every rule', () => {
  expect(manifest.contributes.configuration.properties['phasewise.rules'].propertyNames.enum).toEqual(RULE_IDS);
});

const FAMILIES: readonly Family[] = ['Structure', 'Beads', 'Gates', 'Scenarios', 'Phases', 'Audits', 'Execution'];
const WORDS = { error: 'error', warning: 'warning', info: 'information', hint: 'hint' } as const;

function page(): string {
  return `# Rules

What Phasewise reports about plans, in the Problems view and by \`phasewise check\`. The code in the Problems view leads here. This page is written by a test (\`npx vitest run test/unit/core/rules -u\`) from the table in \`src/core/rules/table.ts\`, and the same test finds in each example what it is an example of.

| Rule | Severity | Fix | What it reports |
| --- | --- | --- | --- |
${RULE_IDS.map(row).join('\n')}

## How severe a rule is

- The setting \`phasewise.rules\` says it for all plans of a folder: \`"phasewise.rules": { "vague-done-when": "off" }\`. The words are \`error\`, \`warning\`, \`information\`, \`hint\` and \`off\`.
- A plan says it for itself, in its front matter or at the top of its YAML, and that counts more:

  \`\`\`yaml
  rules:
    missing-priority: off
    vague-done-when: warning
  \`\`\`

- A comment says it for a line, and that counts most: \`<!-- phasewise-disable-next-line vague-done-when -->\` in Markdown, \`# phasewise-disable-next-line vague-done-when\` in YAML; \`phasewise-disable-line\` at the end of the line itself. Several rules are divided by commas; without any, the comment is for all of them.

Only what is still to be done is reported as incomplete: nobody has to write a priority for a closed bead. A field that a plan does not use at all is told of once for the whole plan, as a hint, and not once for each bead.

${FAMILIES.filter((family) => RULE_IDS.some((id) => RULES[id].family === family))
  .map(section)
  .join('\n\n')}
`;
}

function row(id: RuleId): string {
  const rule: Rule = RULES[id];
  return `| [${id}](#${id}) | ${WORDS[rule.severity]} | ${rule.fix === undefined ? '' : 'yes'} | ${rule.reports} |`;
}

function section(family: Family): string {
  const rules = RULE_IDS.filter((id) => RULES[id].family === family).map((id) => {
    const { severity, reports, why, fix, example, notation }: Rule = RULES[id];
    const told = [`**${WORDS[severity]}** · ${reports}`, why, ...(fix === undefined ? [] : [`Fix: ${fix}`])];
    return `### ${id}\n\n${told.join('\n\n')}\n\n\`\`\`${notation ?? 'markdown'}\n${example.trimEnd()}\n\`\`\``;
  });
  return `## ${family}\n\n${rules.join('\n\n')}`;
}
