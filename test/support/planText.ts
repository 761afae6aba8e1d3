/** A small plan: two phases, a gate between them, a bead that is in parts, a failure scenario. */
export function planText(id: string, title = `The ${id} plan`): string {
  return `---
plan: ${id}
---

# ${title}

## Phase 1 — Prepare

### B1 — Read the docs

Priority: P0
Status: closed
Done when: 3 pages of notes stand in docs/notes.md.

### B2 — Write the parser

Priority: P1
Blocked by: B1
Done when: 20 of 20 files are read.

#### B2a — Read one file

Priority: P1
Done when: 1 of 1 files is read.

- [x] Open it
- [ ] Close it

#### B2b — Read all files

Priority: P2
Blocked by: B2a
Done when: 20 of 20 files are read.

## Gate G1 — Does it hold?

Blocked by: B2

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| Files read | 20 | 15 to 19 | fewer than 15 |

## Phase 2 — Ship

### B3 — Publish

Priority: P0
Blocked by: G1
Done when: version 1.0.0 can be installed.
If it fails: see Scenario F1.

## Failure scenarios

### Scenario F1: The registry is down

Detection: publishing ends with a code other than 0.

1. Try again after 10 minutes.
2. Publish from another machine.
`;
}
