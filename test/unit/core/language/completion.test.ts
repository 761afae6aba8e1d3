// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tab stops of snippets look like that.
import { describe, expect, test } from 'vitest';
import { completionsAt } from '../../../../src/core/language/completion/complete';
import type { Completion } from '../../../../src/core/language/completion/completion';
import { atCursor, CURSOR } from '../../../support/planSource';
import { planText } from '../../../support/planText';

function complete(file: string, text: string, isUnasked = false): readonly Completion[] {
  const { source, offset } = atCursor(file, text);
  return completionsAt(source, file, offset, { isUnasked });
}

const labels = (completions: readonly Completion[], kind?: Completion['kind']) =>
  completions.filter((each) => kind === undefined || each.kind === kind).map(({ label }) => label);

/** The text after the first completion with this label was taken; tab stops stay. */
function taken(file: string, text: string, label: string): string {
  const found = complete(file, text).find((each) => each.label === label);
  if (found === undefined) throw new Error(`no ${label} among ${labels(complete(file, text))}`);
  const plain = text.replace(CURSOR, '');
  return plain.slice(0, found.range.start) + found.newText + plain.slice(found.replaceEnd ?? found.range.end);
}

/** The sample with one of its lines in other words. */
const plan = (line: string, instead: string) => {
  expect(planText('x')).toContain(line);
  return planText('x').replace(line, instead);
};

describe('ids in Markdown', () => {
  test('after blocked by: what is open in the same phase first, itself never, what would close a cycle last', () => {
    const found = complete('PLAN-x.md', plan('Blocked by: B2a', `Blocked by: ${CURSOR}`));
    expect(labels(found)).toEqual(['B2a', 'B1', 'B2', 'B3', 'G1', '1', '2']);
    expect(labels(found.filter(({ against }) => against === 'cycle'))).toEqual(['B2', 'B3', 'G1', '1', '2']);
    expect(found.find(({ label }) => label === 'B3')?.against).toBe('cycle');
    expect(found.find(({ label }) => label === 'B1')).toMatchObject({ detail: 'Read the docs', newText: 'B1' });
    expect(found.find(({ label }) => label === 'B1')?.against).toBeUndefined();
  });

  test('what is there already is left out, the typed word is replaced', () => {
    const text = plan('Blocked by: G1', `Blocked by: G1, B2${CURSOR}b`);
    expect(labels(complete('PLAN-x.md', text))).not.toContain('G1');
    expect(taken('PLAN-x.md', text, 'B1')).toContain('Blocked by: G1, B1\n');
  });

  test('a phase gets its word', () => {
    expect(taken('PLAN-x.md', plan('Blocked by: G1', `Blocked by: ${CURSOR}`), '1')).toContain('Blocked by: Phase 1\n');
    expect(taken('PLAN-x.md', plan('Blocked by: G1', `Blocked by: Phase ${CURSOR}`), '1')).toContain(
      'Blocked by: Phase 1\n',
    );
  });

  test.each([
    ['If it fails: see Scenario F1.', `If it fails: ${CURSOR}`, 'If it fails: see Scenario F1\n'],
    ['If it fails: see Scenario F1.', `If it fails: see Scenario ${CURSOR}`, 'If it fails: see Scenario F1\n'],
    ['Done when: version', `Done when: Scenario ${CURSOR}\nversion`, 'Done when: Scenario F1\n'],
    ['Try again after 10 minutes.', `After Gate ${CURSOR}`, '1. After Gate G1\n'],
  ])('%s as %s', (line, instead, expected) => {
    const text = plan(line, instead);
    expect(taken('PLAN-x.md', text, expected.includes('G1') ? 'G1' : 'F1')).toContain(expected);
  });

  test('in a table, a list and in brackets', () => {
    const lines =
      '## Phase 1 — All\n\n- [ ] **T001** Read\n  Priority: P1 | Estimate: 1h\n  Done when: 3 pages\n  If it fails: Scenario F1\n';
    expect(taken('PLAN-x.md', `${lines}${CURSOR}\n`, 'Bead …')).toContain(
      '- [ ] **T002** ${1:Title}\n  Done when: ${2:What is measured or shown, with a number}\n  If it fails: ${3:see Scenario F1}\n',
    );
    const table = `## Phase 1 — All\n\n| ID | Task | Blocked by |\n| --- | --- | --- |\n| T1 | One | — |\n| T2 | Two | ${CURSOR} |\n`;
    expect(taken('PLAN-x.md', table, 'T1')).toContain('| T2 | Two | T1 |');
    const list = `## Phase 1 — All\n\n- [ ] T1 One\n- [ ] T2 Two (blocked by: ${CURSOR})\n`;
    expect(taken('PLAN-x.md', list, 'T1')).toContain('(blocked by: T1)');
    const below = plan('Blocked by: G1', `**Blocked by:**\n\n- B1\n- ${CURSOR}`);
    expect(labels(complete('PLAN-x.md', below))).toContain('G1');
    expect(taken('PLAN-x.md', below, 'G1')).toContain('- B1\n- G1\n');
  });

  test('of several fields on a line, the one at the cursor counts', () => {
    const text = plan('Priority: P0\nBlocked by: G1', `**Priority:** ${CURSOR} | **Blocked by:** G1`);
    expect(labels(complete('PLAN-x.md', text))).toEqual(['P0', 'P1', 'P2', 'P3', 'P4']);
    expect(taken('PLAN-x.md', text, 'P2')).toContain('**Priority:** P2 | **Blocked by:** G1');
    const second = plan('Priority: P0\nBlocked by: G1', `**Priority:** P0 | **Blocked by:** ${CURSOR}`);
    expect(labels(complete('PLAN-x.md', second))).toContain('G1');
  });

  test('what a gate blocks', () => {
    const found = complete(
      'PLAN-x.md',
      plan('Blocked by: B2\n', `Blocked by: B2\nBlocks: ${CURSOR}\n`).replace(
        'Blocked by: B2\nBlocks',
        'Blocked by: B2\nBlocks',
      ),
    );
    expect(found.find(({ label }) => label === '2')?.newText).toBe('Phase 2');
    expect(found.find(({ label }) => label === 'B2')?.against).toBe('cycle');
  });
});

