import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { VIEW_SERVICE_MUTANTS } from '../../reference/mutants/view-service/registry.js';
import type { View } from '../../reference/protocol.js';
import type { ViewService } from '../../reference/view-service.js';
import { ask, brief, viewOf } from './recorded-network.js';

const DEAD_PINGS = 5;

/** A mutant of the view service with hands on it. */
class Bench {
  private readonly service: ViewService;

  constructor(name: string) {
    const mutant = VIEW_SERVICE_MUTANTS.find((each) => each.name === name);
    const { view: Mutated } = mutant?.parts({ rate: 1, random: () => 0 }) ?? {};
    if (Mutated === undefined) throw new Error(`no mutant of the view service is called ${name}`);
    this.service = new Mutated(DEAD_PINGS);
  }

  get view(): View {
    return JSON.parse(brief(ask(this.service, 'view.get', {}))[0] ?? '').view;
  }

  ping(server: string, viewnum: number): View {
    return JSON.parse(brief(this.begin(server, viewnum))[0] ?? '').view;
  }

  /** A ping that may not be answered at once; the replies gather in the array. */
  begin(server: string, viewnum: number): ReturnType<typeof ask> {
    return ask(this.service, 'view.ping', { server, viewnum });
  }

  /** Ticks, with pings of the servers that live before each of them. */
  tick(times: number, alive: Record<string, number> = {}): void {
    for (let i = 0; i < times; i += 1) {
      for (const [server, viewnum] of Object.entries(alive)) this.ping(server, viewnum);
      this.service.tick();
    }
  }

  /** pb1 primary of view 2, which it has not acknowledged, and pb2 backup, which has heard of it. */
  static unacknowledged(name: string): Bench {
    const bench = new Bench(name);
    bench.ping('pb1', 0);
    bench.ping('pb1', 1);
    bench.ping('pb2', 0);
    return bench;
  }

  /** The same, acknowledged. */
  static formed(name: string): Bench {
    const bench = Bench.unacknowledged(name);
    bench.ping('pb1', 2);
    return bench;
  }
}

