/**
 * Opens a session, starts a program in it that forks a daemon, says so, and waits to be killed. A
 * program for the tests of sessions.
 */

import { openSession } from '../../../../harness/process/session.js';
import { startProgram } from '../../../../harness/process/spawn.js';

const session = await openSession();
const program = startProgram({
  argv: ['sh', '-c', 'trap "" TERM; setsid sleep 1000 & sleep 1000'],
  directory: session.directory,
  mark: `${session.mark}0/`,
  environment: {},
  conversation: false,
  onFlood: () => {},
});
await new Promise((resolve) => setImmediate(resolve));
const { mark, directory } = session;
console.log(JSON.stringify({ mark, directory, pid: program.pid }));
setInterval(() => {}, 60_000);
