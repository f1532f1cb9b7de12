/** Calls of net/rpc, cut from streams that Go's own clients and servers wrote. */

import { expect } from 'chai';
import type { MessageReader } from '../../../../harness/network/framing/framing.js';
import { netRpc } from '../../../../harness/network/framing/net-rpc.js';
import { RECORDED_SESSIONS, recordedSession } from './recordings.js';

/** Reads a stream that comes in these pieces; `rest`: the bytes behind the last whole message. */
function readAll<Text>(reader: MessageReader<Text>, pieces: readonly Buffer[]) {
  const texts: Text[] = [];
  let kept = Buffer.alloc(0);
  for (const piece of pieces) {
    let at = 0;
    for (;;) {
      const end = reader.endIn(piece, at);
      if (end === 'unreadable') return { texts, rest: 'unreadable' };
      if (end === 'none') break;
      texts.push(reader.read(Buffer.concat([kept, piece.subarray(at, end)])));
      kept = Buffer.alloc(0);
      at = end;
    }
    kept = Buffer.concat([kept, piece.subarray(at)]);
  }
  return { texts, rest: kept.length };
}

function piecesOf(stream: Buffer, length: number): Buffer[] {
  const count = Math.ceil(stream.length / length);
  return Array.from({ length: count }, (_, n) => stream.subarray(n * length, (n + 1) * length));
}

const readRequests = (pieces: readonly Buffer[]) => readAll(netRpc.openRequests(), pieces);
const readReplies = (pieces: readonly Buffer[]) => readAll(netRpc.openReplies(), pieces);

describe('the framing of net/rpc', () => {
  for (const { name, requests, replies, calls, answered } of RECORDED_SESSIONS) {
    const asked = calls.map(({ id, method, args }) => ({ id, method, args }));
    const told = answered.map((id) => {
      const call = calls.find((one) => one.id === id);
      return { id, result: call?.result, error: call?.error };
    });

    for (const length of [1, 2, 7, 64, 1_000_000]) {
      it(`reads ${name}, ${length} bytes at a time`, () => {
        const { texts, rest } = readRequests(piecesOf(requests, length));
        expect(texts.map(({ id, method, args }) => ({ id, method, args }))).to.deep.equal(asked);
        expect(rest).to.equal(0);
        const replied = readReplies(piecesOf(replies, length));
        expect(replied.texts.map(({ id, result, error }) => ({ id, result, error }))).to.deep.equal(
          told,
        );
        expect(replied.rest).to.equal(0);
      });
    }
  }

  it('gives a later request in the form in which it can be read alone', () => {
    const { requests, calls } = recordedSession('several calls');
    const { texts } = readRequests([requests]);
    for (const [number, { alone }] of texts.entries()) {
      const single = readRequests([alone?.() ?? Buffer.alloc(0)]);
      expect(single.rest).to.equal(0);
      expect(single.texts.map(({ method, args }) => ({ method, args }))).to.deep.equal([
        { method: calls[number]?.method, args: calls[number]?.args },
      ]);
    }
  });

  it('reads a value of many messages no more often than its size allows', () => {
    const some = listOfNewTypes({ empty: 1_000, types: 20 });
    expect(readRequests([some]).texts).to.have.lengthOf(1);
    const tooMuch = listOfNewTypes({ empty: 300_000, types: 20 });
    expect(readRequests([tooMuch]).rest).to.equal('unreadable');
  });

  describe('of what is another protocol', () => {
    const foreign = {
      'net/rpc over HTTP': 'CONNECT /_goRPC_ HTTP/1.0\n\n',
      'JSON-RPC': '{"method":"ViewServer.Ping","params":[{}],"id":0}\n',
      'pblab/1': '{"jsonrpc":"2.0","id":1,"method":"view.get","params":{}}\n',
      HTTP: 'POST / HTTP/1.1\r\nHost: a\r\n\r\n',
      'lines of text': 'hello\n',
      zeros: '\0\0\0\0',
    };
    for (const [name, text] of Object.entries(foreign)) {
      it(`says of ${name} that it cannot be read, and waits for no more`, () => {
        for (const length of [1, 1000]) {
          const { texts, rest } = readRequests(piecesOf(Buffer.from(text), length));
          expect(texts).to.deep.equal([]);
          expect(rest).to.equal('unreadable');
        }
      });
    }

    it('says so of a stream of gob that is not of net/rpc', () => {
      const { replies } = recordedSession('one call');
      expect(readRequests([replies]).rest).to.equal('unreadable');
    });

    it('says so once a body has no header, or a header no body', () => {
      const { requests } = recordedSession('several calls');
      const [first = 0, second = 0] = endsOf(requests);
      const ping = requests.subarray(first, second);
      const header = headerOf(ping);
      const before = requests.subarray(0, second);
      expect(readRequests([before, header, header]).rest).to.equal('unreadable');
      const bodyOnly = ping.subarray(header.length);
      expect(readRequests([before, bodyOnly]).rest).to.equal('unreadable');
      expect(readRequests([before, ping]).texts).to.have.lengthOf(3);
    });
  });
});

/**
 * A request whose argument is a list of interface values: so many nil ones, and then one of each of so many
 * new types. With each type a new message begins.
 */
function listOfNewTypes({ empty, types }: { empty: number; types: number }): Buffer {
  const { requests } = recordedSession('one call');
  const definition = headerOf(requests);
  const header = headerOf(requests.subarray(definition.length));
  const [list, ofInterfaces, ofInts] = [70, 8, 2];
  const newType = (number: number) => 100 + number;
  const begun = (number: number) => [1, 0x78, ...sliceType(newType(number), ofInts)];
  const ended = (number: number) => [...int(newType(number)), 2, 0, 0];
  const first = [...int(list), 0, ...uint(empty + types), ...Array<number>(empty).fill(0)];
  const further = Array.from({ length: types }, (_, number) =>
    message([...ended(number), ...(number + 1 < types ? begun(number + 1) : [])]),
  );
  return Buffer.concat([
    definition,
    header,
    message(sliceType(list, ofInterfaces)),
    message([...first, ...begun(0)]),
    ...further,
  ]);
}

/** The definition of a slice, as gob writes it. */
function sliceType(id: number, element: number): number[] {
  return [...int(-id), 2, 1, 2, ...int(id), 0, 1, ...int(element), 0, 0];
}

function message(bytes: readonly number[]): Buffer {
  return Buffer.from([...uint(bytes.length), ...bytes]);
}

function int(value: number): number[] {
  return uint(value < 0 ? -2 * value - 1 : 2 * value);
}

function uint(value: number): number[] {
  if (value < 128) return [value];
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return [0x100 - bytes.length, ...bytes];
}

/** Where the requests of a stream end. */
function endsOf(stream: Buffer): number[] {
  const reader = netRpc.openRequests();
  const ends: number[] = [];
  for (let at = 0; at < stream.length;) {
    const end = reader.endIn(stream, at);
    if (typeof end === 'string') return ends;
    ends.push(end);
    at = end;
  }
  return ends;
}

/** The first message of a stream; it is shorter than 128 bytes. */
function headerOf(request: Buffer): Buffer {
  return request.subarray(0, 1 + (request[0] ?? 0));
}
