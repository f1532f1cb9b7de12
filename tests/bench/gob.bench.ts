/**
 * How fast the calls of net/rpc are read, arguments included: what real Go programs wrote, again and again,
 * in pieces as a socket gives them. The seconds are processor time.
 */

import { cursorOn } from '../../harness/network/framing/gob/cursor.js';
import { readHead } from '../../harness/network/framing/gob/stream.js';
import { netRpc } from '../../harness/network/framing/net-rpc.js';
import { recordedSession } from '../harness/network/framing/recordings.js';
import { summarise, type BenchResult } from './bench.js';

/** What is read for one figure, in bytes. */
const FIGURE_BYTES = 8 * 1024 * 1024;
/** The first figures warm up and are not counted. */
const WARMING = 3;
const SAMPLES = 15;
/** What a socket gives at a time, in bytes. */
const PIECE_BYTES = 64 * 1024;

export function bench(): Promise<BenchResult[]> {
  const transfer = recordedSession('a transfer').requests;
  const small = recordedSession('small calls').requests;
  const dynamic = recordedSession('interface values of basic types').requests;
  const single = recordedSession('one call').requests;
  return Promise.resolve([
    measure('read transfers', longStream(transfer), 'a map of 200 texts each, one connection'),
    measure('read small calls', longStream(small), 'five fields each, one connection'),
    measure('read interface values', longStream(dynamic), 'read twice, one connection'),
    measure('read single pings', single, 'one a connection, so with their types'),
  ]);
}

/** The calls of a connection again and again, behind their types, which a connection is told once. */
function longStream(requests: Buffer): Buffer {
  const definitions: Buffer[] = [];
  const values: Buffer[] = [];
  const cursor = cursorOn(requests);
  for (let startAt = 0; startAt < requests.length; startAt = cursor.at) {
    const head = readHead(cursor);
    if (head === undefined) throw new Error('the recording is damaged');
    (head.id < 0 ? definitions : values).push(requests.subarray(startAt, head.endAt));
    cursor.at = head.endAt;
  }
  const turn = Buffer.concat(values);
  const turns = Math.ceil(FIGURE_BYTES / turn.length);
  return Buffer.concat([...definitions, ...Array.from({ length: turns }, () => turn)]);
}

function measure(name: string, stream: Buffer, note: string): BenchResult {
  const times = Math.ceil(FIGURE_BYTES / stream.length);
  const figures = Array.from({ length: WARMING + SAMPLES }, () => {
    const before = process.cpuUsage();
    for (let time = 0; time < times; time++) readAll(stream);
    const { user, system } = process.cpuUsage(before);
    // Bytes in a millionth of a second are megabytes in a second.
    return (times * stream.length) / (user + system);
  });
  return summarise(name, 'MB/s', figures.slice(WARMING), note);
}

/** Reads a stream as a connection does, and looks at everything. */
function readAll(stream: Buffer): void {
  const reader = netRpc.openRequests();
  let kept: Buffer[] = [];
  for (let begin = 0; begin < stream.length; begin += PIECE_BYTES) {
    const piece = stream.subarray(begin, begin + PIECE_BYTES);
    let at = 0;
    for (
      let end = reader.endIn(piece, at);
      typeof end === 'number';
      end = reader.endIn(piece, at)
    ) {
      const { method, args } = reader.read(Buffer.concat([...kept, piece.subarray(at, end)]));
      if (method === undefined || args === undefined) throw new Error('a call was not read');
      kept = [];
      at = end;
    }
    kept.push(piece.subarray(at));
  }
}
