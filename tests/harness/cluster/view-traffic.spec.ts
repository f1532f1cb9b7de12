/** What is concluded about views from the calls of the stock view service. */

import { expect } from 'chai';
import { pblabViews, readViewTraffic, stockViews } from '../../../harness/cluster/view-traffic.js';
import type { TimelineEvent } from '../../../harness/history/timeline.js';
import { createViewLane } from '../../../harness/history/view-lane.js';
import type { ReplyText, RequestText } from '../../../harness/network/framing/framing.js';
import { netRpc } from '../../../harness/network/framing/net-rpc.js';
import { recordedSession } from '../network/framing/recordings.js';

const VIEW = { viewnum: 2, primary: 'pb1', backup: 'pb2' };
const NOTHING: ReplyText = { result: undefined, error: undefined };

describe('the lane of views of a Go submission', () => {
  /** What is entered when these calls were made, each answered 5 ms after it was delivered. */
  const laneOf = (calls: readonly Partial<RequestText & ReplyText>[], to = 'vs') => {
    const timeline: TimelineEvent[] = [];
    let nowMs = 0;
    const lane = createViewLane(
      (event) => timeline.push(event),
      () => nowMs,
    );
    const { onDelivered, onReplied } = readViewTraffic(stockViews, lane, {
      isOwn: (name) => name === 'own',
      pingedItself: () => {},
    });
    for (const { method, args, ...answered } of calls) {
      nowMs += 10;
      const asked = { method, args };
      onDelivered('pb1', to, asked);
      onDelivered('own', to, asked);
      const deliveredMs = nowMs;
      nowMs += 5;
      const exchange = { asked, answered: { ...NOTHING, ...answered }, deliveredMs };
      onReplied({ from: 'pb1', to, ...exchange });
      onReplied({ from: 'own', to, ...exchange });
    }
    return timeline;
  };
  const pinged = { kind: 'pinged', atMs: 10, process: 'pb1' };
  const told = { kind: 'told', atMs: 15, askedMs: 10, process: 'pb1', view: VIEW };

  it('has the pings and views of recorded calls', () => {
    const { requests, replies } = recordedSession('one call');
    const asked = netRpc.openRequests();
    const answered = netRpc.openReplies();
    expect(asked.endIn(requests, 0)).to.equal(requests.length);
    expect(answered.endIn(replies, 0)).to.equal(replies.length);
    const { method, args } = asked.read(requests);
    const { result, error } = answered.read(replies);
    expect(laneOf([{ method, args, result, error }])).to.deep.equal([
      { ...pinged, viewnum: 0 },
      told,
    ]);
  });

  const result = { View: { Viewnum: 2, Primary: 'pb1', Backup: 'pb2' } };

  it('has the views that were asked for', () => {
    expect(laneOf([{ method: 'ViewServer.Get', args: {}, result }])).to.deep.equal([told]);
  });

  it('is about the view service only', () => {
    const args = { Me: 'pb1', Viewnum: 1 };
    expect(laneOf([{ method: 'ViewServer.Ping', args, result }], 'pb2')).to.deep.equal([]);
  });

  it('has no view of an answer in another form, or of an error', () => {
    const args = { Me: 'pb1', Viewnum: 1 };
    for (const strange of [{ View: { Number: 2 } }, { Vw: result.View }, 'view', undefined]) {
      const calls = [{ method: 'ViewServer.Ping', args, result: strange, error: 'no' }];
      expect(laneOf(calls)).to.deep.equal([{ ...pinged, viewnum: 1 }]);
    }
  });

  it('says once that a process may have pinged in a way that cannot be read', () => {
    const args = { Me: 'pb1', Viewnum: 1 };
    const unread = [{ kind: 'unread', atMs: 10, process: 'pb1' }];
    for (const strange of [
      { method: 'ViewServer.Register', args },
      { method: 'VS.Ping', args },
      { method: 'ViewServer.Ping', args: { Name: 'pb1', Viewnum: 1 } },
      { method: 'ViewServer.Ping', args: { Me: 'pb1', Viewnum: '9007199254740993' } },
      { method: undefined, args: undefined },
    ]) {
      expect(laneOf([strange, strange]), String(strange.method)).to.deep.equal(unread);
    }
  });
});

describe('a ping in the protocol of the kit', () => {
  const pingIn = (method: string | undefined, args: unknown) => pblabViews.pingIn({ method, args });

  it('is known by its method and its parameters', () => {
    const ping = { server: 'pb1', viewnum: 2 };
    expect(pingIn('view.ping', ping)).to.deep.equal(ping);
    expect(pingIn('view.get', {})).to.equal('none');
  });

  it('may be what departs from the protocol', () => {
    expect(pingIn('view.ping', { server: 'pb1' })).to.equal('unknown');
    expect(pingIn('view.join', { server: 'pb1' })).to.equal('unknown');
    expect(pingIn(undefined, undefined)).to.equal('unknown');
  });
});
