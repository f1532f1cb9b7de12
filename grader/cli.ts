/** The door of `pblab`: it runs what its words ask for, and ends with the exit code of that. */

import { runCommandLine } from './commands/command-line.js';
import { EXIT } from './ground/exit-code.js';
import { ignoreDebuggerSignal } from './ground/no-inspector.js';

ignoreDebuggerSignal();

// The reader of the output may stop reading, as `head` does; the work is still done.
process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') return;
  process.stderr.write(`pblab: the output could not be written: ${error.message}\n`);
  process.exit(EXIT.kitBroke);
});
process.stderr.on('error', () => {});

void runCommandLine(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
