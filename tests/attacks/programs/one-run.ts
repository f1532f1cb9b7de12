/**
 * The kit without its command line: `one-run.js SCENARIO ATTEMPTS SUBMISSION...` resolves the submissions and then runs them
 * one after the other, as a worker does, and prints the record of each run, or why there is none.
 */

import {
  findScenario,
  limitFiles,
  openSession,
  resolveSubmission,
  runOnce,
  UsageError,
  type Submission,
} from '../../../harness/index.js';
import { RECORD_MARK } from '../framework/aftermath.js';
import { OUT, SECRETS } from '../framework/place.js';

const [id = '', attempts = '', ...specs] = process.argv.slice(2);
const known = findScenario(id);
if (known === undefined) throw new Error(`there is no scenario ${id}`);
const scenario = known;
void runAll();

async function runAll(): Promise<void> {
  const ready: Submission[] = [];
  for (const spec of specs) ready.push(...(await resolved(spec)));
  // As in a grading, where workers have these limits and what copies submissions has not.
  limitFiles();
  for (const [index, submission] of ready.entries()) await run(submission, index);
}

async function resolved(spec: string): Promise<Submission[]> {
  try {
    const found = await resolveSubmission(spec);
    if (found.kind === 'ready') return [found.submission];
    console.log(`build failed: ${found.failure.reason}\n${found.failure.output}`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.log(`cannot be graded: ${error.message}`);
  }
  return [];
}

async function run(submission: Submission, index: number): Promise<void> {
  const session = await openSession();
  try {
    const evidence = { root: OUT, path: `evidence/${index}`, passing: true };
    const seed = SECRETS.seed;
    for (let attempt = 0; ; attempt++) {
      const request = { key: 'k', attempt, index, seed, submission, scenario, evidence };
      const record = await runOnce(request, session);
      if (record.cause === 'disturbed' && attempt + 1 < Number(attempts)) continue;
      console.log(RECORD_MARK + JSON.stringify(record));
      return;
    }
  } finally {
    await session.close();
  }
}
