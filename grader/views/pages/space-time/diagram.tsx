/**
 * Draws a scene: lanes side by side, time downwards. Across, places are percentages, so that it fits any width with
 * letters of one size; downwards they are pixels. It is only for the eye: the page also has it in words.
 */

import { Faint } from './call-arrows.js';
import type { Layer } from './controls.js';
import { Place, Way } from './item.js';
import { AbsenceOf, BandOf, LaneLine } from './lane.js';
import type { Layout } from './diagram-layout.js';
import type { Scene } from './scene.js';
import { labelsOn } from './label.js';
import { classOf, HALF_PX, round, spaceOf, type Space } from './space.js';
import { endOf, type TimeScale, type TimeView } from './time-scale.js';
import { useFrame, type FrameActions } from './use-frame.js';

/** More lanes than so many with longer names than so many characters have their names in two rows in a narrow window. */
const ROOMY = { lanes: 4, characters: 3 };

interface DiagramProps extends FrameActions {
  scene: Scene;
  layout: Layout;
  scale: TimeScale;
  view: TimeView;
  layers: readonly Layer[];
  /** The id of an item. */
  selected: number | undefined;
  /** For those who cannot see it. */
  label: string;
  /** Is given the element that scrolls. */
  frame: (element: HTMLElement | null) => void;
}

/** How wide a diagram must be in a narrow window: the number of lanes, and the characters of the longest text. */
function sizesOf({ lanes }: Scene, { labels }: Layout): Record<string, number> {
  const longest = Math.max(0, ...labels.map(({ text }) => text.length));
  return { '--lane-count': lanes.length, '--longest': longest };
}

function isTight({ lanes }: Scene): boolean {
  return lanes.length > ROOMY.lanes && lanes.some(({ name }) => name.length > ROOMY.characters);
}

export function Diagram(props: DiagramProps) {
  const { scene, layout, scale, view, label, frame } = props;
  const isZoomed = view.zoom > 1;
  const handlers = useFrame(props, isZoomed);
  const space = spaceOf(scene, scale);
  const height = round(scale(endOf(layout)));
  return (
    <div
      class={isZoomed ? 'space-time zoomed' : 'space-time'}
      style={sizesOf(scene, layout)}
      role="group"
      tabIndex={0}
      aria-label={label}
      ref={frame}
      {...handlers}
    >
      <div class={isTight(scene) ? 'lanes tight' : 'lanes'} aria-hidden="true">
        {scene.lanes.map(({ name, kind }) => (
          <span class={classOf(kind)} style={{ left: `${space.x(name)}%` }}>
            {name || '(no name)'}
          </span>
        ))}
      </div>
      <div class="plot">
        <svg aria-hidden="true" height={height}>
          <Picture {...props} space={space} />
        </svg>
      </div>
    </div>
  );
}

/** From what lies behind to what lies on top. */
function Picture({
  scene,
  layout,
  view,
  layers,
  selected,
  space,
}: DiagramProps & { space: Space }) {
  const labels = labelsOn(layout, space);
  const drawn = { scene, space };
  return (
    <>
      {scene.lanes.map((lane) => (
        <LaneLine lane={lane} {...drawn} />
      ))}
      {scene.faint.map((call) =>
        layers.includes(call.layer) ? <Faint call={call} space={space} /> : null,
      )}
      {scene.items.map((item) => (
        <Way item={item} isSelected={item.id === selected} {...drawn} />
      ))}
      {scene.bands.map((band) => (
        <BandOf band={band} space={space} />
      ))}
      {scene.absences.map((absence) => (
        <AbsenceOf absence={absence} space={space} />
      ))}
      {scene.items.map((item) => (
        <Place
          item={item}
          isSelected={item.id === selected}
          labels={labels.filter((one) => one.item === item.id)}
          {...drawn}
        />
      ))}
      {view.isLinear ? null : layout.breaks.map((one) => <Break {...one} space={space} />)}
    </>
  );
}

/** Arrow heads and hatches that all diagrams of a page share: once on the page. */
export function DiagramDefinitions() {
  return (
    <svg class="definitions" aria-hidden="true" width="0" height="0">
      <defs>
        {['plain', 'bad', 'view'].map((name) => (
          <marker
            id={`head-${name}`}
            class={`head ${name}`}
            markerUnits="userSpaceOnUse"
            markerWidth="9"
            markerHeight="8"
            refX={8 + HALF_PX}
            refY="4"
            orient="auto"
          >
            <path d="M0,0 L9,4 L0,8 Z" />
          </marker>
        ))}
        <pattern
          id="hatch"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1="0" y1="0" x2="0" y2="6" />
        </pattern>
      </defs>
    </svg>
  );
}

/** Where time is cut short. */
function Break({ fromMs, toMs, space }: { fromMs: number; toMs: number; space: Space }) {
  const middle = (space.y(fromMs) + space.y(toMs)) / 2;
  return (
    <g class="break" transform={`translate(0 ${round(middle)})`}>
      <text class="time" x="-8" dy="4" text-anchor="end">
        ⋮
      </text>
    </g>
  );
}
