/** What the processes of a failing run were doing when something was overdue. */

import type { Doing } from '../../../../harness/index.js';
import type { Clean } from '../../../text/clean-text.js';

export function DoingPart({ doing: { waits, processes } }: { doing: Clean<Doing> }) {
  return (
    <>
      <h3>What the processes were doing at the end</h3>
      {waits.length === 0 ? null : (
        <ul>
          {waits.map((says) => (
            <li>{says}</li>
          ))}
        </ul>
      )}
      {processes.map(({ says, isQuiet, groups }) => (
        <>
          <p>{says}</p>
          {isQuiet ? null : (
            <pre tabIndex={0}>
              {groups
                .map(
                  ({ count, does, frames }) => `${count} × ${does}\n    ${frames.join('\n    ')}\n`,
                )
                .join('')}
            </pre>
          )}
        </>
      ))}
    </>
  );
}
