/** The result of repeating one run, for a terminal. Text in, text out. */

import type { RunRecord } from '../../../harness/index.js';
import { describeTally } from '../../tally/describe-tally.js';
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
