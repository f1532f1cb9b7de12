/** A lane of a diagram: where its process is there, the views that it believed in, and where it is gone or frozen. */

import type { Absence, Band, Lane, Scene } from './scene.js';
import { classOf, Column, round, VerticalLine, type Space } from './space.js';

/** Where the process is there; where it is gone, `AbsenceOf` draws. */
export function LaneLine({ lane, scene, space }: { lane: Lane; scene: Scene; space: Space }) {
  const { name, kind } = lane;
  return (
    <g>
      {presenceOf(name, scene).map(({ fromMs, toMs }) => (
        <VerticalLine
          class={`lane ${classOf(kind)}`}
          x={space.x(name)}
          fromMs={fromMs}
          toMs={toMs}
          space={space}
        />
      ))}
    </g>
  );
}

function presenceOf(lane: string, { fromMs, toMs, absences }: Scene) {
  const gone = absences.filter((one) => one.lane === lane && one.kind === 'down');
  const starts = [fromMs, ...gone.map((one) => one.toMs)];
  return starts
    .map((start, index) => ({ fromMs: start, toMs: gone[index]?.fromMs ?? toMs }))
    .filter((one) => one.fromMs < one.toMs);
}

export function BandOf({ band, space }: { band: Band; space: Space }) {
  const { lane, fromMs, toMs, viewnum, role } = band;
  const height = space.y(toMs) - space.y(fromMs);
  return (
    <g class={`band hue-${viewnum % 4} ${role}`}>
      <Column class="column" lane={lane} fromMs={fromMs} toMs={toMs} space={space} />
      <g transform={`translate(0 ${round((space.y(fromMs) + space.y(toMs)) / 2)})`}>
        <svg x={`${space.x(lane)}%`} overflow="visible">
          <text class="band-text" transform="rotate(-90)" text-anchor="middle" dy="4">
            {bandText(band, height)}
          </text>
        </svg>
      </g>
    </g>
  );
}

/** The text of a band, as long as its height allows. */
function bandText({ viewnum, role }: Band, height: number): string {
  if (height > 90) return `view ${viewnum}, ${role}`;
  if (height > 50) return `v${viewnum} ${role}`;
  return height > 14 ? String(viewnum) : '';
}

export function AbsenceOf({ absence, space }: { absence: Absence; space: Space }) {
  const { lane, fromMs, toMs, kind } = absence;
  if (kind === 'frozen') {
    return <Column class="frozen" lane={lane} fromMs={fromMs} toMs={toMs} space={space} />;
  }
  return <VerticalLine class="gone" x={space.x(lane)} fromMs={fromMs} toMs={toMs} space={space} />;
}
