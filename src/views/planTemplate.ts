/** For a file name and a plan id: lower case letters, digits and dashes, at most 40; `plan` when nothing is left. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  return slug === '' ? 'plan' : slug;
}

/** A plan with one thing of each kind, every rule kept; `cursor` is the first text to replace. */
export function planTemplate(
  slug: string,
  title: string,
): { readonly text: string; readonly cursor: { readonly start: number; readonly end: number } } {
  const purpose = 'What changes for whom when this is done, in two or three sentences.';
  const heading = title.replace(/\s+/g, ' ');
  const text = `---
plan: ${slug}
title: ${JSON.stringify(heading)}
mode: planning
---

# ${heading}

${purpose}

## Definition of done

- A statement that anyone can check, such as: p95 of /search stays below 300 ms for 7 days.

## Phase 1 — Feasibility

Objective: find out in an hour whether the riskiest assumption holds.

Verification:

- A measured result stands in \`docs/feasibility.md\`.

### B1 — Try the riskiest part on 20 cases

Priority: P0
Blocked by: none
Done when: 20 of 20 cases work, with the output in \`docs/feasibility.md\`.
If it fails: see Scenario F1.

### B2 — Write down what was learned

Priority: P1
Blocked by: B1
Done when: \`docs/feasibility.md\` names the 3 largest risks and what each would cost.
If it fails: see Scenario F1.

## Gate G1 — Go on?

Blocked by: B2

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| Cases that work | 20 of 20 | 15 to 19: change the approach, try again | fewer than 15 |

## Failure scenarios

### Scenario F1: The assumption does not hold

Detection: fewer than 20 of 20 cases work.

Recovery cascade:

1. Look at each failure and fix what they share.
2. Take the second-best approach and repeat B1.
3. Stop, and tell whoever asked for this what was found.
`;
  const start = text.indexOf(purpose);
  return { text, cursor: { start, end: start + purpose.length } };
}
