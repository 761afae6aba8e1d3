import { expect, test } from 'vitest';
import { closeBead, releaseBead } from '../../../../src/core/actions/beads';
import { actionSource, beadIn, editsOf, filesAfter, MARIA } from '../../../support/actions';

const PLAN = (item: string) => `## Phase 1: A\n\n- [/] a-1 ${item}\n- [ ] a-2 Fill\n`;

/** Owners without a name in front: what leads up to them goes with them. */
test.each([
  ['Dig @maria', 'Dig'],
  ['Dig — @maria', 'Dig'],
  ['Dig — @maria, 2h', 'Dig — 2h'],
  ['Dig (@maria)', 'Dig'],
])('%s is released as %s', (before, after) => {
  const files = { 'p.md': PLAN(before) };
  const source = actionSource(files);
  const released = filesAfter(files, editsOf(releaseBead(source, beadIn(source, 'a-1'), MARIA)))['p.md'];
  expect(released).toBe(PLAN(after).replace('[/]', '[ ]'));
});

test('an owner in the words of a status stays beside another status', () => {
  const files = { 'p.md': '## Phase 1: A\n\n### a-1 — Dig\n\nStatus: claimed by @maria\n' };
  const source = actionSource(files);
  const bead = beadIn(source, 'a-1');
  const closed = closeBead(source, bead, MARIA, { evidence: ['ok'] });
  expect(filesAfter(files, editsOf(closed))['p.md']).toContain('Status: closed by @maria\nEvidence: ok\n');
  const released = editsOf(releaseBead(source, bead, MARIA));
  expect(filesAfter(files, released)['p.md']).toContain('Status: open\n');
});
