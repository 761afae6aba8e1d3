import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandNames } from '../../../src/cli/commandTable';
import { phasewise } from '../../support/commandLine';
import { temporaryFolder, temporaryRepository } from '../../support/temporary';

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

describe('init-agents', () => {
  test('makes AGENTS.md at the top of the repository', async () => {
    const folder = temporaryRepository({ 'src/a.ts': '' });
    const { code, out } = await phasewise(join(folder, 'src'), 'init-agents');
    expect({ code, out }).toEqual({ code: 0, out: 'Wrote ../AGENTS.md.\n' });
    expect(read(folder, 'AGENTS.md')).toMatch(
      /^<!-- phasewise:begin -->\n## Working with the plan\n[\s\S]*<!-- phasewise:end -->\n$/,
    );
  });

  test('adds the section to the files that are there, and renews it between its markers', async () => {
    const folder = temporaryRepository({ 'AGENTS.md': '# Agents\n\nBe kind.\n', 'CLAUDE.md': 'One\r\nTwo\r\n' });
    await phasewise(folder, 'init-agents');
    const first = read(folder, 'AGENTS.md');
    expect(first).toMatch(/^# Agents\n\nBe kind\.\n\n<!-- phasewise:begin -->\n/);
    expect(read(folder, 'CLAUDE.md').replaceAll('\r\n', '')).not.toContain('\n');
    const { out } = await phasewise(folder, 'init-agents');
    expect(out).toBe('AGENTS.md and CLAUDE.md are up to date.\n');
    expect(read(folder, 'AGENTS.md')).toBe(first);
  });

  test('what stands around the section stays', async () => {
    const old = 'Before.\n<!-- phasewise:begin -->\nold words\n<!-- phasewise:end -->\nAfter.\n';
    const folder = temporaryRepository({ 'AGENTS.md': old });
    await phasewise(folder, 'init-agents');
    const text = read(folder, 'AGENTS.md');
    expect(text).toMatch(/^Before\.\n<!-- phasewise:begin -->\n[\s\S]*<!-- phasewise:end -->\nAfter\.\n$/);
    expect(text).not.toContain('old words');
  });

  test('half a pair of markers is refused', async () => {
    const folder = temporaryRepository({ 'AGENTS.md': '<!-- phasewise:begin -->\nmine\n' });
    const { code, err } = await phasewise(folder, 'init-agents');
    expect(code).toBe(1);
    expect(err).toContain('not as a pair');
    expect(read(folder, 'AGENTS.md')).toBe('<!-- phasewise:begin -->\nmine\n');
  });

  test('--file names another file', async () => {
    const folder = temporaryFolder();
    await phasewise(folder, 'init-agents', '--file', '.github/copilot-instructions.md');
    expect(read(folder, '.github/copilot-instructions.md')).toContain('phasewise ready');
  });

  test('the section speaks of commands that there are', async () => {
    const folder = temporaryFolder();
    await phasewise(folder, 'init-agents');
    const named = [...read(folder, 'AGENTS.md').matchAll(/`phasewise ([a-z-]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(commandNames).toContain(name);
  });
});
