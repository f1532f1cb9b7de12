/** How many runs of the virtual world were the same when they were played again, for a terminal. Text in, text out. */

import type { RunRecord, Verdict } from '../../../harness/index.js';
import type { FirstOtherEvent } from '../../campaign/evidence/first-other-event.js';
import { clopperPearson } from '../../statistics/clopper-pearson.js';
import { count, rateWithRange } from '../../text/count.js';
import type { Clean } from '../../text/clean-text.js';
import { differenceLines } from './replay-lines.js';
import { paperFor, sentence, textOf, type Paper, type PaperOptions } from './terminal-layout.js';

/** Runs that were played again. */
export interface Repeats {
  /** All repetitions. */
  runs: number;
  /** Those in which the same happened, event by event. */
  same: number;
  others: readonly OtherRun[];
}

/** A repetition that was not the same run. */
export interface OtherRun {
  original: RunRecord;
  verdict: Verdict;
  /** Where it parts from the recorded run, if both have kept their evidence. */
  difference: FirstOtherEvent | undefined;
}

/** Runs that are shown; the rest is counted. */
const SHOWN = 10;

/** The share that repeats, and the runs that did not, with the first difference where it is known. */
export function renderRepeats(
  { runs, same, others }: Clean<Repeats>,
  options: PaperOptions,
): string {
  const paper = paperFor(options);
  const again = `${same} of ${count(runs, 'run')} played again are the same run, event by event`;
  const share = rateWithRange({ ...clopperPearson(same, runs), estimate: same / runs });
  const more = others.length - SHOWN;
  return textOf([
    ...sentence(`${again}: ${share}`, paper),
    ...others.slice(0, SHOWN).flatMap((other) => otherLines(other, paper)),
    ...(more > 0 ? [`and ${count(more, 'run')} more`] : []),
  ]);
}

function otherLines({ original, verdict, difference }: Clean<OtherRun>, paper: Paper): string[] {
  const { submission, scenario, seed } = original;
  const ended =
    verdict === original.verdict ? `${verdict} both times` : `${original.verdict}, then ${verdict}`;
  return [
    ...sentence(`not the same: ${submission.name} in ${scenario}, seed ${seed}: ${ended}`, paper),
    ...differenceLines(difference, paper, '  '),
  ];
}
