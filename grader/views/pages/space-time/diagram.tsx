/**
 * Draws a scene: lanes side by side, time downwards. Across, places are percentages, so that it fits any width with
 * letters of one size; downwards they are pixels, which the script `space-time` moves when somebody zooms. It is for
 * the eye alone: the same stands in words beside it.
 */

import { Faint } from './call-arrows.js';
import { Place, Way } from './item.js';
import { AbsenceOf, BandOf, LaneLine } from './lane.js';
import { layOut, type Label, type Layout } from './diagram-layout.js';
import type { Item, Scene } from './scene.js';
import { between, classOf, HALF_PX, round, spaceOf, type Space } from './space.js';

export function Diagram({ scene, label }: { scene: Scene; label: string }) {
  const layout = layOut(scene);
  const space = spaceOf(scene, layout.knots);
  return (
    <div
      class="space-time"
      role="group"
      tabIndex={0}
      aria-label={label}
      data-space-time
      data-knots={layout.knots.map(({ ms, y }) => `${round(ms)}:${round(y)}`).join(' ')}
    >
      <div class="lanes" aria-hidden="true">
        {scene.lanes.map(({ name, kind }) => (
          <span class={classOf(kind)} style={{ left: `${space.x(name)}%` }}>
            {name || '(no name)'}
          </span>
        ))}
      </div>
      <div class="plot">
        <svg
          aria-hidden="true"
          height={round(layout.heightPx)}
          data-height={round(layout.heightPx)}
        >
          {scene.lanes.map((lane) => (
            <LaneLine lane={lane} scene={scene} space={space} />
          ))}
          {scene.faint.map((call) => (
            <Faint call={call} space={space} />
          ))}
          {scene.items.map((item) => (
            <Way item={item} scene={scene} space={space} />
          ))}
          {scene.bands.map((band) => (
            <BandOf band={band} space={space} />
          ))}
          {scene.absences.map((absence) => (
            <AbsenceOf absence={absence} space={space} />
          ))}
          {scene.items.map((item) => (
            <Place item={item} scene={scene} space={space} labels={labelsOf(item, layout)} />
          ))}
          {layout.breaks.map((one) => (
            <Break {...one} space={space} />
          ))}
        </svg>
      </div>
    </div>
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

function labelsOf(item: Item, { labels }: Layout): Label[] {
  return labels.filter((label) => label.item === item.id);
}

/** Where time is cut short. */
function Break({ fromMs, toMs, space }: { fromMs: number; toMs: number; space: Space }) {
  const middle = (space.y(fromMs) + space.y(toMs)) / 2;
  return (
    <g
      class="break"
      data-t={between(fromMs, toMs)}
      data-middle
      transform={`translate(0 ${round(middle)})`}
    >
      <text class="time" x="-8" dy="4" text-anchor="end">
        ⋮
      </text>
    </g>
  );
}
