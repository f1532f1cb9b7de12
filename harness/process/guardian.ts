/**
 * The guardian of a session, as a program: waits until its standard input closes, which the end of
 * the kit does however it ends, and then cleans up. Arguments: the session's mark and directory.
 */

import { cleanUp } from './session.js';

const [mark, directory] = process.argv.slice(2);
if (mark === undefined || directory === undefined) process.exit(64);

// Only the pipe decides; a signal meant for the kit must not end its guardian first, or open it to a debugger.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1'] as const) process.on(name, () => {});
process.stdin.on('error', () => {});
process.stdin.on('close', () => void cleanUp(mark, directory).finally(() => process.exit(0)));
process.stdin.resume();
