/** How many connections a network bears. */

import { expect } from 'chai';
import type { Crowd } from '../../../harness/network/network.js';
import { eventually } from '../../support/eventually.js';
import { jsonLines } from '../../../harness/network/framing/json-lines.js';
import { useWires } from './wires.js';

describe('a network with many connections', () => {
  const crowds: Crowd[] = [];
  const wires = useWires(jsonLines, {
    mostConnections: 5,
    onCrowded: (crowd) => crowds.push(crowd),
  });

  beforeEach(() => {
    crowds.length = 0;
    wires().link('pb1', 'vs');
    wires().link('c1', 'pb1');
  });

  it('says once which link has most of them when there are too many', async () => {
    await wires().dial('c1', 'pb1');
    for (let n = 0; n < 7; n++) await wires().dial('pb1', 'vs');
    await eventually('a complaint', () => crowds.length > 0);
    expect(crowds).to.deep.equal([{ from: 'pb1', to: 'vs', open: 5, all: 6 }]);
  });

  it('says nothing of calls that are over', async () => {
    for (let n = 0; n < 20; n++) await wires().call('c1', 'pb1');
    expect(crowds).to.deep.equal([]);
  });
});
