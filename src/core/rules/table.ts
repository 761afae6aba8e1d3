import type { Severity } from '../model';
import type { Surroundings } from './surroundings';

/** A rule, for people: `docs/rules.md` is made of this, and a test reads each example and finds what it says. */
export interface Rule {
  readonly family: Family;
  /** Where neither the settings nor the plan say otherwise. */
  readonly severity: Severity;
  /** What is reported. */
  readonly reports: string;
  readonly why: string;
  /** What a quick fix does, for a rule that has one. */
  readonly fix?: string;
  /** A plan in which the rule finds something. */
  readonly example: string;
  /** Markdown where it is not said. */
  readonly notation?: 'yaml';
  /** What stands around the example, for a rule that needs more than its text. */
  readonly around?: Surroundings;
}

export type Family = 'Structure' | 'Beads' | 'Gates' | 'Scenarios' | 'Phases' | 'Audits' | 'Execution';

const rules = {
  // ── structure ─────────────────────────────────────────────────────────────────────────────────────────────────────
  'duplicate-id': {
    family: 'Structure',
    severity: 'error',
    reports: 'Two different phases, beads, gates or failure scenarios of one plan have the same id.',
    why: 'References by that id go to the first of them, so whatever waits for the second never sees it.',
    fix: 'Gives the second one the next free id.',
    example: '- [ ] B1 — Set up the project\n- [ ] B1 — Deploy to staging\n',
  },
  'unknown-reference': {
    family: 'Structure',
    severity: 'error',
    reports:
      'A plan names a bead, gate, phase or failure scenario that is not in it. A warning where it may only be a word.',
    why: 'What waits for something that is not there is blocked for good.',
    fix: 'Puts the nearest id there is in its place.',
    example: '- [ ] B-10 — Read the docs\n- [ ] B-20 — Write the parser | blocked by: B-11\n',
  },
  'dependency-cycle': {
    family: 'Structure',
    severity: 'error',
    reports: 'Things wait for each other in a circle. It is told once, with the whole circle.',
    why: 'None of them can ever start. Often one is too large: split off the part that the others need.',
    fix: 'Takes out one of the dependencies; there is a fix for each.',
    example: '- [ ] B1 — Read | blocked by: B2\n- [ ] B2 — Write | blocked by: B1\n',
  },
  'self-dependency': {
    family: 'Structure',
    severity: 'error',
    reports: 'Something is blocked by itself.',
    why: 'It can never start.',
    fix: 'Takes its own id out of what it waits for.',
    example: '- [ ] B1 — Read the docs\n- [ ] B2 — Write the parser | blocked by: B1, B2\n',
  },
  'contradicting-tellings': {
    family: 'Structure',
    severity: 'warning',
    reports: 'The same thing is told in two places of the plan, and they say different things of it.',
    why: 'The telling with more in it counts, so what the other one says is lost without anybody noticing.',
    example:
      '| ID | Bead | Priority |\n| --- | --- | --- |\n| B1 | Read the docs | P0 |\n\n### B1 — Read the docs\n\nPriority: P2\nDone when: 3 pages of notes exist.\n',
  },
  'unreachable-phase': {
    family: 'Structure',
    severity: 'warning',
    reports: 'A phase stands behind something that can never happen: an aborted gate, a circle, a missing bead.',
    why: 'Its beads are never ready, and that shows only when everything before it is done.',
    example:
      '## Phase 1 — Try\n\n- [x] B1 — Measure\n\n## Gate G1 — Does it work?\n\nBlocked by: B1\nDecision: Abort · 2026-05-02\n\n## Phase 2 — Build\n\n- [ ] B2 — Build it\n',
  },
  'unknown-field': {
    family: 'Structure',
    severity: 'warning',
    reports: 'A key in a YAML plan is none that Phasewise knows.',
    why: 'What stands there is not read.',
    fix: 'Writes the nearest key there is.',
    example: 'phases:\n  - id: A\n    title: Build\n    depend_on: []\n',
    notation: 'yaml',
  },
  'invalid-value': {
    family: 'Structure',
    severity: 'warning',
    reports: 'A priority, a status or a line of `rules:` says something that nobody can read.',
    why: 'It counts as not written, so the bead has no priority or stays open.',
    example: '### B1 — Read the docs\n\nPriority: soonish\nDone when: 3 pages of notes exist.\n',
  },
  'malformed-file': {
    family: 'Structure',
    severity: 'error',
    reports: 'A file, or a part of it, cannot be read: its YAML or JSON is broken at the place that is marked.',
    why: 'The rest is read as far as possible, and the file is never written to while it is like this. Frequent causes: a text with a colon that needs quotes, and a list item that is not indented like the others.',
    example: 'phases:\n  - id: A\n    title: "Build\n    objective: no quote ends above\n',
    notation: 'yaml',
  },

  // ── beads ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  'missing-id': {
    family: 'Beads',
    severity: 'hint',
    reports: 'A phase, bead or gate has no id.',
    why: 'It is shown under an id made from its place, which changes when something is written above it, so nothing can refer to it.',
    fix: 'Writes the next free id in front of its title.',
    example: '## Phase 1 — Build\n\n### B1 — Read the docs\n\nPriority: P0\n\n### Write the parser\n\nPriority: P1\n',
  },
  'missing-done-when': {
    family: 'Beads',
    severity: 'warning',
    reports: 'A bead does not say when it is done.',
    why: 'A bead without a condition is a wish: nobody can close it with evidence.',
    fix: 'Adds the field.',
    example:
      '### B1 — Read the docs\n\nPriority: P0\nDone when: 3 pages of notes exist.\n\n### B2 — Write the parser\n\nPriority: P1\n',
  },
  'vague-done-when': {
    family: 'Beads',
    severity: 'info',
    reports:
      'What a bead calls done holds nothing that can be measured or shown: no number, comparison, command, path or quoted state.',
    why: 'Two people can disagree on whether it is done.',
    example: '### B1 — Write the parser\n\nPriority: P0\nDone when: the parser works well.\n',
  },
  'missing-failure-pointer': {
    family: 'Beads',
    severity: 'info',
    reports: 'A bead does not say what to do when it fails.',
    why: 'The plan was made calmly; the moment of failure is not calm.',
    fix: 'Adds the field.',
    example:
      '### B1 — Read the docs\n\nDone when: 3 pages of notes exist.\nIf it fails: see Scenario F1\n\n### B2 — Write the parser\n\nDone when: 20 of 20 files are read.\n\n## Scenario F1 — Docs are wrong\n\nDetection: 2 files fail.\n\n1. Ask.\n',
  },
  'missing-priority': {
    family: 'Beads',
    severity: 'hint',
    reports: 'A bead has no priority.',
    why: 'Among ready beads it comes last, wherever it belongs.',
    fix: 'Adds the field, with P2.',
    example:
      '### B1 — Read the docs\n\nPriority: P0\n\n### B2 — Write the parser\n\nDone when: 20 of 20 files are read.\n',
  },
  'fat-bead': {
    family: 'Beads',
    severity: 'info',
    reports: 'A bead has more than five conditions to be done, or is told in more than 60 lines.',
    why: 'When a large bead fails, nobody knows which part of it failed. Split it.',
    example:
      '### B1 — Do all of it\n\nDone when:\n\n- 1 file is read.\n- 2 files are read.\n- 3 files are written.\n- 4 tests pass.\n- 5 pages exist.\n- 6 people agree.\n',
  },

  // ── gates ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  'missing-threshold': {
    family: 'Gates',
    severity: 'warning',
    reports: 'A gate has no criteria, or one that holds no threshold.',
    why: '"Looks good" is not a gate: it passes on the day when everybody is tired.',
    example:
      '## Gate G1 — Ready?\n\n| Criterion | Pass | Adjust | Abort |\n| --- | --- | --- | --- |\n| Quality | looks good | so so | bad |\n',
  },
  'missing-verdict-column': {
    family: 'Gates',
    severity: 'warning',
    reports: 'A criterion of a gate leaves out when to pass, adjust or abort.',
    why: 'What nobody wrote down while thinking clearly is argued about when the value is in.',
    fix: 'Adds the column.',
    example:
      '## Gate G1 — Ready?\n\n| Criterion | Pass | Adjust |\n| --- | --- | --- |\n| p95 tokens | under 4096 | 4096 to 8192 |\n',
  },
  'no-gate-between-phases': {
    family: 'Gates',
    severity: 'hint',
    reports: 'No gate stands between two phases of which one waits for the other.',
    why: 'Without a point to stop and look, a wrong assumption is built upon.',
    example:
      '## Phase 1 — Try\n\n- [ ] B1 — Measure\n\n## Phase 2 — Build\n\nDepends on: Phase 1\n\n- [ ] B2 — Build it\n',
  },

  // ── scenarios ─────────────────────────────────────────────────────────────────────────────────────────────────────
  'missing-detection': {
    family: 'Scenarios',
    severity: 'warning',
    reports: 'A failure scenario does not say how the failure is noticed.',
    why: 'A failure that nobody notices is not recovered from.',
    fix: 'Adds the field.',
    example:
      '- [ ] B1 — Publish. If it fails: see Scenario F1\n\n## Scenario F1 — The registry is down\n\n1. Try again.\n',
  },
  'missing-recovery': {
    family: 'Scenarios',
    severity: 'warning',
    reports: 'A failure scenario has no recovery steps.',
    why: 'A named failure is a procedure only when the procedure is there.',
    fix: 'Adds the field.',
    example:
      '- [ ] B1 — Publish. If it fails: see Scenario F1\n\n## Scenario F1 — The registry is down\n\nDetection: publishing ends with code 1.\n',
  },
  'unused-scenario': {
    family: 'Scenarios',
    severity: 'info',
    reports: 'No bead, gate or other text of the plan points at a failure scenario.',
    why: 'Whoever meets that failure does not find the way out of it.',
    example:
      '- [ ] B1 — Publish\n\n## Scenario F1 — The registry is down\n\nDetection: publishing ends with code 1.\n\n1. Try again.\n',
  },

  // ── phases ────────────────────────────────────────────────────────────────────────────────────────────────────────
  'missing-objective': {
    family: 'Phases',
    severity: 'info',
    reports: 'A phase does not say what it is for.',
    why: 'The prompt of a phase begins with its objective.',
    fix: 'Adds the field.',
    example:
      '## Phase 1 — Try\n\nObjective: Know whether it works.\n\n- [ ] B1 — Measure\n\n## Phase 2 — Build\n\n- [ ] B2 — Build it\n',
  },
  'missing-verification': {
    family: 'Phases',
    severity: 'info',
    reports: 'A phase names no command, check or manual step that proves it done.',
    why: 'Checks written while thinking clearly are better than those made up at the end.',
    fix: 'Adds the field.',
    example:
      '## Phase 1 — Try\n\nVerification: `npm test`\n\n- [ ] B1 — Measure\n\n## Phase 2 — Build\n\n- [ ] B2 — Build it\n',
  },
  'missing-interfaces': {
    family: 'Phases',
    severity: 'hint',
    reports: 'Another phase depends on this one, and it does not say what it hands over.',
    why: 'Two agents in two workspaces agree on nothing that is not written down.',
    fix: 'Adds the field.',
    example:
      '## Phase 1 — Try\n\nInterfaces: `measure()` in src/measure.ts stays.\n\n- [ ] B1 — Measure\n\n## Phase 2 — Build\n\nDepends on: Phase 1\n\n- [ ] B2 — Build it\n\n## Phase 3 — Ship\n\nDepends on: Phase 2\n\n- [ ] B3 — Ship it\n',
  },
  'prompt-repeats-plan': {
    family: 'Phases',
    severity: 'warning',
    reports: 'A phase repeats most of what the rest of the plan says, so its prompt carries most of the plan.',
    why: 'An agent that is given the whole story plans again instead of doing its part.',
    example: `## Phase 1 — Try\n\nEvery record of the archive is read once, counted, and compared with the total that its owner reports.\nThe filter keeps records of the newest version only, and writes how many each of its steps has removed.\nThe reviewer reads fifty examples by hand, and marks each fact that does not belong to its unit.\nThe adapter answers from the hosted model whenever the tuned one is late or sends no valid document.\n\n- [ ] B1 — Measure\n\n## Phase 2 — Build\n\nEvery record of the archive is read once, counted, and compared with the total that its owner reports.\nThe filter keeps records of the newest version only, and writes how many each of its steps has removed.\nThe reviewer reads fifty examples by hand, and marks each fact that does not belong to its unit.\nThe adapter answers from the hosted model whenever the tuned one is late or sends no valid document.\n\n- [ ] B2 — Build it\n`,
  },
  'prompt-too-narrow': {
    family: 'Phases',
    severity: 'info',
    reports: 'A phase names no paths, no interfaces and no verification.',
    why: 'Its prompt leaves an agent to guess where to work, what must stay and what proves it right.',
    example:
      '## Phase 1 — Try\n\nWorkspace: `src`\n\n- [ ] B1 — Measure\n\n## Phase 2 — Build\n\nObjective: Build it.\n\n- [ ] B2 — Build it\n',
  },
  'missing-approval': {
    family: 'Phases',
    severity: 'info',
    reports: 'A phase could begin, but nobody has approved it, in a plan that is being executed and records approvals.',
    why: 'Errors in a plan compound; a human who reads the phase first is where they are stopped.',
    example:
      '---\nmode: executing\n---\n\n## Phase 1 — Try\n\nApproved by: @maria on 2026-05-02\n\n- [x] B1 — Measure\n\n## Phase 2 — Build\n\nDepends on: Phase 1\n\n- [ ] B2 — Build it\n',
  },

  // ── audits ────────────────────────────────────────────────────────────────────────────────────────────────────────
  'prompt-uncovered': {
    family: 'Audits',
    severity: 'warning',
    reports: 'A logged prompt or one of its decisions names no bead that covers it.',
    why: 'What was asked for and stands in no bead is not built, and nobody notices until it is asked for again.',
    example:
      '- [ ] B1 — Scan the database\n\n## Prompt 1 — More data\n\n> Look outside the database too.\n\n**Key decisions:**\n\n- Scan the database → B1\n- Scan the archive\n',
  },
  'contradicted-decision': {
    family: 'Audits',
    severity: 'warning',
    reports:
      'Two logged decisions on the same thing give different values, and the earlier one does not say that it was replaced.',
    why: 'The plan is built on one of them, and nobody can tell whether it is the one that still holds.',
    example:
      '- [ ] B1 — Evaluate\n\n## Prompt 1 — Target\n\n**Key decisions:**\n\n- Success target of 95 % on the test set → B1\n\n## Prompt 2 — Higher\n\n**Key decisions:**\n\n- Success target of 99 % on the test set → B1\n',
  },
  'critique-without-verdict': {
    family: 'Audits',
    severity: 'warning',
    reports: 'A critique of the plan was neither adopted nor rejected.',
    why: 'Criticism that nobody answered is worth as much as none.',
    example:
      '- [ ] B1 — Train\n\n## Critiques\n\n| ID | Critique | Verdict | Reason |\n| --- | --- | --- | --- |\n| C1 | Train on a small set first | | |\n',
  },
  'rejected-without-reason': {
    family: 'Audits',
    severity: 'warning',
    reports: 'A critique was rejected without a reason.',
    why: 'The next reviewer will say the same again, and perhaps be right.',
    example:
      '- [ ] B1 — Train\n\n## Critiques\n\n| ID | Critique | Verdict | Reason |\n| --- | --- | --- | --- |\n| C1 | Train on a small set first | rejected | |\n',
  },
  'unranked-insight': {
    family: 'Audits',
    severity: 'info',
    reports: 'An insight stands in no tier.',
    why: 'Fifteen important findings are no priorities: when two pull in different directions, the higher tier decides.',
    example: '- [ ] B1 — Train\n\n## Insights\n\n- Fewer and better examples win.\n',
  },
  'readiness-not-stable': {
    family: 'Audits',
    severity: 'info',
    reports: 'The last readiness pass found as many new gaps as the one before it, or more.',
    why: 'While each pass finds as much as the last one, there is more to be found.',
    example:
      '- [ ] B1 — Train\n\n## Readiness passes\n\n| Pass | Reviewer | Rating | New gaps |\n| --- | --- | --- | --- |\n| 1 | @noor | not ready | 2 |\n| 2 | @noor | not ready | 3 |\n',
  },

  // ── execution ─────────────────────────────────────────────────────────────────────────────────────────────────────
  'closed-while-blocked': {
    family: 'Execution',
    severity: 'warning',
    reports: 'A bead is closed although something it is blocked by is not done.',
    why: 'Either the dependency is not real, or the bead was closed on something that does not exist yet.',
    example: '- [ ] B1 — Read the docs\n- [x] B2 — Write the parser | blocked by: B1\n',
  },
  'claimed-while-blocked': {
    family: 'Execution',
    severity: 'warning',
    reports: 'A bead or a phase is being worked on although something it waits for is not done.',
    why: 'The interesting part is begun while a landmine lies in the foundation.',
    example: '- [ ] B1 — Read the docs\n- [/] B2 — Write the parser | blocked by: B1\n',
  },
  'closed-with-open-parts': {
    family: 'Execution',
    severity: 'warning',
    reports: 'A phase or a bead is checked off although something in it is still open.',
    why: 'It counts as open in spite of the mark, and whoever reads the mark believes otherwise.',
    example: '- [x] **Phase 1: Try** — first look\n\n## Phase 1: Try\n\n- [x] B1 — Measure\n- [ ] B2 — Report\n',
  },
  'closed-without-evidence': {
    family: 'Execution',
    severity: 'info',
    reports: 'A bead was closed without a word on what shows that it is done.',
    why: 'The next session has to find out again.',
    fix: 'Adds the field.',
    example:
      '### B1 — Read the docs\n\nStatus: closed\nEvidence: 3 pages in docs/notes.md\n\n### B2 — Write the parser\n\nStatus: closed\n',
  },
  'gate-skipped': {
    family: 'Execution',
    severity: 'warning',
    reports: 'Work behind a gate was begun or closed, and the gate has not passed.',
    why: 'A gate that can be walked around decides nothing.',
    example:
      '## Phase 1 — Try\n\n- [x] B1 — Measure\n\n### Gate G1 — Does it work?\n\n| Criterion | Pass | Adjust | Abort |\n| --- | --- | --- | --- |\n| Files read | 20 | 15 to 19 | fewer |\n\n## Phase 2 — Build\n\n- [x] B2 — Build it\n',
  },
  'stale-approval': {
    family: 'Execution',
    severity: 'warning',
    reports: 'The text that was approved under a hash was changed since.',
    why: 'What is being executed is not what somebody agreed to.',
    example:
      '## Phase 1 — Try\n\nObjective: Know whether it works.\n\nApproved by: @maria on 2026-05-02 (sha256:1a2b3c4d)\n\n- [ ] B1 — Measure\n',
  },
  'plan-not-committed': {
    family: 'Execution',
    severity: 'info',
    reports:
      'A plan is being executed, and a file of it holds changes that are not committed. In a workspace that is not trusted, git is not asked.',
    why: 'A plan is as important as the code it leads to: without history nobody can tell what was thought when.',
    example: '---\nmode: executing\n---\n\n- [ ] B1 — Measure\n',
    around: { uncommitted: ['PLAN.md'] },
  },
  'missing-progress-entry': {
    family: 'Execution',
    severity: 'info',
    reports: 'A bead is closed, and the progress file does not name it.',
    why: 'The next session reads the progress file first, and goes on from there.',
    example: '---\nprogress: data/progress.md\n---\n\n- [x] B1 — Measure\n- [x] B2 — Report\n',
    around: { progress: { file: 'data/progress.md', text: '- 2026-05-02 B1: 20 files read\n' } },
  },
  'several-current-beads': {
    family: 'Execution',
    severity: 'info',
    reports: 'One owner has several beads in progress at once.',
    why: 'After an interruption nobody can tell which one was being worked on.',
    example:
      '### B1 — Read the docs\n\nOwner: @maria\nStatus: in progress\n\n### B2 — Write the parser\n\nOwner: @maria\nStatus: in progress\n',
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;

export const RULES: Readonly<Record<RuleId, Rule>> = rules;

export const RULE_IDS = Object.keys(rules) as readonly RuleId[];

export function isRule(code: string): code is RuleId {
  return Object.hasOwn(rules, code);
}
