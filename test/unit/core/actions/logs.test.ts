import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logPrompt } from '../../../../src/core/actions/logPrompt';
import { recordCritique, recordReadinessPass } from '../../../../src/core/actions/reviews';
import { readinessTrend } from '../../../../src/core/readinessTrend';
import { actionSource, changedLines, editsOf, filesAfter, MARIA, TOMAS } from '../../../support/actions';
import { sampleSource } from '../../../support/planSource';
import { planText } from '../../../support/planText';

const sample = (name: string) => readFileSync(join(import.meta.dirname, '../../../../samples', name), 'utf8');

describe('a critique', () => {
  const record = (files: Record<string, string>, critique = {}) => {
    const source = actionSource(files);
    const edits = editsOf(
      recordCritique(source, MARIA, {
        text: 'Nothing says | who pays',
        verdict: 'adopted',
        landed: 'Phase 1',
        ...critique,
      }),
    );
    const [file = ''] = edits.keys();
    return changedLines(files[file] ?? '', filesAfter(files, edits)[file] ?? '').filter((line) => line !== '+');
  };

  test('is a row of the table that is there', () => {
    const plan = sample('finetune/PLAN-finetune-qwen.md');
    expect(record({ 'PLAN-finetune-qwen.md': plan }, { source: 'second reading', reason: 'It was true' })).toEqual([
      '+| C11 | Nothing says \\| who pays | second reading | adopted | It was true | Phase 1 |',
    ]);
  });

  test('is an item of the list that is there', () => {
    const plan = `${planText('x')}\n## Feedback\n\n- **F1** Too long — rejected: it has to be\n`;
    expect(record({ 'PLAN.md': plan }, { verdict: 'rejected', reason: 'nobody does' })).toEqual(
      ['+- **F2** Nothing says, who pays — rejected: nobody does'].map((line) =>
        line.replace('says, who', 'says | who'),
      ),
    );
  });

  test('is an entry in YAML', () => {
    const plan = sample('golf-round-finder/golf-round-finder.plan.yaml');
    expect(record({ 'golf-round-finder.plan.yaml': plan }, { reason: 'true: yes' })).toEqual([
      expect.stringMatching(/^\+ {2}- id: C\d+$/),
      '+    text: Nothing says | who pays',
      '+    source: "@maria"',
      '+    verdict: adopted',
      '+    reason: "true: yes"',
      '+    landed_in: Phase 1',
    ]);
  });

  test('gets a section where there is none', () => {
    expect(record({ 'PLAN.md': planText('x') })).toEqual([
      '+## Critiques',
      '+| ID | Critique | Source | Verdict | Reason | Landed in |',
      '+| --- | --- | --- | --- | --- | --- |',
      '+| C1 | Nothing says \\| who pays | @maria | adopted | — | Phase 1 |',
    ]);
    expect(record({ 'plan.yaml': 'plan: x\nbeads:\n  - { id: B1, title: A }\n' })).toContain('+critiques:');
  });

  test('is not rejected without a reason', () => {
    const source = actionSource({ 'PLAN.md': planText('x') });
    expect(recordCritique(source, MARIA, { text: 'x y', verdict: 'rejected' })).toMatchObject({
      refused: { code: 'input' },
    });
  });
});

describe('a readiness pass', () => {
  test.each([
    ['PLAN.md', planText('x')],
    ['plan.yaml', 'plan: x\nbeads:\n  - { id: B1, title: A }\n'],
  ])('is added to %s, pass by pass', (file, text) => {
    let files: Record<string, string> = { [file]: text };
    for (const newGaps of [
      ['no rollback; none at all', '3 beads without an owner', 'who pays?', 'a'],
      ['one more'],
      [],
    ]) {
      const source = actionSource(files);
      files = filesAfter(
        files,
        editsOf(recordReadinessPass(source, TOMAS, { rating: '7/10', newGaps, changed: 'G1' })),
      );
    }
    const { plan } = actionSource(files).snapshot;
    expect(
      plan.readinessPasses.map(({ number, gapCount, reviewer, rating }) => [
        number?.value,
        gapCount,
        reviewer?.value,
        rating?.value,
      ]),
    ).toEqual([
      ['1', 4, '@tomas', '7/10'],
      ['2', 1, '@tomas', '7/10'],
      ['3', 0, '@tomas', '7/10'],
    ]);
    expect(readinessTrend(plan)).toEqual({ sparkline: '█▃▁', newGaps: [4, 1, 0], state: 'settled' });
    expect(readinessTrend({ readinessPasses: plan.readinessPasses.slice(0, 2) }).state).toBe('settling');
    // A gap is never drawn as none, however many there were.
    const passes = [20, 1].map((gapCount) => ({ gapCount }) as (typeof plan.readinessPasses)[number]);
    expect(readinessTrend({ readinessPasses: passes }).sparkline).toBe('█▂');
    expect(readinessTrend({ readinessPasses: [] })).toEqual({ sparkline: '', newGaps: [], state: 'none' });
  });
});

