/**
 * Draws a scene: lanes side by side, time downwards. Across, places are percentages, so that it fits any width with
 * letters of one size; downwards they are pixels, which the script `space-time` moves when somebody zooms. It is for
 * the eye alone: the same stands in words beside it.
 */

import type { ComponentChildren } from 'preact';
import { layOut, yOf, type Label, type Knot, type Layout } from './layout.js';
import type {
  Absence,
  Band,
  CallItem,
  EventItem,
  FaintCall,
  Item,
  Lane,
  OperationItem,
  Scene,
} from './scene.js';

/** Half the width of a lane's column, in px. */
const HALF_PX = 8;

/** An arrow leans at least so much, in px. */
const LEAN_PX = 4;

/** How far along its way something gets that is lost. */
const LOST_AT = 0.6;

/** Everything that has a place in time says so, in ms; `y` gives where that is at first. */
interface Space {
  x: (lane: string) => number;
  y: (ms: number) => number;
  lanes: readonly Lane[];
}

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
            {name}
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

function spaceOf({ lanes }: Scene, knots: readonly Knot[]): Space {
  const places = new Map(
    lanes.map(({ name }, index) => [name, ((index + 0.5) / lanes.length) * 100]),
  );
  return {
    lanes,
    x: (lane) => round(places.get(lane) ?? 0),
    y: (ms) => round(yOf(knots, ms)),
  };
}

