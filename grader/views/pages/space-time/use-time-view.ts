/** How time is shown in all diagrams of a scenario, and where these are scrolled to. */

import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { layOut } from './diagram-layout.js';
import type { Scene } from './scene.js';
import { timeAt, timeScales, type TimeView } from './time-scale.js';

const MAX_ZOOM = 64;

/** The point that keeps its place in a frame while the scale changes. */
interface Anchor {
  run: number;
  /** Its time, and how far below the top of the frame it stands, in px; in the middle unless said otherwise. */
  ms?: number | undefined;
  at?: number | undefined;
}

/** How time is shown in all diagrams, and where they are scrolled to. */
export function useTimeView(runs: readonly { scene: Scene }[]) {
  const [view, setView] = useState<TimeView>({ zoom: 1, isLinear: false });
  const layouts = useMemo(() => runs.map(({ scene }) => layOut(scene)), [runs]);
  const scales = timeScales(layouts, view);
  const frames = useRef<(HTMLElement | null)[]>([]);
  const anchor = useRef<Required<Anchor> | undefined>(undefined);
  useLayoutEffect(() => {
    const { run = 0, ms = 0, at = 0 } = anchor.current ?? {};
    const [frame, scale] = [frames.current[run], scales[run]];
    if (anchor.current !== undefined && frame && scale) frame.scrollTop = scale(ms) - at;
    anchor.current = undefined;
  });
  return {
    view,
    layouts,
    scales,
    frames,
    zoomTo(zoom: number, { run, ms, at }: Anchor = { run: 0 }) {
      const [frame, layout, scale] = [frames.current[run], layouts[run], scales[run]];
      if (!frame || layout === undefined || scale === undefined) return;
      const place = at ?? frame.clientHeight / 2;
      const atMs =
        at === undefined && ms !== undefined ? ms : timeAt(layout, scale, frame.scrollTop + place);
      anchor.current = { run, ms: atMs, at: place };
      setView({ ...view, zoom: Math.min(MAX_ZOOM, Math.max(1, zoom)) });
    },
    setLinear: (isLinear: boolean) => setView({ ...view, isLinear }),
    /** Scrolls a time into sight where not all can be seen. */
    show(run: number, ms: number) {
      const [frame, scale] = [frames.current[run], scales[run]];
      if (view.zoom > 1 && frame && scale) frame.scrollTop = scale(ms) - frame.clientHeight / 3;
    },
  };
}
