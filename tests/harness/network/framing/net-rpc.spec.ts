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
      const single = readRequests([alone ?? Buffer.alloc(0)]);
      expect(single.rest).to.equal(0);
      expect(single.texts.map(({ method, args }) => ({ method, args }))).to.deep.equal([
        { method: calls[number]?.method, args: calls[number]?.args },
      ]);
    }
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

/** The first message of a request that defines no types; it is shorter than 128 bytes. */
function headerOf(request: Buffer): Buffer {
  return request.subarray(0, 1 + (request[0] ?? 0));
}
