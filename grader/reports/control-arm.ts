/** The control arm and the machine: whether what was graded beside them can be relied on. */

import type { ControlArm } from '../control-arm.js';
import { count, percent, percentRange } from '../describe-tally.js';
import { isTooBusy, type Load } from '../provenance.js';
import type { Results } from '../results.js';
import { sanitizeLine } from '../sanitize.js';
import { listed, sentence, type Paper } from './paper.js';

const TEXT_LENGTH = 300;

/** A warning that comes before everything else; nothing where the control arm is safe or not there. */
export function renderUnsafe({ control }: Results, paper: Paper): string[] {
  if (control === undefined || control.safe) return [];
  const { bold, red } = paper.palette;
  const warning =
    `UNSAFE: the reference, which is right, failed ${control.failed} of ` +
    `${count(control.passed + control.failed, 'run')} beside these on the same machine. ` +
    'What fails below may be the doing of the machine; do not publish points from it.';
  const failures = control.failures.map(
    ({ scenario, count: times, reason }) =>
      `${times} × ${listed([scenario])}: ${sanitizeLine(reason, TEXT_LENGTH)}`,
  );
  return [
    ...sentence(warning, paper).map((line) => bold(red(line))),
    ...failures.flatMap((text) => sentence(text, paper, '  ')).map(red),
  ];
}

/** A warning that rates rest on little; nothing on a machine that was quiet enough. */
export function renderBusy({ provenance }: Results, paper: Paper): string[] {
  if (provenance === undefined || !isTooBusy(provenance.load)) return [];
  const { disturbedAttempts, attempts } = provenance.load;
  const warning =
    `The machine was too busy: ${disturbedAttempts} of ${count(attempts, 'attempt')} were disturbed, and say ` +
    'nothing. Grade on a quieter machine, or with fewer jobs at once (-j).';
  return sentence(warning, paper).map(paper.palette.yellow);
}

/** What the control arm has shown, and how late the kit was. */
export function renderControl({ control, provenance }: Results, paper: Paper): string[] {
  return [
    ...(control === undefined ? [] : [describeControl(control)]),
    ...(provenance === undefined ? [] : describeLoad(provenance.load)),
  ].flatMap((text) => sentence(text, paper));
}

function describeControl(control: ControlArm): string {
  const { passed, failed, unknown, oneIn, failureRate } = control;
  const usable = passed + failed;
  const runs = count(usable, 'run');
  const bound = `${percentRange(failureRate.low, failureRate.high)}, 95 %`;
  const unjudged = unknown === 0 ? '' : `; ${count(unknown, 'unknown run')} not counted`;
  if (usable === 0) return `control arm: no run of the reference can be judged${unjudged}`;
  if (failed > 0)
    return `control arm: the reference failed ${failed} of ${runs} (${bound})${unjudged}`;
  return (
    `control arm: the reference, one run in ${oneIn}, passed ${passed} of ${runs}; ` +
    `a failure rate above ${percent(failureRate.high)} % is ruled out (95 %)${unjudged}`
  );
}

function describeLoad({ disturbedAttempts, attempts, lagMs }: Load): string[] {
  const disturbed = `${disturbedAttempts} of ${count(attempts, 'attempt')} disturbed`;
  if (lagMs === undefined) return [];
  const [median, p99, worst] = [lagMs.median, lagMs.p99, lagMs.worst].map(
    (ms) => `${Math.round(ms)} ms`,
  );
  return [
    `lateness of the kit in a run: ${median} at the median, ${p99} at the 99th percentile, ${worst} at worst; ${disturbed}`,
  ];
}
