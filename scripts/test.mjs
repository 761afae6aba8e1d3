/**
 * Every check and test, counted together; the last line is `N passed, N failed`.
 *
 *   npm test                          all tiers on the current VS Code
 *   npm test -- --also-oldest         and the host suites on the oldest supported one
 *   npm run test:host -- --vscode 1.103 --grep index
 *   npm run test:ui -- tree           journeys whose file name contains `tree`
 *   npm run pictures:graph            keeps the pictures of the graph as it draws them now
 */
import { parseArgs } from 'node:util';
import { checks, runChecks } from './tiers/checks.mjs';
import { runHostSuites } from './tiers/host.mjs';
import { runVitest } from './tiers/vitest.mjs';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    vscode: { type: 'string' },
    grep: { type: 'string' },
    'update-pictures': { type: 'boolean' },
    'also-oldest': { type: 'boolean' },
  },
});

const edition = flags.vscode === 'oldest' || flags.vscode?.startsWith('1.103') ? 'oldest' : 'current';
if (flags.vscode !== undefined && edition === 'current' && flags.vscode !== 'current') {
  console.error(`No VS Code ${flags.vscode} here: current, oldest or 1.103.`);
  process.exit(2);
}
process.env.PHASEWISE_VSCODE ??= edition;
if (flags['update-pictures']) process.env.PHASEWISE_UPDATE_PICTURES = '1';

const vitestTiers = ['unit', 'webview', 'ui'];
const known = [...Object.keys(checks), ...vitestTiers, 'host', 'desktop'];
const chosen = positionals.filter((word) => known.includes(word));
const filters = positionals.filter((word) => !known.includes(word));
const grep = flags.grep === undefined ? [] : ['--testNamePattern', flags.grep];

/** @type {Record<string, () => Promise<import('./tiers/result.mjs').TierResult>>} */
const runners = {
  ...Object.fromEntries(Object.keys(checks).map((tier) => [tier, () => runChecks(tier)])),
  ...Object.fromEntries(vitestTiers.map((tier) => [tier, () => runVitest(tier, [...filters, ...grep])])),
  host: () => runHostSuites(edition, { grep: flags.grep }),
  'host on the oldest VS Code': () => runHostSuites('oldest', { grep: flags.grep }),
  desktop: () => runHostSuites('desktop', { grep: flags.grep }),
};

const everything = ['types', 'lint', 'build', 'unit', 'webview', 'host', 'ui'];
const needsBuild = chosen.some((tier) => ['webview', 'host', 'ui', 'desktop'].includes(tier));
const tiers = [
  ...(needsBuild && !chosen.includes('build') ? ['build'] : []),
  ...(chosen.length > 0 ? chosen : everything),
  ...(flags['also-oldest'] ? ['host on the oldest VS Code'] : []),
];

const results = [];
for (const tier of tiers) {
  console.log(`\n── ${tier} ${'─'.repeat(Math.max(0, 70 - tier.length))}`);
  const started = Date.now();
  const result = await runTier(tier);
  results.push({ tier, ...result, seconds: Math.round((Date.now() - started) / 1000) });
}

for (const { tier, failures } of results) {
  for (const { title, error } of failures) console.log(`\n✗ ${tier}: ${title}\n${error.replaceAll(/^/gm, '    ')}`);
}
console.log('');
for (const { tier, passed, skipped, failures, note, seconds } of results) {
  const counts = [`${passed} passed`, `${failures.length} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  console.log(`${tier}: ${counts.join(', ')} (${[...(note ? [note] : []), `${seconds} s`].join(', ')})`);
}
const total = (count) => results.reduce((sum, result) => sum + count(result), 0);
const failed = total(({ failures }) => failures.length);
console.log(`${total(({ passed }) => passed)} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function runTier(tier) {
  try {
    const result = await runners[tier]();
    if (result.passed + result.failures.length > 0) return result;
    return { ...result, failures: [{ title: 'no test ran', error: 'A tier without tests proves nothing.' }] };
  } catch (error) {
    return { passed: 0, skipped: 0, failures: [{ title: 'could not run', error: error.stack ?? String(error) }] };
  }
}
