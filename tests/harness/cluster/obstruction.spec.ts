/** What counts as being in the way of an operation or a view, and what does not. */

import { expect } from 'chai';
import { createObstructions } from '../../../harness/cluster/obstruction.js';
import type { View } from '../../../harness/history/timeline.js';
import type { OpenCall } from '../../../harness/network/network.js';

interface Scene {
  view?: View;
  calls?: OpenCall[];
  /** Links that nothing gets past, as `from>to`, by fault. */
  barriers?: Record<string, string>;
  frozen?: string[];
  dead?: string[];
}

function obstructions({ view, calls = [], barriers = {}, frozen = [], dead = [] }: Scene) {
  return createObstructions({
    network: {
      barrier(from, to) {
        const fault = barriers[`${from}>${to}`];
        return fault === undefined ? undefined : { fault, sinceMs: 100 };
      },
      openCalls: () => calls,
    },
    frozenSince: (name) => (frozen.includes(name) ? 200 : undefined),
    isAlive: (name) => !dead.includes(name),
    newestView: () => view,
  });
}

const PAIR: View = { viewnum: 2, primary: 'pb1', backup: 'pb2' };
const ALONE: View = { viewnum: 3, primary: 'pb2', backup: '' };

const held = (from: string, to: string, sinceMs = 300): OpenCall => ({
  from,
  to,
  held: { fault: 'delay-request', sinceMs },
});

describe('what the kit has put in the way', () => {
  const ofC1: [string, Scene, RegExp | undefined][] = [
    ['nothing', { view: PAIR, calls: [{ from: 'c1', to: 'pb1' }] }, undefined],
    ["the client's own held call", { calls: [held('c1', 'pb1')] }, /holds c1's call to pb1/],
    ["another client's held call", { view: PAIR, calls: [held('c2', 'pb1')] }, undefined],
    [
      'a question to the view service that is cut',
      { barriers: { 'c1>vs': 'cut' } },
      /blocks c1's calls to vs/,
    ],
    [
      'a cut from the primary',
      { view: PAIR, barriers: { 'c1>pb1': 'cut' } },
      /blocks c1's calls to pb1 \(cut\)/,
    ],
    ['a cut from the backup only', { view: PAIR, barriers: { 'c1>pb2': 'cut' } }, undefined],
    [
      'lost forwards',
      { view: PAIR, barriers: { 'pb1>pb2': 'drop-request' } },
      /blocks pb1's calls to pb2/,
    ],
    ['a held forward', { view: PAIR, calls: [held('pb1', 'pb2')] }, /holds pb1's call to pb2/],
    ['a cut of the deposed', { view: ALONE, barriers: { 'pb1>vs': 'cut' } }, undefined],
    [
      'a cut of the deposed that still has its call',
      { view: ALONE, calls: [{ from: 'c1', to: 'pb1' }], barriers: { 'pb1>vs': 'cut' } },
      /blocks pb1's calls to vs/,
    ],
    [
      'a held forward of the dead',
      { view: PAIR, calls: [held('pb1', 'pb2')], dead: ['pb1'] },
      undefined,
    ],
    [
      'lost forwards of the dead',
      { view: PAIR, barriers: { 'pb1>pb2': 'cut' }, dead: ['pb1'] },
      undefined,
    ],
    ['a frozen backup', { view: PAIR, frozen: ['pb2'] }, /frozen pb2/],
    ['a frozen idle server', { view: PAIR, frozen: ['pb3'] }, undefined],
    ['a frozen view service', { view: PAIR, frozen: ['vs'] }, /frozen vs/],
  ];
  for (const [what, scene, expected] of ofC1) {
    it(`of an operation: ${what} is ${expected === undefined ? 'not' : 'an obstruction'}`, () => {
      const found = obstructions(scene).ofClient('c1');
      if (expected === undefined) expect(found).to.equal(undefined);
      else expect(found?.says).to.match(expected);
    });
  }

  it('is told by the oldest of several', () => {
    const calls = [held('c1', 'pb1'), held('pb1', 'pb2', 40)];
    const found = obstructions({ view: PAIR, calls, frozen: ['pb2'] }).ofClient('c1');
    expect(found).to.include({ sinceMs: 40 });
  });

  it('of a change of view: a held transfer is, the cut that is to cause it is not', () => {
    expect(obstructions({ view: PAIR, calls: [held('pb1', 'pb2')] }).ofViews()?.says).to.match(
      /holds pb1/,
    );
    expect(obstructions({ view: PAIR, barriers: { 'pb1>vs': 'cut' } }).ofViews()).to.equal(
      undefined,
    );
    expect(obstructions({ frozen: ['vs'] }).ofViews()?.says).to.match(/frozen vs/);
  });

  it('of pings: whatever keeps that server from the view service', () => {
    const { ofViews } = obstructions({ view: PAIR, barriers: { 'pb1>vs': 'drop-request' } });
    expect(ofViews('pb1')?.says).to.match(/blocks pb1's calls to vs \(drop-request\)/);
    expect(ofViews('pb2')).to.equal(undefined);
  });
});