describe('values', () => {
  test.each([
    ['Status: closed', `Status: ${CURSOR}`, ['open', 'in progress', 'closed', 'deferred']],
    ['Priority: P2', `Priority: P${CURSOR}`, ['P0', 'P1', 'P2', 'P3', 'P4']],
    ['Blocked by: B2\n\n|', `Decision: ${CURSOR}\n\n|`, ['Pass', 'Adjust', 'Abort']],
    ['plan: x', `plan: x\nmode: ${CURSOR}`, ['planning', 'executing']],
  ])('%s as %s', (line, instead, expected) => {
    expect(labels(complete('PLAN-x.md', plan(line, instead)))).toEqual(expected);
  });

  test('a value is typed over as a whole', () => {
    expect(taken('PLAN-x.md', plan('Status: closed', `Status: in ${CURSOR}progress`), 'closed')).toContain(
      'Status: closed\n',
    );
  });
});

describe('names of fields in Markdown', () => {
  test('those that are missing, in the usual order', () => {
    const found = labels(complete('PLAN-x.md', plan('Done when: 3 pages', `${CURSOR}\nDone when: 3 pages`)), 'field');
    expect(found.slice(0, 4)).toEqual(['Blocked by', 'What', 'If it fails', 'Estimate']);
    expect(found).not.toContain('Priority');
  });

  test('spelt as the file spells them', () => {
    const text = `## Phase 1 — All

### B1 — One

**Depends On**: none

**Acceptance**: 3 pages

### B2 — Two

${CURSOR}
`;
    const found = labels(complete('PLAN-x.md', text), 'field');
    expect(found).toEqual(expect.arrayContaining(['Priority', 'Depends On', 'Acceptance']));
    expect(found).not.toEqual(expect.arrayContaining(['Blocked by', 'Done when']));
    expect(taken('PLAN-x.md', text, 'Acceptance')).toContain('\n**Acceptance**: \n');
  });

  test('on half a word, in bold and in a list', () => {
    expect(taken('PLAN-x.md', plan('Status: closed', `Est${CURSOR}`), 'Estimate')).toContain('\nEstimate: \n');
    const bold = planText('x')
      .replace(/^(Priority|Blocked by|Done when):/gm, '**$1:**')
      .replace('Status: closed', `**Est${CURSOR}**`);
    expect(taken('PLAN-x.md', bold, 'Estimate')).toContain('\n**Estimate:** \n');
    expect(taken('PLAN-x.md', plan('Status: closed', `- Est${CURSOR}`), 'Estimate')).toContain('\n- Estimate: \n');
  });

  test('not in prose, code and comments, nor by themselves after a space', () => {
    expect(complete('PLAN-x.md', plan('Status: closed', `This is the end of ${CURSOR}`))).toEqual([]);
    expect(complete('PLAN-x.md', plan('Status: closed', `\`\`\`\n${CURSOR}\n\`\`\``))).toEqual([]);
    expect(complete('PLAN-x.md', plan('Status: closed', `<!-- Blocked by: ${CURSOR} -->`))).toEqual([]);
    expect(complete('PLAN-x.md', plan('Status: closed', `${CURSOR}`), true)).toEqual([]);
  });
});

