/** What a diagram shows, in words: for those who do not see it, for paper, and for who wants to know more. */

import type { Item, Scene } from './scene.js';

interface StoryProps {
  scene: Scene;
  title: string;
  id: string;
  isOpen: boolean;
  /** Whether the details of all items come with it, for a script to show. */
  hasDetails: boolean;
}

export function Story({ scene, title, id, isOpen, hasDetails }: StoryProps) {
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
      {hasDetails ? (
        <div hidden>
          {items.map((item) => (
            <Details item={item} />
          ))}
        </div>
      ) : null}
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
