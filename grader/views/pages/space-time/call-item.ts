/** A call as a selectable item of a diagram. */

import { describeData, type TracedCall } from '../../../../harness/index.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import {
  details,
  LABEL_LENGTH,
  METHOD_LENGTH,
  quote,
  time,
  title,
  type Details,
} from './item-texts.js';
import type { CallItem } from './scene.js';

/** A request or a reply that took so long was held up, in ms. */
const LATE_MS = 20;

export function callItem(id: number, call: TracedCall): CallItem {
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
    ['ended for its caller', endMs === undefined ? 'never' : time(endMs)],
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
