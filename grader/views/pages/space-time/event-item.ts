/** Events, and connections that could not be made, as selectable items of a diagram. */

import {
  VIEW_SERVICE,
  wasAnswered,
  type FaultEvent,
  type TimelineEvent,
  type View,
} from '../../../../harness/index.js';
import type { FailedDial } from '../../../campaign/evidence/kept-evidence.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { details, LABEL_LENGTH, time, title, type Details } from './item-texts.js';
import type { EventItem, EventSign } from './scene.js';

export function eventItem(id: number, group: readonly TimelineEvent[]): EventItem | undefined {
  const [event] = group;
  const shown = event === undefined ? undefined : showEvent(event, group);
  if (event === undefined || shown === undefined) return undefined;
  const { lane, sign, text, to } = shown;
  return {
    kind: 'event',
    id,
    lane,
    atMs: event.atMs,
    sign,
    text: sanitizeLine(text, LABEL_LENGTH + 10),
    ...(to === undefined ? {} : { to }),
    title: title(`${lane}: ${text}`),
    details: details([['at', time(event.atMs)], ['process', lane], ...detailsOf(event)]),
  };
}

export function dialItem(id: number, { process, peer, phrase, atMs }: FailedDial): EventItem {
  return {
    kind: 'event',
    id,
    lane: process,
    to: peer,
    atMs,
    sign: 'lost',
    text: sanitizeLine(phrase, LABEL_LENGTH),
    title: title(`${process} could not reach ${peer}: ${phrase}`),
    details: details([
      ['printed at', time(atMs)],
      ['by', process],
      ['could not reach', peer],
      ['because', phrase],
    ]),
  };
}

interface Shown {
  lane: string;
  sign: EventSign;
  text: string;
  to?: string;
}

function showEvent(event: TimelineEvent, group: readonly TimelineEvent[]): Shown | undefined {
  switch (event.kind) {
    case 'started':
      return { lane: event.process, sign: 'up', text: 'started' };
    case 'killed':
      return { lane: event.process, sign: 'down', text: 'killed' };
    case 'exited':
      return {
        lane: event.process,
        sign: 'down',
        text: `ends: ${event.detail ?? 'not known why'}`,
      };
    case 'paused':
      return { lane: event.process, sign: 'frozen', text: 'frozen' };
    case 'resumed':
      return { lane: event.process, sign: 'up', text: 'wakes up' };
    case 'view':
      return { lane: VIEW_SERVICE, sign: 'view', text: shortView(event.view) };
    case 'pinged':
      return {
        lane: event.process,
        to: VIEW_SERVICE,
        sign: 'view',
        text: `ping ${event.viewnum}`,
      };
    case 'told':
      return { lane: VIEW_SERVICE, to: event.process, sign: 'view', text: shortView(event.view) };
    case 'unread':
      return { lane: event.process, sign: 'fault', text: 'says what cannot be read' };
    case 'fault':
      return showFault(event, group);
  }
}

function showFault(event: FaultEvent, group: readonly TimelineEvent[]): Shown {
  const { from, to, call } = event;
  if (call !== undefined) return showStruckCall(event, call);
  const faults = group.flatMap((one) => (one.kind === 'fault' ? one : []));
  const callers = [...new Set(faults.map((one) => one.from))];
  const callees = [...new Set(faults.map((one) => one.to))];
  const { atMs, untilMs = Infinity } = event;
  if (untilMs - atMs < 1) {
    return { lane: from, sign: 'fault', text: `calls to ${callees.join(', ')} severed` };
  }
  return callees.length > 1
    ? { lane: from, sign: 'fault', text: `cannot reach ${callees.join(', ')}` }
    : { lane: to, sign: 'fault', text: `out of reach of ${callers.join(', ')}` };
}

/** As an arrow that gets as far as what was lost: the request, or the reply to it. */
function showStruckCall(event: FaultEvent, call: number): Shown {
  const { fault, from, to, reached = to, delivered } = event;
  const text = `${fault}, call ${call}`;
  if (wasAnswered(event)) return { lane: from, to: reached, sign: 'view', text };
  return delivered
    ? { lane: reached, to: from, sign: 'lost', text }
    : { lane: from, to: reached, sign: 'lost', text };
}

function shortView({ viewnum, primary, backup }: View): string {
  return `view ${viewnum}: ${primary || 'none'}, ${backup || 'none'}`;
}

function detailsOf(event: TimelineEvent): Details {
  switch (event.kind) {
    case 'view':
      return [['the view service reports', longView(event.view)]];
    case 'told':
      return [
        ['is told', longView(event.view)],
        ['had asked at', time(event.askedMs)],
      ];
    case 'pinged':
      return [['pings with', String(event.viewnum)]];
    case 'exited':
      return [['ended by itself', event.detail ?? 'not known why']];
    case 'fault':
      return [
        ['fault', event.fault],
        ['link', `${event.from} → ${event.to}`],
        ...(event.call === undefined ? [] : [['call', String(event.call)] as const]),
        ['the caller saw', event.callerSaw],
        ['request delivered', event.delivered ? 'yes' : 'no'],
        ...(event.untilMs === undefined ? [] : [['until', time(event.untilMs)] as const]),
      ];
    case 'started':
    case 'killed':
    case 'paused':
    case 'resumed':
    case 'unread':
      return [];
  }
}

function longView({ viewnum, primary, backup }: View): string {
  return `view ${viewnum}: primary ${primary || 'none'}, backup ${backup || 'none'}`;
}
