/**
 * Prints what isolation this process can have, as JSON, and whether a program runs in it, can be paused, and goes on. A
 * program for tests of places where isolation is limited. Argument: the level that is wanted, if any.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBox } from '../../../../harness/box/box.js';
import { describeIsolation, ISOLATION_LEVELS } from '../../../../harness/box/isolation.js';
import { FOR_A_SERVER } from '../../../../harness/box/limits.js';
import { findIsolation } from '../../../../harness/box/probe.js';
import { readProc, statFields } from '../../../../harness/process/proc.js';
import { openSession } from '../../../../harness/process/session.js';
import { startProgram } from '../../../../harness/process/spawn.js';
import { PYTHON } from '../../../support/boxes.js';
import { eventually } from '../../../support/eventually.js';

/** Two processes that count, one in a process group of its own. Unlike a shell, they are never seen in state D. */
const SCRIPT = `
import os, time
name = "child" if os.fork() == 0 else "own"
if name == "child": os.setpgid(0, 0)
while True:
    print(name, flush=True)
    time.sleep(0.01)`;

const wanted = ISOLATION_LEVELS.find((level) => level === process.argv[2]);
const isolation = await findIsolation(wanted);
const session = await openSession();
const home = join(session.directory, 'home');
mkdirSync(home);
const mark = `${session.mark}0/`;
const argv = [PYTHON, '-c', SCRIPT];
const program = startProgram({
  argv,
  directory: home,
  mark,
  environment: {},
  conversation: false,
  onFlood: () => {},
  confinement: openBox(isolation, session).lodge(home).confine({
    argv,
    mark,
    readable: [],
    needsTools: false,
    allowance: FOR_A_SERVER,
  }),
});
const hasBoth = (from: number) => /own/.test(text(from)) && /child/.test(text(from));
const text = (from: number) => program.output.text().slice(from);
const isStopped = (pid: number) =>
  /^[TDZ]?$/.test(statFields(readProc(`${pid}/stat`) ?? '')[0] ?? '');

await eventually('both to count', () => hasBoth(0));
program.pause();
const pids = program.pids(0);
// Without isolation, only the first process group is.
const mustStop = isolation.level === 'none' ? pids.slice(0, 1) : pids;
await eventually('all to be stopped', () => mustStop.every(isStopped));
const counted = text(0).length;
program.resume();
await eventually('both to go on', () => hasBoth(counted));
await program.kill();
await session.close();
const left = pids.filter((pid) => !isStopped(pid));
console.log(JSON.stringify({ isolation, words: describeIsolation(isolation), left }));
