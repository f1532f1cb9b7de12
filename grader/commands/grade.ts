/** `pblab grade`: many runs of each scenario, counted, and points if there is a rubric. */

import { InvalidArgumentError, Option, type Command } from 'commander';
import * as options from './options.js';

const HELP = `
With a rubric, only the scenarios in it are run, and each submission is named after its folder.
Submissions that cannot be graded are listed with the reason; the rest are graded. Copies of the rubric
and the roster are kept in the directory, so that other commands need only the directory. Students who
share a submission in the roster handed it in together; each gets its points.

  pblab grade submissions/* --rubric rubric.yaml --roster roster.csv --out grading/
  pblab resume grading/                      after Ctrl-C, a crash, or a full disk
  pblab grade submissions/* --out grading/   adds late submissions; the others stay as they are
  pblab regrade grading/                     grades again what was handed in again
  pblab regrade grading/ --student alice     repeats all runs of one student
  pblab report grading/ --rubric new.yaml    other points for the same runs

With --sequential, a failure rate of up to 1 % is acceptable and one of 10 % or more is not. A scenario
ends as soon as its runs decide which it is. The probability of calling an acceptable scenario
unacceptable is at most 0.1 %; of calling an unacceptable one acceptable, at most 5 %. A scenario that
-n runs do not decide is reported as undecided.

When the runs of a submission have used up its time, the remaining ones are not run. They give no
points, and the report for staff says so. A build may take 10 minutes.

Every program of a submission runs in a box of its own if bubblewrap is installed (--isolation full).
Builds have no network then. A file for --manifest can let more into boxes, such as
  box: { readonly: [/srv/course/jdk], network: true }
Without isolation, submissions of others are refused unless you pass --isolation none: they would run
as you. At the levels weak and none the reports say that the points are unsafe to publish.

Control runs are runs of the reference between those of the submissions. If one of them fails, the
machine or the kit may have caused other failures too, so do not rely on any result.`;

export function addGrade(program: Command): void {
  program
    .command('grade')
    .description('run every scenario many times and count how often it fails')
    .addArgument(options.submissions('<submission...>', 'what to grade'))
    .addOption(
      options.runs(
        'runs of each scenario (default: 100, or as in the rubric); with --sequential at most so many (default: 208)',
      ),
    )
    .option('--sequential', 'end each scenario as soon as it is clear whether it is acceptable')
    .option('--control <count>', 'every COUNTth run is a control run; 0: none (default: 20)', oneIn)
    .option(
      '--replays <count>',
      'repeat one failing run of each scenario this often (default: one per 20 runs, at most 5)',
      options.countFromZero,
    )
    .option(
      '--budget-per-submission <time>',
      'time for all runs of a submission together, such as 90s, 30m or 2h; 0: no limit (default: for several submissions, 8 times what the reference takes)',
      durationOrNone,
    )
    .addOption(options.scenarios())
    .addOption(options.manifest())
    .addOption(options.openArchives())
    .addOption(new Option('--rubric <file>', 'give points for failure rates; see pblab rubric'))
    .addOption(options.rosterFile())
    .addOption(options.rosterColumns())
    .option(
      '--shard <k/n>',
      'run only the Kth of N parts, here; merge them with pblab merge (needs --seed)',
      shard,
    )
    .addOption(options.seed())
    .addOption(options.isolation())
    .addOption(options.world())
    .addOption(options.jobs())
    .addOption(options.queue())
    .addOption(options.out())
    .addOption(options.noReport())
    .addHelpText('after', HELP)
    .action(options.exits(async () => (await import('./actions/add.js')).gradeOrAdd));
}

function shard(text: string): { index: number; of: number } {
  const [, index = 0, of = 0] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text)?.map(Number) ?? [];
  if (index >= 1 && index <= of) return { index, of };
  throw new InvalidArgumentError('Expected K/N with K from 1 to N, such as 3/8.');
}

function oneIn(text: string): number {
  const value = options.countFromZero(text);
  if (value !== 1) return value;
  throw new InvalidArgumentError('Expected 0, or a whole number from 2.');
}

function durationOrNone(text: string): number {
  return text === '0' ? 0 : options.duration(text);
}
