/** Programs of Go on the virtual clock, which were built with its overlay. */

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeClockPage } from '../clock-page.js';
import type { Participant } from '../participant.js';
import { withPatience } from '../patience.js';
import type { Prepared, Runtime } from '../virtual-time.js';
import { GoProgram } from './go-program.js';

/** Time between two looks whether a program has begun, in ms. */
const LOOK_MS = 1;

export const goRuntime: Runtime = {
  prepare(folder, who, start): Prepared {
    const page = makeClockPage(join(folder, 'page'), start);
    const fifo = makeFifo(join(folder, 'fifo'));
    let joined: GoProgram | undefined;
    return {
      environment: { PBLAB_CLOCK_PAGE: page.path, PBLAB_CLOCK_FIFO: fifo },
      readable: [],
      async join({ pid }, onGone): Promise<Participant> {
        const program = new GoProgram(pid, page, fifo);
        joined = program;
        // It is closed if its process ends before that.
        while (!program.isClosed && (pid() === undefined || !program.hasBegun())) {
          await pause(LOOK_MS);
        }
        let wasGone = false;
        return {
          setNow: (ns) => program.setNow(ns),
          async turn() {
            const nextNs = await withPatience(program.turn(), who, pid);
            if (!wasGone && program.hasEnded()) {
              wasGone = true;
              onGone();
            }
            return { nextNs };
          },
          close: () => program.close(),
        };
      },
      close() {
        joined?.close();
        page.close();
      },
    };
  },
};

/** Makes a FIFO that any user of its folder may use, in the place of that of a former life. */
function makeFifo(path: string): string {
  rmSync(path, { force: true });
  // Node has no call for it.
  execFileSync('mkfifo', ['-m', '666', path]);
  return path;
}
