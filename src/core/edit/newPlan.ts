// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tab stops of snippets look like that.
import { literally } from './skeleton';

/**
 * `beads`: one phase of small steps with a gate behind it. `meta`: an initiative in phases that have their own prompts
 * and workspaces. `small`: a check list for a day or two.
 */
export type PlanShape = 'beads' | 'meta' | 'small';

export interface NewFile {
  /** Beside the plan. */
  readonly name: string;
  readonly text: string;
}

export interface NewPlan {
  readonly text: string;
  /** The same text with tab stops at everything that is to be replaced. */
  readonly snippet: string;
  /** The first text to replace. */
  readonly cursor: { readonly start: number; readonly end: number };
  /** Prompt log and progress file, where the shape has them. */
  readonly besides: readonly NewFile[];
}

/** For a file name and a plan id: lower case letters, digits and dashes, at most 40; `plan` when nothing is left. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  return slug === '' ? 'plan' : slug;
}

/** A plan to fill in that keeps every rule as it stands, so that nothing is reported before somebody writes. */
export function newPlan(shape: PlanShape, slug: string, title: string): NewPlan {
  const heading = title.replace(/\s+/g, ' ');
  const progress = shape === 'small' ? undefined : `progress-${slug}.md`;
  const head = ['---', `plan: ${slug}`, `title: ${JSON.stringify(heading)}`, 'mode: planning'];
  const matter = [...head, ...(progress === undefined ? [] : [`progress: ${progress}`]), '---'].join('\n');
  const snippet = `${literally(matter)}\n\n# ${literally(heading)}\n\n${BODIES[shape]}`;
  const text = withoutStops(snippet);
  const first = /(?<!\\)\$\{1:([^}]*)\}/.exec(snippet)?.[1] ?? '';
  const start = text.indexOf(first);
  const besides = progress === undefined ? [] : [promptLog(slug), progressLog(slug, progress)];
  return { text, snippet, cursor: { start, end: start + first.length }, besides };
}

/** The text as it stands while nobody has typed over the tab stops. */
export function withoutStops(snippet: string): string {
  const marks = /\\([\\$}])|\$\{\d+\|([^,|]*)[^}]*\|\}|\$\{\d+:((?:[^}\\]|\\.)*)\}/g;
  return snippet.replace(
    marks,
    (_, escaped?: string, choice?: string, inside?: string) =>
      escaped ?? choice ?? inside?.replace(/\\(.)/g, '$1') ?? '',
  );
}

function promptLog(slug: string): NewFile {
  return {
    name: `PLAN-${slug}-prompts.md`,
    text: `---
plan: ${slug}
---

# Prompt log

What was asked for, word for word, and what was decided because of it. Before the plan is carried out, check that a bead covers each decision.

## Prompt 1 — What started this

> The words, as they were said.

**Key decisions:**

- The riskiest part is tried first → B1
`,
  };
}

function progressLog(slug: string, name: string): NewFile {
  return {
    name,
    text: `---
plan: ${slug}
---

# Progress

One line for each event, oldest first: date · bead · what happened · who · evidence. Lines are added at the end and never changed.
`,
  };
}

const SCENARIO = `## Failure scenarios

### Scenario F1: \${20:The assumption does not hold}

Detection: \${21:fewer than 20 of 20 cases work.}

Recovery cascade:

1. \${22:Look at each failure and fix what they share.}
2. \${23:Take the second-best approach and repeat B1.}
3. \${24:Stop, and tell whoever asked for this what was found.}
`;

const BEADS = `\${1:What changes for whom when this is done, in two or three sentences.}

## Definition of done

- \${2:A statement that anyone can check, such as: p95 of /search stays below 300 ms for 7 days.}

## Phase 1 — \${3:Feasibility}

Objective: \${4:find out in an hour whether the riskiest assumption holds.}

Verification:

- \${5:A measured result stands in \`docs/feasibility.md\`.}

### B1 — \${6:Try the riskiest part on 20 cases}

Priority: P0
Blocked by: none
Done when: \${7:20 of 20 cases work, with the output in \`docs/feasibility.md\`.}
If it fails: see Scenario F1.

### B2 — \${8:Write down what was learned}

Priority: P1
Blocked by: B1
Done when: \${9:\`docs/feasibility.md\` names the 3 largest risks and what each would cost.}
If it fails: see Scenario F1.

## Gate G1 — \${10:Go on?}

Blocked by: B2

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| \${11:Cases that work} | \${12:20 of 20} | \${13:15 to 19: change the approach, try again} | \${14:fewer than 15} |

${SCENARIO}`;

const META = `\${1:What this initiative is for, and for whom, in two or three sentences.}

## Definition of done

- \${2:What must be true in production, such as: a user signs in with a real account over HTTPS.}
- \${3:How a fault is noticed, such as: an alert reaches the person on call within 5 minutes.}
- \${4:How it is taken back, such as: one flag turns it off within 5 minutes.}

## Risks and rollback

- \${5:What breaks if this ships half-done, and how anyone would know.}

## Phase 1 — \${6:The riskiest seam, end to end}

Objective: \${7:one request passes through every part in staging.}

Constraints: \${8:nothing in production changes in this phase.}

Done means: \${9:1 recorded request shows each part in \`docs/first-request.md\`.}

Interfaces: \${10:the API in \`docs/api.md\` stays as it is from here on.}

Prerequisites: \${11:access to staging and its keys.}

Verification:

- \${12:A person sends the request and reads its trace.}

Workspace: \${13:\`src\`, \`docs\`}

### B1 — \${14:Send one request through all parts}

Priority: P0
Blocked by: none
Done when: \${15:1 request returns status 200 in staging, its trace is in \`docs/first-request.md\`.}
If it fails: see Scenario F1.

## Gate G1 — \${16:Is the design right?}

Kind: human
Blocked by: B1

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| Owners who agree | all | all but 1, who says what to change | fewer |

## Phase 2 — \${17:Ready for real users}

Depends on: Phase 1

Objective: \${18:the first 10 users work with it in production.}

Done means: 10 users have used it for 7 days, and each incident has a note in \`docs/incidents.md\`.

Verification:

- \${19:The dashboard shows an error rate below 1 % over 7 days.}

Workspace: \`src\`, \`docs\`

### B2 — Turn it on for 10 users

Priority: P1
Blocked by: G1
Done when: 10 users are in the list of the flag, and 0 alerts are open after 24 hours.
If it fails: see Scenario F1.

${SCENARIO}`;

const SMALL = `\${1:What changes when this is done, in a sentence.}

## Phase 1 — \${2:Do it}

Objective: \${3:what is there at the end that is not there now.}

Verification:

- \${4:What somebody runs or looks at, and sees.}

### Beads

- [ ] **B1** \${5:Try it on one case}
  - Priority: P0
  - Done when: \${6:1 of 1 case works, the output is in the pull request.}
  - If it fails: see Scenario F1.
- [ ] **B2** \${7:Do the rest}
  - Priority: P1
  - Blocked by: B1
  - Done when: \${8:20 of 20 cases work, and the tests pass.}
  - If it fails: see Scenario F1.

${SCENARIO}`;

const BODIES: Readonly<Record<PlanShape, string>> = { beads: BEADS, meta: META, small: SMALL };
