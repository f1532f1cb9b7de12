/** `pblab test`: every scenario once, a line for each, and for each failure the events that prove it. */

import colors from 'picocolors';
import { invocation, type RunRecord } from '../../harness/index.js';
import { exitCode } from '../errors.js';
import { beginGrading } from '../grading.js';
import { prepare } from '../preparation.js';
import { renderEvidence } from '../reports/stories.js';
import { sanitizeLine } from '../sanitize.js';
import { displayPath, gradingOptions, outDirectory, type GradeOptions } from './grade.js';
import { EXIT_INTERRUPTED, interruptSignal } from './interrupt.js';

const REASON_LENGTH = 200;

/** Tests one submission; resolves to the exit code. */
export async function test(spec: string, options: Omit<GradeOptions, 'runs'>): Promise<number> {
  const { plan, submissions } = await prepare({
    specs: [spec],
    scenarios: options.scenario,
    runsPerScenario: 1,
    seed: options.seed,
  });
  // Only now: during a build, Ctrl-C ends the command at once, and the guardian cleans up.
  const signal = interruptSignal();
  const directory = outDirectory(options.out);
  const outcome = await beginGrading(plan, gradingOptions(directory, options, submissions, signal));
  const byScenario = new Map(outcome.records.map((record) => [record.scenario, record]));
  const told = new Set<string>();
  for (const { id } of plan.scenarios) {
    const record = byScenario.get(id);
    if (record !== undefined) process.stdout.write(describe(record, directory, told));
  }
  const seconds = outcome.records.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const { passed, failed, unknown } = count(outcome.records);
  process.stdout.write(
    `\n${passed} passed, ${failed} failed, ${unknown} unknown (seed ${plan.seed}, ${seconds.toFixed(1)} s of runs)\n` +
      `One run of each says little about rare failures: ${invocation()} grade ${spec} -n 100 measures them.\n`,
  );
  if (outcome.interrupted) return EXIT_INTERRUPTED;
  return exitCode(outcome.results.submissions.flatMap(({ tallies }) => tallies));
}

const MARKS: Record<RunRecord['verdict'], string> = {
  pass: colors.green('pass   '),
  fail: colors.red('FAIL   '),
  unknown: colors.yellow('unknown'),
};

/** The line of a run, and its evidence unless that is `told` already, as a failed build's is once. */
function describe(record: RunRecord, directory: string, told: Set<string>): string {
  const { verdict, scenario, durationMs, artifacts = '', reason } = record;
  const line = `${MARKS[verdict]}  ${scenario}  ${colors.dim(`${(durationMs / 1000).toFixed(1)} s`)}`;
  if (verdict === 'pass') return `${line}\n`;
  const isNew = artifacts !== '' && !told.has(artifacts);
  told.add(artifacts);
  const story = isNew ? renderEvidence(directory, artifacts, displayPath(directory)) : [];
  const shown = story.length > 0 ? story : [`  ${sanitizeLine(reason, REASON_LENGTH)}`];
  return [line, ...shown].map((one) => `${one}\n`).join('');
}

function count(records: readonly RunRecord[]) {
  const of = (verdict: RunRecord['verdict']) =>
    records.filter((record) => record.verdict === verdict).length;
  return { passed: of('pass'), failed: of('fail'), unknown: of('unknown') };
}
