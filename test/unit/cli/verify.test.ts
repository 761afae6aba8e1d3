import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../../src/cli/runCommand';
import { phasewise, phasewiseWith } from '../../support/commandLine';
import { temporaryFolder } from '../../support/temporary';

function plan(...commands: readonly string[]): string {
  const items = commands.map((command) => `      - run: ${JSON.stringify(command)}\n`).join('');
  return `plan: bakery
phases:
  - id: 1
    title: Oven
    verification:
${items}      - manual: Look at the flame.
    beads:
      - { id: b-1, title: Buy the oven }
`;
}

function folderWith(...commands: readonly string[]): string {
  return temporaryFolder({ 'bakery.plan.yaml': plan(...commands) });
}

describe('verify', () => {
  test('shows the commands, and without a person at the terminal runs none', async () => {
    const folder = folderWith('touch ran.txt');
    const { code, err } = await phasewise(folder, 'verify', '1');
    expect(code).toBe(1);
    expect(err).toContain('  touch ran.txt\n');
    expect(err).toContain('--yes');
    expect(existsSync(join(folder, 'ran.txt'))).toBe(false);
  });

  test.each([
    ['y', true],
    ['n', false],
    ['', false],
  ])('a person who answers %j: %s', async (answer, runs) => {
    const folder = folderWith('touch ran.txt');
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return answer;
    };
    const { code } = await phasewiseWith({ ask }, folder, 'verify', '1');
    expect(asked).toEqual(['Run this command? [y/N] ']);
    expect(code).toBe(runs ? 0 : 1);
    expect(existsSync(join(folder, 'ran.txt'))).toBe(runs);
  });

  test('the command reaches the shell as the plan states it', async () => {
    const folder = folderWith(`printf '%s' "a b;  $((1 + 1))" > out.txt`);
    expect(await phasewise(folder, 'verify', '1', '--yes')).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toBe('a b;  2');
  });

  test('--json has each run with code and tail; the first that fails is the last', async () => {
    const folder = folderWith('echo warm', 'echo cold >&2; exit 3', 'echo never');
    const { code, out } = await phasewise(folder, 'verify', '1', '--yes', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      data: {
        passed: false,
        manual: ['Look at the flame.'],
        commands: [
          { command: 'echo warm', exitCode: 0, tail: 'warm\n' },
          { exitCode: 3, tail: 'cold\n', ended: 'by-itself' },
        ],
      },
    });
  });

  test('a plan that is still being written runs nothing', async () => {
    const folder = temporaryFolder({ 'bakery.plan.yaml': `mode: planning\n${plan('touch ran.txt')}` });
    const { code, err } = await phasewise(folder, 'verify', '1', '--yes');
    expect({ code, ran: existsSync(join(folder, 'ran.txt')) }).toEqual({ code: 1, ran: false });
    expect(err).toContain('planning');
  });

  test('characters that a terminal does not show keep a command from running', async () => {
    const folder = folderWith('touch ran.txt \u001b[2K\u001b[1G# harmless');
    expect(await phasewise(folder, 'verify', '1', '--yes')).toMatchObject({ code: 1 });
    expect(existsSync(join(folder, 'ran.txt'))).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('a command that does not end', () => {
  const forking = 'sleep 60 & echo $! > child.pid; wait';

  async function childOf(folder: string): Promise<number> {
    for (let tries = 0; tries < 500; tries++) {
      const text = existsSync(join(folder, 'child.pid')) ? readFileSync(join(folder, 'child.pid'), 'utf8') : '';
      if (/^\d+\n/.test(text)) return Number(text);
      await sleep(10);
    }
    throw new Error('it did not start');
  }

  async function isGone(pid: number): Promise<boolean> {
    for (let tries = 0; tries < 300; tries++) {
      const state = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
      if (!lives(pid) || / Z /.test(state)) return true;
      await sleep(10);
    }
    return false;
  }

  function lives(pid: number): boolean {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  }

  test('is ended with all that it started when its time is up', async () => {
    const folder = temporaryFolder();
    const run = runCommand(forking, { folder, timeoutSeconds: 1 });
    const child = await childOf(folder);
    expect(await run).toMatchObject({ ended: 'timeout', exitCode: null });
    expect(await isGone(child)).toBe(true);
  });

  test('is ended with all that it started when the person cancels', async () => {
    const folder = temporaryFolder();
    const cancelled = new AbortController();
    const run = runCommand(forking, { folder, timeoutSeconds: 60, signal: cancelled.signal });
    const child = await childOf(folder);
    cancelled.abort();
    expect(await run).toMatchObject({ ended: 'cancelled' });
    expect(await isGone(child)).toBe(true);
  });

  test('is ended by force when it does not listen', async () => {
    const folder = temporaryFolder();
    const stubborn = 'trap "" TERM; echo $$ > child.pid; while true; do sleep 0.1; done';
    const run = runCommand(stubborn, { folder, timeoutSeconds: 1 });
    const child = await childOf(folder);
    expect(await run).toMatchObject({ ended: 'timeout' });
    expect(await isGone(child)).toBe(true);
  });
});

test('of long output the end is kept', async () => {
  const run = await runCommand('seq 1 20000', { folder: temporaryFolder(), timeoutSeconds: 60 });
  expect(run.tail.endsWith('19999\n20000\n')).toBe(true);
  expect(run.tail.length).toBeLessThanOrEqual(4_000);
});
