/** What the repetitions of one run have shown, for a terminal. Text in, text out. */

import type { RunRecord } from '../../../harness/index.js';
import { describeTally } from '../../tally/describe-tally.js';
import { count } from '../../text/count.js';
import { groupFailures } from '../../results/failure-groups/group-failures.js';
import type { FailureGroup } from '../../results/failure-groups/group.js';
import { sanitizeLine } from '../../text/sanitize.js';
import type { Tally } from '../../tally/tally.js';
import { paperFor, sentence, type Paper } from './terminal-layout.js';
import type { TerminalOptions } from './terminal.js';

const TEXT_LENGTH = 300;

export interface RepeatedRun {
  scenario: string;
  seed: string;
  /** Of the repetitions. */
  result: Tally;
  /** How the run that is repeated ended, where that is known. */
  recorded: RunRecord | undefined;
}

/** How often it failed again, and how often in the way it had failed; the story of one is stories.ts. */
export function renderReplay(repeated: RepeatedRun, options: TerminalOptions): string {
  const { scenario, seed, result, recorded } = repeated;
  const paper = paperFor(options);
  const what = sanitizeLine(`${scenario} with seed ${seed}`, TEXT_LENGTH);
  const groups = groupFailures([
    { name: result.submission, spec: '', digest: '', tallies: [result] },
  ]).groups;
  const isLikeRecorded = ({ signatures }: FailureGroup) =>
    recorded?.signature !== undefined && signatures.includes(recorded.signature);
  return [
    ...sentence(`${what}: ${describeTally(result)}`, paper).map(colorOf(result, paper)),
    ...(recorded?.verdict === 'fail'
      ? renderAlike(groups.filter(isLikeRecorded), recorded, paper)
      : []),
    ...groups
      .filter((group) => !isLikeRecorded(group))
      .flatMap(({ failures, title, says }) =>
        renderKind(`${failures} of them: ${title}`, says, paper),
      ),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function colorOf({ passed, failed }: Tally, { palette }: Paper): (text: string) => string {
  if (failed > 0) return palette.red;
  return passed > 0 ? palette.green : palette.yellow;
}

function renderAlike(
  [alike]: readonly FailureGroup[],
  recorded: RunRecord,
  paper: Paper,
): string[] {
  if (alike === undefined) return renderKind('none as it was recorded', recorded.reason, paper);
  const { failures, title, says } = alike;
  return renderKind(`${count(failures, 'run')} as it was recorded: ${title}`, says, paper);
}

function renderKind(what: string, says: string, paper: Paper): string[] {
  return [
    ...sentence(sanitizeLine(what, TEXT_LENGTH), paper),
    ...sentence(sanitizeLine(says, TEXT_LENGTH), paper, '  '),
  ];
}
