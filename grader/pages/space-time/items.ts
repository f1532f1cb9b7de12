/** Turns operations, calls and events of a run into what can be selected in its diagram, each with its details. */

import {
  describeData,
  describeMs,
  previewKey,
  previewValue,
  VIEW_SERVICE,
  type Evidence,
  type FaultEvent,
  type Operation,
  type TimelineEvent,
  type Told,
  type TracedCall,
  type View,
} from '../../../harness/index.js';
import type { FailedDial } from '../../evidence/evidence-folder.js';
import { sanitizeLine } from '../../sanitize.js';
import type { CallItem, EventItem, EventSign, Item, OperationItem } from './scene.js';

/** A request or a reply that took so long was held up, in ms. */
const LATE_MS = 20;

const LABEL_LENGTH = 30;
const METHOD_LENGTH = 18;
const DETAIL_LENGTH = 600;
const TITLE_LENGTH = 160;

/** Cuts that came so close to each other are one, in ms. */
const ONE_CUT_MS = 5;

type Details = (readonly [string, string])[];

/** The items, in order of time, and to which of them belongs what was made into them. */
export function createItems(
  { operations, events, calls = [] }: Evidence,
  { contradicting, dials }: { contradicting: readonly number[]; dials: readonly FailedDial[] },
): { items: Item[]; itemOf: ReadonlyMap<Told, number> } {
  const itemOf = new Map<Told, number>();
  const items: Item[] = [];
  const add = (item: Item, abouts: readonly Told[]) => {
    items.push(item);
    for (const about of abouts) itemOf.set(about, item.id);
  };
  for (const one of operations) add(operationItem(items.length, one, contradicting), [one]);
  for (const call of calls) add(callItem(items.length, call), [call]);
  const isNews = (event: TimelineEvent) =>
    event.kind !== 'fault' || !calls.some((call) => isOfCall(event, call));
  for (const group of groupCuts(events.filter(isNews))) {
    const item = eventItem(items.length, group);
    if (item !== undefined) add(item, group);
  }
  for (const dial of dials) add(dialItem(items.length, dial), []);
  return { items, itemOf };
}

function operationItem(
  id: number,
  operation: Operation,
  contradicting: readonly number[],
): OperationItem {
  const { client, op, key, value, callMs, returnMs, outcome, error, returned, deadlineMs } =
    operation;
  const number = contradicting.indexOf(operation.id) + 1;
  const asks = op === 'get' ? `get ${previewKey(key)}` : `${op} ${previewKey(key)} ${quote(value)}`;
  return {
    kind: 'operation',
    id,
    lane: client,
    fromMs: callMs,
    ...(returnMs === undefined ? {} : { toMs: returnMs }),
    ...(number === 0 ? {} : { number }),
    asks: sanitizeLine(asks, LABEL_LENGTH + 10),
    told: sanitizeLine(answerTo(operation), LABEL_LENGTH),
    ...(returnMs === undefined && deadlineMs !== undefined ? { dueMs: callMs + deadlineMs } : {}),
    title: title(`${client}: ${asks}`),
    details: details([
      ['asked by', client],
      ['operation', `${op} ${previewKey(key)}`],
      ...(op === 'get' ? [] : [['value', previewValue(value)] as const]),
      ['asked at', time(callMs)],
      ['answered at', returnMs === undefined ? 'never' : time(returnMs)],
      ...(returnMs === undefined ? [] : [['took', describeMs(returnMs - callMs)] as const]),
      ...(op === 'get' && outcome === 'ok' ? [['returned', previewValue(value)] as const] : []),
      ...(returned === undefined ? [] : [['value before', previewValue(returned)] as const]),
      ['outcome', OUTCOMES[outcome]],
      ...(error === undefined ? [] : [['said instead', error] as const]),
      ...(deadlineMs === undefined ? [] : [['was given', describeMs(deadlineMs)] as const]),
    ]),
  };
}

const OUTCOMES: Record<Operation['outcome'], string> = {
  ok: 'ok: the clerk said that it is done',
  failed: 'failed: it surely had no effect',
  indefinite: 'indefinite: it may have had an effect, or may have one later',
};

function answerTo({ op, value, returned, returnMs, outcome, error }: Operation): string {
  if (returnMs === undefined) return 'never answered';
  if (outcome !== 'ok') return error ?? 'not done';
  if (op === 'get') return `is ${quote(value)}`;
  return op === 'puthash' ? `done; it was ${quote(returned)}` : 'done';
}

/** A short value in quotes. */
function quote(value = ''): string {
  return JSON.stringify(sanitizeLine(value, METHOD_LENGTH));
}

function callItem(id: number, call: TracedCall): CallItem {
  const { from, to, reached = to, startMs, deliveredMs, repliedMs, endMs, method, ending } = call;
  const isAnswered = ending === 'answered';
  const requestLateMs = deliveredMs === undefined ? 0 : deliveredMs - startMs;
  const replyLateMs =
    isAnswered && endMs !== undefined && repliedMs !== undefined ? endMs - repliedMs : 0;
  return {
    kind: 'call',
    id,
    from,
    to: reached,
    startMs,
    ...(deliveredMs === undefined ? {} : { deliveredMs }),
    ...(repliedMs === undefined ? {} : { repliedMs }),
    ...(endMs === undefined ? {} : { endMs }),
    ...(call.again === undefined ? {} : { untilMs: call.again.untilMs }),
    ...(requestLateMs < LATE_MS ? {} : { requestLateMs }),
    ...(replyLateMs < LATE_MS ? {} : { replyLateMs }),
    isAnswered,
    asks: sanitizeLine(shortMethod(method) ?? `call ${call.number}`, METHOD_LENGTH),
    ends: sanitizeLine(endOf(call), LABEL_LENGTH),
    title: callTitle(call),
    details: callDetails(call),
  };
}

