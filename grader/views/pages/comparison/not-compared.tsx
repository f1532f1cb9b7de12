/** The scenarios that were not compared, with the reason, and runs of an earlier grading. */

import type { Comparison } from '../../../studies/compare/comparison.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { nameOf } from './comparison-words.js';

const TEXT_LENGTH = 300;

export function NotCompared({
  comparison: { a, notCompared, earlier },
}: {
  comparison: Comparison;
}) {
  if (notCompared.length === 0 && earlier === undefined) return null;
  return (
    <section aria-labelledby="not-compared">
      <h2 id="not-compared">Not compared</h2>
      {earlier === undefined ? null : (
        <p>
          The runs of {nameOf(a)} are those of an earlier grading (
          <code>{sanitizeLine(earlier.directory, TEXT_LENGTH)}</code>, pblab {nameOf(earlier.kit)},{' '}
          {nameOf(earlier.plannedAt)}). They did not run between the new runs, so times may differ
          because of the machine and are not compared.{' '}
          {earlier.differs.map((one) => sanitizeLine(one, TEXT_LENGTH)).join(' ')}
        </p>
      )}
      {notCompared.length === 0 ? null : (
        <ul>
          {notCompared.map(({ scenario, why }) => (
            <li>
              <code>{nameOf(scenario)}</code>: {sanitizeLine(why, TEXT_LENGTH)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
