/** An operation of a client as a selectable item of a diagram. */

import { describeMs, previewKey, previewValue, type Operation } from '../../../../harness/index.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { details, LABEL_LENGTH, quote, time, title } from './item-texts.js';
import type { OperationItem } from './scene.js';

export function operationItem(
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
      ...(error === undefined ? [] : [['error', error] as const]),
      ...(deadlineMs === undefined ? [] : [['deadline', describeMs(deadlineMs)] as const]),
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
