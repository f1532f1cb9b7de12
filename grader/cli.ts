#!/usr/bin/env node
/**
 * The `pblab` command: its words and options. What a command does is in its own file under commands/,
 * loaded only when it is asked for, so that help stays quick.
 */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CalibrateOptions } from './commands/calibrate.js';
import type { CheckOptions } from './commands/check.js';
import type { CompareOptions } from './commands/compare.js';
import type { DemoOptions } from './commands/demo.js';
import type { ExportOptions } from './commands/export.js';
import type { GradeOptions } from './commands/grade.js';
import type { RegradeOptions } from './commands/regrade.js';
import type { ExplainOptions } from './commands/rubric.js';
import type { ReplayOptions } from './commands/replay.js';
import type { ReportOptions } from './commands/report.js';
import type { ShrinkOptions } from './commands/shrink.js';
import type { SweepOptions } from './commands/sweep.js';
import { DiskFullError, EXIT, isDiskFull, JournalError } from './ground/exit-code.js';
import { sanitize } from './text/sanitize.js';

/** More than any message of ours that quotes a submission. */
const MESSAGE_LENGTH = 10_000;

/** What the harness allows; it is not loaded for help. */
const HELD_AT_MOST_SECONDS = 8;

const program = new Command('pblab')
  .description('Tests and grades implementations of the primary/backup key/value lab.')
  .addHelpText(
    'after',
    `
A submission is a directory with a pblab.yaml in it or with the Go packages viewservice and pbservice,
"reference", "mutant:NAME", or "variant:NAME" (several variants together: "variant:NAME+NAME").

Exit codes: 0 all passed, 1 some failed, 2 some unknown and none failed, 64 usage, 70 the kit broke.

Examples:
  pblab test ./mine                          every scenario once
  pblab grade ./alice ./bob -n 100           how often does each scenario fail?
  pblab grade ./mine --scenario 'concurrent-*' -n 200
  pblab grade submissions/* --rubric rubric.yaml --out grading/    a class, with points and pages
  pblab replay pblab-out/.../evidence/mine/primary-failure/7 -k 20
  pblab shrink pblab-out/.../evidence/mine/generated-links/7         a smaller run that fails
  pblab compare ./old ./new                  is it better now, and no slower?
  pblab sweep ./mine -s concurrent-appends   which call must be late for it to fail?
  pblab demo                                 the reference and a mutant, side by side`,
  )
  .showHelpAfterError('(pblab --help shows what there is)')
  .configureHelp({ sortSubcommands: false })
  .exitOverride();

const scenario = () =>
  new Option(
    '-s, --scenario <glob...>',
    'only these scenarios, or those of a stock test such as TestBasicFail; * and ? match',
  ).default([], 'all');
const manifest = () =>
  new Option('-m, --manifest <file>', 'manifest for directories that have no pblab.yaml');
const openArchives = () =>
  new Option('--open-archives', 'open zip and tar files that were handed in, outside their folder');
const jobs = () =>
  new Option('-j, --jobs <count>', 'runs at once (default: twice the processors)').argParser(count);
const seed = () => new Option('--seed <text>', 'seed of the plan (default: drawn, and printed)');
const rubricFile = () =>
  new Option('--rubric <file>', 'points from failure rates; see pblab rubric');
const rosterFile = () =>
  new Option(
    '--roster <file>',
    'table of students: submission (folder), name, id; or as GitHub Classroom, Canvas or Moodle export it',
  );
const rosterColumns = () =>
  new Option(
    '--roster-columns <columns>',
    'which column is which, as submission=COLUMN,name=COLUMN+COLUMN,id=COLUMN,email=COLUMN',
  );
const noReport = () => new Option('--no-report', 'write the results only, and no pages and files');
const out = () => new Option('-o, --out <dir>', 'directory for results (default: pblab-out/TIME)');

