import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run';
import { RULE_IDS } from '../../../src/core/rules/table';
import { type Files, git, temporaryFolder, temporaryRepository } from '../../support/temporary';

async function check(cwd: string, ...args: string[]) {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    hasColour: false,
  };
  const code = await run(['check', ...args], cwd, terminal);
  return { code, out, err };
}

const folderWith = (text: string, others: Files = {}) => temporaryFolder({ 'PLAN.md': text, ...others });
const read = (folder: string, file = 'PLAN.md') => readFileSync(join(folder, file), 'utf8');

const WARNED = '- [ ] B1 — Read\n- [x] B2 — Write | blocked by: B1\n- [x] B3 — Ship | blocked by: B1\n';
const BROKEN = '- [ ] B-10 — Read\n- [ ] B-20 — Write | blocked by: B-11, B-20\n';
const MENDED = '- [ ] B-10 — Read\n- [ ] B-20 — Write | blocked by: B-10\n';

describe('warnings', () => {
  test('leave the exit code at 0', async () => {
    const { code, out } = await check(folderWith(WARNED));
    expect(out.match(/ warning closed-while-blocked /g)).toHaveLength(2);
    expect(code).toBe(0);
  });

  test('are an error when there are more than allowed', async () => {
    const folder = folderWith(WARNED);
    expect((await check(folder, '--max-warnings', '2')).code).toBe(0);
    const { code, err } = await check(folder, '--max-warnings=1');
    expect(code).toBe(1);
    expect(err).toContain('2 warnings, and at most 1 are allowed');
  });

  test('are what the plan makes of them', async () => {
    const head = '---\nrules:\n  closed-while-blocked: error\n---\n\n';
    expect((await check(folderWith(head + WARNED))).code).toBe(1);
    expect((await check(folderWith(head.replace('error', 'off') + WARNED), '--max-warnings', '0')).code).toBe(0);
  });
});

test('hints are for those who ask', async () => {
  const folder = folderWith(WARNED);
  expect((await check(folder)).out).not.toContain(' hint ');
  expect((await check(folder, '--hints')).out).toContain(' hint missing-priority ');
});

describe('around a plan', () => {
  const EXECUTING = '---\nmode: executing\nprogress: data/progress.md\n---\n\n- [x] B1 — Read\n- [x] B2 — Write\n';

  test('changes that are not committed are told, where there is a repository', async () => {
    const folder = temporaryRepository({ 'docs/PLAN.md': EXECUTING });
    expect((await check(folder)).out).not.toContain('plan-not-committed');
    writeFileSync(join(folder, 'docs/PLAN.md'), `${EXECUTING}- [ ] B3 — Ship\n`);
    expect((await check(folder)).out).toMatch(/^docs\/PLAN\.md:2:7: info plan-not-committed /m);
    git(folder, 'commit', '--quiet', '--all', '--message=More');
    expect((await check(folder)).out).not.toContain('plan-not-committed');
    expect((await check(folderWith(EXECUTING))).out).not.toContain('plan-not-committed');
  });

  test('closed beads are looked for in the progress file', async () => {
    const progress = '- 2026-05-02 B1: all pages read\n';
    const folder = folderWith(EXECUTING, { 'data/progress.md': progress });
    const { out } = await check(folder);
    expect(out.match(/missing-progress-entry .*/g)).toEqual([
      'missing-progress-entry Bead B2 is closed, and data/progress.md does not name it. Write a line there on what happened.',
    ]);
    expect((await check(folderWith(EXECUTING))).out).not.toContain('missing-progress-entry');
  });

  test('a path out of the folder is not followed', async () => {
    const folder = temporaryFolder({
      'inside/PLAN.md': EXECUTING.replace('data/progress.md', '../outside.md'),
      'outside.md': 'B1\n',
    });
    expect((await check(join(folder, 'inside'))).out).not.toContain('missing-progress-entry');
  });
});

