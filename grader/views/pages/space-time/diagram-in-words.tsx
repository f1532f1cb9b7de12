/** A diagram in words: for readers who do not see it, for paper, and for details. */

import type { Item, Scene } from './scene.js';
import { numberAt } from './use-frame.js';

interface StoryProps {
  scene: Scene;
  title: string;
  id: string;
  isOpen: boolean;
  selected?: number | undefined;
  onSelect?: (item: number) => void;
}

export function Story({ scene, title, id, isOpen, selected, onSelect }: StoryProps) {
  const { lines, beliefs } = scene;
  const onClick = (event: Event) => {
    const item = numberAt(event, 'line');
    if (item !== undefined) onSelect?.(item);
  };
  return (
    <details class="story" open={isOpen} id={id}>
      <summary>{title}</summary>
      <ol onClick={onClick}>
        {lines.map(({ atMs, text, item }) => (
          <li data-line={item} class={item === selected ? 'selected' : undefined}>
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
    </details>
  );
}

/** All that is known of an item. */
export function Details({ item: { title, details } }: { item: Item }) {
  return (
    <>
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
    </>
  );
}
