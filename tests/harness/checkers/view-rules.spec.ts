import { expect } from 'chai';
import { viewRules, viewRulesBut } from '../../../harness/checkers/view-rules.js';
import { MAX_EVENTS, type TimelineEvent, type View } from '../../../harness/history/timeline.js';
import { viewOf } from '../../reference/recorded-network.js';
import { failure, judge, word } from './judge.js';

function pinged(process: string, viewnum: number, atMs: number): TimelineEvent {
  return { kind: 'pinged', atMs, process, viewnum };
}

function told(process: string, view: View, askedMs: number, atMs = askedMs + 1): TimelineEvent {
  return { kind: 'told', atMs, askedMs, process, view };
}

function seen(view: View, atMs: number): TimelineEvent {
  return { kind: 'view', atMs, view };
}

function started(process: string): TimelineEvent {
  return { kind: 'started', atMs: 0, process };
}

/** Three servers have pinged; pb1 has acknowledged view 1 and then view 2, with pb2 as backup. */
const FORMED: readonly TimelineEvent[] = [
  pinged('pb1', 0, 10),
  told('pb1', viewOf(1, 'pb1'), 10),
  pinged('pb2', 0, 20),
  pinged('pb3', 0, 21),
  pinged('pb1', 1, 30),
  told('pb1', viewOf(2, 'pb1', 'pb2'), 30),
  pinged('pb1', 2, 40),
];

const check = (...events: TimelineEvent[]) =>
  judge(
    viewRules,
    [],
    [...FORMED, ...events].toSorted((a, b) => a.atMs - b.atMs),
  );