program
  .command('grade')
  .description('run every scenario N times and tally how often it fails')
  .argument('<submission...>', 'what to grade')
  .option(
    '-n, --runs <count>',
    'runs of each scenario (default: 100, or what the rubric says), or with --sequential the most (default: 208)',
    count,
  )
  .option('--sequential', 'run each scenario only until it is clear whether it is acceptable')
  .option(
    '--control <count>',
    'one run in so many is one of the reference; 0 for none (default: 20)',
    oneIn,
  )
  .option(
    '--replays <count>',
    'repeat one failing run of each scenario so often (default: one for 20 runs, at most 5)',
    countFromZero,
  )
  .option(
    '--budget-per-submission <time>',
    'how long all runs of a submission may take together, such as 90s, 30m or 2h; 0 for any time (default: 8 times what the reference takes, if there are several submissions)',
    durationOrNone,
  )
  .addOption(scenario())
  .addOption(manifest())
  .addOption(openArchives())
  .addOption(rubricFile())
  .addOption(rosterFile())
  .addOption(rosterColumns())
  .addOption(seed())
  .addOption(jobs())
  .addOption(out())
  .addOption(noReport())
  .addHelpText(
    'after',
    `
With a rubric only the scenarios that it grades are run, and submissions are called by their folders. Those of
several submissions that cannot be graded are listed with the reason; the rest are graded. Copies of rubric and
roster stay in the directory, so that nothing else is needed to go on in it. Students with one submission in
the roster have handed in together: each gets its points.

  pblab grade submissions/* --rubric rubric.yaml --roster roster.csv --out grading/
  pblab resume grading/                      after Ctrl-C, a crash, or a full disk
  pblab grade submissions/* --out grading/   takes late submissions in; the others stay as they are
  pblab regrade grading/                     what has been handed in anew since
  pblab regrade grading/ --student alice     all runs of one student anew
  pblab report grading/ --rubric new.yaml    other points for the same runs

With --sequential, a failure rate up to 1 % is acceptable and one from 10 % on is not. A scenario is
decided as soon as its runs say so: one that is acceptable is called unacceptable with a probability
of 0.1 % at most, and one that is unacceptable is called acceptable with 5 % at most. What -n runs do
not decide stays undecided.

When the runs of a submission have used up its time, its remaining runs are not done: they give no points, and
staff are told. A build may take 10 minutes.

The control arm tells whether the machine is to blame: if the reference fails beside the submissions,
nothing that was measured can be relied on.`,
  )
  .action(async (specs: string[], options: GradeOptions) =>
    finish(await (await import('./commands/add.js')).gradeOrAdd(specs, options)),
  );

program
  .command('test')
  .description('run every scenario once, and say what is wrong')
  .argument('<submission>', 'what to test')
  .addOption(scenario())
  .addOption(manifest())
  .addOption(openArchives())
  .addOption(seed())
  .addOption(jobs())
  .addOption(out())
  .action(async (spec: string, options: Omit<GradeOptions, 'runs'>) =>
    finish(await (await import('./commands/test.js')).test(spec, options)),
  );

program
  .command('replay')
  .description('run the same seed again, and say how often it fails again')
  .argument('<run>', 'the evidence folder of a run, or SCENARIO@SEED with --submission')
  .option('-k, --times <count>', 'how often', count, 10)
  .option('--submission <spec>', 'another submission than the one it was recorded with')
  .addOption(jobs())
  .addOption(out())
  .action(async (run: string, options: ReplayOptions) =>
    finish(await (await import('./commands/replay.js')).replay(run, options)),
  );

