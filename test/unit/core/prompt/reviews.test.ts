import { expect, test } from 'vitest';
import { readPlanFile } from '../../../../src/core/notation/read';
import { joinPlan } from '../../../../src/core/plan/joinPlan';
import { critiquePrompt, readinessPrompt } from '../../../../src/core/prompt/reviews';
import { schedule } from '../../../../src/core/schedule/schedule';

const text = `---
plan: search
mode: planning
progress: progress.md
---

# Search

## Phase 1 — Index

### S-1 — Index the pages
Done when: it is good.

## Critiques

| Id | Critique | Verdict | Reason |
| --- | --- | --- | --- |
| C1 | S-1 is three beads | rejected | one query |
| C2 | Nobody measured latency | | |

## Readiness passes

| Pass | Date | Reviewer | Rating | New gaps |
| --- | --- | --- | --- | --- |
| 1 | 2026-11-01 | Ada | not ready | 5 |
| 2 | 2026-11-02 | Ada | ready | 0 |
`;

function snapshotOf(content: string) {
  const plan = joinPlan('key', [readPlanFile('docs/PLAN-search.md', content)]);
  return { plan, schedule: schedule(plan) };
}

test('the readiness prompt names the files, what the rules find and the passes so far', () => {
  const prompt = readinessPrompt(snapshotOf(text), undefined, (file) => file).text;
  expect(prompt).toContain('# Readiness review of “Search”');
  expect(prompt).toContain('- `docs/PLAN-search.md`');
  expect(prompt).toContain('- `progress.md`: what happened so far');
  expect(prompt).toMatch(/- vague-done-when: .*S-1/);
  expect(prompt).toContain('- Pass 1: 2026-11-01 · Ada · not ready · 5 new gaps');
  expect(prompt).toContain('- Pass 2: 2026-11-02 · Ada · ready · 0 new gaps');
  expect(prompt).toContain('execute nothing of it');
  expect(prompt).not.toContain('{{');
});

test('the critique prompt gives what was said already', () => {
  const prompt = critiquePrompt(snapshotOf(text)).text;
  expect(prompt).toContain('- C1: S-1 is three beads (rejected: one query)');
  expect(prompt).toContain('- C2: Nobody measured latency (no verdict)');
});

test('a first pass of a plan under way has neither', () => {
  const bare = text.slice(0, text.indexOf('## Critiques')).replace('planning', 'executing');
  expect(readinessPrompt(snapshotOf(bare)).text).not.toContain('Passes so far');
  expect(critiquePrompt(snapshotOf(bare)).text).not.toContain('Already said');
  expect(critiquePrompt(snapshotOf(bare)).text).not.toContain('execute nothing');
});