describe('whole things', () => {
  test('of Markdown, written as their kind is written there, with the next id', () => {
    const text = plan('## Gate G1', `${CURSOR}\n\n## Gate G1`);
    expect(labels(complete('PLAN-x.md', text), 'skeleton')).toEqual([
      'Bead …',
      'Phase …',
      'Gate …',
      'Failure scenario …',
      'Prompt …',
    ]);
    const lines = (label: string) =>
      complete('PLAN-x.md', text)
        .find((each) => each.label === label)
        ?.newText.split('\n');
    expect(lines('Bead …')).toEqual([
      '### B4 — ${1:Title}',
      '',
      'Priority: ${2|P1,P0,P2,P3,P4|}',
      'Blocked by: ${3:none}',
      'Done when: ${4:What is measured or shown, with a number}',
      'If it fails: ${5:see Scenario F1}',
    ]);
    expect(lines('Phase …')?.[0]).toBe('## Phase 3 — ${1:Title}');
    expect(lines('Gate …')?.[0]).toBe('## Gate G2 — ${1:Title}');
    expect(lines('Failure scenario …')?.[0]).toBe('### Scenario F2: ${1:Title}');
    expect(lines('Prompt …')?.[0]).toBe('### Prompt 1 — ${1:Title}');
  });

  test('a heading that was begun is typed over', () => {
    const text = plan('## Gate G1', `### ${CURSOR}\n\n## Gate G1`);
    expect(taken('PLAN-x.md', text, 'Bead …')).toMatch(/\n### B4 — \$\{1:Title\}\n/);
  });

  test('a heading has a blank line on each side', () => {
    const text = plan('## Gate G1', '## Gate G1').replace('\n\n## Gate G1', `\n${CURSOR}\n## Gate G1`);
    expect(taken('PLAN-x.md', text, 'Bead …')).toMatch(/\S\n\n### B4 — .*[^\n]\n\n## Gate G1/s);
  });

  test('between the parts of a bead is the next part', () => {
    const text = plan('#### B2b', `${CURSOR}\n\n#### B2b`);
    expect(taken('PLAN-x.md', text, 'Bead …')).toContain('#### B2c — ${1:Title}\n');
  });

  test('items and rows', () => {
    const list = `## Phase 1 — All\n\n- [x] **T001** Read\n- [ ] **T002** Write\n${CURSOR}\n`;
    expect(taken('PLAN-x.md', list, 'Bead …')).toContain('- [ ] **T003** ${1:Title}\n');
    const table = `## Phase 1 — All\n\n| ID | Task | Priority | Done when |\n| --- | --- | --- | --- |\n| T1 | One | P0 | 3 pages |\n${CURSOR}\n`;
    expect(taken('PLAN-x.md', table, 'Bead …')).toContain('| T2 | ${1:Title} | ${2|P1,P0,P2,P3,P4|} | ${3:…} |');
  });
});

describe('YAML', () => {
  const yaml = `plan: shop
phases:
  - id: A
    title: Config
    beads:
      - id: s-1
        title: List values
        priority: P0
        done_when: 5 names
      - id: s-2
        title: Load them
        blocked_by: [s-1]
        owner: "@jo"
    gates:
      - id: G1
        blocked_by: [s-2]
        decision:
          verdict: pass
  - id: B
    depends_on:
      - A
    beads:
      - id: t-1
scenarios:
  - id: F1
    title: Forgotten
`;
  const at = (line: string, instead: string) => {
    expect(yaml).toContain(line);
    return yaml.replace(line, instead);
  };

  test.each([
    ['blocked_by: [s-1]', `blocked_by: [${CURSOR}]`, ['s-1', 't-1', 'G1', 'A', 'B']],
    ['blocked_by: [s-1]', `blocked_by: [s-1, ${CURSOR}]`, ['t-1', 'G1', 'A', 'B']],
    ['blocked_by: [s-1]', `blocked_by: [s-1, ${CURSOR}`, ['t-1', 'G1', 'A', 'B']],
    ['blocked_by: [s-1]', `blocked_by:\n          - s-1\n          - ${CURSOR}`, ['t-1', 'G1', 'A', 'B']],
    ['      - A\n', `      - ${CURSOR}\n`, ['A', 'G1', 's-1', 's-2', 't-1']],
    ['priority: P0', `priority: ${CURSOR}`, ['P0', 'P1', 'P2', 'P3', 'P4']],
    ['priority: P0', `status: ${CURSOR}`, ['open', 'in_progress', 'closed', 'deferred']],
    ['priority: P0', `owner: ${CURSOR}`, ['@jo']],
    ['priority: P0', `if_it_fails: ${CURSOR}`, ['F1']],
    ['verdict: pass', `verdict: ${CURSOR}`, ['pass', 'adjust', 'abort']],
    ['plan: shop', `plan: shop\nmode: ${CURSOR}`, ['planning', 'executing']],
    ['priority: P0', `parent: ${CURSOR}`, ['s-2', 't-1']],
  ])('%s as %s', (line, instead, expected) => {
    expect(labels(complete('x.plan.yaml', at(line, instead))).sort()).toEqual([...expected].sort());
  });

  test('a whole thing where the next dash of a list would stand', () => {
    expect(taken('x.plan.yaml', at('      - id: s-2', `      ${CURSOR}\n      - id: s-2`), 'Bead …')).toMatch(
      /\n {6}- id: s-3\n {8}title: .*\n {6}- id: s-2\n/s,
    );
    expect(labels(complete('x.plan.yaml', at('  - id: B', `  ph${CURSOR}\n  - id: B`)))).toEqual(['Phase …']);
  });

  test('what would close a cycle is last and says so', () => {
    const found = complete('x.plan.yaml', at('priority: P0', `blocked_by: ${CURSOR}`));
    expect(found.filter(({ against }) => against === 'cycle').map(({ label }) => label)).toEqual(
      expect.arrayContaining(['s-2', 'G1', 'A']),
    );
    expect(found.at(-1)?.against).toBe('cycle');
  });

  test.each([
    ['priority: P0', `pri${CURSOR}`, ['priority', 'blocked_by', 'what', 'if_it_fails']],
    ['title: Config', `${CURSOR}`, ['title', 'depends_on', 'objective', 'constraints']],
    ['plan: shop', `plan: shop\n${CURSOR}`, ['title', 'mode', 'baseline', 'risks']],
    ['          verdict: pass', `          verdict: pass\n          ${CURSOR}`, ['date', 'by', 'measured', 'note']],
  ])('fields that are missing: %s as %s', (line, instead, expected) => {
    expect(labels(complete('x.plan.yaml', at(line, instead)), 'field').slice(0, 4)).toEqual(expected);
  });

  test('keys that hold lists begin them', () => {
    expect(
      taken(
        'x.plan.yaml',
        at('    gates:', `    ${CURSOR}\n    gates:`).replace('    beads:\n      - id: s-1', '    x:\n      - id: s-1'),
        'beads',
      ),
    ).toContain('\n    beads:\n      - \n');
  });

  test('a whole bead behind a dash, with the next id', () => {
    const text = at('    gates:', `      - ${CURSOR}\n    gates:`);
    expect(taken('x.plan.yaml', text, 'Bead …')).toContain(
      '\n      - id: s-3\n        title: ${1:Title}\n        priority: ${2|P1,P0,P2,P3,P4|}\n        blocked_by: [${3}]\n',
    );
  });

  test('in the front matter of Markdown', () => {
    expect(labels(complete('PLAN-x.md', plan('plan: x', `plan: x\n${CURSOR}`)), 'field').slice(0, 2)).toEqual([
      'title',
      'mode',
    ]);
  });

  test('of the bead or phase that a file is', () => {
    const bead = `---\nplan: x\nid: T1\n${CURSOR}\n---\n\n# Read\n`;
    expect(labels(complete('PLAN-x.md', bead), 'field').slice(0, 3)).toEqual(['title', 'priority', 'blocked_by']);
    const phase = `---\nplan: x\nphase: 1\n${CURSOR}\n---\n\n- [ ] T1 Read\n`;
    expect(labels(complete('PLAN-x.md', phase), 'field')).toContain('depends_on');
    const waits = `---\nplan: x\nid: T1\nparent: T0\nstatus: ${CURSOR}\n---\n`;
    expect(labels(complete('PLAN-x.md', waits))).toContain('in progress');
  });

  test('nothing in comments', () => {
    expect(complete('x.plan.yaml', at('priority: P0', `# blocked_by: ${CURSOR}`))).toEqual([]);
  });
});
