import { expect } from 'chai';
import { tellParting } from '../../../../harness/explain/parted/where-parted.js';
import type { Operation } from '../../../../harness/history/operation.js';
import type { TimelineEvent, View } from '../../../../harness/history/timeline.js';
import type { TracedCall } from '../../../../harness/history/trace.js';
import type { SymptomId } from '../../../../harness/lab/symptoms.js';
import { failFinding } from '../../../../harness/lab/verdict.js';
import { append, get, history, put, puthash } from '../../history/operations.js';
import { call, unfinished } from '../story/calls.js';

interface Told {
  symptom: SymptomId;
  operations: Operation[];
  calls: TracedCall[];
  timeline?: TimelineEvent[];
  /** Ids of the operations that are the proof; default: all. */
  proof?: number[];
}

function tell({ symptom, operations, calls, timeline = [], proof }: Told): string[] {
  const shown = operations.filter(({ id }) => proof === undefined || proof.includes(id));
  const finding = failFinding({
    by: 'test',
    rule: 'kv-latest',
    symptom,
    says: 'It is wrong.',
    evidence: { operations: shown, events: [] },
  });
  const numbered = numberCalls(calls);
  return tellParting(finding, { operations, calls: numbered, timeline });
}

/** In the order of their beginning, each with its place on its link. */
function numberCalls(calls: readonly TracedCall[]): TracedCall[] {
  const counts = new Map<string, number>();
  return calls
    .toSorted((a, b) => a.startMs - b.startMs)
    .map((one) => {
      const link = `${one.from}>${one.to}`;
      const number = (counts.get(link) ?? 0) + 1;
      counts.set(link, number);
      return { ...one, number };
    });
}

const client = (from: string, to: string, ms: number, operation: number, facts = {}) =>
  call(from, to, ms, { method: 'kv', operation, ...facts });

const forward = (from: string, to: string, ms: number, operation: number, facts = {}) =>
  call(from, to, ms, { method: 'forward', operation, holds: [operation], ...facts });

const transfer = (from: string, to: string, ms: number, holds: number[], facts = {}) =>
  call(from, to, ms, { method: 'transfer', holds, ...facts });

function told(process: string, atMs: number, view: View): TimelineEvent {
  return { kind: 'told', atMs, askedMs: atMs, process, view };
}

const viewOf = (viewnum: number, primary: string, backup = ''): View => ({
  viewnum,
  primary,
  backup,
});

