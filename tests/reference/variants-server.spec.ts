/** What the variants of servers do otherwise, on the bare machine. */

import { expect } from 'chai';
import { REFERENCE } from '../../reference/command.js';
import { refuse } from '../../reference/machine.js';
import type { Server } from '../../reference/server.js';
import type { Variant } from '../../reference/variant.js';
import { backupPullsState } from '../../reference/variants/backup-pulls-state.js';
import { forwardsInBatches } from '../../reference/variants/forwards-in-batches.js';
import { oneConnectionKept } from '../../reference/variants/one-connection-kept.js';
import { retriesAnsweredFromFilter } from '../../reference/variants/retries-answered-from-filter.js';
import { serverAsksEveryTime } from '../../reference/variants/server-asks-every-time.js';
import { transferInPieces } from '../../reference/variants/transfer-in-pieces.js';
import { LOST, OK, ask, brief, viewOf } from './recorded-network.js';
import { Bench } from './server-bench.js';

const NOT_READY = refuse('not-ready');

function serverOf(variant: Variant): typeof Server {
  return variant.parts(REFERENCE).server ?? REFERENCE.server;
}

describe('a primary that transfers in pieces', () => {
  const Pieces = serverOf(transferInPieces);

  /** Primary of view 2 with keys k1 to kN, and its first piece under way. */
  function transferring(keys: number): Bench {
    const bench = Bench.alone(Pieces);
    for (let n = 1; n <= keys; n += 1) {
      const update = { op: 'put', key: `k${n}`, value: 'v'.repeat(20), client: 'c', sequence: n };
      ask(bench.server, 'kv.update', update);
    }
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    return bench;
  }

  const pieces = (bench: Bench) => bench.network.all('backup.piece');
  const numbers = (bench: Bench) =>
    pieces(bench).map(({ params }) => Reflect.get(params, 'number'));

  /** A backup of view 2 on which nothing was installed yet. */
  function backup(): Bench {
    const bench = new Bench('pb2', Pieces);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    return bench;
  }

  /** Lets each piece from one on arrive at the backup, and its answer at the primary. */
  function deliver(primary: Bench, to: Bench, from = 0): void {
    for (let sent = from; sent < pieces(primary).length; sent += 1) {
      const piece = pieces(primary)[sent] ?? expect.fail('it was sent');
      const [reply = NOT_READY] = ask(to.server, piece.method, piece.params);
      piece.answer(reply);
    }
  }

  it('acknowledges the view when the backup has the last piece, not before', () => {
    const bench = transferring(6);
    expect(pieces(bench)).to.have.length(1);
    while (Reflect.get(bench.network.last('backup.piece').params, 'isLast') === false) {
      expect(bench.pinged).to.equal(1);
      bench.network.last('backup.piece').answer(OK);
    }
    expect(pieces(bench)).to.have.length.above(2);
    bench.network.last('backup.piece').answer(OK);
    expect(bench.pinged).to.equal(2);
  });

  it('gives the backup all keys and the filter', () => {
    const [primary, heir] = [transferring(6), backup()];
    deliver(primary, heir);
    expect(heir.readAsHeir()).to.deep.equal(['{"value":""}']);
    for (const n of [1, 6]) {
      const value = JSON.stringify({ value: 'v'.repeat(20) });
      expect(brief(ask(heir.server, 'kv.get', { key: `k${n}` }))).to.deep.equal([value]);
    }
    heir.update('append', 'again', 6);
    expect(brief(heir.get())).to.deep.equal(['{"value":""}']);
  });

  it('sends 10,000 keys in pieces of about 64 KiB', () => {
    const [primary, heir] = [transferring(10_000), backup()];
    deliver(primary, heir);
    const sizes = pieces(primary).map(({ params }) => JSON.stringify(params).length);
    expect(sizes).to.have.length.within(5, 15);
    expect(Math.max(...sizes)).to.be.below(72 * 1024);
    expect(primary.pinged).to.equal(2);
  });

  it('begins with the first piece again when one is lost', () => {
    const bench = transferring(6);
    bench.network.last('backup.piece').answer(OK);
    bench.network.last('backup.piece').answer(LOST);
    bench.server.tick();
    expect(numbers(bench)).to.deep.equal([0, 1, 0]);
    expect(bench.pinged).to.equal(1);
  });

  it('begins with the first piece again when its backup has restarted meanwhile', () => {
    const primary = transferring(6);
    const restarted = backup();
    primary.network.last('backup.piece').answer(OK);
    deliver(primary, restarted, 1);
    primary.server.tick();
    expect(numbers(primary)).to.deep.equal([0, 1, 0]);
    deliver(primary, restarted, 2);
    expect(primary.pinged).to.equal(2);
  });

  it('installs nothing of a transfer that the view has left behind', () => {
    const [primary, heir] = [transferring(6), backup()];
    const first = primary.network.last('backup.piece');
    ask(heir.server, first.method, first.params);
    heir.hear(viewOf(4, 'pb1', 'pb2'));
    first.answer(OK);
    const second = primary.network.last('backup.piece');
    expect(brief(ask(heir.server, second.method, second.params))).to.deep.equal(['not-primary']);
    const moved = { ...second.params, view: 4 };
    expect(brief(ask(heir.server, second.method, moved))).to.deep.equal(['not-ready']);
  });
});

