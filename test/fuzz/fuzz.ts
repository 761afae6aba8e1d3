/**
 * Takes plans apart at random and looks whether anything breaks: `npm run fuzz [-- --seconds 60] [--seed N] [PATHS]`.
 * Plans in PATHS are taken apart, too; nothing of them is written anywhere but into the report of what goes wrong.
 *
 * What goes wrong with plans of this project is made smaller and kept in test/fuzz/kept: the unit tests try it again.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { RULE_IDS, RULES } from '../../src/core/rules/table';
import { generateMarkdown, generateYaml } from '../support/generatePlan';
import { generateExport } from './generateExport';
import { anyChange, changed, Dice } from './mutations';
import { failureOf, smaller, type Trial } from './trial';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const seconds = Number(values.seconds);
const first = values.seed === undefined ? Math.floor(Math.random() * 1_000_000_000) : Number(values.seed);

interface Original {
  readonly file: string;
  readonly text: string;
  readonly isOurs: boolean;
}

const originals: readonly Original[] = [
  ...plansIn(['samples', 'test/unit/core/readings']).map((each) => ({ ...each, isOurs: true })),
  ...RULE_IDS.map((id) => ({
    file: RULES[id].notation === 'yaml' ? 'plan.yaml' : 'PLAN.md',
    text: RULES[id].example,
    isOurs: true,
  })),
  { file: 'PLAN.md', text: generateMarkdown({ beads: 30, phases: 3 }), isOurs: true },
  { file: 'plan.yaml', text: generateYaml({ beads: 30, phases: 3 }), isOurs: true },
  { file: 'issues.jsonl', text: generateExport({ issues: 40 }), isOurs: true },
  ...plansIn(positionals).map((each) => ({ ...each, isOurs: false })),
];
const notationOf = ({ file }: Original) => file.slice(file.lastIndexOf('.') + 1).replace('yml', 'yaml');
const notations = [...new Set(originals.map(notationOf))];
const counts = new Map(notations.map((notation) => [notation, { trials: 0, changes: 0 }]));
const until = Date.now() + seconds * 1000;
let failed = 0;

for (let seed = first; Date.now() < until; seed++) {
  const notation = notations[seed % notations.length] ?? 'md';
  const { trial, isOurs } = trialOf(
    seed,
    originals.filter((each) => notationOf(each) === notation),
  );
  const count = counts.get(notation);
  if (count !== undefined) {
    count.trials++;
    count.changes += trial.changes.length;
  }
  const failure = failureOf(trial);
  if (failure === undefined) continue;
  failed++;
  console.error(`\nseed ${seed}, ${trial.file}: ${failure}`);
  const least = smaller(trial);
  if (isOurs) {
    const kept = join('test/fuzz/kept', `${notation}-${seed}.json`);
    writeFileSync(
      kept,
      `${JSON.stringify({ seed, failure: failureOf(least)?.split('\n')[0], ...least }, undefined, 2)}\n`,
    );
    console.error(`kept in ${kept}`);
  } else console.error(JSON.stringify(least));
  if (failed >= 10) break;
}
const said = [...counts].map(([notation, { trials, changes }]) => `${notation}: ${trials} trials, ${changes} changes`);
console.log(`${said.join('; ')}; from seed ${first}; ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** The same for the same seed and the same plans. */
function trialOf(seed: number, all: readonly Original[]): { readonly trial: Trial; readonly isOurs: boolean } {
  const dice = new Dice(seed);
  const original = dice.of(all);
  const texts = all.map(({ text }) => text);
  const changes = [];
  let text = original.text;
  for (let left = 1 + dice.below(8); left > 0; left--) {
    const change = anyChange(text, texts, dice);
    changes.push(change);
    text = changed(text, change);
  }
  const offset = dice.below(text.length + 1);
  return { trial: { file: basename(original.file), text: original.text, changes, offset }, isOurs: original.isOurs };
}

function plansIn(paths: readonly string[]): readonly { readonly file: string; readonly text: string }[] {
  return paths.flatMap((path) => {
    if (statSync(path).isDirectory()) {
      const inside = readdirSync(path).filter((name) => name !== 'node_modules' && !name.includes('.expected.'));
      return plansIn(inside.map((name) => join(path, name)));
    }
    return /\.(?:md|ya?ml|jsonl)$/.test(path) ? { file: path, text: readFileSync(path, 'utf8') } : [];
  });
}