program
  .command('shrink')
  .description('make a failing run of a generated scenario smaller')
  .argument('<run>', 'the evidence folder of a run, or SCENARIO@SEED with --submission')
  .option('-k, --times <count>', 'run each smaller plan up to so many times', count, 2)
  .option('--budget <runs>', 'do so many runs at most, disturbed ones not counted', count, 40)
  .option('--seconds <count>', 'take so long at most', count, 180)
  .option('--submission <spec>', 'another submission than the one it was recorded with')
  .addOption(jobs())
  .addOption(out())
  .addHelpText(
    'after',
    `
A generated scenario draws a plan from its seed: servers, clients, keys, and moves such as "restart the
backup at once". This command first runs the plan again until it fails. Then it tries plans with fewer
moves, simpler moves, fewer clients, servers and odd keys. Each is really run. A smaller plan is kept if
one of its -k runs breaks the same rule with the same symptom.

It prints the numbers before and after, the plan that is left, and the story of the smallest failing run.
The evidence folder of that run has its plan; \`pblab replay\` of the folder plays this plan again.

With a larger -k, a plan that fails seldom is found more surely, but each plan takes more runs.

Exit codes: 1 it failed again and was shrunk, 0 it passed every time, 2 it could not be judged.`,
  )
  .action(async (run: string, options: ShrinkOptions) =>
    finish(await (await import('./commands/shrink.js')).shrink(run, options)),
  );

program
  .command('sweep')
  .description('delay each kind of call in turn, and say which must be late for a scenario to fail')
  .argument('<submission>', 'what to sweep')
  .requiredOption('-s, --scenario <id>', 'the scenario, one of part B')
  .option('-n, --runs <count>', 'runs of each kind of call with each delay', count, 20)
  .addOption(
    new Option('--delays <ms,...>', 'by how much, in ms')
      .argParser(milliseconds)
      .default([0, 5, 20, 100, 500], '0,5,20,100,500'),
  )
  .addOption(
    new Option('--part <part>', 'what is late: request or reply')
      .choices(['request', 'reply'])
      .default('request'),
  )
  .addOption(manifest())
  .addOption(openArchives())
  .addOption(seed())
  .addOption(jobs())
  .addOption(out())
  .addHelpText(
    'after',
    `
First the scenario runs as often without delay; these runs tell the kinds of calls that there are:
from whom, to whom, and of which method, or only from whom and to whom where the protocol cannot be
read. All clients are one caller. Then each kind has runs of its own, as many with each delay. A
sweep ends with the first runs if all of them fail: then no delay can tell anything.

Of calls that come often one half is late and the other is not, and fewer if a run would take too
long: all delays of a run together come to ${HELD_AT_MOST_SECONDS} s at most, and every deadline in it is as much later.
What servers ask of the view service is never so late that a server would rightly be taken for dead,
and a run in which one looked dead because its lock was held for a late call says nothing.

The table has the failure rate for each kind and each delay. A position matters where the runs below
a delay and those from it on differ by more than chance: Fisher's exact test, with Holm's correction
for all that were compared, below 5 %.

Each failing run keeps its evidence, and \`pblab replay\` of it delays the same calls again.
An interrupted sweep goes on with \`pblab resume DIR\`.`,
  )
  .action(async (spec: string, options: SweepOptions) =>
    finish(await (await import('./commands/sweep.js')).sweep(spec, options)),
  );

program
  .command('compare')
  .description('say whether a submission fails more often, or is slower, than another one')
  .argument('<submission...>', 'the one to compare with, then yours; with --against only yours')
  .option('-n, --runs <count>', 'runs of each scenario on either side (default: 50)', count)
  .addOption(scenario())
  .option('--against <dir>', 'compare with the runs of an earlier grading instead')
  .option('--submission <name>', 'which submission of that grading, if there are several')
  .option('--across-versions', 'even if that grading was made by another version of the kit')
  .addOption(manifest())
  .addOption(openArchives())
  .addOption(seed())
  .addOption(jobs())
  .addOption(out())
  .addHelpText(
    'after',
    `
Both meet the same runs, interleaved, so that a busy machine is busy for both. For each scenario the
failure rates are held against each other with Boschloo's exact test, with Holm's correction for all
scenarios: that chance alone makes anything look worse happens in at most 5 of 100 comparisons.

Costs (latency, fail-over, calls, bytes) are compared over the runs that both passed, pair by pair with
the same seed. One counts as worse if it is surely higher by more than a tenth.

With --against, runs are not interleaved. They have the seeds of that grading and, unless said
otherwise, its scenarios and as many runs; times are shown and not judged.

An interrupted comparison goes on with \`pblab resume DIR\`.

Exit codes: 0 no worse, 1 worse in something, 2 undecided: too few runs can be judged.`,
  )
  .action(async (specs: string[], options: CompareOptions) =>
    finish(await (await import('./commands/compare.js')).compare(specs, options)),
  );