describe('view rules', () => {
  it('pass a run in which nobody asked for a view', () => {
    expect(word(judge(viewRules, []))).to.equal('pass');
  });

  it('pass a backup that takes over with an idle server in its old place', () => {
    const finding = check(
      told('pb2', viewOf(3, 'pb2', 'pb3'), 50),
      seen(viewOf(3, 'pb2', 'pb3'), 60),
    );
    expect(word(finding)).to.equal('pass');
  });

  it('say members-of-view-zero', () => {
    const finding = judge(viewRules, [], [pinged('pb1', 0, 1), seen(viewOf(0, 'pb1'), 2)]);
    expect(word(finding)).to.equal('members-of-view-zero');
  });

  it('say view-number-reused when a number stands for two views, in any process', () => {
    const finding = check(seen(viewOf(2, 'pb1', 'pb3'), 50));
    expect(word(finding)).to.equal('view-number-reused');
    expect(failure(finding).evidence.events.map(({ atMs }) => atMs)).to.deep.equal([31, 50]);
    expect(finding.says).to.equal(
      'The view service reported view 2 (primary pb1, backup pb3), but before that the same number stood for view 2 (primary pb1, backup pb2).',
    );
  });

  it('say view-went-back when a process is told less than it knew when it asked', () => {
    const finding = check(told('pb1', viewOf(1, 'pb1'), 50));
    expect(word(finding)).to.equal('view-went-back');
    expect(finding.says).to.contain('although it had been told view 2 before it asked');
  });

  it('pass an answer that comes late, to a question asked before the newer answer came', () => {
    expect(word(check(told('pb1', viewOf(1, 'pb1'), 30.5, 90)))).to.equal('pass');
  });

  it('pass two processes of which one is told an older view', () => {
    expect(word(check(told('pb2', viewOf(1, 'pb1'), 50)))).to.equal('pass');
  });

  it('see a step back behind an answer that came late', () => {
    const finding = check(
      told('pb2', viewOf(2, 'pb1', 'pb2'), 50),
      told('pb2', viewOf(1, 'pb1'), 45, 55),
      told('pb2', viewOf(1, 'pb1'), 60),
    );
    expect(word(finding)).to.equal('view-went-back');
  });

  it('say one-server-in-both-places', () => {
    expect(word(check(seen(viewOf(3, 'pb1', 'pb1'), 50)))).to.equal('one-server-in-both-places');
  });

  it('pass a first view of two servers that pinged at the same time', () => {
    const timeline = [pinged('pb1', 0, 1), pinged('pb2', 0, 2), seen(viewOf(1, 'pb1', 'pb2'), 3)];
    expect(word(judge(viewRules, [], timeline))).to.equal('pass');
  });

  it('say member-never-pinged, also when the ping came only afterwards', () => {
    const finding = check(seen(viewOf(3, 'pb1', 'pb4'), 50), pinged('pb4', 0, 51));
    expect(word(finding)).to.equal('member-never-pinged');
  });

  it('say idle-server-promoted', () => {
    const finding = check(told('pb3', viewOf(3, 'pb3'), 50));
    expect(word(finding)).to.equal('idle-server-promoted');
    expect(finding.says).to.include('was never in a view before');
    const again = check(
      seen(viewOf(3, 'pb2', ''), 50),
      pinged('pb2', 3, 51),
      seen(viewOf(4, 'pb1'), 60),
    );
    expect(again.says).to.include('was last in view 2 and has none of the later writes');
    expect(failure(finding).rule).to.equal('view-promotion');
  });

  it('say view-left-unacknowledged when the primary had not pinged with the number', () => {
    const view3 = told('pb2', viewOf(3, 'pb2'), 50);
    const finding = check(view3, seen(viewOf(4, 'pb2', 'pb3'), 60), pinged('pb2', 3, 61));
    expect(word(finding)).to.equal('view-left-unacknowledged');
    expect(finding.says).to.equal(
      'The view service reported view 4 (primary pb2, backup pb3), but pb2, the primary of view 3, had not pinged with 3 yet.',
    );
  });

  it('do not take the ping of another server for the acknowledgement', () => {
    const view3 = told('pb2', viewOf(3, 'pb2', 'pb3'), 50);
    const finding = check(view3, pinged('pb3', 3, 55), seen(viewOf(4, 'pb2'), 60));
    expect(word(finding)).to.equal('view-left-unacknowledged');
  });

  it('say view-number-skipped when nobody can have acknowledged the view between', () => {
    expect(word(check(seen(viewOf(4, 'pb2'), 50)))).to.equal('view-number-skipped');
  });

  it('pass a view that nobody was seen to be told, but that somebody pinged with', () => {
    const finding = check(pinged('pb2', 3, 50), seen(viewOf(4, 'pb2', 'pb3'), 60));
    expect(word(finding)).to.equal('pass');
  });

  it('pass views without a primary, and refuse a primary after one', () => {
    const without = [seen(viewOf(3, ''), 50), seen(viewOf(4, '', 'pb3'), 60)];
    expect(word(check(...without))).to.equal('pass');
    const finding = check(...without, seen(viewOf(5, 'pb3'), 70));
    expect(word(finding)).to.equal('view-left-unacknowledged');
    expect(finding.says).to.contain('view 4 had no primary that could have acknowledged it');
  });

  it('ask for no pings where the kit cannot read them', () => {
    const unread = [
      ...['pb1', 'pb2'].map(started),
      seen(viewOf(1, 'pb1'), 10),
      seen(viewOf(4, 'pb2', 'pb1'), 20),
      seen(viewOf(5, 'pb2'), 30),
    ];
    expect(word(judge(viewRules, [], unread))).to.equal('pass');
    const promoted = [...unread, started('pb3'), seen(viewOf(6, 'pb3'), 40)];
    expect(word(judge(viewRules, [], promoted))).to.equal('idle-server-promoted');
  });

  it('ask for no pings where a process may have pinged in a way that cannot be read', () => {
    const view = told('pb2', viewOf(4, 'pb1', 'pb2'), 50);
    expect(word(check(view))).to.equal('view-number-skipped');
    expect(word(check(view, { kind: 'unread', atMs: 60, process: 'pb1' }))).to.equal('pass');
  });

  it('believe nothing that comes after a timeline was cut off', () => {
    const padding = Array.from({ length: MAX_EVENTS - FORMED.length }, () => started('pb1'));
    const cutOff = [...FORMED, ...padding, seen(viewOf(4, 'pb2'), 50)];
    expect(word(judge(viewRules, [], cutOff))).to.equal('pass');
    expect(word(judge(viewRules, [], cutOff.slice(1)))).not.to.equal('pass');
  });

  it('tell of the contradiction that was complete first', () => {
    const finding = check(seen(viewOf(3, 'pb3'), 50), seen(viewOf(0, 'pb1'), 60));
    expect(word(finding)).to.equal('idle-server-promoted');
  });

  it('take their time even with a full timeline', () => {
    const asks = Array.from({ length: MAX_EVENTS / 2 }, (_, n) => [
      pinged('pb1', n, 2 * n),
      told('pb1', viewOf(n + 1, 'pb1'), 2 * n),
    ]).flat();
    const startMs = performance.now();
    expect(word(judge(viewRules, [], asks))).to.equal('pass');
    expect(performance.now() - startMs).to.be.below(1000);
  });

  describe('without one of them', () => {
    /** pb3 is promoted although it is idle, after a view that nobody had acknowledged. */
    const BOTH: readonly TimelineEvent[] = [
      ...FORMED,
      told('pb2', viewOf(3, 'pb2', 'pb3'), 50),
      told('pb1', viewOf(4, 'pb1', 'pb2'), 60),
    ];

    it('pass what breaks it alone', () => {
      const left = [
        ...FORMED,
        told('pb2', viewOf(3, 'pb2'), 50),
        told('pb2', viewOf(4, 'pb2', 'pb3'), 60),
      ];
      expect(word(judge(viewRules, [], left))).to.equal('view-left-unacknowledged');
      expect(word(judge(viewRulesBut('view-acknowledged'), [], left))).to.equal('pass');
    });

    it('fail what breaks another, too', () => {
      expect(word(judge(viewRulesBut('view-acknowledged'), [], BOTH))).to.equal(
        'idle-server-promoted',
      );
      expect(word(judge(viewRulesBut('view-promotion'), [], BOTH))).to.equal('pass');
    });

    it('hold nothing else against views whose numbers say nothing', () => {
      const reused = [...BOTH, seen(viewOf(2, 'pb1', 'pb3'), 70)];
      expect(word(judge(viewRulesBut('view-numbers'), [], reused))).to.equal('pass');
    });
  });
});
