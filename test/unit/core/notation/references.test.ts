import { describe, expect, test } from 'vitest';
import { parseReferences, parseScenarioPointers } from '../../../../src/core/notation/references';

/** `kind:plan/id…through` of each reference; fails when a reference does not stand where it says. */
function names(text: string, known?: readonly string[]): string {
  const isKnown = known && ((id: string) => known.includes(id));
  return parseReferences(text, { file: 'plan.md', start: 1000, end: 1000 + text.length }, { isKnown })
    .map(({ value, kind, plan, through, start, end }) => {
      const written = text.slice(start - 1000, end - 1000);
      if (through === undefined) expect(known ? value.endsWith(written) : value === written, text).toBe(true);
      else expect(written.startsWith(value) && written.endsWith(through), text).toBe(true);
      return `${kind ? `${kind}:` : ''}${plan ? `${plan}/` : ''}${value}${through ? `…${through}` : ''}`;
    })
    .join(' ');
}

describe('references', () => {
  test.each([
    ['ft-0001.7', 'ft-0001.7'],
    ['T004, T005', 'T004 T005'],
    ['a, b and c', 'a b c'],
    ['A1+A5', 'A1 A5'],
    ['B4a/B4b/B4c', 'B4a B4b B4c'],
    ['A → B', 'A B'],
    ['`T1`, **T2**; [T3](#t3)', 'T1 T2 T3'],
    ['GH-4 and GH-5', 'GH-4 GH-5'],
    ['24, 31', '24 31'],
    ['#12, #13', '12 13'],
    ['T1, T1', 'T1'],
  ])('lists: %s', (text, wanted) => expect(names(text.replace(/[`*[\]]|\(#t3\)/g, ' '))).toBe(wanted.trim()));

  test.each([
    ['Phase 9 (desktop complete). Can run in parallel with any phase of M2.', 'phase:9'],
    ['Phase 12 (beside Phases 14-16 once they are stable)', 'phase:12'],
    ['Phase 11.1 (the one), Phase 12.6 (the other)', 'phase:11.1 phase:12.6'],
    ['Phases 1, 2 and 3', 'phase:1 phase:2 phase:3'],
    ['Gate G1, ft-0001.12', 'gate:G1 ft-0001.12'],
    ['Task 1.1', 'bead:1.1'],
    ['all beads of phase B', 'phase:B'],
    ['Phase B (schema), E1', 'phase:B E1'],
    ['Foundation work (Phase 2)', 'phase:2'],
    ['other-plan/ft-2', 'other-plan/ft-2'],
  ])('kinds and remarks: %s', (text, wanted) => expect(names(text, [])).toBe(wanted));

  test.each([
    ['C1–C5', 'C1…C5'],
    ['C1–5', 'C1…5'],
    ['T004-T007', 'T004…T007'],
    ['Phases 1-3', 'phase:1…3'],
    ['Phase 1 – Phase 3', 'phase:1…3'],
    ['stages A–C', 'phase:A…C'],
    ['ft-8a to ft-8f', 'ft-8a…ft-8f'],
    // Not ranges: ids with hyphens.
    ['12.1-01, 12.1-02', '12.1-01 12.1-02'],
    ['01-02', '01-02'],
    ['B1-CFG', 'B1-CFG'],
  ])('ranges: %s', (text, wanted) => expect(names(text)).toBe(wanted));

  test.each(['None', 'Nothing (first phase)', '—', 'N/A', 'none (T3 is done)', 'No dependencies - see T001'])(
    '%s',
    (text) => expect(names(text)).toBe(''),
  );

  test.each([
    ['02 — Publish one article; 03 — Let an admin and 4 editors in', '02 03'],
    ['T013, T014 complete', 'T013 T014'],
    ['T013 (can be done during T012)', 'T013'],
    ['All tests and tasks complete', ''],
    ['2 weeks of preparation', ''],
    ['API keys from ops', ''],
    ['src/core/plan.ts', ''],
    ['review by legal', ''],
    ['P1', ''],
    ['2026-05-01', ''],
  ])('prose: %s', (text, wanted) => expect(names(text, [])).toBe(wanted));

  test('a word is a reference where it is known to be one', () => {
    expect(names('setup, core', ['setup'])).toBe('setup');
    expect(names('B6-TEST+CI', ['B6-TEST', 'B6-CI'])).toBe('B6-TEST B6-CI');
    expect(names('setup, core')).toBe('setup core');
  });

  test('names that objects have by nature are ids like any other', () => {
    expect(names('constructor, toString', ['constructor', 'toString'])).toBe('constructor toString');
  });
});

describe('pointers to failure scenarios', () => {
  test.each([
    ['see Scenario F1 (schema) — fix it', ['F1']],
    ['Scenario F2 (provider), F6 (retry).', ['F2', 'F6']],
    ['see Scenarios S2 and S3', ['S2', 'S3']],
    ['F1 step 4, then F-LEAK', ['F1', 'F-LEAK']],
    ['stop and ask', []],
    ['UTF-8 and P1', []],
  ])('%s', (text, wanted) => {
    const found = parseScenarioPointers(text, { file: 'plan.md', start: 0, end: text.length });
    expect(found.map(({ value }) => value)).toEqual(wanted);
    for (const { start, end, value } of found) expect(text.slice(start, end)).toBe(value);
  });
});
