import { getEventListeners } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { run } from './run';
import { wantsColour } from './terminal';

// `phasewise show | head` closes the pipe early: that is no error, and there is nobody left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

const cancelled = new AbortController();
// Where something runs, it is ended and told of the first time; whoever is in a hurry asks twice.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const isHeard = getEventListeners(cancelled.signal, 'abort').length > 0;
    if (cancelled.signal.aborted || !isHeard) process.exit(signal === 'SIGINT' ? 130 : 143);
    cancelled.abort();
  });
}

const hasPerson = process.stdin.isTTY === true && process.stderr.isTTY === true;

const terminal = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  hasColour: wantsColour(process.env, process.stdout.isTTY === true),
  ...(hasPerson && { ask }),
  input: readAll,
  signal: cancelled.signal,
};

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on('SIGINT', () => cancelled.abort());
  try {
    return await lines.question(question, { signal: cancelled.signal });
  } catch {
    return '';
  } finally {
    lines.close();
  }
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

void run(process.argv.slice(2), process.cwd(), terminal).then((code) => {
  process.exitCode = code;
});
