/**
 * The proof of each kind of failure: the events of one failing run with the command that repeats it, the compiler's
 * words for a failed build, or the stacks of a data race. They are read from the evidence folders; a missing folder is
 * skipped.
 */

import { join } from 'node:path';
import {
  canBeShrunk,
  findScenario,
  partedLines,
  replayCommand,
  shrinkCommand,
  tellDoing,
  tellExceptions,
  tellStory,
  type StoredRun,
} from '../../../harness/index.js';
import { BUILD_LOG_FILE, readBuildLog } from '../../campaign/evidence/build-log.js';
import { joinRaces } from '../../tally/data-races.js';
import { describePrevalence, prevalenceOf } from '../../measured/prevalence.js';
import { count } from '../../text/count.js';
import { groupFailures } from '../../results/failure-groups/group-failures.js';
import type { Results, SubmissionResults } from '../../results/results.js';
import { LENGTHS, type Clean, type CleanText } from '../../text/clean-text.js';
import { cleaned, sanitize, sanitizeEvent, shorten } from '../../text/sanitize.js';
import { readStoredRun } from '../../campaign/evidence/stored-run.js';
import type { ScenarioTally } from '../../tally/scenario-tally.js';
import { renderStacks } from './race-lines.js';
import { isClass } from './terminal.js';
import { textOf } from './terminal-layout.js';
import { wrap } from './wrap.js';

/** Stories shown of one submission, or of a class; the results name the folders of all. */
const STORIES_SHOWN = 3;

/** Indent of the further lines of an event: the width of its time. */
const EVENT_INDENT = ' '.repeat(14);

/** Where evidence is found, and what it is shown on. */
export interface EvidencePlace {
  directory: string;
  /** The directory's name in the lines. */
  shownAs: string;
  /** Columns of the terminal; without one, lines are not wrapped. */
  width?: number | undefined;
}

/**
 * The leading failures and data races of each submission; of a class, one of each of the failures that most have.
 * Empty if there is none.
 */
export function renderStories(results: Clean<Results>, place: EvidencePlace): string {
  const lines = isClass(results)
    ? storiesOfClass(results, place)
    : results.submissions.flatMap((one) => storiesOf(one, place));
  return textOf(lines);
}

function storiesOfClass(results: Clean<Results>, place: EvidencePlace): string[] {
  const groups = results.groups ?? cleaned(groupFailures(results.submissions).groups);
  return groups.slice(0, STORIES_SHOWN).flatMap(({ title, submissions, artifacts }) => {
    if (artifacts === undefined) return [];
    const about = `${count(submissions.length, 'submission')}: ${shorten(title, LENGTHS.sentence)}`;
    return titled(`${about}, for example:`, renderEvidence(artifacts, place));
  });
}

function storiesOf(
  { name, tallies, status }: Clean<SubmissionResults>,
  place: EvidencePlace,
): string[] {
  const tried = status?.kind === 'not-built' ? 'its build' : 'its start';
  return [
    ...(status?.artifacts === undefined
      ? []
      : titled(`${name}, ${tried}:`, renderEvidence(status.artifacts, place))),
    ...leadingFailures(tallies).flatMap(({ about, artifacts }) =>
      titled(
        `${name}, ${about} (${describePrevalence(prevalenceOf(about))}):`,
        renderEvidence(artifacts, place),
      ),
    ),
    ...titled(`${name}, its data races:`, stacksOf(tallies, place.directory)),
  ];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function stacksOf(tallies: readonly Clean<ScenarioTally>[], directory: string): string[] {
  const races = cleaned(joinRaces(tallies.flatMap((one) => one.races ?? [])));
  return races === undefined ? [] : renderStacks(races, directory);
}

/** The story in the evidence folder `artifacts`, as lines; none if the folder is missing. */
export function renderEvidence(
  artifacts: string,
  { directory, shownAs, width = Infinity }: EvidencePlace,
): string[] {
  const folder = join(directory, artifacts);
  const run = readStoredRun(folder);
  if (run !== undefined) return renderStory(run, join(shownAs, artifacts), width);
  const log = readBuildLog(folder);
  return log === undefined ? [] : renderBuildLog(log, join(shownAs, artifacts, BUILD_LOG_FILE));
}

function renderBuildLog([reason, ...output]: readonly CleanText[], file: string): string[] {
  return [`  ${reason ?? ''}`, ...output.map((line) => `    ${line}`), `  all of it: ${file}`];
}

interface LeadingFailure {
  about: string;
  artifacts: string;
}

/** The most frequent failure of each scenario. */
function leadingFailures(tallies: readonly Clean<ScenarioTally>[]): LeadingFailure[] {
  const leading = tallies
    .flatMap(({ signatures, scenario }) =>
      signatures.slice(0, 1).map((signature) => ({ scenario, ...signature })),
    )
    .toSorted((a, b) => b.count - a.count)
    .flatMap(({ scenario, artifacts }) =>
      artifacts === undefined ? [] : { about: scenario, artifacts },
    );
  return leading.slice(0, STORIES_SHOWN);
}

/** The sentence, the events and the replay command of one run, as lines; the command stays in one, to be copied. */
function renderStory({ finding, record }: StoredRun, folder: string, width: number): string[] {
  const evidence = finding.verdict === 'fail' ? finding.evidence : undefined;
  const events = evidence === undefined ? [] : tellStory(evidence);
  const exceptions = tellExceptions(evidence?.exceptions ?? []).filter((line) => line !== '');
  const doing = tellDoing(evidence?.doing);
  const parted = partedLines(evidence ?? {});
  return [
    ...sanitize(finding.says, LENGTHS.paragraph)
      .split('\n')
      .flatMap((line) => wrap(`  ${line}`, width, '    ')),
    ...events.flatMap((event) =>
      wrap(`    ${sanitizeEvent(event, LENGTHS.paragraph)}`, width, EVENT_INDENT),
    ),
    ...exceptions.flatMap((line) =>
      wrap(`    ${sanitizeEvent(line, LENGTHS.paragraph)}`, width, EVENT_INDENT),
    ),
    ...doing.flatMap((line) =>
      wrap(`  ${sanitizeEvent(line, LENGTHS.paragraph)}`, width, EVENT_INDENT),
    ),
    ...parted.flatMap((line) =>
      wrap(`  ${sanitizeEvent(line, LENGTHS.paragraph)}`, width, '      '),
    ),
    `  again: ${replayCommand(folder, record.world === 'virtual' ? 1 : undefined)}`,
    ...(canBeShrunk(record, findScenario(record.scenario)?.draw !== undefined)
      ? [`  smaller: ${shrinkCommand(folder)}`]
      : []),
  ];
}
