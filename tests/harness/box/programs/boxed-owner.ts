/**
 * Opens a session and a box, starts a program in it that leaves a daemon without environment, and says so. A program
 * for tests of what is left. Arguments: what to do then (`wait`, `pause` the program and wait, or `close` the session),
 * and the command of the program.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { boxOf } from '../../../../harness/box/session-box.js';
import { FOR_A_SERVER } from '../../../../harness/box/limits.js';
import { openSession } from '../../../../harness/process/session.js';
import { startProgram } from '../../../../harness/process/spawn.js';

const [what, ...argv] = process.argv.slice(2);
const session = await openSession();
const box = await boxOf(session);
const home = join(session.directory, 'home');
mkdirSync(home);
const mark = `${session.mark}0/`;
const program = startProgram({
  argv,
  directory: home,
  mark,
  environment: {},
  conversation: false,
  onFlood: () => {},
  onPrinted: () => void proceed(),
  confinement: box.lodge(home).confine({
    argv,
    mark,
    readable: [],
    needsTools: true,
    allowance: FOR_A_SERVER,
  }),
});

let hasProceeded = false;

/** Once the program has printed something. */
async function proceed(): Promise<void> {
  if (hasProceeded) return;
  hasProceeded = true;
  const { id, directory } = session;
  const said = { id, directory, pids: program.pids(0), printed: program.output.text() };
  if (what === 'pause') program.pause();
  console.log(JSON.stringify(said));
  if (what !== 'close') return;
  await program.kill();
  await session.close();
}

// The program keeps this process alive; a paused one does not print.
setInterval(() => {
  if (what === 'close' && hasProceeded) process.exitCode = 0;
}, 60_000).unref();
