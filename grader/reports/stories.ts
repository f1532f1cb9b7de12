/**
 * The proof of each kind of failure: the events of one failing run, and the command that repeats it.
 * The runs are read from their evidence folders; a folder that is gone is passed over.
 */

import { join } from 'node:path';
import { replayCommand, tellStory, type StoredRun } from '../../harness/index.js';
import type { Results } from '../results.js';
import { sanitize, sanitizeLine } from '../sanitize.js';
import { readStoredRun } from '../stored-run.js';

/** Stories shown of one submission; its results name the folders of all. */
const STORIES_SHOWN = 3;

const LINE_LENGTH = 400;

/** The leading failures of each submission; empty if there is none. */
export function renderStories(results: Results, directory: string, shownAs: string): string {
  return results.submissions
    .flatMap(({ name, tallies }) =>
      tallies
        .flatMap(({ signatures, scenario }) =>
          signatures.slice(0, 1).map((signature) => ({ scenario, ...signature })),
        )
        .toSorted((a, b) => b.count - a.count)
        .slice(0, STORIES_SHOWN)
        .flatMap(({ scenario, artifacts }) => {
          const run =
            artifacts === undefined ? undefined : readStoredRun(join(directory, artifacts));
          if (run === undefined || artifacts === undefined) return [];
          return [`\n${name}, ${scenario}:`, ...renderStory(run, join(shownAs, artifacts))];
        }),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** The sentence, the events and the replay command of one run, as lines. */
export function renderStory({ finding }: StoredRun, folder: string): string[] {
  const events = finding.verdict === 'fail' ? tellStory(finding.evidence) : [];
  return [
    `  ${sanitize(finding.says, LINE_LENGTH).replaceAll('\n', '\n  ')}`,
    ...events.map((event) => `    ${sanitizeLine(event, LINE_LENGTH)}`),
    `  again: ${replayCommand(folder)}`,
  ];
}
