import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanPart } from '../../../../../src/core/model';
import { readMarkdown } from '../../../../../src/core/notation/markdown/readMarkdown';
import { dedent } from './text';

const PLAN = dedent(`
  ---
  plan: shop
  ---
  # Shop

  Goal: sell things

  - [x] **Phase 1: Base** - first
  - [ ] **Phase 2: Top** - then

  ## Phase 1: Base

  **Objective:** lay it
  **Success criteria**:

  1. It stands
  2. It holds
     **Plans**: 2

  ### T1 — Dig

  Priority: P0 | Blocked by: none
  What: dig a hole
  that is deep
  Done when: 2 m. If less: see Scenario F1.

  - [x] by hand
  - [ ] by machine

  ### Gate G1: Deep enough?

  | Check | Pass | Adjust | Abort |
  |---|---|---|---|
  | depth | 2 m | 1 m | rock |

  Decision: Pass · 2026-05-02 · @jo

  ## Phase 2: Top

  **Depends on:** all previous phases

  - [ ] **T2** Build | P1 | blocked by: T1
    - Done when: it stands
    - [ ] T2a walls
  - [~] T3–T5 — dropped

  | ID | Task | Status |
  |---|---|---|
  | T6 | Paint | todo |

  \`\`\`sh
  # - [ ] T9 not this
  \`\`\`

  ## Failure scenarios

  - **F1 Rock** — detect: it rings. 1) drill 2) blast

  ## Insights

  **Tier 1 — fails without**
  - Water flows down
`);

/** Plans without a phase heading are read in another way. */
const LIST = dedent(`
  # Tasks

  ## 1. Setup

  - [x] 1.1 Create it
  - [ ] 1.2 Name it (after 1.1)

  ## 2. Core

  - [ ] 2.1 Write it
    - [ ] a step

  ## 3. Checks

  - [ ] run them
`);

/** Things that are told elsewhere, or only told by what is around them. */
const ELSEWHERE = dedent(`
  # Pier

  - [ ] Ask the harbour
  - [ ] Draw it

  ## Sprint 1: Piles

  *Depends on Deck*

  ### S1-T1: Drive

  **Blocks:** S2-T1

  ### S1-T2: Cut

  Depends on: Drive

  ## Sprint 2: Deck

  1. **Saw** the planks
  2. **Nail** them (after step 1)

  **S2-T1** Paint

  - [ ] red
  - Blocks: S1-T2

  Phase 3: Open

  - [ ] Sing (after Ask the harbour)

  ## In progress

  - [ ] Wood
  - [x] Nails

  ## Dependencies

  - S2-T1 depends on S1-T2
  - S1-T1 → S1-T2
  - **Deck (Sprint 2)**: depends on Sprint 1
`);

const PIECES = [
  ...'#\n*`|-[]x:.~> (',
  '\n\n',
  '# ',
  '## ',
  '```\n',
  '<!--',
  '-->',
  '- [ ] ',
  '1. ',
  '  ',
  '\t',
  '---\n',
  '\r\n',
  '## Phase 3: New\n',
  '\n- [ ] **T7** x | P0\n',
  'Blocked by: T1',
  'Gate G2: ',
  '**Tier 2**\n',
  '| a | b |\n|---|---|\n',
  '<details>\n',
  'Scenario F2: ',
  '# Title\n',
  '## Sprint 2: Deck\n',
  '## Done\n',
  '\n- [ ] Draw it (after Wood)\n',
  '**Blocks:** S1-T2\n',
  '\n## Dependencies\n\n- S1-T1 depends on S2-T1\n',
  '\n1. **Dig** it\n',
  '\n**S9** Task\n\n- [ ] step\n',
];

type Edit = { readonly at: number; readonly remove: number; readonly insert: string };

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 120 })),
  insert: fc.oneof(fc.constantFrom(...PIECES), fc.constant(''), fc.string({ maxLength: 4 })),
});

function apply(text: string, { at, remove, insert }: Edit): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + insert + text.slice(start + remove);
}

describe('reading after an edit', () => {
  test.each([
    ['a plan with phases', PLAN],
    ['a plan without', LIST],
    ['a plan that tells of things elsewhere', ELSEWHERE],
  ])('gives what reading anew gives: %s', (_, plan) => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        let text = plan;
        // The first reading keeps nothing, the second one does.
        let part = readMarkdown('plan.md', `${text}\n`, readMarkdown('plan.md', text));
        for (const each of edits) {
          text = apply(text, each);
          part = readMarkdown('plan.md', text, part);
          expect(part).toEqual(readMarkdown('plan.md', text));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('the same text gives the same part', () => {
    const part = readMarkdown('plan.md', PLAN);
    expect(readMarkdown('plan.md', PLAN, part)).toBe(part);
    expect(readMarkdown('other.md', PLAN, part)).not.toBe(part);
  });

  test('what stands before an edit stays the same objects, so that views can tell what changed', () => {
    const second = readMarkdown('plan.md', `${PLAN}\n`, readMarkdown('plan.md', PLAN));
    const third = readMarkdown('plan.md', `${PLAN}\nmore\n`, second);
    expect(third.beads[0]).toBe(second.beads[0]);
    expect(third.phases.at(-1)).toBe(second.phases.at(-1));
  });

  test('a part of another notation or file is no help, and no harm', () => {
    const part: PlanPart = { ...readMarkdown('plan.md', PLAN), notation: 'yaml' };
    expect(readMarkdown('plan.md', PLAN, part)).toEqual(readMarkdown('plan.md', PLAN));
  });
});
