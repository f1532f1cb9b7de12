/** The result of repeating one run, for a terminal. Text in, text out. */

import type { RunRecord } from '../../../harness/index.js';
import { describeTally } from '../../tally/describe-tally.js';
import type { FirstOtherEvent } from '../../campaign/evidence/first-other-event.js';
import { count } from '../../text/count.js';
import { groupFailures } from '../../results/failure-groups/group-failures.js';
import type { FailureGroup } from '../../results/failure-groups/group.js';
import { LENGTHS, type Clean, type CleanText } from '../../text/clean-text.js';
import { cleaned, shorten } from '../../text/sanitize.js';
import type { Tally } from '../../tally/tally.js';
import { paperFor, sentence, textOf, type Paper, type PaperOptions } from './terminal-layout.js';

export interface RepeatedRun {
  scenario: string;
  seed: string;
  /** Tally of the repetitions. */
  result: Tally;
  /** How the run that is repeated ended, where that is known. */
  recorded: RunRecord | undefined;
}

/** How often it failed again, and how often in the way it had failed; the story of one is stories.ts. */
export function renderReplay(repeated: Clean<RepeatedRun>, options: PaperOptions): string {
  const { scenario, seed, result, recorded } = repeated;
  const paper = paperFor(options);
  const only = { name: result.submission, spec: '', digest: '', tallies: [result] };
  const { groups } = cleaned(groupFailures([only]));
  const isLikeRecorded = ({ signatures }: Clean<FailureGroup>) =>
    recorded?.signature !== undefined && signatures.includes(recorded.signature);
  const what = `${scenario} with seed ${seed}: ${describeTally(result)}`;
  return textOf([
    ...sentence(what, paper).map(colorOf(result, paper)),
    ...(recorded?.verdict === 'fail'
      ? renderAlike(groups.filter(isLikeRecorded), recorded, paper)
      : []),
    ...groups
      .filter((group) => !isLikeRecorded(group))
      .flatMap(({ failures, title, says }) =>
        renderKind(`${failures} of them: ${title}`, says, paper),
      ),
  ]);
}

/** How far runs of the virtual world are one and the same. */
export interface Sameness {
  runs: number;
  /** How many of them are the same as the model. */
  same: number;
  /** The model. */
  as: string;
  /** Where one that is not differs from it, if both have kept their evidence. */
  difference: FirstOtherEvent | undefined;
}

/** Whether the same happened in each run, event by event; nothing in real time, where that is not to be expected. */
export function renderSameness(
  sameness: Clean<Sameness> | undefined,
  options: PaperOptions,
): string {
  if (sameness === undefined) return '';
  const paper = paperFor(options);
  const { runs, same, as, difference } = sameness;
  const what = `${same} of ${count(runs, 'run')} happened as ${as} did, event by event`;
  return textOf([
    ...sentence(what, paper),
    ...differenceLines('the first that did not', difference, paper),
  ]);
}

/** Where a run, called so, differs from the one before; nothing where that is not known. */
export function differenceLines(
  called: string,
  difference: Clean<FirstOtherEvent> | undefined,
  paper: Paper,
  indent = '',
): string[] {
  if (difference === undefined) return [];
  const { file, line, first, second } = difference;
  const where = `${called} differs from line ${line} of ${file} on; the earlier line, then the new one:`;
  const lines = [first, second].map((one) =>
    one === undefined ? 'nothing more' : shorten(one, LENGTHS.sentence),
  );
  return [
    ...sentence(where, paper, indent),
    ...lines.flatMap((one) => sentence(one, paper, `${indent}  `)),
  ];
}

function colorOf({ passed, failed }: Clean<Tally>, { palette }: Paper): (text: string) => string {
  if (failed > 0) return palette.red;
  return passed > 0 ? palette.green : palette.yellow;
}

function renderAlike(
  [alike]: readonly Clean<FailureGroup>[],
  recorded: Clean<RunRecord>,
  paper: Paper,
): string[] {
  if (alike === undefined) return renderKind('no run failed the same way', recorded.reason, paper);
  const { failures, title, says } = alike;
  return renderKind(`${count(failures, 'run')} failed the same way: ${title}`, says, paper);
}

function renderKind(what: string, says: CleanText, paper: Paper): string[] {
  return [...sentence(what, paper), ...sentence(shorten(says, LENGTHS.sentence), paper, '  ')];
}
