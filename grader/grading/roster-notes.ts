/** Says where a roster does not fit the submissions, before the runs, while it can be corrected. */

import type { PlannedSubmission } from '../plan/plan.js';
import type { RosterEntry } from '../plan/roster/roster.js';
import { say } from '../text/message.js';
import { matchRoster, type AmbiguousEntry } from '../plan/roster/match-roster.js';
import { pathParts, shortestSuffixes } from '../plan/find/path-suffix.js';

export function tellOfRoster(
  roster: readonly RosterEntry[],
  submissions: readonly PlannedSubmission[],
): void {
  const { students, unlisted, missing, ambiguous } = matchRoster(roster, submissions);
  for (const [submission, own] of students) {
    if (own.length > 1) say(`${submission} belongs to ${own.map(({ name }) => name).join('; ')}`);
  }
  if (unlisted.length > 0) say(`not in the roster: ${unlisted.join(', ')}`);
  for (const one of ambiguous) say(describeAmbiguous(one));
  const unclear = new Set(ambiguous.map(({ entry }) => entry.student));
  const names = missing
    .filter((student) => !unclear.has(student))
    .map(({ name, id }) => `${name} (${id})`);
  if (names.length > 0) say(`no submission from ${names.join(', ')}`);
}

function describeAmbiguous({ entry, submissions }: AmbiguousEntry): string {
  const { submission, student } = entry;
  const paths = shortestSuffixes(submissions.map(({ spec }) => pathParts(spec)));
  return `the roster entry "${submission}" of ${student.name} (${student.id}) matches several submissions; write one of these instead: ${paths.join(', ')}`;
}
