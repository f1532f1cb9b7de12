/**
 * Tells after a run which writes the messages between servers said. A message with one operation is a forward, and one
 * with many may be a transfer of the state: where its bytes are still held, it can be told which writes it had.
 */

import { putHashOf } from '../../../reference/protocol.js';
import type { History, Operation } from '../operation.js';
import type { TracedCall } from '../trace.js';
import { spellings } from '../wire/said-in.js';
import type { CallRecord } from './call-record.js';

/** Shorter texts occur in any message by chance. */
const TELLING_LENGTH = 3;

/**
 * Most work for one run, about half a second: the bytes of the messages times the texts that are looked for in them. A
 * search costs as much as some bytes even in an empty message.
 */
const MAX_WORK = 500_000_000;
const BYTES_PER_SEARCH = 1000;

type Said = Pick<TracedCall, 'holds' | 'returns'>;

/** To be asked for the calls of one run; nothing is said of calls of clients and to the view service. */
export function saidWritesOf(
  history: History,
  viewService: string | undefined,
): (call: CallRecord) => Said {
  const clients = new Set(history.map(({ client }) => client));
  const texts = tellingTexts(history);
  let work = 0;
  const idsIn = (bytes: Buffer | undefined): number[] | undefined => {
    if (bytes === undefined || texts.length === 0) return undefined;
    work += (bytes.length + BYTES_PER_SEARCH) * texts.length;
    if (work > MAX_WORK) return undefined;
    return texts.flatMap(({ id, said }) => (said.some((text) => bytes.includes(text)) ? id : []));
  };
  return ({ from, to, request, reply }) => {
    if (clients.has(from) || from === viewService || to === viewService) return {};
    const [holds, returns] = [idsIn(request?.bytes), idsIn(reply?.bytes)];
    return { ...(holds && { holds }), ...(returns && returns.length > 0 && { returns }) };
  };
}

interface Telling {
  id: number;
  /** One of them in a message tells that it has the write. */
  said: Buffer[];
}

function tellingTexts(history: History): Telling[] {
  return tellingWrites(history).map((write) => ({
    id: write.id,
    said: formsOf(write).flatMap(spellings),
  }));
}

/** The writes that a message can be seen to have: no other write of the run has the same value. */
export function tellingWrites(history: History): Operation[] {
  const writes = history.filter(
    ({ op, value = '' }) => op !== 'get' && value.length >= TELLING_LENGTH,
  );
  const counts = new Map<string, number>();
  for (const { value = '' } of writes) counts.set(value, (counts.get(value) ?? 0) + 1);
  return writes.filter(({ value = '' }) => counts.get(value) === 1);
}

/** A state has the result of a puthash in the place of its value. */
function formsOf({ op, value = '', returned }: Operation): string[] {
  return op === 'puthash' && returned !== undefined ? [value, putHashOf(returned, value)] : [value];
}
