import { expect, test } from 'vitest';
import { approve } from '../../../../src/core/actions/approve';
import { claimBead, closeBead } from '../../../../src/core/actions/beads';
import { approvalHash } from '../../../../src/core/approval/approvedText';
import { actionSource, beadIn, editsOf, filesAfter, MARIA } from '../../../support/actions';

/** Plans often name a field without a value yet. What is written goes there: a key must not stand twice. */
const OWNER = '@maria (2026-05-02)';
const IN_YAML = (fields: string) =>
  `plan: p\nphases:\n  - id: A\n    beads:\n      - id: a-1\n        title: x\n${fields}      - id: a-2\n        owner: null\n`;
const IN_ITEM = (fields: string) => `## Phase 1: A\n\n- [ ] a-1 Dig\n${fields}- [ ] a-2 Fill\n  - Owner: none\n`;
const IN_HEADING = (fields: string) => `## Phase 1: A\n\n### a-1 — Dig\n\n${fields}\n### a-2 — Fill\n\nOwner: —\n`;

test.each([
  [
    'a null',
    'p.yaml',
    IN_YAML,
    '        owner: null\n        status: null\n',
    `        owner: "${OWNER}"\n        status: in_progress\n`,
  ],
  [
    'nothing',
    'p.yaml',
    IN_YAML,
    '        owner:\n        status: open\n',
    `        owner: "${OWNER}"\n        status: in_progress\n`,
  ],
  [
    'quotes and a remark',
    'p.yaml',
    IN_YAML,
    '        status: open\n        assignee: ""  # who\n',
    `        status: in_progress\n        assignee: "${OWNER}"  # who\n`,
  ],
  ['an item', 'p.md', IN_ITEM, '  - Status: open\n  - Owner:\n', `  - Status: in progress\n  - Owner: ${OWNER}\n`],
  [
    'a line in bold',
    'p.md',
    IN_HEADING,
    '**Owner:** TBD\n**Status:** todo\n',
    `**Owner:** ${OWNER}\n**Status:** in progress\n`,
  ],
  [
    'a part of a line',
    'p.md',
    IN_HEADING,
    'Priority: P1 | Owner: — | Status: open\n',
    `Priority: P1 | Owner: ${OWNER} | Status: in progress\n`,
  ],
])('a claim fills in %s', (_, file, plan, before, after) => {
  const files = { [file]: plan(before) };
  const source = actionSource(files);
  expect(filesAfter(files, editsOf(claimBead(source, beadIn(source, 'a-1'), MARIA)))[file]).toBe(plan(after));
});

test.each([
  ['p.yaml', IN_YAML, '        status: open\n        evidence: []\n', '        status: closed\n        evidence: ok\n'],
  ['p.md', IN_HEADING, 'Status: open\nEvidence: —\n', 'Status: closed\nEvidence: ok\n'],
])('evidence takes the place of nothing in %s', (file, plan, before, after) => {
  const files = { [file]: plan(before) };
  const source = actionSource(files);
  const closed = closeBead(source, beadIn(source, 'a-1'), MARIA, { evidence: ['ok'] });
  expect(filesAfter(files, editsOf(closed))[file]).toBe(plan(after));
});

test('a mapping on one line has its keys filled in as well', () => {
  const plan = (fields: string) => `plan: p\nphases:\n  - id: A\n    beads:\n      - {id: a-1, title: x, ${fields}}\n`;
  const files = { 'p.yaml': plan('owner: null, status: ~, labels: []') };
  const source = actionSource(files);
  expect(filesAfter(files, editsOf(claimBead(source, beadIn(source, 'a-1'), MARIA)))['p.yaml']).toBe(
    plan(`owner: "${OWNER}", status: in_progress, labels: []`),
  );
});

test('what is filled in on the way makes no approval stale', () => {
  const files = { 'p.yaml': IN_YAML('        owner: null\n        status: null\n        evidence: []\n') };
  const source = actionSource(files);
  const claimed = filesAfter(files, editsOf(claimBead(source, beadIn(source, 'a-1'), MARIA)));
  expect(approvalHash(actionSource(claimed).snapshot.plan)).toBe(approvalHash(source.snapshot.plan));
});

test.each([
  [
    'p.yaml',
    'plan: p\napprovals: []\nphases:\n  - id: A\n    approvals: null\n    beads:\n      - {id: a-1, title: x}\n',
  ],
  ['p.md', '---\nplan: p\napprovals: []\n---\n\n## Phase A: x\n\nApproved by: —\n\n- [ ] a-1 x\n'],
  ['p.md', '# P\n\nApproved by: TBD\n\n## Phase A: x\n\n**Approved by:** none\n\n- [ ] a-1 x\n'],
])('approvals of the plan and of a phase take the place of nothing in %s', (file, text) => {
  const lines = text.split('\n').length;
  for (const id of [undefined, 'A']) {
    const files = { [file]: text };
    const source = actionSource(files);
    const phase = id === undefined ? undefined : source.snapshot.plan.phases[0];
    const after = filesAfter(files, editsOf(approve(source, phase, MARIA)))[file] ?? '';
    expect(after.split('\n')).toHaveLength(lines);
    const { plan } = actionSource({ [file]: after }).snapshot;
    expect((id === undefined ? plan.head : plan.phases[0])?.approvals).toMatchObject([{ by: '@maria' }]);
  }
});

test('what code, a quote or a comment says of nobody is not filled in, and counts for an approval', () => {
  const text = (fence: string) =>
    `## Phase 1: A\n\n### a-1 — Dig\n\nPriority: P1\n\n\`\`\`yaml\nOwner: ${fence}\nStatus: none\n\`\`\`\n\n> Owner: none\n\n<!-- Owner: none -->\n`;
  const files = { 'p.md': text('none') };
  const source = actionSource(files);
  const after = filesAfter(files, editsOf(claimBead(source, beadIn(source, 'a-1'), MARIA)))['p.md'];
  expect(after).toBe(text('none').replace('Priority: P1\n', `Priority: P1\nStatus: in progress\nOwner: ${OWNER}\n`));
  const hashes = ['none', '—'].map((fence) => approvalHash(actionSource({ 'p.md': text(fence) }).snapshot.plan));
  expect(hashes[0]).not.toBe(hashes[1]);
});
