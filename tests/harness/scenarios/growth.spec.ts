/** What counts as growth, and what many a correct submission does and must not be blamed for. */

import { expect } from 'chai';
import type { ResourceUse } from '../../../harness/cluster/cluster.js';
import {
  expectNone,
  growthWithOperations,
  heldAfterwards,
  type Track,
} from '../../../harness/scenarios/budgets/growth.js';
import { Unmet } from '../../../harness/scenarios/stage/endings.js';

const MIB = 1024 * 1024;

const AT = [200, 500, 800, 1100, 1400, 1700];

/** A process that held these, one after the other, and of everything else always the same. */
function track(values: Partial<Record<keyof ResourceUse, number[]>>, at = AT): Track {
  const reading = (index: number): ResourceUse => ({
    descriptors: values.descriptors?.[index] ?? 12,
    threads: values.threads?.[index] ?? 5,
    memoryBytes: values.memoryBytes?.[index] ?? 10 * MIB,
    cpuMs: values.cpuMs?.[index] ?? 100 * index,
  });
  return { process: 'pb1', at, readings: at.map((_, index) => reading(index)) };
}

const symptoms = (one: Track, underWay = false) =>
  growthWithOperations([one], underWay).map(({ symptom }) => symptom);

describe('growth with the number of operations', () => {
  const GROWN: [string, Track, string][] = [
    [
      'a descriptor for every operation',
      track({ descriptors: [212, 512, 812, 1112, 1412, 1712] }),
      'descriptors-leak',
    ],
    [
      'a descriptor for ten operations',
      track({ descriptors: [32, 62, 92, 122, 152, 182] }),
      'descriptors-leak',
    ],
    [
      'a thread for every client call, seen once less than before',
      track({ threads: [80, 150, 140, 220, 300, 380] }),
      'threads-leak',
    ],
    [
      '256 KiB for every operation',
      track({ memoryBytes: AT.map((operations) => operations * 256 * 1024) }),
      'memory-grows',
    ],
    [
      'a list that is searched for every operation, and for each of its entries',
      track({ cpuMs: [0, 300, 900, 2500, 6000, 12_000] }),
      'cpu-grows',
    ],
  ];

  for (const [what, one, symptom] of GROWN) {
    it(`is ${what}`, () => {
      expect(symptoms(one)).to.deep.equal([symptom]);
    });
  }

  const LAWFUL: [string, Track][] = [
    ['always the same', track({})],
    ['a pool of threads that fills up', track({ threads: [20, 120, 200, 205, 205, 205] })],
    [
      'a pool of connections that fills up late',
      track({ descriptors: [12, 12, 12, 130, 140, 140] }),
    ],
    ['connections that a collector closes', track({ descriptors: [12, 150, 40, 200, 60, 180] })],
    ['an entry for every request', track({ memoryBytes: AT.map((n) => 10 * MIB + n * 1000) })],
    [
      'a heap that doubles now and then',
      track({ memoryBytes: [64, 64, 128, 128, 400, 400].map((mib) => mib * MIB) }),
    ],
    [
      'a program that is compiled while it runs',
      track({ cpuMs: [0, 900, 1100, 1300, 1500, 1700] }),
    ],
    ['one slow stretch', track({ cpuMs: [0, 300, 600, 900, 1200, 5000] })],
    [
      'a search that takes a little longer each time',
      track({ cpuMs: [0, 100, 300, 700, 1300, 2200] }),
    ],
  ];

  for (const [what, one] of LAWFUL) {
    it(`is not ${what}`, () => {
      expect(symptoms(one)).to.deep.equal([]);
    });
  }

  it('ends a run that is under way only where it is beyond all measure', () => {
    const little = track({ descriptors: [12, 112, 212, 312] }, AT.slice(0, 4));
    const much = track({ descriptors: [212, 512, 812, 1112] }, AT.slice(0, 4));
    expect(symptoms(little, true)).to.deep.equal([]);
    expect(symptoms(little)).to.deep.equal(['descriptors-leak']);
    expect(symptoms(much, true)).to.deep.equal(['descriptors-leak']);
    expect(symptoms(track({ descriptors: [212, 912, 1512] }, AT.slice(0, 3)), true)).to.deep.equal(
      [],
    );
  });

  it('is told of the first process, with what was measured of all', () => {
    const clerk = track({ descriptors: [32, 132, 232, 332, 432, 532] });
    const server = track({ descriptors: [212, 512, 812, 1112, 1412, 1712] });
    const grown = growthWithOperations([
      { ...clerk, process: 'c1' },
      { ...server, process: 'pb1' },
    ]);
    expect(() => expectNone(grown, 'it must not.'))
      .to.throw(Unmet)
      .with.property('facts')
      .that.deep.equals({
        symptom: 'descriptors-leak',
        says: 'c1 holds 500 more descriptors after 1500 operations, and at most 100 more were expected: it must not.',
        beyondTiming: true,
        series: [
          {
            what: 'descriptors of c1',
            values: [32, 132, 232, 332, 432, 532],
            unit: 'operations',
            at: AT,
          },
          {
            what: 'descriptors of pb1',
            values: [212, 512, 812, 1112, 1412, 1712],
            unit: 'operations',
            at: AT,
          },
        ],
      });
    expect(() => expectNone([], 'it must not.')).to.not.throw();
  });
});

describe('what is held after broken connections', () => {
  const held = (values: Partial<Record<keyof ResourceUse, number[]>>) =>
    heldAfterwards([track(values, [0, 200])], 20).map(({ symptom }) => symptom);

  it('is a leak past what is allowed', () => {
    expect(held({ descriptors: [12, 52], threads: [5, 60] })).to.deep.equal([
      'descriptors-leak',
      'threads-leak',
    ]);
  });

  it('is none up to that, whatever memory there is', () => {
    expect(held({ descriptors: [12, 32], threads: [5, 25] })).to.deep.equal([]);
    expect(held({ descriptors: [40, 12], memoryBytes: [MIB, 900 * MIB] })).to.deep.equal([]);
  });
});
