/** The view services that draw their conclusions at ticks, or at pings, on the bare machine. */

import { expect } from 'chai';
import type { View } from '../../reference/protocol.js';
import { REFERENCE } from '../../reference/command.js';
import type { Variant } from '../../reference/variant.js';
import { viewsChangeAtPings } from '../../reference/variants/views-change-at-pings.js';
import { viewsChangeAtTicks } from '../../reference/variants/views-change-at-ticks.js';
import { ask, brief, viewOf } from './recorded-network.js';

const DEAD_PINGS = 5;

/** A view service of one variant. */
function serviceOf(variant: Variant) {
  const { view: Service = REFERENCE.view } = variant.parts(REFERENCE);
  const service = new Service(DEAD_PINGS);
  const viewIn = (replies: ReturnType<typeof ask>): View =>
    JSON.parse(brief(replies)[0] ?? '').view;
  const begin = (server: string, viewnum: number) => ask(service, 'view.ping', { server, viewnum });
  return {
    begin,
    viewIn,
    view: () => viewIn(ask(service, 'view.get', {})),
    ping: (server: string, viewnum: number) => viewIn(begin(server, viewnum)),
    tick: (times = 1) => {
      for (let i = 0; i < times; i += 1) service.tick();
    },
  };
}

describe('a view service that changes views at its ticks', () => {
  /** pb1 primary and pb2 backup in view 2, acknowledged. */
  function formed() {
    const service = serviceOf(viewsChangeAtTicks);
    service.ping('pb1', 0);
    service.tick();
    for (const server of ['pb1', 'pb2']) service.ping(server, 1);
    service.tick();
    for (const server of ['pb1', 'pb2']) service.ping(server, 2);
    return service;
  }

  it('answers the first ping with view 0, and is in view 1 after the tick', () => {
    const service = serviceOf(viewsChangeAtTicks);
    expect(service.ping('pb1', 0)).to.deep.equal(viewOf(0, ''));
    service.tick();
    expect(service.view()).to.deep.equal(viewOf(1, 'pb1'));
  });

  it('promotes the backup at the tick at which the primary is dead', () => {
    const service = formed();
    for (let i = 1; i < DEAD_PINGS; i += 1) {
      service.tick();
      expect(service.ping('pb2', 2)).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    }
    service.tick();
    expect(service.view()).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('answers a member that has restarted after the tick that takes it out of the view', () => {
    const service = formed();
    const replies = service.begin('pb1', 0);
    expect(replies).to.deep.equal([]);
    service.tick();
    expect(service.viewIn(replies)).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('never shows view 1 to a sole primary that has restarted in it', () => {
    const service = serviceOf(viewsChangeAtTicks);
    service.ping('pb1', 0);
    service.tick();
    service.ping('pb1', 1);
    const replies = service.begin('pb1', 0);
    expect(replies).to.deep.equal([]);
    service.tick();
    expect(service.viewIn(replies)).to.deep.equal(viewOf(2, 'pb1'));
  });
});

describe('a view service that changes views at pings', () => {
  /** pb1 primary and pb2 backup in view 2, acknowledged. */
  function formed() {
    const service = serviceOf(viewsChangeAtPings);
    service.ping('pb1', 0);
    service.ping('pb2', 0);
    service.ping('pb1', 1);
    service.ping('pb2', 1);
    service.ping('pb1', 2);
    return service;
  }

  it('forms the first view at the first ping', () => {
    const service = serviceOf(viewsChangeAtPings);
    expect(service.ping('pb1', 0)).to.deep.equal(viewOf(1, 'pb1'));
  });

  it('notices a death at the next ping of any server, not at a tick', () => {
    const service = formed();
    service.tick(DEAD_PINGS - 1);
    service.ping('pb2', 2);
    service.tick();
    expect(service.view()).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(service.ping('pb3', 0)).to.deep.equal(viewOf(3, 'pb2'));
  });

  it('notices the death of a server also at the ping with which that server comes back', () => {
    const service = formed();
    service.tick(DEAD_PINGS - 1);
    service.ping('pb2', 2);
    service.tick();
    expect(service.ping('pb1', 2)).to.include({ viewnum: 3, primary: 'pb2' });
  });

  it('lets the member go on that pings first after all were silent', () => {
    const service = formed();
    service.tick(DEAD_PINGS);
    expect(service.view()).to.deep.equal(viewOf(2, 'pb1', 'pb2'));
    expect(service.ping('pb2', 2)).to.deep.equal(viewOf(3, 'pb2'));
  });
});