describe('a backup that pulls its state', () => {
  const Pulling = serverOf(backupPullsState);

  /** Primary of view 2 that waits for its backup; "a" was appended before. */
  function waiting(): Bench {
    const bench = Bench.alone(Pulling);
    bench.append('a', 1);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    return bench;
  }

  const askPrimary = (bench: Bench, method: string, view = 2, backup = 'pb2') =>
    brief(ask(bench.server, method, { view, backup }));

  it('makes its primary wait until it has said that it holds everything', () => {
    const bench = waiting();
    bench.server.tick();
    expect(bench.network.all('backup.transfer')).to.deep.equal([]);
    const state = '{"store":[["k","a"]],"filter":[["c",1,""]]}';
    expect(askPrimary(bench, 'primary.state')).to.deep.equal([state]);
    expect(bench.pinged).to.equal(1);
    expect(askPrimary(bench, 'primary.installed')).to.deep.equal(['{}']);
    expect(bench.pinged).to.equal(2);
  });

  it('asks for the state, installs it and says so, and repeats what is lost at the next tick', () => {
    const bench = new Bench('pb2', Pulling);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    bench.network.last('primary.state').answer(LOST);
    bench.server.tick();
    const state = { store: [['k', 'a']], filter: [['c', 1, '']] };
    bench.network.last('primary.state').answer({ kind: 'result', result: state });
    bench.network.last('primary.installed').answer(LOST);
    bench.server.tick();
    bench.network.last('primary.installed').answer(OK);
    bench.server.tick();
    const asked = bench.network.calls.filter(({ to }) => to === 'pb1').map(({ method }) => method);
    const [state1, installed] = ['primary.state', 'primary.installed'];
    expect(asked).to.deep.equal([state1, state1, installed, installed]);
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"a"}']);
  });

  it('gets nothing from a server that is not its primary, or is in another view', () => {
    const bench = waiting();
    expect(askPrimary(bench, 'primary.state', 1)).to.deep.equal(['not-primary']);
    expect(askPrimary(bench, 'primary.installed', 3)).to.deep.equal(['not-primary']);
    expect(askPrimary(bench, 'primary.state', 2, 'pb3')).to.deep.equal(['not-primary']);
    expect(bench.pinged).to.equal(1);
  });

  it('gets nothing once the view is accomplished: it has lost its memory, and must leave', () => {
    const bench = waiting();
    askPrimary(bench, 'primary.installed');
    expect(askPrimary(bench, 'primary.state')).to.deep.equal(['not-ready']);
  });

  it('does not install a state that comes after the view has changed', () => {
    const bench = new Bench('pb2', Pulling);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    const call = bench.network.last('primary.state');
    bench.hear(viewOf(3, 'pb1'));
    expect(call.abandoned).to.equal(true);
  });
});

describe('a primary that forwards in batches', () => {
  const Batching = serverOf(forwardsInBatches);

  /** Primary of view 2 with its backup, serving; "a" was appended alone. */
  const paired = () => {
    const bench = Bench.alone(Batching);
    bench.append('a', 1);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    bench.network.last('backup.transfer').answer(OK);
    bench.answerPing(viewOf(2, 'pb1', 'pb2'));
    return bench;
  };

  /** The values, or "get", in each batch that was sent. */
  const batches = (bench: Bench): string[][] =>
    bench.network.all('backup.batch').map(({ params }) => {
      const operations: { value?: string }[] = Reflect.get(params, 'operations');
      return operations.map(({ value }) => value ?? 'get');
    });

  it('sends together what came while a batch was under way, and answers when it is accepted', () => {
    const bench = paired();
    bench.append('b', 2);
    const replies = [bench.append('c', 1, 'd'), bench.get(), bench.append('e', 1, 'f')];
    bench.network.last('backup.batch').answer(OK);
    expect(batches(bench)).to.deep.equal([['b'], ['c', 'get', 'e']]);
    expect(replies.flat()).to.deep.equal([]);
    bench.network.last('backup.batch').answer(OK);
    expect(replies.flatMap(brief)).to.deep.equal(['{}', '{"value":"abc"}', '{}']);
  });

  it('leads the next batch with the updates of a lost one, in their order', () => {
    const bench = paired();
    bench.append('b', 2);
    bench.append('c', 1, 'd');
    bench.get();
    bench.append('e', 1, 'f');
    bench.network.last('backup.batch').answer(OK);
    bench.network.last('backup.batch').answer(LOST);
    bench.append('g', 1, 'h');
    expect(batches(bench).at(-1)).to.deep.equal(['c', 'e', 'g']);
    bench.network.last('backup.batch').answer(OK);
    const read = bench.get();
    bench.network.last('backup.batch').answer(OK);
    expect(brief(read)).to.deep.equal(['{"value":"abceg"}']);
  });

  it('answers none of a batch that is refused', () => {
    const bench = paired();
    bench.append('b', 2);
    const replies = [bench.append('c', 1, 'd'), bench.get()];
    bench.network.last('backup.batch').answer(OK);
    bench.network.last('backup.batch').answer(refuse('not-primary'));
    expect(replies.flatMap(brief)).to.deep.equal(['not-ready', 'not-ready']);
  });

  it('has its batches executed in order, and a repeated one once', () => {
    const bench = Bench.backup(Batching);
    const append = (value: string, client: string) => {
      return { op: 'append', key: 'k', value, client, sequence: 1 };
    };
    const operations = [append('b', 'd'), { op: 'get', key: 'k' }, append('c', 'e')];
    for (let times = 0; times < 2; times += 1) {
      const batch = { view: 2, primary: 'pb1', operations };
      expect(brief(ask(bench.server, 'backup.batch', batch))).to.deep.equal(['{}']);
    }
    expect(bench.readAsHeir()).to.deep.equal(['{"value":"abc"}']);
  });
});

