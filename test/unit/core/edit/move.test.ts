import { describe, expect, test } from 'vitest';
import { type Destination, moveBead } from '../../../../src/core/edit/move';
import { applyEdits } from '../../../../src/core/edit/planEdits';
import type { Bead, Phase, Plan } from '../../../../src/core/model';
import { sampleSource, sourceOf } from '../../../support/planSource';
import { planText } from '../../../support/planText';
import type { Files } from '../../../support/temporary';

type To = `${'before' | 'after' | 'into'} ${string}`;

/** The file, or files, after the move; the reason where there is none. */
function move(files: Files, id: string, to: To): Files | string {
  const source = sourceOf(files);
  const { plan } = source.snapshot;
  const outcome = moveBead(source, beadOf(plan, id), destination(plan, to));
  if ('refused' in outcome) return outcome.refused;
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [file, applyEdits(text, outcome.edits.get(file) ?? [])]),
  );
}

function moved(text: string, id: string, to: To, file = 'PLAN-x.md'): string | undefined {
  const after = move({ [file]: text }, id, to);
  return typeof after === 'string' ? after : after[file];
}

function destination(plan: Plan, to: To): Destination {
  const [side, id = ''] = to.split(' ');
  if (side === 'into') return { into: plan.find(id, 'phase') as Phase };
  return { beside: beadOf(plan, id), side: side as 'before' | 'after' };
}

function beadOf(plan: Plan, id: string): Bead {
  const bead = plan.find(id, 'bead');
  if (bead?.kind !== 'bead') throw new Error(`no bead ${id}`);
  return bead;
}