describe('where the data of the servers part', () => {
  describe('if a read does not show a write', () => {
    const operations = history(put('c1', 'x 0 y', 10, 20), get('c2', '', 100, 110));
    const read = client('c2', 'pb2', 101, 1, { result: { value: '' } });
    const lost = { symptom: 'lost-acknowledged-write' as const, operations };

    it('is when its client was told that it is done, and the forward was lost', () => {
      const dropped = unfinished(call('pb1', 'pb2', 12), {
        ending: 'reset or broken pipe',
        fault: 'drop-request',
      });
      const done = client('c1', 'pb1', 11, 0, { repliedMs: 15, endMs: 16 });
      expect(tell({ ...lost, calls: [done, dropped, read] })).to.deep.equal([
        'The servers part at 15 ms: pb1 told c1 that its put of "x 0 y" was done, and pb2 did not have it.',
        "pb1's call 1 to pb2, made at 12 ms, did not reach pb2 (drop-request).",
        `pb2 answered the read at 103 ms; no call has ever brought it c1's put of "x 0 y".`,
      ]);
    });

    it('has the refusal of the backup', () => {
      const refused = forward('pb1', 'pb2', 12, 0, { error: 'not your backup' });
      expect(tell({ ...lost, calls: [client('c1', 'pb1', 11, 0), refused, read] })).to.include(
        `pb2 was given it at 13 ms by pb1's forward (call 1) and refused: "not your backup".`,
      );
    });

    it('has the forward that arrived too late', () => {
      const late = forward('pb1', 'pb2', 12, 0, { deliveredMs: 90, fault: 'delay-request' });
      const refused = { ...late, error: 'not-primary', repliedMs: 91 };
      expect(tell({ ...lost, calls: [client('c1', 'pb1', 11, 0), refused, read] })).to.include(
        `pb1's forward (call 1) to pb2, made at 12 ms, reached pb2 only at 90 ms (delay-request); pb2 refused it: "not-primary".`,
      );
    });

    it('is the transfer without it', () => {
      const all = history(
        put('c1', 'x 0 y', 10, 20),
        get('c2', '', 100, 110),
        put('c1', 'x 2 y', 21, 30),
      );
      const calls = [
        client('c1', 'pb1', 11, 0),
        client('c1', 'pb1', 22, 2),
        transfer('pb1', 'pb2', 50, [2]),
        read,
      ];
      const [moment] = tell({ ...lost, operations: all, calls, proof: [0, 1] });
      expect(moment).to.equal(
        `The servers part at 51 ms: pb1's transfer (call 1) reaches pb2 without c1's put of "x 0 y". pb1 itself had been given it at 12 ms by c1's kv (call 1).`,
      );
    });

    it('is the transfer that replaced it', () => {
      const all = history(
        put('c1', 'x 0 y', 10, 20),
        get('c2', 'x 2 y', 100, 110),
        put('c1', 'x 2 y', 2, 5),
      );
      const calls = [
        client('c1', 'pb1', 3, 2),
        client('c1', 'pb1', 11, 0),
        forward('pb1', 'pb2', 12, 0),
        transfer('pb1', 'pb2', 6, [2], { deliveredMs: 50, repliedMs: 51, endMs: 52 }),
        { ...read, result: { value: 'x 2 y' } },
      ];
      const [moment, had] = tell({ ...lost, operations: all, calls, proof: [0, 1] });
      expect(moment).to.equal(
        `The servers part at 50 ms: pb1's transfer (call 1) reaches pb2 without c1's put of "x 0 y" and replaces what it had.`,
      );
      expect(had).to.equal(`pb2 was given c1's put of "x 0 y" at 13 ms by pb1's forward (call 2).`);
    });

    it('is when a server joins to which no call brings it', () => {
      const timeline = [told('pb2', 40, viewOf(2, 'pb1', 'pb2'))];
      const [moment] = tell({ ...lost, timeline, calls: [client('c1', 'pb1', 11, 0), read] });
      expect(moment).to.equal(
        `The servers part at 40 ms: pb2 becomes backup in view 2, and no call has brought it c1's put of "x 0 y", which pb1 had done at 13 ms.`,
      );
    });

    it('is when another server did it in a later view', () => {
      const timeline = [told('pb2', 1, viewOf(2, 'pb2', 'pb1')), told('pb1', 8, viewOf(3, 'pb1'))];
      const lines = tell({ ...lost, timeline, calls: [client('c1', 'pb1', 11, 0), read] });
      expect(lines).to.deep.equal([
        'The servers part at 13 ms: in view 3 (primary pb1, backup none), pb1 told c1 that its put was done; pb2 was still in view 2 (primary pb2, backup pb1) when it answered.',
        'No call of pb2 to another server was seen before it answered the get.',
        `pb2 answered the read at 103 ms; no call has ever brought it c1's put of "x 0 y".`,
      ]);
    });

    it('is the start of a server that had it', () => {
      const timeline: TimelineEvent[] = [
        { kind: 'started', atMs: 0, process: 'pb1' },
        { kind: 'started', atMs: 60, process: 'pb1' },
      ];
      const calls = [client('c1', 'pb1', 11, 0), client('c2', 'pb1', 101, 1)];
      const [moment] = tell({ ...lost, timeline, calls });
      expect(moment).to.equal(
        "The data went at 60 ms: pb1, which had c1's put since 13 ms, was started again. No call has brought it the put since.",
      );
    });

    it('is inside of the server that had it all the time', () => {
      const calls = [client('c1', 'pb1', 11, 0), client('c2', 'pb1', 101, 1)];
      const [had] = tell({ ...lost, calls });
      expect(had).to.equal(
        `pb1 was given c1's put of "x 0 y" at 12 ms by c1's kv (call 1). No call has replaced its data since, so look at what it did with the put.`,
      );
    });

    describe('is not known', () => {
      const done = client('c1', 'pb1', 11, 0);

      it('from a protocol that cannot be read', () => {
        const opaque = call('pb1', 'pb2', 12);
        expect(tell({ ...lost, calls: [done, opaque, read] })).to.deep.equal([]);
      });

      it('if values have another form between servers', () => {
        const packed = call('pb1', 'pb2', 12, { method: 'f', holds: [], args: { v: 'eA==' } });
        expect(tell({ ...lost, calls: [done, packed, read] })).to.deep.equal([]);
      });

      it('if calls are missing', () => {
        const numbered = [done, { ...forward('pb1', 'pb2', 12, 7), number: 3 }, read];
        const finding = failFinding({
          by: 'test',
          rule: 'kv-latest',
          symptom: 'stale-read',
          says: 'It is wrong.',
          evidence: { operations, events: [] },
        });
        const recorded = { operations, calls: numbered, timeline: [] };
        expect(tellParting(finding, recorded)).to.deep.equal([]);
      });

      it('if no call is known to have answered the read', () => {
        expect(tell({ ...lost, calls: [done] })).to.deep.equal([]);
      });
    });
  });

  describe('if a read shows a write twice', () => {
    const operations = history(append('c1', 'x 0 y', 10, 30), get('c2', 'x 0 yx 0 y', 50, 60));
    const doubled = { symptom: 'duplicate-append' as const, operations };
    const read = client('c2', 'pb2', 51, 1);

    it('are the calls that brought it, with the answer that was lost', () => {
      const calls = [
        client('c1', 'pb1', 11, 0),
        forward('pb1', 'pb2', 12, 0, { ending: 'end of stream before the reply' }),
        forward('pb1', 'pb2', 20, 0),
        read,
      ];
      expect(tell({ ...doubled, calls })).to.deep.equal([
        `pb2 was given c1's append of "x 0 y" again at 21 ms, and has done it more than once:`,
        "  13 ms: as a forward, by pb1's forward (call 1); the answer did not reach pb1",
        "  21 ms: as a forward, by pb1's forward (call 2)",
        'pb2 answered the read at 53 ms.',
      ]);
    });

    it('are those of the server that handed its state over', () => {
      const all = history(
        append('c1', 'x 0 y', 10, 30),
        get('c2', 'x 0 yx 0 yx 2 y', 50, 60),
        append('c3', 'x 2 y', 31, 32),
      );
      const calls = [
        client('c1', 'pb1', 11, 0, { ending: 'end of stream before the reply' }),
        client('c1', 'pb1', 20, 0),
        transfer('pb1', 'pb2', 40, [0, 2]),
        read,
      ];
      const [first] = tell({ ...doubled, operations: all, calls, proof: [1] });
      expect(first).to.equal(
        `pb1 was given c1's append of "x 0 y" again at 21 ms, and has done it more than once:`,
      );
    });
  });

  it('are the two answers to a puthash whose first answer was lost', () => {
    const operations = history(puthash('c1', 'x 0 y', '2', 10, 40));
    const calls = [
      client('c1', 'pb1', 11, 0, {
        ending: 'end of stream before the reply',
        result: { value: '1' },
      }),
      client('c1', 'pb2', 30, 0, { result: { value: '2' } }),
    ];
    expect(tell({ symptom: 'duplicate-puthash', operations, calls })).to.deep.equal([
      `The answers part at 32 ms: pb1 had answered c1's puthash of "x 0 y" with {value: "1"} at 13 ms, which did not reach c1. pb2 answers the retry (kv (call 1)) with {value: "2"}.`,
    ]);
  });

  it('are the two orders in which servers were given two writes', () => {
    const operations = history(
      append('c1', 'x 0 y', 10, 30),
      append('c2', 'x 1 y', 10, 30),
      get('c3', 'x 0 yx 1 y', 40, 45),
      get('c3', 'x 1 yx 0 y', 50, 55),
    );
    const calls = [
      client('c1', 'pb1', 11, 0),
      client('c2', 'pb1', 14, 1),
      forward('pb1', 'pb2', 15, 1, { ending: 'end of stream before the reply' }),
      forward('pb1', 'pb2', 18, 0),
      client('c3', 'pb1', 41, 2),
      client('c3', 'pb2', 51, 3),
    ];
    expect(tell({ symptom: 'reads-disagree', operations, calls })).to.deep.equal([
      `The servers part at 19 ms, when pb2 is given the second of two writes: pb1 has c1's append of "x 0 y" where pb2 has c2's append of "x 1 y".`,
      `pb1 was given c1's append of "x 0 y" at 12 ms (c1's kv (call 1), answered at 13 ms), then c2's append of "x 1 y" at 15 ms (c2's kv (call 1), answered at 16 ms).`,
      `pb2 was given c2's append of "x 1 y" at 16 ms (pb1's forward (call 1), its answer did not reach pb1), then c1's append of "x 0 y" at 19 ms (pb1's forward (call 2), answered at 20 ms).`,
    ]);
  });

  it('is where a server answers what it had to refuse, with its view and the servers that it asked', () => {
    const operations = history(get('c1', 'x', 50, 60));
    const timeline = [told('pb1', 1, viewOf(2, 'pb1', 'pb2')), told('pb2', 30, viewOf(3, 'pb2'))];
    const asked = call('pb1', 'pb2', 52, { method: 'forward', error: 'deposed' });
    const calls = [client('c1', 'pb1', 51, 0, { repliedMs: 57, endMs: 58 }), asked];
    expect(tell({ symptom: 'answered-without-right', operations, calls, timeline })).to.deep.equal([
      "pb1 answered c1's get of k at 57 ms, still in view 2 (primary pb1, backup pb2); view 3 (primary pb2, backup none) was known since 30 ms.",
      'Before it answered, pb1 made forward (call 1) to pb2, which refused: "deposed".',
    ]);
  });

  it('is not told as a call that was not made where a dial met a link that was cut', () => {
    const operations = history(get('c1', 'x', 50, 60));
    const calls = [client('c1', 'pb1', 51, 0, { repliedMs: 57, endMs: 58 })];
    const cut = (to: string, atMs: number, untilMs?: number): TimelineEvent => ({
      kind: 'fault',
      fault: 'cut',
      from: 'pb1',
      callerSaw: 'refused',
      delivered: false,
      to,
      atMs,
      ...(untilMs !== undefined && { untilMs }),
    });
    const asked = (...timeline: TimelineEvent[]) =>
      tell({ symptom: 'answered-without-right', operations, calls, timeline }).at(-1);
    const seen = 'No call of pb1 to another server was seen before it answered the get.';
    expect(asked(cut('pb2', 30))).to.equal(
      'No call of pb1 reached another server before it answered the get; its link to pb2 was cut.',
    );
    expect(asked(cut('pb2', 10, 55), cut('pb3', 10, 55))).to.contain(
      'its links to pb2 and pb3 were cut.',
    );
    expect(asked(cut('pb2', 10, 20), cut('vs', 10), cut('pb2', 70))).to.equal(seen);
    expect(asked()).to.equal(seen);
  });

  it('is not told of other failures', () => {
    const operations = history(get('c1', 'x', 50, 60));
    const calls = [client('c1', 'pb1', 51, 0)];
    expect(tell({ symptom: 'wrong-view', operations, calls })).to.deep.equal([]);
  });
});
