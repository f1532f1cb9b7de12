/** What a diagram shows, in words: for those who do not see it, for paper, and for who wants to know more. */

import { count } from '../../describe-tally.js';
import type { Item, Scene } from './scene.js';

interface StoryProps {
  scene: Scene;
  title: string;
  id: string;
  isOpen: boolean;
}

/** Each line opens to the details of what it tells of; the script shows them beside the diagram as well. */
export function Story({ scene, title, id, isOpen }: StoryProps) {
  const { lines, beliefs, items } = scene;
  return (
    <details class="story" open={isOpen} id={id} data-story>
      <summary>{title}</summary>
      <ol>
        {lines.map(({ atMs, text, item }) => (
          <li data-line={item}>
            <span class="mono quiet">{Math.round(atMs)} ms</span> {text}
          </li>
        ))}
      </ol>
      {beliefs.length === 0 ? null : (
        <ul class="beliefs">
          {beliefs.map(([view, text]) => (
            <li>
              <strong>{view}</strong>: {text}
            </li>
          ))}
        </ul>
      )}
      <div hidden>
        {items.map((item) => (
          <Details item={item} />
        ))}
      </div>
    </details>
  );
}

/** Where the script finds what it shows. */
function Details({ item: { id, title, details } }: { item: Item }) {
  return (
    <div data-details={id}>
      <p>
        <strong>{title}</strong>
      </p>
      <dl>
        {details.map(([name, text]) => (
          <div>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** What the signs mean, and the controls that the script brings to life. */
export function Legend({ scene: { folded } }: { scene: Scene }) {
  return (
    <>
      <p class="quiet legend">
        Time runs downwards, in ms since the start of the run; quiet stretches are shortened (⋮).
        Solid arrows are requests, dashed ones replies, and a cross is where something was lost.
        Columns are the views that servers believed in; a dotted lane is a process that is gone, a
        hatched one a process that is frozen. The numbered operations are those that prove it.
      </p>
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
