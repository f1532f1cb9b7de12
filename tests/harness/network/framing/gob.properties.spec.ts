/**
 * Streams of encoding/gob that were damaged at random: whatever comes, reading ends soon, throws nothing
 * and makes no more of it than there is. PBLAB_PROPERTY_RUNS asks for another number of streams,
 * PBLAB_PROPERTY_SEED for certain ones.
 */

import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Limits } from '../../../../harness/network/framing/gob/decode-values.js';
import { createDictionary } from '../../../../harness/network/framing/gob/dictionary.js';
import { decodeStream } from '../../../../harness/network/framing/gob/stream.js';
import type {
  MessageReader,
  ReplyText,
  RequestText,
} from '../../../../harness/network/framing/framing.js';
import { netRpc } from '../../../../harness/network/framing/net-rpc.js';
import { RECORDED_SESSIONS, RECORDED_VALUES } from './recordings.js';

/** How many damaged streams each test draws. */
const RUNS = Number(process.env['PBLAB_PROPERTY_RUNS'] ?? 3_000);
const SEED = process.env['PBLAB_PROPERTY_SEED'];

const PARAMETERS = { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) };

/** Reading one stream takes microseconds; this is far beyond, and far from the time of a blow-up. */
const MAX_MS = 1_000;

const LIMITS: Limits = { values: 10_000, depth: 32, textBytes: 4_096 };

/** Numbers that a damaged stream would not have by chance: counts and lengths of all sizes. */
const TELLING = [
  [0xff, 0x80],
  [0xfe, 0xff, 0xff],
  [0xfc, 0x7f, 0xff, 0xff, 0xff],
  [0xf8, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0xf8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x80],
  [0x00],
  [0x10],
];

/** So many places of a stream can be told apart. */
const PLACES = 1_000_000;

interface Damage {
  /** Where, as a fraction of the stream. */
  place: number;
  /** How many bytes are replaced, and by what. */
  removed: number;
  put: readonly number[];
}

const DAMAGES: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({
    // Without a bias towards zero, which would damage little but the beginning.
    place: fc.noBias(fc.nat(PLACES)).map((place) => place / PLACES),
    removed: fc.oneof(fc.constantFrom(0, 1), fc.nat(30)),
    put: fc.oneof(
      fc.array(fc.nat(255), { maxLength: 3 }),
      fc.constantFrom(...TELLING),
      fc.array(fc.nat(255), { maxLength: 60 }),
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

function damaged(stream: Buffer, damages: readonly Damage[]): Buffer {
  return damages.reduce((bytes, { place, removed, put }) => {
    const at = Math.floor(place * bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at + removed)]);
  }, stream);
}

function streamsLike(streams: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...streams), DAMAGES)
    .map(([stream, damages]) => damaged(stream, damages));
}

/** How many values there are in plain data, and how long its texts are together. */
function sizeOf(value: unknown): { values: number; text: number } {
  const size = { values: 0, text: 0 };
  const count = (each: unknown) => {
    size.values += 1;
    if (typeof each === 'string') size.text += each.length;
    else if (typeof each === 'object' && each !== null) Object.values(each).forEach(count);
  };
  count(value);
  return size;
}

/** Holds what was read from `bytes` to the limits. */
function expectModest(value: unknown, bytes: Buffer): void {
  const { values, text } = sizeOf(value);
  // Each list and map that the limit has cut has a remark in the place of what is left.
  expect(values).to.be.at.most(LIMITS.values + 2 * LIMITS.depth + 1);
  expect(text).to.be.at.most(2 * bytes.length + 40 * values);
  JSON.stringify(value);
}

function expectQuick(work: () => void): void {
  const startMs = performance.now();
  work();
  expect(performance.now() - startMs).to.be.below(MAX_MS);
}

const STREAMS = RECORDED_VALUES.map(({ stream }) => stream);
const SESSIONS = RECORDED_SESSIONS.flatMap(({ requests, replies }) => [requests, replies]);

describe('damaged streams of gob', function () {
  this.timeout(Math.max(120_000, 10 * RUNS));

  it('are read to some end', () => {
    const problems = new Set<string | undefined>();
    fc.assert(
      fc.property(streamsLike([...STREAMS, ...SESSIONS]), (bytes) => {
        expectQuick(() => {
          const { values, problem } = decodeStream(bytes, createDictionary(), LIMITS);
          problems.add(problem);
          for (const value of values) expectModest(value, bytes);
        });
      }),
      PARAMETERS,
    );
    expect([...problems]).to.include.members([undefined, 'cut', 'unreadable']);
  });

  it('are cut into calls that can be looked at, or said to be unreadable', () => {
    const ends = { calls: 0, unreadable: 0, unfinished: 0 };
    fc.assert(
      fc.property(streamsLike(SESSIONS), fc.integer({ min: 1, max: 300 }), (bytes, pieceBytes) => {
        expectQuick(() => {
          readCalls(netRpc.openRequests(), bytes, pieceBytes, ends);
          readCalls(netRpc.openReplies(), bytes, pieceBytes, ends);
        });
      }),
      PARAMETERS,
    );
    expect(Math.min(...Object.values(ends))).to.be.greaterThan(RUNS / 25);
  });
});

function readCalls(
  reader: MessageReader<RequestText> | MessageReader<ReplyText>,
  bytes: Buffer,
  pieceBytes: number,
  ends: { calls: number; unreadable: number; unfinished: number },
): void {
  let begin = 0;
  for (let at = 0; at < bytes.length;) {
    const piece = bytes.subarray(0, Math.ceil((at + 1) / pieceBytes) * pieceBytes);
    const end = reader.endIn(piece, at);
    if (end === 'unreadable') {
      ends.unreadable++;
      return;
    }
    if (end !== 'none') {
      expect(end).to.be.within(at + 1, piece.length);
      ends.calls++;
      const text = reader.read(bytes.subarray(begin, end));
      const said = 'method' in text ? [text.method, text.args] : [text.error, text.result];
      expectModest([text.id, ...said], bytes);
      begin = end;
    }
    at = end === 'none' ? piece.length : end;
  }
  ends.unfinished++;
}