describe('--fix', () => {
  test('corrects what needs no asking, and reports the rest', async () => {
    const folder = folderWith(BROKEN);
    const { code, out, err } = await check(folder, '--fix');
    expect(read(folder)).toBe(MENDED);
    expect(err).toContain('Solved 2 problems in 1 file\n');
    expect(out).not.toContain('error');
    expect(code).toBe(0);
  });

  test('never writes a placeholder', async () => {
    const text = '### B1 — Read\n\nDone when: 3 pages.\n\n### B2 — Write\n\nPriority: P1\n';
    const folder = folderWith(text);
    const { out } = await check(folder, '--fix');
    expect(out).toContain('missing-done-when');
    expect(read(folder)).toBe(text);
  });

  test('writes ids one after the other', async () => {
    const folder = folderWith('- [ ] B1 — Read the docs\n- [ ] B1 — Deploy it\n- [ ] B1 — Tell people\n');
    await check(folder, '--fix');
    expect(read(folder)).toBe('- [ ] B1 — Read the docs\n- [ ] B2 — Deploy it\n- [ ] B3 — Tell people\n');
  });

  test('keeps mode, byte order mark and line ends, and leaves nothing beside', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'PLAN.md');
    writeFileSync(file, `\ufeff${BROKEN.replaceAll('\n', '\r\n')}`);
    chmodSync(file, 0o640);
    await check(folder, '--fix');
    expect(read(folder)).toBe(`\ufeff${MENDED.replaceAll('\n', '\r\n')}`);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['PLAN.md']);
  });

  test('a link stays a link', async () => {
    const folder = temporaryFolder({ 'docs/real.md': BROKEN });
    symlinkSync(join('docs', 'real.md'), join(folder, 'PLAN.md'));
    await check(folder, 'PLAN.md', '--fix');
    expect(lstatSync(join(folder, 'PLAN.md')).isSymbolicLink()).toBe(true);
    expect(read(folder, 'docs/real.md')).toBe(MENDED);
  });

  test('leaves a file alone that does not parse', async () => {
    const text = 'beads:\n  - id: B1\n    title: Read\n    blocked_by: [B1]\nphases: "\n';
    const folder = temporaryFolder({ 'a.plan.yaml': text, 'PLAN.md': BROKEN });
    const { code } = await check(folder, '--fix');
    expect(read(folder, 'a.plan.yaml')).toBe(text);
    expect(read(folder)).toBe(MENDED);
    expect(code).toBe(1);
  });

  test('leaves a file alone that is not UTF-8, and says so', async () => {
    const folder = temporaryFolder();
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(BROKEN, 'utf16le')]);
    writeFileSync(join(folder, 'PLAN.md'), bytes);
    const { code, err } = await check(folder, '--fix');
    expect(readFileSync(join(folder, 'PLAN.md'))).toEqual(bytes);
    expect(err).toContain('PLAN.md was left as it is: it is not written in UTF-8');
    expect(code).toBe(2);
  });

  test('is for the plan that is asked for', async () => {
    const folder = temporaryFolder({
      'PLAN-a.md': `---\nplan: a\n---\n\n${BROKEN}`,
      'PLAN-b.md': `---\nplan: b\n---\n\n${BROKEN}`,
    });
    await check(folder, '--fix', '--plan', 'b');
    expect(read(folder, 'PLAN-a.md')).toContain('B-11');
    expect(read(folder, 'PLAN-b.md')).toContain(MENDED);
  });
});

describe('--format sarif', () => {
  test('is a log of one run with all rules, and a result for each finding', async () => {
    const folder = temporaryFolder({ 'docs/my plans/PLAN.md': BROKEN });
    const { code, out } = await check(folder, '--format', 'sarif');
    expect(code).toBe(1);
    const log = JSON.parse(out);
    expect(log.version).toBe('2.1.0');
    const [{ tool, results, columnKind }] = log.runs;
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(RULE_IDS);
    expect(columnKind).toBe('utf16CodeUnits');
    const [first] = results.filter(({ level }: { level: string }) => level === 'error');
    expect(first).toMatchObject({
      ruleId: 'unknown-reference',
      ruleIndex: RULE_IDS.indexOf('unknown-reference'),
      message: { text: expect.stringContaining('B-11') },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'docs/my%20plans/PLAN.md' },
            region: { startLine: 2, startColumn: 34, endLine: 2, endColumn: 38 },
          },
        },
      ],
    });
    for (const { level } of results) expect(['error', 'warning', 'note']).toContain(level);
  });

  test('names the places of a circle', async () => {
    const folder = folderWith('- [ ] B1 — Read | blocked by: B2\n- [ ] B2 — Write | blocked by: B1\n');
    const [{ results }] = JSON.parse((await check(folder, '--format=sarif')).out).runs;
    const circle = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'dependency-cycle');
    expect(circle.relatedLocations.map(({ id }: { id: number }) => id)).toEqual([1, 2]);
    expect(circle.relatedLocations[0].physicalLocation.region).toMatchObject({ startLine: 1, startColumn: 31 });
  });

  test('has no result for a clean plan', async () => {
    const [{ results }] = JSON.parse((await check(temporaryFolder(), '--format=sarif')).out).runs;
    expect(results).toEqual([]);
  });
});

describe('a wrong call ends with 2:', () => {
  test.each([
    [['--format', 'xml'], 'there is no format xml'],
    [['--json', '--format', 'sarif'], 'exclude each other'],
    [['--max-warnings', 'many'], '--max-warnings needs a number'],
    [['--max-warnings'], '--max-warnings needs a value'],
    [['--fxi'], 'Did you mean --fix?'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await check(folderWith(WARNED), ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('options of check with another command', async () => {
    let err = '';
    const terminal = {
      out: () => undefined,
      err: (text: string) => {
        err += text;
      },
      hasColour: false,
    };
    expect(await run(['show', '--fix'], folderWith(WARNED), terminal)).toBe(2);
    expect(err).toContain('show has no --fix');
  });
});
