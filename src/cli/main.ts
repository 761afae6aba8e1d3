process.stderr.write('phasewise: no command is available yet\n');
process.exitCode = 2;
