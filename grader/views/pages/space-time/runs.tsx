/**
 * The failing run of a scenario as a diagram and in words, and beside it one that passed. With a script one can zoom,
 * go from event to event, and see the details of what is selected.
 */

import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useIsLive } from '../island.js';
import { Controls, Legend, type Layer } from './controls.js';
import { layOut } from './diagram-layout.js';
import { Diagram } from './diagram.js';
import { Details, Story } from './diagram-in-words.js';
import { itemsInOrder, momentOf } from './item-order.js';
import type { Item, Scene } from './scene.js';
import { timeAt, timeScales, type TimeView } from './time-scale.js';

/** What the server renders, and the script takes over. */
export interface DrawnRuns {
  /** Unique on the page; ids of elements begin with it. */
  id: string;
  scenario: string;
  /** The failing run first. */
  runs: readonly DrawnRun[];
  isLegendOpen: boolean;
}

export interface DrawnRun {
  scene: Scene;
  word: 'failing' | 'passing';
  title: string;
}

interface Selection {
  /** Index of a run, and an item of its scene. */
  run: number;
  item: number;
}

const MAX_ZOOM = 64;

export function Runs({ drawn }: { drawn: DrawnRuns }) {
  const { runs, scenario, id, isLegendOpen } = drawn;
  const isLive = useIsLive();
  const [selection, select] = useState<Selection>();
  const [layers, setLayers] = useState<readonly Layer[]>([]);
  const { view, scales, layouts, frames, zoomTo, setLinear, show } = useTimeView(runs);
  const choose = (run: number, item: number | undefined) => {
    select(item === undefined ? undefined : { run, item });
  };
  const selectedIn = (run: number) => (selection?.run === run ? selection.item : undefined);
  const selected = runs[selection?.run ?? -1]?.scene.items.find(
    ({ id: one }) => one === selection?.item,
  );
  const step = (by: 1 | -1, run = selection?.run ?? 0) => {
    const next = neighbour(runs[run]?.scene.items ?? [], selectedIn(run), by);
    if (next === undefined) return;
    choose(run, next.id);
    show(run, momentOf(next));
  };
  const zoomBy = (factor: number, run = selection?.run ?? 0, at?: number) =>
    zoomTo(view.zoom * factor, {
      run,
      at,
      ms: selected !== undefined && selection?.run === run ? momentOf(selected) : undefined,
    });
  return (
    <>
      <Legend isOpen={isLegendOpen} isLive={isLive} />
      <Controls
        folded={runs[0]?.scene.folded ?? { calls: 0, pings: 0, left: 0 }}
        isLive={isLive}
        isLinear={view.isLinear}
        layers={layers}
        onStep={step}
        onZoom={zoomBy}
        onFit={() => zoomTo(1)}
        onScale={() => setLinear(!view.isLinear)}
        onLayer={(layer) => setLayers(toggled(layers, layer))}
      />
      <div class={runs.length === 1 ? 'pair single' : 'pair'}>
        {runs.map(({ scene, word, title }, run) => (
          <figure>
            <figcaption>
              <strong class={word === 'failing' ? 'fail' : 'pass'}>
                {word === 'failing' ? 'Failing run.' : 'For comparison.'}
              </strong>{' '}
              <span class="quiet">{title}</span>
            </figcaption>
            <Diagram
              scene={scene}
              layout={layouts[run] ?? layOut(scene)}
              scale={scales[run] ?? ((ms) => ms)}
              view={view}
              layers={layers}
              selected={selectedIn(run)}
              label={`Space-time diagram of the ${word} run of ${scenario}`}
              frame={(element) => {
                frames.current[run] = element;
              }}
              onSelect={(item) => choose(run, item)}
              onStep={(by) => step(by, run)}
              onZoom={(factor, at) => zoomBy(factor, run, at)}
              onFit={() => zoomTo(1)}
            />
          </figure>
        ))}
      </div>
      <div class="panel" aria-live="polite" hidden={selected === undefined} data-panel>
        {selected === undefined ? null : <Details item={selected} />}
      </div>
      {runs.map(({ scene, word }, run) => (
        <Story
          scene={scene}
          title={`The ${word} run in words`}
          id={`${id}-${word}`}
          isOpen={word === 'failing'}
          selected={selectedIn(run)}
          onSelect={(item) => {
            choose(run, item);
            const line = scene.items.find((one) => one.id === item);
            if (line !== undefined) show(run, momentOf(line));
          }}
        />
      ))}
    </>
  );
}

/** The item after or before the selected one in time; without one, the first or the last. */
function neighbour(
  items: readonly Item[],
  selected: number | undefined,
  by: 1 | -1,
): Item | undefined {
  const order = itemsInOrder(items);
  const none = by === 1 ? -1 : order.length;
  const at = selected === undefined ? none : order.findIndex(({ id }) => id === selected);
  return order[Math.min(order.length - 1, Math.max(0, at + by))];
}

function toggled(layers: readonly Layer[], layer: Layer): Layer[] {
  return layers.includes(layer) ? layers.filter((one) => one !== layer) : [...layers, layer];
}

/** What keeps its place in a frame while the scale changes. */
interface Anchor {
  run: number;
  /** Its time, and how far below the top of the frame it stands, in px; in the middle unless said otherwise. */
  ms?: number | undefined;
  at?: number | undefined;
}

/** How time is shown in all diagrams, and where they are scrolled to. */
function useTimeView(runs: readonly DrawnRun[]) {
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