describe('a primary that answers retries from its filter', () => {
  const Answering = serverOf(retriesAnsweredFromFilter);

  it('forwards an update once, and answers its retry at once', () => {
    const bench = Bench.paired(Answering);
    bench.append('b', 2);
    bench.forward.answer(OK);
    expect(brief(bench.append('b', 2))).to.deep.equal(['{}']);
    expect(bench.forwards()).to.deep.equal(['b']);
  });

  it('answers the retry of a puthash with what it answered before', () => {
    const bench = Bench.paired(Answering);
    bench.update('puthash', 'b', 2);
    bench.forward.answer(OK);
    expect(brief(bench.update('puthash', 'b', 2))).to.deep.equal(['{"value":"a"}']);
  });

  it('answers no retry of what is still under way, and none before its view is acknowledged', () => {
    const bench = Bench.paired(Answering);
    bench.append('b', 2);
    expect(bench.append('b', 2)).to.deep.equal([]);
    bench.forward.answer(OK);
    bench.hear(viewOf(3, 'pb1', 'pb3'));
    expect(brief(bench.append('b', 2))).to.deep.equal(['not-ready']);
    bench.hear(viewOf(4, 'pb2'));
    expect(brief(bench.append('b', 2))).to.deep.equal(['not-primary']);
  });
});

describe('a server that asks the view service every time', () => {
  const Asking = serverOf(serverAsksEveryTime);

  it('looks at a request when its ping is answered', () => {
    const bench = Bench.alone(Asking);
    const reply = bench.append('a', 1);
    expect(reply).to.deep.equal([]);
    bench.answerPing(viewOf(1, 'pb1'));
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('refuses a request when the answer says that it is deposed', () => {
    const bench = Bench.alone(Asking);
    const reply = bench.append('a', 1);
    bench.answerPing(viewOf(2, 'pb2'));
    expect(brief(reply)).to.deep.equal(['not-primary']);
  });

  it('takes a forward of a view of which it hears only now', () => {
    const bench = new Bench('pb2', Asking);
    bench.hear(viewOf(1, 'pb1'));
    const [transfer, forward] = [bench.transfer(2, 'pb1', 'a', 1), bench.receive(2, 'pb1', 'b', 2)];
    for (const ping of bench.network.all('view.ping').slice(1)) {
      ping.answer({ kind: 'result', result: { view: viewOf(2, 'pb1', 'pb2') } });
    }
    expect([...transfer, ...forward].flatMap((reply) => brief([reply]))).to.deep.equal([
      '{}',
      '{}',
    ]);
  });

  it('goes on with what it knows when the view service is out of reach', () => {
    const bench = Bench.alone(Asking);
    const reply = bench.append('a', 1);
    bench.network.last('view.ping').answer(LOST);
    expect(brief(reply)).to.deep.equal(['{}']);
  });

  it('asks nothing more while it knows no view, because that would read as a restart', () => {
    const bench = new Bench('pb1', Asking);
    bench.server.tick();
    expect(brief(bench.append('a', 1))).to.deep.equal(['not-primary']);
    expect(bench.network.all('view.ping')).to.have.length(1);
  });
});

describe('a server that keeps one connection', () => {
  it('pings one ping at a time', () => {
    const bench = new Bench('pb1', serverOf(oneConnectionKept));
    for (let ticks = 0; ticks < 3; ticks += 1) bench.server.tick();
    expect(bench.network.all('view.ping')).to.have.length(1);
    bench.answerPing(viewOf(1, 'pb1'));
    expect(bench.network.all('view.ping')).to.have.length(2);
  });
});