describe('a prompt', () => {
  const promptLog = 'PLAN-x-prompts.md';

  test('is appended to the log of the sample as those in it are', () => {
    const source = sampleSource('finetune');
    const edits = editsOf(logPrompt(source, MARIA, { words: 'Please measure twice.\nThen cut.' }));
    expect([...edits.keys()]).toEqual(['PLAN-finetune-qwen-prompts.md']);
    expect(edits.get('PLAN-finetune-qwen-prompts.md')?.[0]?.newText).toBe(
      '\n\n## Prompt 14 — Please measure twice\n\n**Date:** 2026-05-02\n\n> Please measure twice.\n> Then cut.\n\n**Key decisions:**',
    );
  });

  test('has no place in the export of a tracker, nor in a file beside it that would be a plan of its own', () => {
    const files = { '.beads/issues.jsonl': '{"id":"bd-1","title":"Read","status":"open"}\n' };
    const outcome = logPrompt(actionSource(files, { promptLog: '.beads/PLAN-issues-prompts.md' }), MARIA, {
      words: 'Why?',
    });
    expect(outcome).toMatchObject({
      refused: { code: 'not-written', message: /^The export of a tracker has no prompt log/ },
    });
  });

  test('begins a log', () => {
    const source = actionSource({ 'PLAN-x.md': planText('x') }, { promptLog });
    const files = filesAfter(
      { 'PLAN-x.md': planText('x') },
      editsOf(logPrompt(source, MARIA, { words: 'Why?', title: 'A question' })),
    );
    expect(files[promptLog]).toMatch(
      /^---\nplan: x\n---\n\n# Prompt log\n\n.*\n\n## Prompt 1 — A question\n\n\*\*Date:\*\* 2026-05-02\n\n> Why\?\n\n\*\*Key decisions:\*\*\n$/,
    );
    const { plan } = actionSource(files).snapshot;
    expect(plan.prompts.map(({ words }) => words[0]?.value)).toEqual(['Why?']);
    expect(logPrompt(source, MARIA, { words: ' \n' })).toMatchObject({ refused: { code: 'input' } });
  });

  test('reads back word for word, or is refused', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        '## Prompt 3 — x',
        '```',
        '> quoted',
        '- item',
        '',
        '**Key decisions:**',
        '| a | b |',
        '<!--',
        '---',
        '  indented  ',
        'Words: no',
      ),
    );
    let logged = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.boolean(), (lines, hasLog) => {
        const words = lines.join('\n');
        const files: Record<string, string> = { 'PLAN-x.md': planText('x') };
        const before = actionSource(files, { promptLog });
        const first = hasLog ? filesAfter(files, editsOf(logPrompt(before, MARIA, { words: 'One' }))) : files;
        const source = hasLog ? actionSource(first) : before;
        const outcome = logPrompt(source, MARIA, { words });
        if ('refused' in outcome) return;
        logged++;
        const { plan } = actionSource(filesAfter(first, editsOf(outcome))).snapshot;
        const read = plan.prompts
          .at(-1)
          ?.words.map(({ value }) => value)
          .join('\n');
        expect(read).toBe(words.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, ''));
        expect(plan.prompts).toHaveLength(hasLog ? 2 : 1);
        expect(plan.beads).toHaveLength(source.snapshot.plan.beads.length);
      }),
      { numRuns: 60 },
    );
    expect(logged).toBeGreaterThan(30);
  }, 60_000);
});
