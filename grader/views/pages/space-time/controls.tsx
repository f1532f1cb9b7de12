/** What the signs of a diagram mean, and the buttons that the script brings to life. */

import { count } from '../../../text/count.js';
import type { Scene } from './scene.js';

export function Legend({ isOpen }: { isOpen: boolean }) {
  return (
    <details class="legend quiet" open={isOpen}>
      <summary>How to read it</summary>
      <p>
        Time runs downwards, in ms since the start of the run; quiet stretches are shortened (⋮).
        Solid arrows are requests, dashed ones replies, and a cross is where something was lost.
        Columns are the views that servers believed in; a dotted lane is a process that is gone, a
        hatched one a process that is frozen. The numbered operations are those that prove it.
      </p>
      <p class="no-print" hidden data-controls>
        With the diagram in focus: ↑ and ↓ go from event to event, + and − zoom, 0 shows all again.
      </p>
    </details>
  );
}

export function Controls({ scene: { folded } }: { scene: Scene }) {
  return (
    <>
      <div class="controls no-print" role="toolbar" aria-label="Diagram" hidden data-controls>
        <button type="button" data-do="previous" aria-label="Previous event">
          ↑
        </button>
        <button type="button" data-do="next" aria-label="Next event">
          ↓
        </button>
        <button type="button" data-do="closer" aria-label="Zoom in">
          +
        </button>
        <button type="button" data-do="farther" aria-label="Zoom out">
          −
        </button>
        <button type="button" data-do="fit">
          Fit
        </button>
        <button type="button" data-do="scale" aria-pressed="false">
          True to scale
        </button>
        {folded.calls === 0 ? null : (
          <button type="button" data-do="calls" aria-pressed="false">
            {count(folded.calls, 'more call')}
          </button>
        )}
        {folded.pings === 0 ? null : (
          <button type="button" data-do="pings" aria-pressed="false">
            {folded.pings} {folded.pings === 1 ? 'ping or lookup' : 'pings and lookups'}
          </button>
        )}
      </div>
      {folded.left === 0 ? null : (
        <p class="quiet">
          {count(folded.left, 'further call')} of the failing run meanwhile, or of processes that
          have no lane here, {folded.left === 1 ? 'is' : 'are'} not drawn.
        </p>
      )}
    </>
  );
}