program
  .command('resume')
  .description('go on with a grading, a comparison, a sweep or a calibration that was interrupted')
  .argument('<dir>', 'its directory')
  .addOption(jobs())
  .addOption(noReport())
  .action(async (directory: string, options: Pick<GradeOptions, 'jobs' | 'report'>) =>
    finish(await (await import('./commands/resume.js')).resume(directory, options)),
  );

const globs = (flags: string, description: string, without: string) =>
  new Option(flags, `${description}; * and ? match`).default([], without);
const newRubricFile = () =>
  new Option('--rubric <file>', 'instead of the rubric that the grading has');

program
  .command('regrade')
  .description('grade again what has changed since, what is missing, and what is chosen')
  .argument('<dir>', 'directory of the grading')
  .argument('[submission...]', 'late submissions to be taken in as well')
  .addOption(
    globs('--student <name...>', 'only these: submissions, or names and ids of the roster', 'all'),
  )
  .addOption(globs('-s, --scenario <glob...>', 'do all runs of these scenarios anew', 'none'))
  .addOption(
    globs(
      '--signature <glob...>',
      'do all runs anew of scenarios that have failed like this',
      'none',
    ),
  )
  .addOption(newRubricFile())
  .addOption(rosterFile())
  .addOption(rosterColumns())
  .addOption(manifest())
  .addOption(openArchives())
  .addOption(jobs())
  .addOption(noReport())
  .addHelpText(
    'after',
    `
Without a choice, only submissions whose content is another than it was are graded again, and scenarios
that a new rubric names are run for the first time. With several choices, what all of them mean is done
anew: all runs of a scenario on a submission together, the passing ones too. Nothing else is run again.

The results before it stay in DIR/history/; the old and the new points of each student, and why, are in
DIR/regrade.json. An interrupted regrade goes on with \`pblab resume DIR\`.`,
  )
  .action(async (directory: string, late: string[], options: RegradeOptions) =>
    finish(await (await import('./commands/regrade.js')).regrade(directory, late, options)),
  );

program
  .command('report')
  .description('render results, pages and files for course systems again; nothing is run')
  .argument('<dir>', 'directory of the grading')
  .addOption(newRubricFile())
  .addHelpText(
    'after',
    `
In the directory there are then:

  results.json                 all that is known, for programs
  report/index.html            for staff; it names hidden scenarios and every student
  report/students/NAME.html    for one student; each is one file that loads nothing
  outputs/                     for course systems, build servers and spreadsheets; see pblab export

With another rubric the results before it stay in DIR/history/. Scenarios that the grading has no runs of
earn no points yet; \`pblab regrade DIR --rubric FILE\` runs them.`,
  )
  .action(async (directory: string, options: ReportOptions) =>
    finish(await (await import('./commands/report.js')).report(directory, options)),
  );

program
  .command('export')
  .description('write the results of a grading for course systems, build servers and spreadsheets')
  .argument('[dir]', 'the directory of the grading')
  .option('-f, --format <name...>', 'what to write')
  .option('--list', 'list the formats')
  .option('-o, --out <dir>', 'folder for the files (default: DIR/outputs)')
  .option('--file <path>', 'where the one file of the one format goes; - prints it')
  .option('--student <name>', 'only this submission, as its student may see it')
  .option('--template <file>', 'what the course system has exported, to be filled in')
  .option('--column <title>', "column to fill in (default: the rubric's title)")
  .option(
    '--template-columns <columns>',
    'which column of a worksheet is which, as id=COLUMN,grade=COLUMN,feedback=COLUMN,maximum=COLUMN',
  )
  .addOption(
    new Option('--decimal <mark>', "where the template's numbers do not tell it").choices([
      'comma',
      'point',
    ]),
  )
  .option(
    '--scale-to <maximum>',
    'scale all points to this maximum, such as that of Canvas',
    maximum,
  )
  .option('--placeholder', 'write what stands for results until there are any')
  .addHelpText(
    'after',
    `
  pblab export --list
  pblab export grading/ -f gradescope                   a file for each submission, below grading/outputs/
  pblab export grading/ -f canvas --template grades.csv  the gradebook of Canvas, filled in
  pblab export grading/ -f junit ctrf --student alice

\`grade\`, \`regrade\` and \`report\` write whatever needs no template by themselves. They leave files that were
filled in as they are, and say which have old points. What is for students, or is
written with --student, has of hidden scenarios the points and nothing else.`,
  )
  .action(async (directory: string | undefined, options: ExportOptions) =>
    finish(await (await import('./commands/export.js')).exportResults(directory, options)),
  );

