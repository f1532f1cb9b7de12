/** Control runs and the load of the machine: whether the results can be relied on; and how much was tried. */

import { describeIsolation, type World } from '../../../harness/index.js';
import { describeControl, describeLoad, referenceFailed } from '../../tally/describe-control.js';
import { COVERAGE_COMMAND, describeCoverage } from '../../tally/describe-situations.js';
import { count } from '../../text/count.js';
import { isTooBusy } from '../../tally/provenance.js';
import { describeTooLittle, tooLittleIsolation } from '../../results/safety.js';
import type { Results } from '../../results/results.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { shorten } from '../../text/sanitize.js';
import { listed, sentence, type Paper } from './terminal-layout.js';

/** Warnings that come before everything else; nothing where the control arm has not failed, and isolation was enough. */
export function renderUnsafe(results: Clean<Results>, paper: Paper): string[] {
  return [...renderFailedControl(results, paper), ...renderTooLittle(results, paper)];
}

function renderFailedControl({ control }: Clean<Results>, paper: Paper): string[] {
  if (control === undefined || control.safe) return [];
  const { bold, red } = paper.palette;
  const warning =
    `UNSAFE: ${referenceFailed(control)} on the same machine. ` +
    'The failures below may come from the machine; do not publish points from this grading.';
  const failures = control.failures.map(
    ({ scenario, count: times, reason }) =>
      `${times} × ${listed([scenario])}: ${shorten(reason, LENGTHS.sentence)}`,
  );
  return [
    ...sentence(warning, paper).map((line) => bold(red(line))),
    ...failures.flatMap((text) => sentence(text, paper, '  ')).map(red),
  ];
}

function renderTooLittle(results: Clean<Results>, paper: Paper): string[] {
  const isolation = tooLittleIsolation(results);
  if (isolation === undefined) return [];
  const { bold, red } = paper.palette;
  const warning =
    `UNSAFE: ${describeTooLittle(isolation)} (isolation ${isolation.level}). ` +
    'Any of them may have changed results; do not publish points from this grading.';
  return sentence(warning, paper).map((line) => bold(red(line)));
}

/** A warning that rates rest on little; nothing on a machine that was quiet enough. */
export function renderBusy({ provenance }: Clean<Results>, paper: Paper): string[] {
  if (provenance === undefined || !isTooBusy(provenance.load)) return [];
  const { disturbedAttempts, attempts } = provenance.load;
  const warning =
    `The machine was too busy: ${disturbedAttempts} of ${count(attempts, 'attempt')} were disturbed and are ` +
    'not counted. Grade on a quieter machine, or with fewer jobs at once (-j).';
  return sentence(warning, paper).map(paper.palette.yellow);
}

function describeWorld(world: World): string {
  return `world: ${world}; its rates cannot be compared with those of another world`;
}

/** The isolation, the world, the control runs, the delay of the kit, and the situations that generated runs have met. */
export function renderControl(
  { isolation, world, control, provenance, coverage }: Clean<Results>,
  paper: Paper,
): string[] {
  return [
    ...(isolation === undefined ? [] : [`isolation: ${describeIsolation(isolation)}`]),
    ...(world === undefined ? [] : [describeWorld(world)]),
    ...(control === undefined ? [] : [describeControl(control)]),
    ...(provenance === undefined ? [] : describeLoad(provenance.load)),
    ...(coverage === undefined ? [] : [`${describeCoverage(coverage)} (${COVERAGE_COMMAND})`]),
  ].flatMap((text) => sentence(text, paper));
}
