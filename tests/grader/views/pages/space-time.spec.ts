import { expect } from 'chai';
import type { Evidence, Operation, TracedCall } from '../../../../harness/index.js';
import { foldRetries } from '../../../../grader/views/pages/space-time/fold-retries.js';
import { layOut, LINE_PX, yOf } from '../../../../grader/views/pages/space-time/diagram-layout.js';
import type { Scene } from '../../../../grader/views/pages/space-time/scene.js';
import { setScene, type Remarks } from '../../../../grader/views/pages/space-time/set-scene.js';
import { call, smallRun, type SmallRun } from './lost-write.js';

const NO_REMARKS: Remarks = { contradicting: [], dials: [] };

function evidenceOf({ operations, timeline, calls }: SmallRun): Evidence {
  return {
    operations,
    events: timeline.filter(({ kind }) => kind === 'killed'),
    calls: calls.filter(({ to }) => to !== 'vs'),
  };
}

function sceneOf(run: SmallRun, remarks = NO_REMARKS): Scene {
  const scene = setScene(evidenceOf(run), run, remarks);
  if (scene === undefined) throw new Error('there is something to draw');
  return scene;
}

describe('a scene', () => {
  it('has a lane for each process of which something is drawn, clients first', () => {
    expect(sceneOf(smallRun()).lanes).to.deep.equal([
      { name: 'c1', kind: 'client' },
      { name: 'pb1', kind: 'server' },
      { name: 'pb2', kind: 'server' },
    ]);
  });

  it('shows what each server believed in, and what it is in that view', () => {
    const bands = sceneOf(smallRun()).bands.map(({ lane, viewnum, role }) => [lane, viewnum, role]);
    expect(bands).to.deep.equal([
      ['pb1', 2, 'primary'],
      ['pb2', 2, 'backup'],
      ['pb2', 3, 'primary'],
    ]);
  });

  it('shows when a process was frozen, and that one that was killed is gone to the end', () => {
    const { absences, toMs } = sceneOf(smallRun());
    expect(absences).to.deep.equal([
      { lane: 'pb1', fromMs: 300, toMs, kind: 'down' },
      { lane: 'pb2', fromMs: 210, toMs: 290, kind: 'frozen' },
    ]);
  });

  it('numbers the operations that contradict each other', () => {
    const { items } = sceneOf(smallRun(), { contradicting: [1, 0], dials: [] });
    const numbers = items.flatMap((item) => (item.kind === 'operation' ? [item.number] : []));
    expect(numbers).to.deep.equal([2, 1]);
  });

  it('draws a link that failed to be dialled, of those who are in it, once', () => {
    const dial = { process: 'pb1', peer: 'pb2', phrase: 'no such socket' };
    const dials = [
      { ...dial, atMs: 202 },
      { ...dial, atMs: 203 },
      { ...dial, process: 'c9', atMs: 204 },
      { ...dial, atMs: 5000 },
    ];
    const lost = sceneOf(smallRun(), { contradicting: [], dials }).items.filter(
      (item) => item.kind === 'event' && item.sign === 'lost',
    );
    expect(lost).to.have.lengthOf(1);
    expect(lost[0]).to.include({ lane: 'pb1', to: 'pb2', atMs: 202 });
  });

  it('counts the calls of other stories, and draws them on request only', () => {
    const run = smallRun();
    run.calls.push(call({ from: 'c1', to: 'pb1', number: 9, startMs: 240 }));
    run.calls.push(call({ from: 'c7', to: 'pb1', number: 1, startMs: 240 }));
    run.calls.push(call({ from: 'c1', to: 'pb1', number: 10, startMs: 9000 }));
    const { faint, folded } = setScene(evidenceOf(smallRun()), run, NO_REMARKS) ?? {};
    expect(faint?.map(({ layer, from }) => [layer, from])).to.deep.equal([['calls', 'c1']]);
    // The ping goes to a process that has no lane.
    expect(folded).to.deep.equal({ calls: 1, pings: 0, left: 2 });
  });

  it('makes every text harmless', () => {
    const bell = String.fromCodePoint(7);
    const run = smallRun({ key: `\u202Ek${bell}` });
    // What is escaped for people has two backslashes here.
    expect(JSON.stringify(sceneOf(run))).to.not.match(/(?<!\\)\\u0007|\u202E/);
  });

  it('is none where nothing is told', () => {
    expect(setScene({ operations: [], events: [] }, smallRun(), NO_REMARKS)).to.equal(undefined);
  });

  it('tells in words of nothing that is not drawn', () => {
    const { lines, items } = sceneOf(smallRun());
    const known = new Set(items.map(({ id }) => id));
    expect(lines).to.not.be.empty;
    expect(lines.filter(({ item }) => !known.has(item))).to.deep.equal([]);
  });
});

describe('the layout of a scene', () => {
  it('gives every label a line of its own, whenever things happen', () => {
    const run = smallRun();
    run.operations = run.operations.map((one) => ({ ...one, callMs: 200, returnMs: 200 }));
    const { labels, knots } = layOut(sceneOf(run));
    const places = labels
      .map(({ atMs, liftPx }) => yOf(knots, atMs) - liftPx)
      .toSorted((a, b) => a - b);
    const gaps = places.slice(1).map((y, index) => y - (places[index] ?? 0));
    expect(labels.length).to.be.above(8);
    expect(Math.min(...gaps)).to.be.at.least(LINE_PX - 0.001);
  });

  it('lets later things stand lower', () => {
    const { knots } = layOut(sceneOf(smallRun()));
    for (const [index, { ms, y }] of knots.entries()) {
      const next = knots[index + 1];
      if (next === undefined) continue;
      expect(next.ms).to.be.above(ms);
      expect(next.y).to.be.above(y);
      expect(yOf(knots, (ms + next.ms) / 2)).to.be.closeTo((y + next.y) / 2, 0.001);
    }
  });

  it('shortens a quiet stretch, and marks it', () => {
    const { breaks, heightPx } = layOut(sceneOf(smallRun()));
    expect(breaks).to.deep.equal([{ fromMs: 300, toMs: 1000 }]);
    expect(heightPx).to.be.below(400);
  });

  it('lets an operation that was never answered reach to when it was due', () => {
    const pending: Operation = {
      id: 0,
      client: 'c1',
      op: 'put',
      key: 'k',
      value: 'v',
      callMs: 200,
      outcome: 'indefinite',
      deadlineMs: 6000,
    };
    const scene = sceneOf({ ...smallRun(), operations: [pending] });
    expect(scene.toMs).to.be.above(6200);
    expect(layOut(scene).labels.map(({ text }) => text)).to.include('never answered');
  });
});

describe('calls that are made over and over', () => {
  const retries = (count: number, changes: Partial<TracedCall> = {}) =>
    Array.from({ length: count }, (_, index) =>
      call({ from: 'pb1', to: 'pb2', number: index + 1, startMs: 10 * index, ...changes }),
    );

  it('are one call that was repeated', () => {
    const folded = foldRetries(retries(12, { error: 'not-ready' }));
    expect(folded.map(({ again }) => again)).to.deep.equal([
      { times: 11, lastNumber: 12, untilMs: 112 },
    ]);
  });

  it('stay as they are if they are few or end otherwise', () => {
    const two = retries(2);
    expect(foldRetries(two)).to.deep.equal(two);
    const mixed = retries(4).map((one, index) =>
      index % 2 === 0 ? one : { ...one, ending: 'open' as const },
    );
    expect(foldRetries(mixed)).to.deep.equal(mixed);
  });
});
