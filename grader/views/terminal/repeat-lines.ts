/** How many runs of the virtual world were the same when they were played again, for a terminal. Text in, text out. */

import type { RunRecord, Verdict } from '../../../harness/index.js';
import type { FirstOtherEvent } from '../../campaign/evidence/first-other-event.js';
import { rateOf } from '../../tally/tally.js';
import { count, rateWithRange } from '../../text/count.js';
import type { Clean } from '../../text/clean-text.js';
import { differenceLines } from './replay-lines.js';
import { paperFor, sentence, textOf, type Paper, type PaperOptions } from './terminal-layout.js';

/** Runs that were played again. */
export interface Repeats {
  /** Repetitions that were to be played. */
  planned: number;
  /** Those that were, to their end. */
  runs: number;
  /** Those in which the same happened, event by event. */
  same: number;
  others: readonly OtherRun[];
  /** Why the first of those that were not played to their end was not, where that is known. */
  broken: string | undefined;
}

/** A repetition that was not the same run. */
export interface OtherRun {
  original: RunRecord;
  verdict: Verdict;
  /** Where it differs from the recorded run, if both have kept their evidence. */
  difference: FirstOtherEvent | undefined;
}

/** Runs that are shown; the rest is counted. */
const SHOWN = 10;

/** The share that repeats, and the runs that did not, with the first difference where it is known. */
export function renderRepeats(repeats: Clean<Repeats>, options: PaperOptions): string {
  const { planned, runs, same, others, broken } = repeats;
  const paper = paperFor(options);
  const again = `${same} of ${count(runs, 'run')} played again happened as before, event by event`;
  const more = others.length - SHOWN;
  const missing = count(planned - runs, 'run');
  const why = broken === undefined ? '' : `, the first because: ${broken}`;
  return textOf([
    ...(runs > 0 ? sentence(`${again}: ${rateWithRange(rateOf(same, runs))}`, paper) : []),
    ...others.slice(0, SHOWN).flatMap((other) => otherLines(other, paper)),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(planned > runs ? sentence(`${missing} could not be played to the end${why}`, paper) : []),
  ]);
}

function otherLines({ original, verdict, difference }: Clean<OtherRun>, paper: Paper): string[] {
  const { submission, scenario, seed } = original;
  const ended =
    verdict === original.verdict ? `${verdict} both times` : `${original.verdict}, then ${verdict}`;
  return [
    ...sentence(`not as before: ${submission.name} in ${scenario}, seed ${seed}: ${ended}`, paper),
    ...differenceLines('it', difference, paper, '  '),
  ];
}
