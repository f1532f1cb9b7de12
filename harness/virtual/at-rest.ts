/** Whether a program of Node has anything left to do now; the same question for the kit and for programs. */

import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns the loop until a whole turn brings nothing more. */
export async function comeToRest(): Promise<void> {
  // The turn that is going on may have looked already for what has come.
  await nextTurn();
  for (let before = -1; before !== eventsSoFar();) {
    before = eventsSoFar();
    await nextTurn();
  }
}

function eventsSoFar(): number {
  return performance.nodeTiming.uvMetricsInfo.events;
}
