/**
 * Finds out why a view or pings did not come. A scenario about forwards or transfers waits for them, too, and one
 * mistake of the view service, or one server that is blocked, would fail each such scenario by another rule: here
 * it is told by its own.
 */

import type { Waited } from '../cluster/contract-broken.js';
import { VIEW_SERVICE, type Lab } from '../cluster/cluster.js';
import type { Silence } from '../cluster/owed-answer.js';
import type { Pinging } from '../cluster/ping-record.js';
import { describeMs } from '../history/describe.js';
import type { TimelineEvent, View } from '../history/timeline.js';
import { isSameView } from '../history/view-lane.js';
import type { FailFinding } from '../lab/verdict.js';
import { whyChangeIsDue } from '../scenarios/view-service/model/dues.js';
import { ruleOfDue } from '../scenarios/view-service/model/objection.js';
import {
  entered,
  withMember,
  type Heard,
  type State,
} from '../scenarios/view-service/model/state.js';
import { timesOf, type Times } from '../scenarios/view-service/model/times.js';

/** What is known when the wait is over. */
export interface WaitFacts {
  lab: Pick<Lab, 'pingIntervalMs' | 'deadPings'>;
  nowMs: number;
  timeline: readonly TimelineEvent[];
  /** By server, as far as pings can be read. */
  pinging: ReadonlyMap<string, Pinging>;
  /** The servers that run, and that the kit does not keep from pinging. */
  free: readonly string[];
  /** The free servers that have never called the view service; none where pings cannot be read. */
  mute: readonly string[];
  /** A clause with the last line that a process printed. */
  lastWords: (process: string) => string;
  /** Who owes the answer to what a process was asked at this time, in ms. */
  silence: (asker: string, sinceMs: number) => Silence;
}

export interface OverdueCause extends Pick<FailFinding, 'symptom' | 'rule'> {
  /** A full sentence. */
  because: string;
}

/** The cause; undefined where it cannot be told, or lies in what the scenario did. */
export function causeOfOverdue(waited: Waited, facts: WaitFacts): OverdueCause | undefined {
  const times = timesOf(facts.lab);
  if (waited.kind === 'pings') return silentServer([waited.server], facts, times);
  if (facts.timeline.some(({ kind }) => kind === 'unread')) return undefined;
  return facts.pinging.size > 0
    ? causeOfView(waited.view, facts, times)
    : muteServer(waited.view, facts, times);
}

/** Without a ping there is no first view, and a server that has called nobody is the cause. */
function muteServer({ viewnum }: View, facts: WaitFacts, times: Times): OverdueCause | undefined {
  const { mute, timeline, nowMs, lastWords } = facts;
  const server = mute.find(
    (name) => nowMs - untilWhenHindered(name, timeline) >= times.mustBeDeadMs,
  );
  if (viewnum > 0 || server === undefined) return undefined;
  return {
    rule: 'view-dead',
    symptom: 'pings-overdue',
    because: `${server} never pinged the view service; ${lastWords(server)}.`,
  };
}

function causeOfView(view: View, facts: WaitFacts, times: Times): OverdueCause | undefined {
  // What has been so only for a moment proves nothing yet.
  const state = stateOf(view, facts, facts.nowMs - times.patienceMs);
  if (state === undefined) return undefined;
  const due = whyChangeIsDue(state, {
    times,
    heard: heardBy(facts, times),
    askedMs: facts.nowMs - times.patienceMs,
    answeredMs: facts.nowMs,
  });
  if (due !== undefined) {
    const rule = view.viewnum === 0 ? 'view-first' : ruleOfDue(due);
    return { rule, symptom: 'view-overdue', because: `The view had to change, because ${due}.` };
  }
  const { primary, backup } = view;
  if (!state.acknowledged && primary !== '') {
    return silentServer([primary], facts, times) ?? unacknowledged(view, facts);
  }
  return silentServer([primary, backup, ...facts.free], facts, times);
}

