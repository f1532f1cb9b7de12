/** What is around a run: the time of its world, what its programs run on, and what keeps them apart. */

import { openBox } from '../box/box.js';
import { noIsolation } from '../box/isolation.js';
import { boxOf } from '../box/session-box.js';
import type { ProcessWorldOptions } from '../cluster/world-parts.js';
import type { Random } from '../ground/seed.js';
import { realTime } from '../ground/world-time.js';
import type { World } from '../ground/world.js';
import { thisMachine } from '../process/machine.js';
import type { Session } from '../process/session.js';
import type { Scenario } from '../scenarios/stage/scenario.js';
import type { Submission } from '../submission/submission.js';
import { InnerMachine } from '../virtual/inner/inner-machine.js';
import { clockOf } from '../virtual/runtimes.js';
import { virtualTime } from '../virtual/virtual-time.js';

/** The choice of a world for a run. */
interface WorldChoice {
  submission: Submission;
  scenario: Scenario;
  /** `processes` if absent. */
  world?: World;
}

/** `random` is that of the world. */
export async function surroundingsOf(
  { world = 'processes', submission, scenario }: WorldChoice,
  random: Random,
  session: Session,
): Promise<Pick<ProcessWorldOptions, 'time' | 'machine' | 'box'>> {
  if (world === 'processes') {
    return { time: realTime(), machine: thisMachine, box: await boxOf(session) };
  }
  if (submission.isOfKit === true && scenario.readsProcesses !== true) {
    const machine = new InnerMachine();
    const time = virtualTime(machine, random.child('time'));
    return { time, machine, box: openBox(noIsolation(), session) };
  }
  const runtime = clockOf(submission);
  if ('impossible' in runtime) throw new Error(runtime.impossible);
  const time = virtualTime(runtime, random.child('time'));
  return { time, machine: thisMachine, box: await boxOf(session) };
}
