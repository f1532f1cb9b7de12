/** `pblab demo`: the reference beside a mutant, in two scenarios that both pass and in one that distinguishes them. */

import type { Command } from 'commander';
import type { CampaignChoice } from './actions/campaign-options.js';
import { EXIT } from '../ground/exit-code.js';
import * as options from './options.js';

const SUBMISSIONS = ['reference', 'mutant:forward-result-ignored'];
const SCENARIOS = ['concurrent-puts', 'concurrent-appends', 'forward-lost-then-failover'];

const INTRODUCTION = `Two implementations of the primary/backup key/value service are graded side by side:
"reference" is correct; "mutant:forward-result-ignored" answers its client although the
forward to its backup has failed, which turns the concurrent tests green.

`;

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('grade the reference and a mutant that ignores failed forwards to its backup')
    .addOption(options.runs('runs of each scenario', 20))
    .addOption(options.isolation())
    .addOption(options.jobs())
    .addOption(options.out())
    .action(options.exits(() => Promise.resolve(demo)));
}

/** Grades both; resolves to 0 unless the kit could not do it, because here a failure is the point. */
async function demo(given: CampaignChoice & { runs: number }): Promise<number> {
  const { grade } = await import('./actions/grade.js');
  process.stdout.write(INTRODUCTION);
  const code = await grade(SUBMISSIONS, { ...given, control: 0, replays: 0, scenario: SCENARIOS });
  return code === EXIT.failed ? EXIT.passed : code;
}
