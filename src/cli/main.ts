import { run } from './run';
import { wantsColour } from './terminal';

// `phasewise show | head` closes the pipe early: that is no error, and there is nobody left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

const terminal = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  hasColour: wantsColour(process.env, process.stdout.isTTY === true),
};

void run(process.argv.slice(2), process.cwd(), terminal).then((code) => {
  process.exitCode = code;
});
