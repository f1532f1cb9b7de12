/**
 * The program of `pblab`: it is built from its commands and run with the words of a command line, and errors become exit
 * codes. Every command is a file of this folder, and loads what it does only when it is asked for, so that help stays
 * quick.
 */

import { Command, CommanderError } from 'commander';
import { DiskFullError, EXIT, isDiskFull, JournalError } from '../ground/exit-code.js';
import { sanitize } from '../text/sanitize.js';
import { COMMANDS } from './registry.js';

/** More than any message of ours that quotes a submission. */
const MESSAGE_LENGTH = 10_000;

const HELP = `
A submission is a directory with a pblab.yaml or with the Go packages viewservice and pbservice,
"reference", "mutant:NAME", or "variant:NAME" (several variants together: "variant:NAME+NAME").

Exit codes: 0 all passed, 1 some failed, 2 some unknown and none failed, 64 usage error, 70 the kit broke,
130 interrupted.

Examples:
  pblab init --lang python ./mine            begin a submission, from an empty folder
  pblab test ./mine                          every scenario once
  pblab grade ./alice ./bob -n 100           how often does each scenario fail?
  pblab grade ./mine --scenario 'concurrent-*' -n 200
  pblab grade submissions/* --rubric rubric.yaml --out grading/    a class, with points and pages
  pblab replay pblab-out/.../evidence/mine/primary-failure/7 -k 20
  pblab shrink pblab-out/.../evidence/mine/generated-links/7         a smaller run that fails
  pblab compare ./old ./new                  is it better now, and no slower?
  pblab sweep ./mine -s concurrent-appends   which call must be late for it to fail?
  pblab demo                                 the reference and a mutant, side by side`;

/** Runs the command that the words ask for, to its exit code. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? EXIT.passed);
  } catch (error) {
    return report(error);
  }
}

function program(): Command {
  const all = new Command('pblab')
    .description('Tests and grades implementations of the primary/backup key/value lab.')
    .addHelpText('after', HELP)
    .showHelpAfterError('(see pblab --help)')
    .configureHelp({ sortSubcommands: false })
    .exitOverride();
  for (const add of COMMANDS) add(all);
  for (const command of all.commands) {
    command.showHelpAfterError(`(see pblab ${command.name()} --help)`);
  }
  return all;
}

/** Prints an error in the way of its kind; the exit code that goes with it. */
function report(error: unknown): number {
  // Commander has printed its own message already, and asking for help is not an error.
  if (error instanceof CommanderError) {
    if (error.code === 'commander.excessArguments') hintAtDashes();
    return error.exitCode === 0 ? 0 : EXIT.usage;
  }
  if (!(error instanceof Error)) return reportDefect(String(error));
  // The modules of these errors are heavy, and not loaded for help: their names tell them.
  if (error.name === 'UsageError') {
    // A message may quote a manifest, which may contain anything.
    process.stderr.write(`pblab: ${sanitize(error.message, MESSAGE_LENGTH)}\n`);
    return EXIT.usage;
  }
  if (error instanceof JournalError || error instanceof DiskFullError || isDiskFull(error)) {
    process.stderr.write(`pblab: ${error.message}\n`);
    return EXIT.kitBroke;
  }
  return reportDefect(error.stack ?? error.message);
}

/** npm takes options without `--` for its own, and their values arrive as arguments. */
function hintAtDashes(): void {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  process.stderr.write(
    'If you gave options, put -- before the command, or npm takes them: npm start -- test ./mine --step 2\n',
  );
}

function reportDefect(text: string): number {
  process.stderr.write(`pblab: the kit itself broke; no submission is charged for it\n${text}\n`);
  return EXIT.kitBroke;
}