/** One line that names a call, and what became of it. */
export function callTitle({ from, to, reached, number, method, ending }: TracedCall): string {
  const what = method === undefined ? '' : ` ${method}`;
  const where = reached === undefined ? to : `${to}, reached ${reached}`;
  return title(`${from} calls ${where}${what} (call ${number}): ${ending}`);
}

function callDetails(call: TracedCall): Details {
  const { startMs, deliveredMs, repliedMs, endMs, method, args, result, error, fault } = call;
  return details([
    ['call', `${call.from} → ${call.to}, number ${call.number} on this link`],
    ...(call.reached === undefined ? [] : [['reached', call.reached] as const]),
    ...(method === undefined ? [] : [['method', method] as const]),
    ...(args === undefined ? [] : [['asked', describeData(args)] as const]),
    ['began at', time(startMs)],
    ['request arrived', deliveredMs === undefined ? 'never' : time(deliveredMs)],
    ['callee answered', repliedMs === undefined ? 'never' : time(repliedMs)],
    ['over for its caller', endMs === undefined ? 'never' : time(endMs)],
    ['ending', call.ending],
    ...(error === undefined ? [] : [['error', error] as const]),
    ...(result === undefined ? [] : [['answer', describeData(result)] as const]),
    ...(fault === undefined ? [] : [['fault', fault] as const]),
    ...(call.again === undefined
      ? []
      : [['repeated', `${call.again.times} times until ${time(call.again.untilMs)}`] as const]),
  ]);
}

/** `PBServer.Forward` and `backup.forward` are known by their last part and a hint of the rest. */
function shortMethod(method: string | undefined): string | undefined {
  return method?.replace(/^(?:PBServer|ViewServer)\./, '');
}

function endOf({ ending, error, result, again, fault }: TracedCall): string {
  const times = again === undefined ? '' : ` ×${again.times + 1}`;
  if (ending !== 'answered') return `${ENDINGS[ending]}${times}`;
  if (error !== undefined) return `error ${quote(error)}${times}`;
  const said = result === undefined ? '{}' : describeData(result);
  if (said === '{}') return `${fault ?? ''}${times}`.trim();
  return `${said}${times}`;
}

const ENDINGS: Record<Exclude<TracedCall['ending'], 'answered'>, string> = {
  'reset or broken pipe': 'reset',
  'end of stream before the reply': 'end of stream',
  'end of stream inside the reply': 'reply cut off',
  'caller hung up': 'hangs up',
  open: 'still open',
};

function isOfCall({ from, to, fault, call = 0 }: FaultEvent, told: TracedCall): boolean {
  const { number, again } = told;
  const isLink = told.from === from && told.to === to;
  return isLink && told.fault === fault && number <= call && call <= (again?.lastNumber ?? number);
}

/** Links that one and the same server is cut off at, together; everything else by itself. */
function groupCuts(events: readonly TimelineEvent[]): TimelineEvent[][] {
  const groups: TimelineEvent[][] = [];
  for (const event of events) {
    const group = groups.find(([first]) => first !== undefined && isOneCut(first, event));
    if (group === undefined) groups.push([event]);
    else group.push(event);
  }
  return groups;
}

function isOneCut(a: TimelineEvent, b: TimelineEvent): boolean {
  return (
    a.kind === 'fault' &&
    b.kind === 'fault' &&
    a.call === undefined &&
    b.call === undefined &&
    a.fault === b.fault &&
    (a.to === b.to || a.from === b.from) &&
    Math.abs(a.atMs - b.atMs) <= ONE_CUT_MS
  );
}

function eventItem(id: number, group: readonly TimelineEvent[]): EventItem | undefined {
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

function dialItem(id: number, { process, peer, phrase, atMs }: FailedDial): EventItem {
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
  return callees.length > 1
    ? { lane: from, sign: 'fault', text: `cannot reach ${callees.join(', ')}` }
    : { lane: to, sign: 'fault', text: `out of reach of ${callers.join(', ')}` };
}

/** As an arrow that gets as far as what was lost: the request, or the reply to it. */
function showStruckCall(event: FaultEvent, call: number): Shown {
  const { fault, from, to, reached = to, delivered, callerSaw } = event;
  const text = `${fault}, call ${call}`;
  if (callerSaw === 'the reply' || callerSaw === 'a late reply') {
    return { lane: from, to: reached, sign: 'view', text };
  }
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

function time(ms: number): string {
  return describeMs(ms);
}

function title(text: string): string {
  return sanitizeLine(text, TITLE_LENGTH);
}

function details(pairs: Details): Details {
  return pairs.map(([name, text]) => [name, sanitizeLine(text, DETAIL_LENGTH)] as const);
}
