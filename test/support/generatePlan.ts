import { randomNumbers } from './layeredPlan';

export interface GenerateOptions {
  readonly beads: number;
  /** 100 beads in each, when not given. */
  readonly phases?: number;
  readonly id?: string;
  /** Ids, names and numbers differ from plan to plan with it. */
  readonly seed?: number;
}

interface GeneratedBead {
  readonly id: string;
  readonly title: string;
  readonly priority: number;
  readonly blockedBy: readonly string[];
  readonly what: string;
  readonly doneWhen: string;
  readonly ifItFails: string;
  readonly status: 'open' | 'in progress' | 'closed';
  readonly estimate: number;
}

interface GeneratedPhase {
  readonly id: string;
  readonly title: string;
  readonly dependsOn: readonly string[];
  readonly beads: readonly GeneratedBead[];
  readonly gate: string;
  readonly isPassed: boolean;
}

/** A plan of any size in Markdown, the same for the same options: phases with beads under headings, and a gate each. */
export function generateMarkdown(options: GenerateOptions): string {
  const { id, phases } = generate(options);
  const lines = ['---', `plan: ${id}`, 'mode: executing', '---', '', `# Plan ${id}`, '', '## Baseline', ''];
  lines.push('- Every part answers within 300 ms at p95.', '- `npm test` passes on a clean checkout.', '');
  for (const phase of phases) {
    lines.push(`## Phase ${phase.id} — ${phase.title}`, '');
    if (phase.dependsOn.length > 0)
      lines.push(`Depends on: ${phase.dependsOn.map((each) => `Phase ${each}`).join(', ')}`, '');
    lines.push(`Objective: ${phase.title}, and nothing else.`, '', 'Verification:', '', '- `npm test`', '');
    for (const bead of phase.beads) {
      lines.push(`### ${bead.id} — ${bead.title}`, '');
      lines.push(
        `Priority: P${bead.priority} | Blocked by: ${bead.blockedBy.join(', ') || '—'} | Estimate: ${bead.estimate}h`,
        '',
      );
      lines.push(`What: ${bead.what}`, '', `Done when: ${bead.doneWhen}`, '', `If it fails: ${bead.ifItFails}`, '');
      lines.push(`Status: ${bead.status}`, '');
    }
    lines.push(`## Gate ${phase.gate} — After ${phase.title}`, '', '| Criterion | Pass | Adjust | Abort |');
    lines.push('| --- | --- | --- | --- |', '| p95 | < 300 ms | < 500 ms | more |', '');
    if (phase.isPassed) lines.push('Decision: Pass · 2026-05-02 · @maria · p95 = 210 ms', '');
  }
  lines.push('## Failure scenarios', '');
  for (const scenario of SCENARIOS) {
    lines.push(`### Scenario ${scenario} — Part ${scenario} fails`, '', 'Detection: the check is red.', '');
    lines.push('1. Run it again.', '2. Take the last change back.', '');
  }
  return lines.join('\n');
}

/** The same plan in YAML. */
export function generateYaml(options: GenerateOptions): string {
  const { id, phases } = generate(options);
  const lines = [`plan: ${id}`, `title: Plan ${id}`, 'mode: executing', 'baseline:'];
  lines.push('  - Every part answers within 300 ms at p95.', '  - "`npm test` passes on a clean checkout."', 'phases:');
  for (const phase of phases) {
    lines.push(`  - id: ${phase.id}`, `    title: ${phase.title}`, `    depends_on: [${phase.dependsOn.join(', ')}]`);
    lines.push(
      `    objective: ${phase.title}, and nothing else.`,
      '    verification:',
      '      - run: npm test',
      '    beads:',
    );
    for (const bead of phase.beads) {
      lines.push(`      - id: ${bead.id}`, `        title: ${bead.title}`, `        priority: P${bead.priority}`);
      lines.push(`        blocked_by: [${bead.blockedBy.join(', ')}]`, `        estimate: ${bead.estimate}h`);
      lines.push(`        what: ${bead.what}`, `        done_when: "${bead.doneWhen}"`);
      lines.push(`        if_it_fails: ${bead.ifItFails}`, `        status: ${bead.status.replace(' ', '_')}`);
    }
    lines.push('    gates:', `      - id: ${phase.gate}`, `        title: After ${phase.title}`, '        criteria:');
    lines.push('          - { criterion: p95, pass: < 300 ms, adjust: < 500 ms, abort: more }');
    if (phase.isPassed) lines.push('        decision: Pass · 2026-05-02 · @maria · p95 = 210 ms');
  }
  lines.push('scenarios:');
  for (const scenario of SCENARIOS) {
    lines.push(`  - id: ${scenario}`, `    title: Part ${scenario} fails`, '    detection: the check is red');
    lines.push('    recovery:', '      - Run it again.', '      - Take the last change back.');
  }
  return `${lines.join('\n')}\n`;
}

const SCENARIOS = ['F1', 'F2', 'F3', 'F4', 'F5'];
const DEEDS = ['Build', 'Move', 'Measure', 'Document', 'Replace', 'Check', 'Connect'];
const PARTS = ['the importer', 'the index', 'the sign-in', 'the nightly job', 'the search page', 'the ledger'];

function generate({ beads, phases = Math.ceil(beads / 100), id = 'generated', seed = 1 }: GenerateOptions): {
  readonly id: string;
  readonly phases: readonly GeneratedPhase[];
} {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let made = 0;
  const all: GeneratedPhase[] = [];
  for (let number = 1; number <= phases; number++) {
    const count = Math.floor((beads * number) / phases) - made;
    const isPassed = number * 3 <= phases;
    const inPhase: GeneratedBead[] = [];
    for (let index = 0; index < count; index++) {
      made++;
      const earlier = inPhase.slice(-8).map((bead) => bead.id);
      const blockedBy = [
        ...new Set(earlier.length === 0 ? [] : random() < 0.3 ? [pick(earlier), pick(earlier)] : [pick(earlier)]),
      ];
      inPhase.push({
        id: `b${seed}-${made}`,
        title: `${pick(DEEDS)} ${pick(PARTS)} (${made})`,
        priority: Math.floor(random() * 4),
        blockedBy,
        what: `${pick(DEEDS)} ${pick(PARTS)} in src/part${made % 40}.ts so that ${pick(PARTS)} can rely on it.`,
        doneWhen: `p95 < ${100 + Math.floor(random() * 400)} ms over 50 runs and 0 of ${10 + (made % 90)} checks fail`,
        ifItFails: `see Scenario ${pick(SCENARIOS)}`,
        status: isPassed ? 'closed' : random() < 0.02 ? 'in progress' : 'open',
        estimate: 1 + Math.floor(random() * 8),
      });
    }
    const dependsOn = number === 1 ? [] : [String(Math.max(1, number - 1 - Math.floor(random() * 2)))];
    all.push({
      id: String(number),
      title: `${pick(DEEDS)} ${pick(PARTS)}`,
      dependsOn,
      beads: inPhase,
      gate: `G${number}`,
      isPassed,
    });
  }
  return { id, phases: all };
}