describe('headings', () => {
  const text = planText('x');
  const [, start = '', b1 = '', b2 = ''] = /^(.*?)(### B1.*?)(### B2 .*?)(?=## Gate)/s.exec(text) ?? [];

  test('change places with all that is below them', () => {
    expect(moved(text, 'B2', 'before B1')).toBe(text.replace(b1 + b2, b2 + b1));
    expect(moved(text, 'B1', 'after B2')).toBe(text.replace(b1 + b2, b2 + b1));
    expect(start).not.toBe('');
  });

  test('go to another phase, and to its end', () => {
    const b3 = /### B3.*?\n\n(?=## Failure)/s.exec(text)?.[0] ?? '';
    expect(moved(text, 'B1', 'before B3')).toBe(text.replace(b1, '').replace(b3, b1 + b3));
    expect(moved(text, 'B1', 'into 2')).toBe(text.replace(b1, '').replace(b3, b3 + b1));
  });

  test('go up and down with their level', () => {
    const after = moved(text, 'B2b', 'after B2') ?? '';
    expect(after).toContain('\n### B2b — Read all files\n\nPriority: P2\nBlocked by: B2a\n');
    expect(moved(after, 'B2b', 'after B2a')).toBe(text);
  });

  test('into a phase without beads, before its gate', () => {
    const plan =
      '## Phase 1 — One\n\n### A1 — First\n\nDone when: 1 line.\n\n### A2 — Second\n\nDone when: 2 lines.\n\n## Phase 2 — Two\n\nObjective: go on.\n\n### Gate G1 — Stop\n\nBlocked by: A1\n';
    expect(moved(plan, 'A2', 'into 2')).toBe(
      '## Phase 1 — One\n\n### A1 — First\n\nDone when: 1 line.\n\n## Phase 2 — Two\n\nObjective: go on.\n\n### A2 — Second\n\nDone when: 2 lines.\n\n### Gate G1 — Stop\n\nBlocked by: A1\n',
    );
  });

  test('from the end of a file, and with other line breaks', () => {
    const plan = '## Phase 1 — One\n\n### A1 — First\n\nDone when: 1 line.\n\n### A2 — Second\n\nDone when: 2 lines.\n';
    const swapped =
      '## Phase 1 — One\n\n### A2 — Second\n\nDone when: 2 lines.\n\n### A1 — First\n\nDone when: 1 line.\n';
    expect(moved(plan, 'A2', 'before A1')).toBe(swapped);
    expect(moved(plan, 'A1', 'after A2')).toBe(swapped);
    const crlf = (lines: string) => lines.replaceAll('\n', '\r\n');
    expect(moved(crlf(plan), 'A2', 'before A1')).toBe(crlf(swapped));
  });
});

test('items with their steps and fields', () => {
  const one = '- [ ] **A1** First\n  - [x] Step of it\n  - Done when: 1 line\n';
  const two = '- [x] **A2** Second (blocked by: A1)\n';
  const three = '- [ ] **B1** Third\n';
  const plan = `## Phase 1 — One\n\n${one}${two}\n## Phase 2 — Two\n\nSome words.\n\n${three}`;
  expect(moved(plan, 'A2', 'before A1')).toBe(plan.replace(one + two, two + one));
  expect(moved(plan, 'A1', 'into 2')).toBe(plan.replace(one, '').replace(three, three + one));
  expect(moved(plan, 'B1', 'after A1')).toBe(plan.replace(three, '').replace(one, one + three));
});

test('items in and out of others', () => {
  const plan = '## Phase 1 — One\n\n- [ ] A1 First\n  - [ ] A1a Part\n    - [x] Step\n- [ ] A2 Second\n';
  expect(moved(plan, 'A1a', 'after A2')).toBe(
    '## Phase 1 — One\n\n- [ ] A1 First\n- [ ] A2 Second\n- [ ] A1a Part\n  - [x] Step\n',
  );
  expect(moved(plan, 'A2', 'before A1a')).toBe(
    '## Phase 1 — One\n\n- [ ] A1 First\n  - [ ] A2 Second\n  - [ ] A1a Part\n    - [x] Step\n',
  );
});

test('rows of tables with the same columns', () => {
  const head = '| ID | Task | Done when |\n| --- | --- | --- |\n';
  const plan = `## Phase 1 — One\n\n${head}| A1 | First | 1 line |\n| A2 | Second | 2 lines |\n\n## Phase 2 — Two\n\n${head}| B1 | Third | 3 lines |\n`;
  expect(moved(plan, 'A1', 'before B1')).toBe(
    plan.replace('| A1 | First | 1 line |\n', '').replace('| B1', '| A1 | First | 1 line |\n| B1'),
  );
  const other = plan.replace(/\| ID \| Task \| Done when \|(?=\n.*\n\| B1)/, '| ID | Title | Done when |');
  expect(moved(other, 'A1', 'before B1')).toMatch(/written in another way/);
});

describe('YAML', () => {
  const yaml = `plan: x
phases:
  - id: A
    title: One
    beads:
      # the first
      - id: a-1
        title: First # remark
        steps:
          - One
      - id: a-2
        title: Second
        beads:
          - id: a-2a
            title: Part
    gates: []
  - id: B
    beads:
    - id: b-1
      title: Third
  - id: C
    title: Three
    beads: []
  - id: D
    title: Four
`;
  const file = 'x.plan.yaml';
  const a1 = '      - id: a-1\n        title: First # remark\n        steps:\n          - One\n';
  const a2 = '      - id: a-2\n        title: Second\n        beads:\n          - id: a-2a\n            title: Part\n';

  test('entries change places', () => {
    expect(moved(yaml, 'a-2', 'before a-1', file)).toBe(yaml.replace(a1 + a2, a2 + a1));
    expect(moved(yaml, 'a-1', 'after a-2', file)).toBe(yaml.replace(a1 + a2, a2 + a1));
  });

  test('go to other phases, indented as it is there', () => {
    const pushed = a1.replace(/^ {2}/gm, '');
    expect(moved(yaml, 'a-1', 'before b-1', file)).toBe(
      yaml.replace(a1, '').replace('    - id: b-1', `${pushed}    - id: b-1`),
    );
    expect(moved(yaml, 'a-1', 'into B', file)).toBe(
      yaml.replace(a1, '').replace('title: Third\n', `title: Third\n${pushed}`),
    );
  });

  test('into an empty list, and where there is none yet', () => {
    expect(moved(yaml, 'a-1', 'into C', file)).toBe(
      yaml.replace(a1, '').replace('beads: []', `beads:\n${a1.trimEnd()}`),
    );
    expect(moved(yaml, 'a-1', 'into D', file)).toBe(
      yaml.replace(a1, '').replace('title: Four', `title: Four\n    beads:\n${a1.trimEnd()}`),
    );
  });

  test('the last one leaves an empty list', () => {
    expect(moved(yaml, 'b-1', 'after a-1', file)).toBe(
      yaml
        .replace('    beads:\n    - id: b-1\n      title: Third\n', '    beads: []\n')
        .replace(a1, `${a1}      - id: b-1\n        title: Third\n`),
    );
    expect(moved(yaml, 'a-2a', 'after a-2', file)).toContain(
      '        title: Second\n        beads: []\n      - id: a-2a\n        title: Part\n',
    );
  });

  test('not what shares its line with others', () => {
    const flow = 'plan: x\nphases:\n  - id: A\n    beads: [{ id: a-1, title: One }, { id: a-2, title: Two }]\n';
    expect(moved(flow, 'a-1', 'after a-2', file)).toMatch(/lines of its own|by hand/);
  });

  test('not when the phase is a field of the bead', () => {
    const flat =
      'plan: x\nphases:\n  - id: A\n  - id: B\nbeads:\n  - id: a-1\n    phase: A\n  - id: b-1\n    phase: B\n';
    expect(moved(flat, 'a-1', 'after b-1', file)).toMatch(/by hand/);
  });
});

test('not into itself, and nowhere when it is there already', () => {
  const text = planText('x');
  expect(moved(text, 'B2', 'after B2a')).toMatch(/into itself/);
  expect(moved(text, 'B2', 'after B2')).toMatch(/into itself/);
  expect(moved(text, 'B1', 'before B2')).toBe(text);
  expect(moved(text, 'B2', 'after B1')).toBe(text);
});

test('from one file of the plan to another', () => {
  const files = {
    'a/PLAN-a.md':
      '---\nplan: x\n---\n\n## Phase 1 — One\n\n### A1 — First\n\nDone when: 1 line.\n\n### A2 — Second\n\nDone when: 2 lines.\n',
    'a/PLAN-b.md': '---\nplan: x\n---\n\n## Phase 2 — Two\n\n### B1 — Third\n\nDone when: 3 lines.\n',
  };
  expect(move(files, 'A1', 'before B1')).toEqual({
    'a/PLAN-a.md': files['a/PLAN-a.md'].replace('### A1 — First\n\nDone when: 1 line.\n\n', ''),
    'a/PLAN-b.md': files['a/PLAN-b.md'].replace('### B1', '### A1 — First\n\nDone when: 1 line.\n\n### B1'),
  });
});

describe.each(['finetune', 'golf-round-finder'] as const)('in the sample %s', (name) => {
  const source = sampleSource(name);
  const { plan } = source.snapshot;
  const pairs = plan.beads.map((bead, index) => [bead, plan.beads[(index * 7 + 3) % plan.beads.length]] as const);

  test('a move loses no line and changes none', () => {
    const linesOf = (texts: readonly string[]) =>
      texts
        .flatMap((text) => text.split('\n'))
        .map((line) => line.replace(/^#+/, '').trim())
        .filter((line) => line !== '' && line !== 'beads:' && line !== 'beads: []')
        .sort();
    const before = plan.files.map((file) => source.part(file)?.text ?? '');
    let made = 0;
    for (const [bead, other] of pairs) {
      if (other === undefined || other === bead) continue;
      const outcome = moveBead(source, bead, { beside: other, side: 'after' });
      if ('refused' in outcome) continue;
      made++;
      const after = plan.files.map((file, index) => applyEdits(before[index] ?? '', outcome.edits.get(file) ?? []));
      expect(linesOf(after)).toEqual(linesOf(before));
    }
    expect(made).toBeGreaterThan(pairs.length / 3);
  }, 60_000);
});
