/** `pblab status`: how far a grading is, from its directory, which stays as it is. */

import { join, resolve } from 'node:path';
import { JOURNAL_FILE, readRecords } from '../../campaign/journal/journal.js';
import { readPace } from '../../campaign/pace.js';
import { readHosts } from '../../campaign/queue/hosts-file.js';
import { statusOf } from '../../campaign/status.js';
import { lockHolder } from '../../files/lock.js';
import { GRADING } from '../../grading/grading-stages.js';
import { EXIT } from '../../ground/exit-code.js';
import type { Plan } from '../../plan/plan.js';
import { readPlan } from '../../plan/plan-file.js';
import { cleaned } from '../../text/sanitize.js';
import { renderStatus } from '../../views/terminal/status-lines.js';
import { commandFor } from './directory.js';
import { screen } from './screen.js';

/** Shows it; resolves to the exit code. */
export function status(folder: string, { json = false }: { json?: boolean }): number {
  const directory = resolve(folder);
  const plan = readPlan(directory);
  let damaged = 0;
  const stage = isStudy(plan) ? undefined : GRADING.stages[0]?.(plan, []);
  const found = statusOf(plan, {
    records: readRecords(join(directory, JOURNAL_FILE), () => (damaged += 1)),
    damagedLines: () => damaged,
    ...(stage === undefined ? {} : { stage }),
    enoughStartFailures: GRADING.enoughStartFailures,
    pace: readPace(directory),
    hosts: readHosts(directory),
    atWork: lockHolder(directory),
    nowMs: Date.now(),
  });
  const resume = commandFor('resume', directory);
  process.stdout.write(
    json
      ? `${JSON.stringify(found, null, 2)}\n`
      : renderStatus(cleaned(found), { ...screen(), resume }),
  );
  return EXIT.passed;
}

/** In a study, the outcome of some runs decides which others there are. */
function isStudy({ calibration, sweep, comparison }: Plan): boolean {
  return [calibration, sweep, comparison].some((kind) => kind !== undefined);
}
