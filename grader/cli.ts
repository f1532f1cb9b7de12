/** The door of `pblab`: it runs the command line and exits with its code. */

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

// Nothing is left to do, and the command has not come to its end.
const tellDefect = () => (process.exitCode = EXIT.kitBroke);
process.once('exit', tellDefect);
void runCommandLine(process.argv.slice(2)).then((code) => {
  process.removeListener('exit', tellDefect);
  process.exitCode = code;
});