program
  .command('check')
  .description('judge a recorded history of operations on keys')
  .argument('<history>', 'a history.jsonl of this kit, or a history of invokes and ends')
  .addOption(
    new Option('--budget <seconds>', 'how long judging may take')
      .argParser(duration)
      .default(10_000, '10'),
  )
  .addHelpText(
    'after',
    `
It says whether the history is linearizable, key by key, with the operations of each client in its own order.
It reads what this kit records, and EDN or JSON as Jepsen and Porcupine record it: one operation a line, or all
in one list. harness/history/README.md describes the formats.

Exit codes: 0 linearizable, 1 not, 2 it cannot be told: the time ran out, or no operation succeeded.`,
  )
  .action(async (file: string, options: CheckOptions) =>
    finish((await import('./commands/check.js')).check(file, options)),
  );

program
  .command('list')
  .description('list what there is')
  .argument('<what>', 'scenarios, mutants, variants, faults, rules or coverage')
  .argument('[dir]', 'for coverage: the directory of a grading')
  .option('--json', 'as JSON, for programs')
  .addHelpText(
    'after',
    `
Coverage is what generated runs can meet: who was hit, what was done, and at which moment. With the
directory of a grading, it says how many of its runs met each of these situations.

  pblab list coverage                        all situations
  pblab list coverage grading/               in how many runs each was met, and which never were`,
  )
  .action(async (what: string, directory: string | undefined, options: { json?: boolean }) =>
    finish(await (await import('./commands/list.js')).list(what, directory, options)),
  );

const rubric = program
  .command('rubric')
  .description('how failure rates become points: rubric.yaml')
  .configureHelp({ sortSubcommands: false });

rubric
  .command('new')
  .description('print a rubric of all scenarios, with a comment for every key')
  .action(async () => finish((await import('./commands/rubric.js')).printNewRubric()));

rubric
  .command('check')
  .description('say whether a rubric is valid, and if not, in which lines')
  .argument('<file>', 'the rubric')
  .action(async (file: string) => finish((await import('./commands/rubric.js')).checkRubric(file)));

rubric
  .command('explain')
  .description(
    'say what a rubric does to submissions that fail in 0.1 %, 1 %, 3 %, ... of their runs',
  )
  .argument('<file>', 'the rubric')
  .option(
    '-n, --runs <count>',
    'runs of each scenario (default: as the rubric says, or 100)',
    count,
  )
  .option('--json', 'as JSON, for programs')
  .action(async (file: string, options: ExplainOptions) =>
    finish((await import('./commands/rubric.js')).explainRubric(file, options)),
  );

