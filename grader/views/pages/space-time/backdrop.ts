/** The background of a diagram: the view in which each server believed, and the times when processes did not run. */

import type { Belief, TimelineEvent, View } from '../../../../harness/index.js';
import type { Absence, Band, Lane } from './scene.js';

interface Stretch {
  fromMs: number;
  toMs: number;
  lanes: readonly Lane[];
}

/** A band for each stretch in which a server believed in one view; its role is the one in that view. */
export function bandsOf(beliefs: readonly Belief[], stretch: Stretch): Band[] {
  const servers = stretch.lanes.filter(({ kind }) => kind === 'server').map(({ name }) => name);
  return within(
    beliefs
      .filter(({ process }) => servers.includes(process))
      .map(({ process, view, fromMs, untilMs = Infinity }) => ({
        lane: process,
        fromMs,
        toMs: untilMs,
        viewnum: view.viewnum,
        role: roleIn(view, process),
      })),
    stretch,
  );
}

function roleIn({ primary, backup }: View, process: string): Band['role'] {
  if (process === primary) return 'primary';
  return process === backup ? 'backup' : 'idle';
}

/** When processes were frozen, or gone: before their first start they are gone too. */
export function absencesOf(timeline: readonly TimelineEvent[], stretch: Stretch): Absence[] {
  return within(
    stretch.lanes.flatMap(({ name }) => absencesOfOne(name, timeline)),
    stretch,
  );
}

function absencesOfOne(lane: string, timeline: readonly TimelineEvent[]): Absence[] {
  const found: Absence[] = [];
  let open: Absence | undefined;
  for (const event of timeline) {
    if (!('process' in event) || event.process !== lane) continue;
    const kind = BEGINS[event.kind];
    if (kind === undefined && event.kind !== 'started' && event.kind !== 'resumed') continue;
    if (open !== undefined) open.toMs = event.atMs;
    open = kind === undefined ? undefined : { lane, fromMs: event.atMs, toMs: Infinity, kind };
    if (open !== undefined) found.push(open);
  }
  const start = timeline.find((event) => event.kind === 'started' && event.process === lane);
  return start === undefined
    ? found
    : [{ lane, fromMs: -Infinity, toMs: start.atMs, kind: 'down' }, ...found];
}

const BEGINS: Partial<Record<TimelineEvent['kind'], Absence['kind']>> = {
  killed: 'down',
  exited: 'down',
  paused: 'frozen',
};

/** The parts of them that lie in the stretch. */
function within<T extends { fromMs: number; toMs: number }>(all: readonly T[], stretch: Stretch) {
  return all
    .map((one) => ({
      ...one,
      fromMs: Math.max(one.fromMs, stretch.fromMs),
      toMs: Math.min(one.toMs, stretch.toMs),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}