describe('mutants of the view service', () => {
  it('starts-at-view-one reports a view with nobody in it', () => {
    expect(new Bench('starts-at-view-one').view).to.deep.equal(viewOf(1, ''));
  });

  it('hides-unacknowledged-views tells all who ask of the view before', () => {
    const bench = new Bench('hides-unacknowledged-views');
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(1, 'pb1'));
    expect(bench.view).to.deep.equal(viewOf(0, ''));
    bench.ping('pb1', 1);
    expect(bench.view).to.deep.equal(viewOf(1, 'pb1'));
  });

  it('first-ping-must-be-zero waits for a restart', () => {
    const bench = new Bench('first-ping-must-be-zero');
    expect(bench.ping('pb1', 7)).to.deep.equal(viewOf(0, ''));
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(1, 'pb1'));
  });

  it('reuses-a-number takes a backup without a new view', () => {
    expect(Bench.unacknowledged('reuses-a-number').view).to.deep.equal(viewOf(1, 'pb1', 'pb2'));
  });

  it('newest-becomes-backup sends a live backup away', () => {
    const bench = Bench.formed('newest-becomes-backup');
    expect(bench.ping('pb3', 0)).to.deep.equal(viewOf(3, 'pb1', 'pb3'));
  });

  it('short-silence-is-death gives a primary up after three ticks', () => {
    const bench = Bench.formed('short-silence-is-death');
    bench.tick(DEAD_PINGS - 2, { pb2: 2 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('old-number-is-restart deposes a primary for a copy of an old ping', () => {
    const bench = Bench.formed('old-number-is-restart');
    expect(bench.ping('pb1', 1)).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('answers-old-pings-with-old-views does that', () => {
    const bench = Bench.formed('answers-old-pings-with-old-views');
    expect(bench.ping('pb1', 1)).to.deep.equal(viewOf(1, 'pb1'));
    expect(bench.ping('pb1', 2)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
  });

  it('never-gives-up-a-primary keeps a dead primary', () => {
    const bench = Bench.formed('never-gives-up-a-primary');
    bench.tick(2 * DEAD_PINGS, { pb2: 2 });
    expect(bench.view).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
  });

  it('counts-a-takeover-twice leaves a number out', () => {
    const bench = Bench.formed('counts-a-takeover-twice');
    bench.tick(DEAD_PINGS, { pb2: 2 });
    expect(bench.view).to.deep.equal(viewOf(4, 'pb2'));
  });

  it('refills-in-a-second-view leaves the place of a promoted backup empty at first', () => {
    const bench = Bench.formed('refills-in-a-second-view');
    bench.tick(DEAD_PINGS, { pb2: 2, pb3: 0 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb2'));
    expect(bench.ping('pb2', 3)).to.deep.equal(viewOf(4, 'pb2', 'pb3'));
  });

  it('restores-old-primary makes a primary that was away primary again', () => {
    const bench = Bench.formed('restores-old-primary');
    bench.tick(DEAD_PINGS, { pb2: 2 });
    bench.ping('pb2', 3);
    expect(bench.ping('pb1', 2).primary).to.equal('pb1');
  });

  it('keeps-a-dead-backup until there is another', () => {
    const bench = Bench.formed('keeps-a-dead-backup');
    bench.tick(2 * DEAD_PINGS, { pb1: 2 });
    expect(bench.view).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(bench.ping('pb3', 0)).to.deep.equal(viewOf(3, 'pb1', 'pb3'));
  });

  it('only-zero-pings-are-idle passes over a server that has heard of views', () => {
    const bench = Bench.formed('only-zero-pings-are-idle');
    bench.tick(DEAD_PINGS, { pb1: 2, pb3: 2 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb1'));
    bench.ping('pb1', 3);
    expect(bench.ping('pb3', 0)).to.deep.equal(viewOf(4, 'pb1', 'pb3'));
  });

  it('takes-a-dead-spare makes a server backup that was silent for long', () => {
    const bench = Bench.formed('takes-a-dead-spare');
    bench.ping('pb3', 0);
    bench.tick(2 * DEAD_PINGS, { pb1: 2, pb2: 2 });
    bench.tick(DEAD_PINGS, { pb1: 2 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb1', 'pb3'));
  });

  it('no-second-life does not take a restarted server as backup', () => {
    const bench = Bench.formed('no-second-life');
    bench.tick(DEAD_PINGS, { pb2: 2 });
    bench.tick(2, { pb1: 0, pb2: 3 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('ignores-restarted-primary keeps a primary without its memory, but no such backup', () => {
    const bench = Bench.formed('ignores-restarted-primary');
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(3, 'pb1'));
  });

  it('ignores-restarted-backup keeps a backup without its memory, but no such primary', () => {
    const bench = Bench.formed('ignores-restarted-backup');
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('any-number-acknowledges leaves a view that its primary does not know', () => {
    const bench = Bench.unacknowledged('any-number-acknowledges');
    bench.tick(DEAD_PINGS, { pb1: 1 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb1'));
  });

  it('leaves-view-of-dead-primary does not wait for one that can no longer acknowledge', () => {
    const bench = Bench.unacknowledged('leaves-view-of-dead-primary');
    bench.tick(DEAD_PINGS, { pb2: 1 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('any-server-acknowledges takes the word of an idle server', () => {
    const bench = Bench.unacknowledged('any-server-acknowledges');
    bench.tick(DEAD_PINGS, { pb1: 1, pb3: 2 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb1', 'pb3'));
  });

  it('restart-breaks-the-wait leaves an unacknowledged view for a restart', () => {
    const bench = Bench.unacknowledged('restart-breaks-the-wait');
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(3, 'pb1'));
  });

  it('promotes-an-idle-server when both members are dead', () => {
    const bench = Bench.formed('promotes-an-idle-server');
    bench.tick(DEAD_PINGS, { pb3: 0 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb3'));
  });

  it('starts-afresh when a sole primary has restarted', () => {
    const bench = new Bench('starts-afresh');
    bench.ping('pb1', 0);
    bench.ping('pb1', 1);
    bench.ping('pb1', 0);
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(2, 'pb2'));
  });

  it('forgets-restart-before-acknowledgement keeps a backup that has lost its data', () => {
    const bench = Bench.unacknowledged('forgets-restart-before-acknowledgement');
    bench.ping('pb2', 0);
    expect(bench.ping('pb1', 2)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(3, 'pb1'));
  });

  it('promotes-a-restarted-backup when the primary is dead', () => {
    const bench = Bench.formed('promotes-a-restarted-backup');
    bench.tick(DEAD_PINGS);
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('no-backup-no-restart gives a primary without its data a backup', () => {
    const bench = new Bench('no-backup-no-restart');
    for (const viewnum of [0, 1, 0]) bench.ping('pb1', viewnum);
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
  });

  it('slow-to-bury keeps a dead primary for six times as long as it should', () => {
    const bench = Bench.formed('slow-to-bury');
    bench.tick(6 * DEAD_PINGS - 1, { pb2: 2 });
    expect(bench.view).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    bench.tick(1, { pb2: 2 });
    expect(bench.view).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('looks-at-last-pings does not see a restart between two ticks', () => {
    const bench = new Bench('looks-at-last-pings');
    bench.tick(1, { pb1: 0, pb2: 0 });
    for (const viewnum of [1, 0, 1]) bench.ping('pb1', viewnum);
    bench.tick(1);
    expect(bench.view).to.deep.equal(viewOf(1, 'pb1', 'pb2'));
    bench.tick(1, { pb1: 0 });
    expect(bench.view.primary).to.equal('pb2');
  });

  it('first-come-first-served takes a dead server although another lives', () => {
    const bench = Bench.formed('first-come-first-served');
    bench.ping('pb3', 0);
    bench.tick(DEAD_PINGS, { pb1: 2, pb2: 2, pb4: 0 });
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(3, 'pb1', 'pb3'));
  });

  it('takeover-needs-no-acknowledgement leaves the view of a takeover at once', () => {
    const bench = Bench.formed('takeover-needs-no-acknowledgement');
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(3, 'pb2'));
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(4, 'pb2', 'pb1'));
  });

  it('without-lock lets one ping undo what another has done', async () => {
    const bench = new Bench('without-lock');
    const [first, second] = [bench.begin('pb1', 0), bench.begin('pb2', 0)];
    while (second.length === 0) await sleep(1);
    expect(brief(first)).to.deep.equal([JSON.stringify({ view: viewOf(1, 'pb1') })]);
    expect(brief(second)).to.deep.equal([JSON.stringify({ view: viewOf(0, '') })]);
  });

  it('answers-one-by-one lets each wait for those before it', async () => {
    const bench = new Bench('answers-one-by-one');
    const [first, second] = [bench.begin('pb1', 0), bench.begin('pb2', 0)];
    while (first.length === 0) await sleep(1);
    expect(second).to.deep.equal([]);
    while (second.length === 0) await sleep(1);
  });

  it('waits-for-a-second-zero keeps a backup that has restarted and then pings with the number of the view', () => {
    const bench = Bench.formed('waits-for-a-second-zero');
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(bench.ping('pb2', 2)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    bench.ping('pb2', 0);
    expect(bench.ping('pb2', 0)).to.deep.equal(viewOf(3, 'pb1'));
  });

  it('quick-restart-unnoticed keeps a primary that was silent for less than three ticks', () => {
    const bench = Bench.formed('quick-restart-unnoticed');
    bench.tick(2, { pb2: 2 });
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    bench.tick(3, { pb2: 2 });
    expect(bench.ping('pb1', 0).primary).to.equal('pb2');
  });

  it('sole-restart-changes-nothing tells a restarted sole primary of view 1 again', () => {
    const bench = new Bench('sole-restart-changes-nothing');
    bench.ping('pb1', 0);
    bench.ping('pb1', 1);
    expect(bench.ping('pb1', 0)).to.deep.equal(viewOf(1, 'pb1'));
  });
});
