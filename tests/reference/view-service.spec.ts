import { expect } from 'chai';
import { ViewService } from '../../reference/view-service.js';
import { ask, brief, viewOf } from './recorded-network.js';

const DEAD_PINGS = 5;

/** The view service with hands on it: pings and ticks, each told what view it led to. */
class Bench {
  readonly service = new ViewService(DEAD_PINGS);

  get view(): unknown {
    return JSON.parse(brief(ask(this.service, 'view.get', {}))[0] ?? '').view;
  }

  ping(server: string, viewnum: number): unknown {
    return JSON.parse(brief(ask(this.service, 'view.ping', { server, viewnum }))[0] ?? '').view;
  }

  /** Ticks, with pings of the servers that live before each of them. */
  tick(times: number, alive: Record<string, number> = {}): void {
    for (let i = 0; i < times; i += 1) {
      for (const [server, viewnum] of Object.entries(alive)) this.ping(server, viewnum);
      this.service.tick();
    }
  }

  /** pb1 primary and pb2 backup in view 2, acknowledged, both having heard of it. */
  static formed(): Bench {
    const bench = new Bench();
    bench.ping('pb1', 0);
    bench.ping('pb2', 0);
    bench.ping('pb1', 1);
    bench.ping('pb2', 1);
    bench.ping('pb1', 2);
    return bench;
  }
}

describe('view service', () => {
  it('knows view 0 without members before the first ping', () => {
    expect(new Bench().view).to.deep.equal(viewOf(0, ''));
  });

  it('makes the first server that pings primary, whatever number it pings with', () => {
    const bench = new Bench();
    expect(bench.ping('pb9', 7)).to.deep.equal(viewOf(1, 'pb9'));
  });

  it('takes an idle server as backup once the first view is acknowledged, not before', () => {
    const bench = new Bench();
    bench.ping('pb1', 0);
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(1, 'pb1'));
    expect(bench.ping('pb1', 1)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
  });

  it('takes the oldest idle server first', () => {
    const bench = Bench.formed();
    for (const server of ['pb4', 'pb3', 'pb4']) bench.ping(server, 0);
    bench.tick(DEAD_PINGS, { pb1: 2, pb3: 2, pb4: 2 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb1', 'pb4'));
  });

  it('promotes the backup after five missed pings of the primary, and not after four', () => {
    const bench = Bench.formed();
    bench.tick(DEAD_PINGS - 1, { pb2: 2 });
    expect(bench.view).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    bench.tick(1, { pb2: 2 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('promotes the backup and refills its place in one view change', () => {
    const bench = Bench.formed();
    bench.tick(DEAD_PINGS, { pb2: 2, pb3: 0 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb2', 'pb3'));
  });

  it('removes a dead backup', () => {
    const bench = Bench.formed();
    bench.tick(DEAD_PINGS, { pb1: 2 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb1'));
  });

  it('replaces a dead backup by an idle server in one view change', () => {
    const bench = Bench.formed();
    bench.tick(DEAD_PINGS, { pb1: 2, pb3: 2 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb1', 'pb3'));
  });

  it('takes a primary that pings 0 for dead at once, and as backup in the view after', () => {
    const bench = Bench.formed();
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(3, 'pb2'));
    expect(bench.ping('pb2', 3)).to.deep.equal(viewOf(4, 'pb2', 'pb1'));
  });

  it('takes a backup that pings 0 for dead at once', () => {
    expect(Bench.formed().ping('pb2', 0)).to.deep.equal(viewOf(3, 'pb1'));
  });

  it('does not take a backup for restarted that pings 0 because it has not heard of the view', () => {
    const bench = new Bench();
    bench.ping('pb1', 0);
    bench.ping('pb2', 0);
    bench.ping('pb1', 1);
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(bench.ping('pb1', 2)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
  });

  it('remembers a restart in an unacknowledged view until the view may be left', () => {
    const bench = new Bench();
    for (const [server, viewnum] of [
      ['pb1', 0],
      ['pb2', 0],
      ['pb1', 1],
    ] as const) {
      bench.ping(server, viewnum);
    }
    bench.ping('pb2', 1);
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(bench.ping('pb1', 2)).to.deep.equal(viewOf(3, 'pb1'));
  });

  it('never leaves a view that its primary has not acknowledged', () => {
    const bench = new Bench();
    bench.ping('pb1', 0);
    bench.ping('pb1', 1);
    bench.ping('pb2', 0);
    bench.tick(4 * DEAD_PINGS, { pb2: 2, pb3: 0 });
    expect(bench.view).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
  });

  it('does not count a ping with another number, or of another server, as acknowledgement', () => {
    const bench = new Bench();
    for (const [server, viewnum] of [
      ['pb1', 0],
      ['pb2', 0],
      ['pb2', 1],
      ['pb1', 2],
    ] as const) {
      expect(bench.ping(server, viewnum)).to.deep.equal(viewOf(1, 'pb1'));
    }
  });

  it('promotes nobody while the backup is dead too, and lets a silent primary go on', () => {
    const bench = Bench.formed();
    bench.tick(2 * DEAD_PINGS, { pb3: 2 });
    expect(bench.view).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(bench.ping('pb1', 2)).to.deep.equal(viewOf(3, 'pb1', 'pb3'));
  });

  it('lets a sole primary that was silent go on in its view', () => {
    const bench = new Bench();
    bench.ping('pb1', 0);
    bench.ping('pb1', 1);
    bench.tick(2 * DEAD_PINGS);
    expect(bench.ping('pb1', 1)).to.deep.equal(viewOf(1, 'pb1'));
  });

  it('gives a sole primary that restarted a new number, and nobody else its place', () => {
    const bench = new Bench();
    bench.ping('pb1', 0);
    bench.ping('pb1', 1);
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(2, 'pb1'));
    bench.tick(2 * DEAD_PINGS, { pb1: 0, pb2: 0 });
    expect(bench.view).to.deep.equal(viewOf(2, 'pb1'));
  });

  it('lets the first primary restart afresh while its view is unacknowledged', () => {
    const bench = new Bench();
    bench.ping('pb1', 0);
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(1, 'pb1'));
    expect(bench.ping('pb1', 1)).to.deep.equal(viewOf(1, 'pb1'));
  });

  it('believes a primary that acknowledges its view after an old ping with 0 came late', () => {
    const bench = new Bench();
    for (const [server, viewnum] of [
      ['pb1', 0],
      ['pb2', 0],
      ['pb1', 1],
      ['pb2', 0],
    ] as const) {
      bench.ping(server, viewnum);
    }
    bench.ping('pb1', 0);
    bench.ping('pb2', 0);
    expect(bench.ping('pb1', 2)).to.deep.equal(viewOf(3, 'pb1'));
  });

  it('refuses what it does not understand', () => {
    const { service } = new Bench();
    expect(brief(ask(service, 'view.ping', { server: '', viewnum: 0 }))).to.deep.equal([
      'bad-params',
    ]);
    expect(brief(ask(service, 'view.steal', {}))).to.deep.equal(['unknown-method']);
  });
});
