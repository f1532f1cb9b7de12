/**
 * `pblab demo`: the reference beside the mutant of the story, on the two scenarios in which they look
 * alike and on the one that tells them apart.
 */

import { grade } from './grade.js';

const SUBMISSIONS = ['reference', 'mutant:forward-result-ignored'];
const SCENARIOS = ['concurrent-puts', 'concurrent-appends', 'forward-lost-then-failover'];

export interface DemoOptions {
  runs: number;
  jobs?: number;
  out?: string;
}

/** Grades both; resolves to 0 unless the kit could not do it, because here a failure is the point. */
export async function demo({ runs, jobs, out }: DemoOptions): Promise<number> {
  process.stdout.write(
    `Two implementations of the primary/backup key/value service are graded side by side:\n` +
      `"reference" is correct; "mutant:forward-result-ignored" answers its client although the\n` +
      `forward to its backup has failed, which turns the concurrent tests green.\n\n`,
  );
  const code = await grade(SUBMISSIONS, {
    runs,
    control: 0,
    replays: 0,
    scenario: SCENARIOS,
    ...(jobs === undefined ? {} : { jobs }),
    ...(out === undefined ? {} : { out }),
  });
  return code === 1 ? 0 : code;
}
