/** The legend of a diagram, and the buttons of its script. */

import { count } from '../../../text/count.js';
import type { FaintCall, Scene } from './scene.js';
import { ZOOM_STEP } from './time-scale.js';

export type Layer = FaintCall['layer'];

export function Legend({ isOpen, isLive }: { isOpen: boolean; isLive: boolean }) {
  return (
    <details class="legend quiet" open={isOpen}>
      <summary>How to read the diagram</summary>
      <p>
        Time runs downwards, in ms since the start of the run; quiet stretches are shortened (⋮).
        Solid arrows are requests, and dashed arrows are replies. A cross marks where a message was
        lost. Coloured columns are the views that servers believed in. A dotted lane is a process
        that is down; a hatched lane is a frozen process. The numbered operations contradict each
        other.
      </p>
      <p class="no-print" hidden={!isLive}>
        Keys in the diagram: ↑ and ↓ go from event to event, + and − zoom, 0 shows everything again.
      </p>
    </details>
  );
}

interface ControlsProps {
  folded: Scene['folded'];
  isLive: boolean;
  isLinear: boolean;
  /** The layers that are shown. */
  layers: readonly Layer[];
  onStep: (by: 1 | -1) => void;
  onZoom: (factor: number) => void;
  onFit: () => void;
  onScale: () => void;
  onLayer: (layer: Layer) => void;
}

export function Controls(props: ControlsProps) {
  const { folded, isLive, isLinear, onStep, onZoom, onFit, onScale } = props;
  return (
    <>
      <div class="controls no-print" role="toolbar" aria-label="Diagram" hidden={!isLive}>
        <Sign text="↑" label="Previous event" onClick={() => onStep(-1)} />
        <Sign text="↓" label="Next event" onClick={() => onStep(1)} />
        <Sign text="+" label="Zoom in" onClick={() => onZoom(ZOOM_STEP)} />
        <Sign text="−" label="Zoom out" onClick={() => onZoom(1 / ZOOM_STEP)} />
        <button type="button" onClick={onFit}>
          Fit
        </button>
        <button type="button" aria-pressed={isLinear} onClick={onScale}>
          True to scale
        </button>
        <LayerButton layer="calls" text={count(folded.calls, 'more call')} {...props} />
        <LayerButton
          layer="pings"
          text={`${folded.pings} ${folded.pings === 1 ? 'ping or lookup' : 'pings and lookups'}`}
          {...props}
        />
      </div>
      {folded.left === 0 ? null : (
        <p class="quiet">
          {count(folded.left, 'further call')} of the failing run {folded.left === 1 ? 'is' : 'are'}{' '}
          not drawn.
        </p>
      )}
    </>
  );
}

function Sign({ text, label, onClick }: { text: string; label: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={label} onClick={onClick}>
      {text}
    </button>
  );
}

function LayerButton({
  layer,
  text,
  folded,
  layers,
  onLayer,
}: Pick<ControlsProps, 'folded' | 'layers' | 'onLayer'> & { layer: Layer; text: string }) {
  if (folded[layer] === 0) return null;
  return (
    <button type="button" aria-pressed={layers.includes(layer)} onClick={() => onLayer(layer)}>
      {text}
    </button>
  );
}