/** Where the process is there; where it is gone, `AbsenceOf` draws. */
function LaneLine({ lane, scene, space }: { lane: Lane; scene: Scene; space: Space }) {
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

interface VerticalLineProps {
  class: string;
  x: number;
  fromMs: number;
  toMs: number;
  space: Space;
}

function VerticalLine({ class: name, x, fromMs, toMs, space }: VerticalLineProps) {
  return (
    <line
      class={name}
      x1={`${x}%`}
      x2={`${x}%`}
      y1={space.y(fromMs)}
      y2={space.y(toMs)}
      data-t={between(fromMs, toMs)}
    />
  );
}

interface ColumnProps {
  class: string;
  lane: string;
  fromMs: number;
  toMs: number;
  space: Space;
}

/** A stretch of a lane. */
function Column({ class: name, lane, fromMs, toMs, space }: ColumnProps) {
  const y = space.y(fromMs);
  return (
    <rect
      class={name}
      x={`${space.x(lane)}%`}
      transform={`translate(${-HALF_PX} 0)`}
      width={2 * HALF_PX}
      y={y}
      height={Math.max(2, round(space.y(toMs) - y))}
      data-t={between(fromMs, toMs)}
    />
  );
}

function BandOf({ band, space }: { band: Band; space: Space }) {
  const { lane, fromMs, toMs, viewnum, role } = band;
  const height = space.y(toMs) - space.y(fromMs);
  return (
    <g class={`band hue-${viewnum % 4} ${role}`}>
      <Column class="column" lane={lane} fromMs={fromMs} toMs={toMs} space={space} />
      <g
        data-t={between(fromMs, toMs)}
        data-middle
        transform={`translate(0 ${round((space.y(fromMs) + space.y(toMs)) / 2)})`}
      >
        <svg x={`${space.x(lane)}%`} overflow="visible">
          <text class="band-text" transform="rotate(-90)" text-anchor="middle" dy="4">
            {bandText(band, height)}
          </text>
        </svg>
      </g>
    </g>
  );
}

/** As much as there is room for. */
function bandText({ viewnum, role }: Band, height: number): string {
  if (height > 90) return `view ${viewnum}, ${role}`;
  if (height > 50) return `v${viewnum} ${role}`;
  return height > 14 ? String(viewnum) : '';
}

function AbsenceOf({ absence, space }: { absence: Absence; space: Space }) {
  const { lane, fromMs, toMs, kind } = absence;
  if (kind === 'frozen') {
    return <Column class="frozen" lane={lane} fromMs={fromMs} toMs={toMs} space={space} />;
  }
  return <VerticalLine class="gone" x={space.x(lane)} fromMs={fromMs} toMs={toMs} space={space} />;
}

function Faint({ call, space }: { call: FaintCall; space: Space }) {
  const { layer, from, to, startMs, toMs, isLost, title } = call;
  return (
    <g class={`faint layer-${layer}${isLost ? ' bad' : ''}`}>
      <title>{title}</title>
      <ArrowLine x1={space.x(from)} x2={space.x(to)} fromMs={startMs} toMs={toMs} space={space} />
    </g>
  );
}

interface DrawnProps<T> {
  item: T;
  scene: Scene;
  space: Space;
}

/** What of an item goes between lanes, below whatever stands on them. */
function Way({ item, scene, space }: DrawnProps<Item>) {
  if (item.kind === 'operation' || (item.kind === 'event' && item.to === undefined)) return null;
  return (
    <g class={`item ${item.kind} ${stateOf(item)}`} data-item={item.id}>
      <title>{item.title}</title>
      {item.kind === 'call' ? (
        <CallOf call={item} scene={scene} space={space} />
      ) : (
        <SaidOf event={item} space={space} />
      )}
    </g>
  );
}

/** What of an item stands on its lane, and its labels. */
function Place({ item, scene, space, labels }: DrawnProps<Item> & { labels: readonly Label[] }) {
  return (
    <g class={`item ${item.kind} ${stateOf(item)}`} data-item={item.id}>
      <title>{item.title}</title>
      {item.kind === 'operation' ? <OperationOf item={item} scene={scene} space={space} /> : null}
      {item.kind === 'event' && item.to === undefined ? (
        <SignOf event={item} space={space} />
      ) : null}
      {labels.map((label) => (
        <LabelOf label={label} space={space} />
      ))}
    </g>
  );
}

function labelsOf(item: Item, { labels }: Layout): Label[] {
  return labels.filter((label) => label.item === item.id);
}

function stateOf(item: Item): string {
  switch (item.kind) {
    case 'operation':
      return item.number === undefined ? '' : 'contradicting';
    case 'call':
      return item.isAnswered ? '' : 'bad';
    case 'event':
      return item.sign === 'lost' ? 'bad sign-lost' : `sign-${item.sign}`;
  }
}

function OperationOf({ item, scene, space }: DrawnProps<OperationItem>) {
  const { lane, fromMs, toMs = scene.toMs, number } = item;
  return (
    <g>
      <Column
        class={item.toMs === undefined ? 'bar unanswered' : 'bar'}
        lane={lane}
        fromMs={fromMs}
        toMs={toMs}
        space={space}
      />
      {number === undefined ? null : (
        <Moved atMs={fromMs} space={space}>
          <svg x={`${space.x(lane)}%`} overflow="visible">
            <circle class="number" r="10" cy="2" />
            <text class="number-text" text-anchor="middle" dy="6">
              {number}
            </text>
          </svg>
        </Moved>
      )}
    </g>
  );
}

interface ArrowProps {
  x1: number;
  x2: number;
  fromMs: number;
  toMs: number;
  space: Space;
  class?: string;
  head?: 'plain' | 'bad' | 'view';
}

/** With room around it for a finger. */
function Arrow(props: ArrowProps) {
  const { head: _head, ...way } = props;
  return (
    <>
      <ArrowLine {...way} class="hit" />
      <ArrowLine {...props} />
    </>
  );
}

function ArrowLine({ x1, x2, fromMs, toMs, space, class: name = 'arrow', head }: ArrowProps) {
  const y = space.y(fromMs);
  return (
    <line
      class={name}
      x1={`${x1}%`}
      x2={`${x2}%`}
      y1={y}
      y2={Math.max(space.y(toMs), y + LEAN_PX)}
      data-t={between(fromMs, toMs)}
      data-lean={LEAN_PX}
      {...(head === undefined ? {} : { 'marker-end': `url(#head-${head})` })}
    />
  );
}

function CallOf({ call, scene, space }: { call: CallItem; scene: Scene; space: Space }) {
  const { from, to, startMs, deliveredMs, endMs, untilMs } = call;
  const [x1, x2] = [space.x(from), space.x(to)];
  return (
    <g>
      {deliveredMs === undefined ? (
        <Lost x1={x1} x2={x2} fromMs={startMs} toMs={startMs} space={space} />
      ) : (
        <Arrow
          class={call.requestLateMs === undefined ? 'arrow' : 'arrow late'}
          x1={x1}
          x2={x2}
          fromMs={startMs}
          toMs={deliveredMs}
          space={space}
          head="plain"
        />
      )}
      <ReplyOf call={call} scene={scene} space={space} />
      {untilMs === undefined || endMs === undefined ? null : (
        <VerticalLine class="again" x={x1} fromMs={endMs} toMs={untilMs} space={space} />
      )}
    </g>
  );
}

/** What came back: the reply, or the reply as far as it came and what the caller saw instead. */
function ReplyOf({ call, scene, space }: { call: CallItem; scene: Scene; space: Space }) {
  const { from, to, startMs, repliedMs, endMs, isAnswered } = call;
  const [x1, x2] = [space.x(from), space.x(to)];
  if (isAnswered && endMs !== undefined) {
    const late = call.replyLateMs === undefined ? '' : ' late';
    return (
      <Arrow
        class={`arrow reply${late}`}
        x1={x2}
        x2={x1}
        fromMs={repliedMs ?? endMs}
        toMs={endMs}
        space={space}
        head="plain"
      />
    );
  }
  const x = along(x1, x2, LOST_AT);
  return (
    <g>
      {repliedMs === undefined ? null : (
        <Lost x1={x2} x2={x1} fromMs={repliedMs} toMs={repliedMs} space={space} />
      )}
      {endMs === undefined ? (
        <VerticalLine class="waiting" x={x1} fromMs={startMs} toMs={scene.toMs} space={space} />
      ) : (
        <Arrow
          class="arrow seen"
          x1={x}
          x2={x1}
          fromMs={endMs}
          toMs={endMs}
          space={space}
          head="bad"
        />
      )}
    </g>
  );
}

/** Goes part of its way, and ends in a cross. */
function Lost({ x1, x2, fromMs, toMs, space }: ArrowProps) {
  const x = along(x1, x2, LOST_AT);
  return (
    <g>
      <Arrow x1={x1} x2={x} fromMs={fromMs} toMs={toMs} space={space} />
      <Moved atMs={fromMs} space={space}>
        <svg x={`${x}%`} overflow="visible">
          <path class="cross" d={`M-5,${LEAN_PX - 5} l10,10 m0,-10 l-10,10`} />
        </svg>
      </Moved>
    </g>
  );
}

function along(x1: number, x2: number, part: number): number {
  return round(x1 + (x2 - x1) * part);
}

/** Something said that is no call, or a call of which only its fault is known. */
function SaidOf({ event, space }: { event: EventItem; space: Space }) {
  const { lane, to = lane, atMs, sign } = event;
  const way = { x1: space.x(lane), x2: space.x(to), fromMs: atMs, toMs: atMs, space };
  return sign === 'lost' ? <Lost {...way} /> : <Arrow {...way} class="arrow said" head="view" />;
}

function SignOf({ event: { lane, atMs, sign }, space }: { event: EventItem; space: Space }) {
  return (
    <Moved atMs={atMs} space={space}>
      <svg x={`${space.x(lane)}%`} overflow="visible">
        <path class={`sign ${sign}`} d={SIGNS[sign]} />
      </svg>
    </Moved>
  );
}

const SIGNS: Record<EventItem['sign'], string> = {
  down: 'M-8,-8 l16,16 m0,-16 l-16,16',
  frozen: 'M-8,-7 h16 M-8,-3 h16',
  up: 'M-7,4 l7,-9 l7,9 z',
  fault: 'M-10,0 h20 M-4,-5 l-4,10 M8,-5 l-4,10',
  view: 'M0,-7 l7,7 l-7,7 l-7,-7 z',
  lost: 'M-5,-5 l10,10 m0,-10 l-10,10',
};

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

function LabelOf({ label, space }: { label: Label; space: Space }) {
  const { atMs, liftPx, text, part } = label;
  if (text === '') return null;
  const { x, dx, anchor } = placeOf(label, space);
  return (
    <Moved class="line" atMs={atMs} lift={liftPx} space={space}>
      <text class="time" x="-8" dy="4" text-anchor="end">
        {Math.round(atMs)}
      </text>
      <text
        class={`label ${part}`}
        x={`${x}%`}
        dx={dx}
        dy={part === 'event' && label.from === label.to ? 4 : -3}
        text-anchor={anchor}
      >
        {text}
      </text>
    </Moved>
  );
}

/** Beside its lane, away from the nearer edge; in the middle between two. */
function placeOf({ from, to, part }: Label, { x }: Space) {
  if (from !== to && part !== 'arrival') {
    return { x: round((x(from) + x(to)) / 2), dx: 0, anchor: 'middle' } as const;
  }
  const isRight = x(from) > 55;
  return {
    x: x(from),
    dx: (isRight ? -1 : 1) * (HALF_PX + 6),
    anchor: isRight ? ('end' as const) : ('start' as const),
  };
}

interface MovedProps {
  class?: string;
  atMs: number;
  lift?: number;
  space: Space;
  children: ComponentChildren;
}

/** Stands at a time. */
function Moved({ class: name, atMs, lift = 0, space, children }: MovedProps) {
  return (
    <g
      class={name}
      transform={`translate(0 ${round(space.y(atMs) - lift)})`}
      data-t={round(atMs)}
      {...(lift === 0 ? {} : { 'data-lift': lift })}
    >
      {children}
    </g>
  );
}

function between(fromMs: number, toMs: number): string {
  return `${round(fromMs)} ${round(toMs)}`;
}

function classOf(kind: Lane['kind']): string {
  return kind.replace(' ', '-');
}

/** Two digits are enough for a screen, and for the order of events. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
