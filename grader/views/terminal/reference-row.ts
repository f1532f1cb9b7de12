/** The row of the correct implementation of a calibration, as lines: its false alarms. Text in, text out. */

import { falseAlarms, type Calibration, type CalibrationCell } from '../../measured/calibration.js';
import { count, percent, percentRange } from '../../text/count.js';
import { clopperPearson, ruledOutRate } from '../../statistics/clopper-pearson.js';
import { capitalised, wordsOf } from './calibration-words.js';

/** Probability of error of a statement on all scenarios together; it is shared among them (Bonferroni). */
const ALPHA = 0.05;

/** One sentence as a rule; with a false alarm, a heading and a line for each. */
export function referenceLines(calibration: Calibration): string[] {
  const { cells } = calibration.reference;
  const { correct } = wordsOf(calibration);
  const alarms = falseAlarms(calibration);
  if (alarms.length > 0) {
    return [
      `FALSE ALARMS of ${correct}; do not rely on anything that these scenarios catch:`,
      ...alarms.map((cell) => `  ${cell.scenario}: ${describeAlarm(cell)}`),
    ];
  }
  const usable = cells.map(({ passed }) => passed);
  const least = Math.min(...usable);
  const all = usable.reduce((sum, one) => sum + one, 0);
  const bound =
    least === 0
      ? ''
      : `; its failure rate is at most ${percent(ruledOutRate(least, 1 - ALPHA / cells.length))} % in every scenario (95 % for all together)`;
  return [`${capitalised(correct)}: no false alarm in ${count(all, 'run')}${bound}.`];
}

function describeAlarm({ failed, passed }: CalibrationCell): string {
  const usable = failed + passed;
  const { low, high } = clopperPearson(failed, usable);
  const rate = percent(failed / usable);
  return `${failed} of ${count(usable, 'run')} (${rate} %, ${percentRange(low, high)})`;
}