/** The state since this time at least, in ms; undefined if the view is newer than that. */
function stateOf(view: View, { timeline, pinging }: WaitFacts, beforeMs: number) {
  const isSighting = (event: TimelineEvent) =>
    (event.kind === 'told' || event.kind === 'view') && isSameView(event.view, view);
  const seenMs = timeline.find(isSighting)?.atMs ?? Infinity;
  if (view.viewnum > 0 && seenMs > beforeMs) return undefined;
  const pings = timeline.filter((event) => event.kind === 'pinged');
  const lost = (server: string) => {
    const toldMs =
      timeline.find(
        (event) => event.kind === 'told' && event.process === server && isSighting(event),
      )?.atMs ?? Infinity;
    return pings.some(
      ({ process, viewnum, atMs }) =>
        process === server && viewnum === 0 && atMs > toldMs && atMs <= beforeMs,
    );
  };
  const acknowledgement = pings.find(
    ({ process, viewnum }) => process === view.primary && viewnum === view.viewnum,
  );
  // A primary that has only just acknowledged it has not been waited for.
  if (acknowledgement !== undefined && acknowledgement.atMs > beforeMs) return undefined;
  const { primary, backup } = view;
  const state: State = { ...entered(view), acknowledged: acknowledgement !== undefined };
  if (pinging.size === 0) return undefined;
  const first = lost(primary) ? withMember(state, 'primary', { restarted: 'surely' }) : state;
  return lost(backup) ? withMember(first, 'backup', { restarted: 'surely' }) : first;
}

/** The servers that have pinged, but for those that began to only a moment ago. */
function heardBy({ pinging, nowMs }: WaitFacts, times: Times): ReadonlyMap<string, Heard> {
  const known = [...pinging].filter(([, { sinceMs }]) => nowMs - sinceMs >= times.patienceMs);
  return new Map(
    known.map(([server, { lastMs, viewnum }]) => [
      server,
      { fromMs: lastMs, untilMs: lastMs, viewnum },
    ]),
  );
}

/** The first of these servers that does not ping although nothing of the kit keeps it from that. */
function silentServer(
  servers: readonly string[],
  { free, pinging, timeline, nowMs, silence }: WaitFacts,
  { mustBeDeadMs }: Times,
): OverdueCause | undefined {
  const silent = servers.find((server) => {
    const fromMs = Math.max(pinging.get(server)?.lastMs ?? 0, untilWhenHindered(server, timeline));
    return free.includes(server) && nowMs - fromMs >= mustBeDeadMs;
  });
  if (silent === undefined) return undefined;
  const last = pinging.get(silent);
  const { owner, says } = silence(silent, last?.lastMs ?? nowMs - mustBeDeadMs);
  const since = last === undefined ? '' : ` since ${describeMs(Math.round(last.lastMs))}`;
  const what = `${silent} has not pinged the view service${since}`;
  return owner === VIEW_SERVICE
    ? {
        rule: 'view-answers',
        symptom: 'view-service-silent',
        because: `The view service is blocked: ${says}.`,
      }
    : {
        rule: 'view-dead',
        symptom: 'pings-overdue',
        because: `${what}: ${says}.`,
      };
}

/** Until when the kit has kept a server from pinging, in ms: it was not there, was frozen, or met a fault. */
function untilWhenHindered(server: string, timeline: readonly TimelineEvent[]): number {
  const ends = timeline.map((event) => {
    if (event.kind === 'fault') {
      const isOfPings = event.from === server && event.to === VIEW_SERVICE;
      return isOfPings ? (event.untilMs ?? event.atMs) : 0;
    }
    const isBack = event.kind === 'started' || event.kind === 'resumed';
    return isBack && event.process === server ? event.atMs : 0;
  });
  return Math.max(0, ...ends);
}

function unacknowledged(
  { viewnum, primary }: View,
  { free, pinging, nowMs, silence }: WaitFacts,
): OverdueCause | undefined {
  const last = pinging.get(primary);
  if (last === undefined || !free.includes(primary)) return undefined;
  const { owner, says } = silence(primary, last.sinceMs);
  const waits = owner === primary ? '' : `; ${says}`;
  return {
    rule: 'view-acknowledged',
    symptom: 'acknowledgement-overdue',
    because: `The view service has to keep this view, because ${primary} has not acknowledged it: ${primary} still pinged with ${last.viewnum}, and not with ${viewnum}, at ${describeMs(Math.round(Math.min(last.lastMs, nowMs)))}${waits}.`,
  };
}
