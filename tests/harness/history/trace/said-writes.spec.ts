import { expect } from 'chai';
import { recordCall } from '../../../../harness/history/trace/call-record.js';
import { saidWritesOf } from '../../../../harness/history/trace/said-writes.js';
import { append, history, open, put, puthash } from '../operations.js';

const UNREAD = { method: undefined, args: undefined };
const NOTHING = { result: undefined, error: undefined };

function message(from: string, to: string, request?: string, reply?: string) {
  const record = recordCall({ from, to, number: 1 }, 0);
  if (request !== undefined) record.request = { bytes: Buffer.from(request), text: UNREAD };
  if (reply !== undefined) record.reply = { bytes: Buffer.from(reply), text: NOTHING };
  return record;
}

describe('the writes that a message said', () => {
  const writes = history(
    put('c1', 'x 0 y', 0, 1),
    append('c1', 'a "b" c', 2, 3),
    puthash('c1', 'x 2 y', 'old', 4, 5),
    put('c1', 'same', 6, 7),
    put('c2', 'same', 6, 7),
    put('c2', 'no', 8, 9),
    open(puthash('c2', 'x 6 y', '', 8, 9)),
  );
  const said = saidWritesOf(writes, 'vs');

  it('are those whose values stand in its bytes, as they are or as JSON has them', () => {
    const request = JSON.stringify({ k: 'x 0 yx 6 y', l: 'a "b" c' });
    expect(said(message('pb1', 'pb2', request))).to.deep.equal({ holds: [0, 1, 6] });
  });

  it('are puthashes of which it has the result', () => {
    // The 32-bit FNV-1a hash of "oldx 2 y".
    expect(said(message('pb1', 'pb2', '{"k":"755007343"}')).holds).to.deep.equal([2]);
  });

  it('are never those with a short value, or with one that was written twice', () => {
    expect(said(message('pb1', 'pb2', 'same no'))).to.deep.equal({ holds: [] });
  });

  it('are looked for in its answer as well', () => {
    expect(said(message('pb2', 'pb1', '{}', 'x 0 y'))).to.deep.equal({ holds: [], returns: [0] });
  });

  it('are not looked for in calls of clients, with the view service, and in messages that were given up', () => {
    expect(said(message('c1', 'pb1', 'x 0 y'))).to.deep.equal({});
    expect(said(message('pb1', 'vs', 'x 0 y'))).to.deep.equal({});
    expect(said(message('pb1', 'pb2'))).to.deep.equal({});
  });
});
