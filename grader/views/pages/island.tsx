/**
 * Parts of a page that its script brings to life: the server renders a component into an island, and the script
 * hydrates the same component there. Without a script the island is not interactive.
 */

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** `browser/islands.ts` finds it by its name. */
export function Island({ name, children }: { name: string; children: ComponentChildren }) {
  return <div data-island={name}>{children}</div>;
}

/** Whether a script runs: false on the server and at the first rendering, so that both render the same. */
export function useIsLive(): boolean {
  const [isLive, setIsLive] = useState(false);
  useEffect(() => setIsLive(true), []);
  return isLive;
}
