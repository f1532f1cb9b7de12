/** Makes a scene of a run and of the evidence in it: what is drawn at once, and what on request. */

import {
  beliefsIn,
  describeBeliefs,
  storyLines,
  VIEW_SERVICE,
  type Evidence,
  type SeenInRun,
  type TimelineEvent,
  type TracedCall,
} from '../../../../harness/index.js';
import type { FailedDial } from '../../../campaign/evidence/kept-evidence.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { absencesOf, bandsOf } from './backdrop.js';
import { foldRetries } from './fold-retries.js';
import { callTitle } from './call-item.js';
import { createItems } from './items.js';
import { lanesOf } from './lanes.js';
import type { FaintCall, Item, Scene } from './scene.js';

/** Most calls of a diagram that are drawn on request; of more, those nearest to its end are. */
const MAX_FAINT = 120;

/** Most events of processes that are drawn besides those of the evidence. */
const MAX_BESIDES = 8;

/** Time drawn before the first and after the last moment, in ms. */
const MARGIN_MS = 10;

/** Most connections that could not be made. */
const MAX_DIALS = 8;

const LINE_LENGTH = 300;

export interface Remarks {
  /** Ids of operations, in the order of their numbers. */
  contradicting: readonly number[];
  dials: readonly FailedDial[];
}

/** Undefined if there is nothing to draw. */
export function setScene(told: Evidence, run: SeenInRun, remarks: Remarks): Scene | undefined {
  const evidence = withLives({ ...told, calls: foldRetries(told.calls ?? []) }, run.timeline);
  const { items, itemOf } = createItems(evidence, {
    contradicting: remarks.contradicting,
    dials: chooseDials(remarks.dials, evidence),
  });
  if (items.length === 0) return undefined;
  const times = items.flatMap(timesOf);
  const fromMs = Math.min(...times) - MARGIN_MS;
  const toMs = Math.max(...times) + MARGIN_MS;
  const beliefs = beliefsIn(run.timeline);
  const lanes = lanesOf(items, run.timeline, beliefs, { fromMs, toMs });
  const stretch = { fromMs, toMs, lanes };
  return {
    ...stretch,
    items,
    bands: bandsOf(beliefs, stretch),
    absences: absencesOf(run.timeline, stretch),
    ...faintCalls(run.calls, evidence.calls ?? [], stretch),
    lines: storyLines(evidence).flatMap(({ atMs, text, about }) => {
      const item = itemOf.get(about);
      return item === undefined ? [] : [{ atMs, text: sanitizeLine(text, LINE_LENGTH), item }];
    }),
    beliefs: describeBeliefs(evidence.beliefs ?? []).map(
      ([view, text]) => [view, sanitizeLine(text, 2 * LINE_LENGTH)] as const,
    ),
  };
}

/** The first of each kind while the evidence came about. */
function chooseDials(dials: readonly FailedDial[], evidence: Evidence): FailedDial[] {
  const { fromMs, toMs } = stretchOf(evidence);
  const involved = new Set([
    ...evidence.operations.map(({ client }) => client),
    ...(evidence.calls ?? []).flatMap(({ from, to }) => [from, to]),
  ]);
  const within = dials.filter(
    ({ atMs, process }) => atMs >= fromMs && atMs <= toMs && involved.has(process),
  );
  const kinds = new Map(
    within.toReversed().map((dial) => [`${dial.process} ${dial.peer} ${dial.phrase}`, dial]),
  );
  return [...kinds.values()].toSorted((a, b) => a.atMs - b.atMs).slice(0, MAX_DIALS);
}

/** The evidence with whatever became of processes between its first and its last moment, but for first starts. */
function withLives(evidence: Evidence, timeline: readonly TimelineEvent[]): Evidence {
  const { fromMs, toMs } = stretchOf(evidence);
  const known = new Set(evidence.events.map(nameOf));
  const besides = timeline.filter(
    (event) =>
      isOfLife(event) && event.atMs >= fromMs && event.atMs <= toMs && !known.has(nameOf(event)),
  );
  const events = [...evidence.events, ...besides.slice(-MAX_BESIDES)];
  const firstStarts = new Map(
    timeline
      .flatMap((event) => (event.kind === 'started' ? [[event.process, event.atMs] as const] : []))
      .toReversed(),
  );
  const isFirst = (event: TimelineEvent) =>
    event.kind === 'started' && firstStarts.get(event.process) === event.atMs;
  return {
    ...evidence,
    events: events.filter((event) => !isFirst(event)).toSorted((a, b) => a.atMs - b.atMs),
  };
}

function stretchOf({ operations, events }: Evidence): { fromMs: number; toMs: number } {
  const times = [
    ...operations.flatMap(({ callMs, returnMs = callMs }) => [callMs, returnMs]),
    ...events.map(({ atMs }) => atMs),
  ];
  return { fromMs: Math.min(...times), toMs: Math.max(...times) };
}

function isOfLife({ kind }: TimelineEvent): boolean {
  return ['started', 'killed', 'paused', 'resumed', 'exited'].includes(kind);
}

function nameOf(event: TimelineEvent): string {
  return `${event.kind} ${event.atMs} ${'process' in event ? event.process : ''}`;
}

function timesOf(item: Item): number[] {
  switch (item.kind) {
    case 'operation':
      return [item.fromMs, item.toMs ?? item.dueMs ?? item.fromMs];
    case 'call': {
      const { startMs, deliveredMs = startMs, repliedMs = startMs, endMs = startMs } = item;
      return [startMs, deliveredMs, repliedMs, endMs, item.untilMs ?? startMs];
    }
    case 'event':
      return [item.atMs];
  }
}

function faintCalls(
  calls: readonly TracedCall[],
  drawn: readonly TracedCall[],
  { fromMs, toMs, lanes }: Pick<Scene, 'fromMs' | 'toMs' | 'lanes'>,
): Pick<Scene, 'faint' | 'folded'> {
  const told = new Set(drawn.flatMap(namesOf));
  const names = new Set(lanes.map(({ name }) => name));
  const within = calls.filter(
    (call) =>
      call.startMs >= fromMs && call.startMs <= toMs && !namesOf(call).some((one) => told.has(one)),
  );
  const isDrawable = ({ from, to, reached = to }: TracedCall) =>
    names.has(from) && names.has(reached);
  const drawable = within.filter(isDrawable);
  const kept = drawable.slice(-MAX_FAINT);
  const pings = kept.filter(isPing).length;
  return {
    faint: kept.map(faintCall),
    folded: { pings, calls: kept.length - pings, left: within.length - kept.length },
  };
}

/** A call that represents several has the names of the first and the last. */
function namesOf({ from, to, number, again }: TracedCall): string[] {
  return Array.from(
    { length: (again?.lastNumber ?? number) - number + 1 },
    (_, index) => `${from}>${to}/${number + index}`,
  );
}

function faintCall(call: TracedCall): FaintCall {
  const { from, to, reached = to, startMs, deliveredMs, endMs, ending } = call;
  return {
    layer: isPing(call) ? 'pings' : 'calls',
    from,
    to: reached,
    startMs,
    toMs: deliveredMs ?? endMs ?? startMs,
    isLost: ending !== 'answered',
    title: callTitle(call),
  };
}

function isPing({ to }: TracedCall): boolean {
  return to === VIEW_SERVICE;
}