program
  .command('calibrate')
  .description('measure how likely each scenario is to catch each mutant, and false alarms')
  .argument('[mutant...]', 'which mutants, or others of the set; * and ? match (default: all)')
  .addOption(
    new Option('--set <name>', 'what is to be caught')
      .choices(['mutants', 'independent'])
      .default('mutants'),
  )
  .option(
    '-n, --runs <count>',
    'runs of the cells that are looked at closely (default: 50, or 20 of the independent set)',
    count,
  )
  .option(
    '--screen <count>',
    'runs of every mutant in every scenario that starts it (default: 2, or 1 of the independent set)',
    count,
  )
  .addOption(scenario())
  .addOption(seed())
  .addOption(jobs())
  .addOption(out())
  .option('--save', 'make it the calibration of this kit, from which its tables are made')
  .addHelpText(
    'after',
    `
Every mutant and the reference meet every scenario a few times (the screen). Then the reference, and
for each mutant the scenarios that should catch it or have caught it best, are looked at closely. The
runs of the screen count.

The independent set has wrong implementations whose authors have not seen the scenarios, and a correct
one that takes the place of the reference. Nothing is known of them beforehand: every scenario screens
each of them, and the one that caught it best is looked at closely. The report says of each whether it
was caught, and how many of each folder were. The set is part of a checkout and not of the package.

  pblab calibrate --set independent -o out   all of them; this takes hours
  pblab calibrate --set independent 'design/*' -s 'generated-*'

An interrupted calibration goes on with \`pblab resume DIR\`, or with the same words and --out DIR.

Exit codes: 0 every wrong implementation was caught and there was no false alarm, 1 one was not caught
or the correct one was accused, 2 something could not be measured.`,
  )
  .action(async (mutants: string[], options: CalibrateOptions) =>
    finish(await (await import('./commands/calibrate.js')).calibrate(mutants, options)),
  );

program
  .command('demo')
  .description('grade the reference and the mutant that ignores the result of the forward')
  .option('-n, --runs <count>', 'runs of each scenario', count, 20)
  .addOption(jobs())
  .addOption(out())
  .action(async (options: DemoOptions) =>
    finish(await (await import('./commands/demo.js')).demo(options)),
  );

function count(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

function countFromZero(text: string): number {
  return text === '0' ? 0 : count(text);
}

function oneIn(text: string): number {
  const value = countFromZero(text);
  if (value !== 1) return value;
  throw new InvalidArgumentError('Expected 0, or a whole number from 2.');
}

function maximum(text: string): number {
  const value = Number(text);
  if (/^\d+(?:\.\d{1,2})?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError(
    'Expected a number above 0 with at most 2 digits after the point.',
  );
}

function milliseconds(text: string): number[] {
  const values = text.split(',').map((word) => (word.trim() === '' ? NaN : Number(word)));
  if (values.every((value) => Number.isSafeInteger(value) && value >= 0)) return values;
  throw new InvalidArgumentError('Expected whole numbers from 0 with commas between them.');
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** In ms; without a unit it is a number of seconds. */
function duration(text: string): number {
  const [, amount = '', unit = 's'] = /^(\d+(?:\.\d+)?)\s*([a-z]+)?$/.exec(text) ?? [];
  const ms = Math.round(Number(amount) * (UNITS_MS[unit] ?? NaN));
  if (Number.isSafeInteger(ms) && ms > 0) return ms;
  throw new InvalidArgumentError(
    'Expected a time above 0 in seconds, such as 60, or 90s, 30m, 2h.',
  );
}

function durationOrNone(text: string): number {
  return text === '0' ? 0 : duration(text);
}

function finish(code: number): void {
  process.exitCode = code;
}

// Whoever reads the output may stop reading, as `head` does; the work is done all the same.
process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') return;
  process.stderr.write(`pblab: the output could not be written: ${error.message}\n`);
  process.exit(EXIT.kitBroke);
});
process.stderr.on('error', () => {});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Prints an error in the way of its kind; the exit code that goes with it. */
function report(error: unknown): number {
  // Commander has printed its own message already, and asking for help is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (error instanceof Error && error.name === 'UsageError') {
    // A message may quote a manifest, which is anybody's text.
    process.stderr.write(`pblab: ${sanitize(error.message, MESSAGE_LENGTH)}\n`);
    return EXIT.usage;
  }
  if (error instanceof JournalError || error instanceof DiskFullError || isDiskFull(error)) {
    process.stderr.write(`pblab: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.kitBroke;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`pblab: the kit itself broke; no submission is charged for it\n${text}\n`);
  return EXIT.kitBroke;
}
