/**
 * The failing run of a scenario as a diagram and in words, and beside it one that passed. With a script one can zoom,
 * go from event to event, and see the details of what is selected.
 */

import { useState } from 'preact/hooks';
import { useIsLive } from '../island.js';
import { Controls, Legend, type Layer } from './controls.js';
import { layOut } from './diagram-layout.js';
import { Diagram } from './diagram.js';
import { Details, Story } from './diagram-in-words.js';
import { itemsInOrder, momentOf } from './item-order.js';
import type { Item, Scene } from './scene.js';
import { useTimeView } from './use-time-view.js';

/** The drawn runs of a scenario, which the server renders and the script takes over. */
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

export function Runs({ drawn }: { drawn: DrawnRuns }) {
  const { runs, scenario, id, isLegendOpen } = drawn;
  const isLive = useIsLive();
  const [layers, setLayers] = useState<readonly Layer[]>([]);
  const time = useTimeView(runs);
  const actions = useSelection(runs, time);
  const { selected, selectedIn, step, zoomBy } = actions;
  const shared = { scenario, layers, time, actions };
  return (
    <>
      <Legend isOpen={isLegendOpen} isLive={isLive} />
      <Controls
        folded={runs[0]?.scene.folded ?? { calls: 0, pings: 0, left: 0 }}
        isLive={isLive}
        isLinear={time.view.isLinear}
        layers={layers}
        onStep={(by) => step(by)}
        onZoom={(factor) => zoomBy(factor)}
        onFit={() => time.zoomTo(1)}
        onScale={() => time.setLinear(!time.view.isLinear)}
        onLayer={(layer) => setLayers(toggled(layers, layer))}
      />
      <div class={runs.length === 1 ? 'pair single' : 'pair'}>
        {runs.map((one, run) => (
          <RunFigure one={one} run={run} {...shared} />
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
          onSelect={(item) => actions.go(run, item)}
        />
      ))}
    </>
  );
}

interface RunFigureProps {
  one: DrawnRun;
  /** Its index. */
  run: number;
  scenario: string;
  layers: readonly Layer[];
  time: ReturnType<typeof useTimeView>;
  actions: ReturnType<typeof useSelection>;
}

function RunFigure({ one, run, scenario, layers, time, actions }: RunFigureProps) {
  const { scene, word, title } = one;
  const { view, layouts, scales, frames, zoomTo } = time;
  return (
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
        selected={actions.selectedIn(run)}
        label={`Space-time diagram of the ${word} run of ${scenario}`}
        frame={(element) => {
          frames.current[run] = element;
        }}
        onSelect={(item) => actions.choose(run, item)}
        onStep={(by) => actions.step(by, run)}
        onZoom={(factor, at) => actions.zoomBy(factor, run, at)}
        onFit={() => zoomTo(1)}
      />
    </figure>
  );
}

/** Which item is selected, in which run, and what can be done with it; runs are named by their indices. */
function useSelection(runs: readonly DrawnRun[], time: ReturnType<typeof useTimeView>) {
  const [selection, select] = useState<Selection>();
  const itemIn = (run: number, id: number | undefined) =>
    runs[run]?.scene.items.find((one) => one.id === id);
  const selectedIn = (run: number) => (selection?.run === run ? selection.item : undefined);
  const latest = selection?.run ?? 0;
  const choose = (run: number, item: number | undefined) =>
    select(item === undefined ? undefined : { run, item });
  /** Selects an item, and scrolls to it. */
  const go = (run: number, id: number) => {
    const item = itemIn(run, id);
    choose(run, id);
    if (item !== undefined) time.show(run, momentOf(item));
  };
  return {
    selected: itemIn(latest, selection?.item),
    selectedIn,
    choose,
    go,
    step(by: 1 | -1, run = latest) {
      const next = neighbour(runs[run]?.scene.items ?? [], selectedIn(run), by);
      if (next !== undefined) go(run, next.id);
    },
    zoomBy(factor: number, run = latest, at?: number) {
      const item = itemIn(run, selectedIn(run));
      const ms = item === undefined ? undefined : momentOf(item);
      time.zoomTo(time.view.zoom * factor, { run, at, ms });
    },
  };
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
