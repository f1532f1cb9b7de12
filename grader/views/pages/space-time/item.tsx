/** Draws the selectable items of a diagram: operations, calls and events, each in two layers. */

import { Arrow, Lost } from './arrow.js';
import { CallOf } from './call-arrows.js';
import { LabelOf, type PlacedLabel } from './label.js';
import type { EventItem, Item, OperationItem, Scene } from './scene.js';
import { Column, Moved, type Space } from './space.js';

interface DrawnProps<T> {
  item: T;
  scene: Scene;
  space: Space;
}

interface ItemProps extends DrawnProps<Item> {
  isSelected: boolean;
}

/** The part of an item between lanes, drawn below the items on them. */
export function Way({ item, isSelected, scene, space }: ItemProps) {
  if (item.kind === 'operation' || (item.kind === 'event' && item.to === undefined)) return null;
  return (
    <g class={classesOf(item, isSelected)} data-item={item.id}>
      <title>{item.title}</title>
      {item.kind === 'call' ? (
        <CallOf call={item} scene={scene} space={space} />
      ) : (
        <SaidOf event={item} space={space} />
      )}
    </g>
  );
}

/** The part of an item on its lane, and its labels. */
export function Place({
  item,
  isSelected,
  scene,
  space,
  labels,
}: ItemProps & { labels: readonly PlacedLabel[] }) {
  return (
    <g class={classesOf(item, isSelected)} data-item={item.id}>
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

function classesOf(item: Item, isSelected: boolean): string {
  return `item ${item.kind} ${stateOf(item)}${isSelected ? ' selected' : ''}`;
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

/** A message that is not a call, or a call of which only the fault is known. */
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
