/**
 * What boxes cost: how much later a program begins, and how much more processor time a run takes, both in pairs of one
 * without a box and one in it. It runs only when named, because it needs a machine that can make boxes.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBox, type Box } from '../../harness/box/box.js';
import { useIsolation } from '../../harness/box/current-isolation.js';
import type { Isolation } from '../../harness/box/isolation.js';
import { FOR_A_SERVER } from '../../harness/box/limits.js';
import { findIsolation } from '../../harness/box/probe.js';
import { machineTime } from '../../harness/process/machine-load.js';
import { openSession, type Session } from '../../harness/process/session.js';
import { startProgram } from '../../harness/process/spawn.js';
import { findScenario, resolveSubmission, runOnce } from '../../harness/index.js';
import { summarise, type BenchResult } from './bench.js';

export const onlyWhenNamed = true;

const STARTS = 100;

/** The first starts read programs from the disk. */
const FIRST_STARTS = 5;

const SCENARIOS = ['concurrent-puts', 'repeated-crash', 'add-a-backup', 'view-backup-takes-over'];
const ROUNDS = 5;

export async function bench(): Promise<BenchResult[]> {
  const none = await findIsolation('none');
  const full = await findIsolation();
  if (full.level !== 'full') throw new Error(`no boxes here: ${full.because ?? full.level}`);
  return [...(await startsOf(none, full)), await runsOf(none, full)];
}

async function startsOf(none: Isolation, full: Isolation): Promise<BenchResult[]> {
  const session = await openSession();
  try {
    const boxes = [openBox(none, session), openBox(full, session)] as const;
    const pairs: [number, number][] = [];
    for (let pair = -FIRST_STARTS; pair < STARTS; pair++) {
      const free = await beginsAfterMs(boxes[0], session, `free-${pair}`);
      const boxed = await beginsAfterMs(boxes[1], session, `boxed-${pair}`);
      if (pair >= 0) pairs.push([free, boxed]);
    }
    return [
      summarise(
        'a program begins after',
        'ms',
        pairs.map(([free]) => free),
      ),
      summarise(
        'in a box',
        'ms',
        pairs.map(([, boxed]) => boxed),
      ),
      summarise(
        'later in a box',
        'ms',
        pairs.map(([free, boxed]) => boxed - free),
        'in pairs',
      ),
    ];
  } finally {
    await session.close();
  }
}

/** From before it is started until it has printed something, in ms. */
async function beginsAfterMs(box: Box, session: Session, name: string): Promise<number> {
  const directory = join(session.directory, name);
  mkdirSync(directory);
  const mark = `${session.mark}${name}/`;
  const argv = ['/bin/echo', 'begun'];
  const lodging = box.lodge(directory);
  const fromMs = performance.now();
  let begun = () => {};
  const begins = new Promise<void>((resolve) => (begun = resolve));
  const program = startProgram({
    argv,
    directory,
    mark,
    environment: { ...box.environment },
    conversation: false,
    onFlood: () => {},
    onPrinted: () => begun(),
    confinement: lodging.confine({
      argv,
      mark,
      readable: [],
      needsTools: false,
      allowance: FOR_A_SERVER,
    }),
  });
  await begins;
  const afterMs = performance.now() - fromMs;
  await program.kill();
  return afterMs;
}

/** Processor time of the whole machine, with what boxes take outside of themselves, so nothing else may run. */
async function runsOf(none: Isolation, full: Isolation): Promise<BenchResult> {
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const free = await busyMsOfRuns(none, round);
    const boxed = await busyMsOfRuns(full, round);
    ratios.push(boxed / free);
  }
  return summarise('processor time of runs, in boxes by without', '', ratios, SCENARIOS.join(', '));
}

async function busyMsOfRuns(isolation: Isolation, round: number): Promise<number> {
  useIsolation(isolation);
  const session = await openSession();
  try {
    const resolved = await resolveSubmission('reference');
    if (resolved.kind !== 'ready') throw new Error('the reference needs no build');
    const { submission } = resolved;
    const before = machineTime().busyMs;
    for (const id of SCENARIOS) {
      const scenario = findScenario(id);
      if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
      const run = { key: id, attempt: 0, index: round, seed: `box-${round}` };
      await runOnce({ ...run, submission, scenario }, session);
    }
    return machineTime().busyMs - before;
  } finally {
    await session.close();
  }
}
