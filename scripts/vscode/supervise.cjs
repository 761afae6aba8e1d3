// Runs a program whose life is tied to the process that started this one: however that ends, its end of the pipe to
// standard input closes, and then the whole group here is killed, with whatever the program has started.
const { spawn } = require('node:child_process');

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.stdin.once('close', () => process.kill(-process.pid, 'SIGKILL')).resume();
