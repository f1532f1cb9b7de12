import { expect } from 'chai';
import * as fc from 'fast-check';
import { isSurelyRecord } from '../../../../grader/campaign/journal/quick-check.js';
import { RUN_RECORD, type RunRecord } from '../../../../harness/index.js';
import { failing, recordOf, someRun, unknown } from '../../support.js';

const kind = { from: 'pb1', to: 'pb2', method: 'PBServer.Forward' };

/** Between them they have every field. */
const ordinary: RunRecord[] = [
  recordOf(someRun(0)),
  recordOf(someRun(1), failing('lost-write', { artifacts: 'evidence/alice/append/0' })),
  recordOf(someRun(2), unknown('disturbed', 2)),
  recordOf(someRun(3), { faults: { 'drop-reply': 3 }, costs: { latencyP50Ms: 0.5 } }),
  recordOf(someRun(4), {
    standing: [{ ...kind, part: 'reply', delayMs: 100, share: 0.5 }],
    calls: [{ ...kind, calls: 3, held: 1 }],
    keptWhole: true,
  }),
  recordOf(someRun(5), {
    met: [{ target: 'backup', did: 'pause', moment: 'at any time' }],
    plan: {
      servers: 3,
      clients: 2,
      keys: ['k'],
      moves: [{ kind: 'pause', data: { server: 'pb1', ms: 20, again: true, keys: ['k'] } }],
    },
    races: [{ signature: 'kv.Get × kv.Put', count: 2 }],
  }),
];

/** What somebody might write into a field, at the top of a record or within it. */
const values = fc.oneof(
  fc.constantFrom(null, '', 'x', 'fail', 'safety', 'disturbed', 0, -1, 0.5, NaN, Infinity, 2 ** 53),
  fc.constantFrom([], {}, { a: 1 }, { a: -1 }, { name: '' }, { name: 'a', digest: 'b' }),
);

/** The record with another value, or none, wherever the draws say so. */
function spoilt(record: unknown, draw: () => { change: boolean; value: unknown }): unknown {
  const { change, value } = draw();
  if (change) return value;
  if (typeof record !== 'object' || record === null) return record;
  if (Array.isArray(record)) return record.map((item) => spoilt(item, draw));
  return Object.fromEntries(
    Object.entries({ ...record, ...(draw().change ? { later: 1 } : {}) }).flatMap(
      ([name, field]) => (draw().change ? [] : [[name, spoilt(field, draw)]]),
    ),
  );
}

describe('the quick look at a record', () => {
  it('knows all that the schema does', () => {
    const fields = new Set(ordinary.flatMap((record) => Object.keys(record)));
    expect([...fields]).to.include.members(['standing', 'calls', 'costs', 'met', 'plan', 'races']);
    for (const record of ordinary) expect(isSurelyRecord(record), record.reason).to.be.true;
  });

  it('keeps what a newer kit has added to a record, and leaves what it has added within to the schema', () => {
    const [first] = ordinary;
    expect(isSurelyRecord({ ...first, later: 1 })).to.be.true;
    expect(isSurelyRecord({ ...first, submission: { name: 'a', digest: 'b', later: 1 } })).to.be
      .false;
    expect(isSurelyRecord('record')).to.be.false;
  });

  it('accepts nothing that the schema refuses, or would change', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...ordinary), fc.gen(), (record, gen) => {
        const changed = spoilt(record, () => ({
          change: gen(fc.integer, { min: 0, max: 60 }) === 60,
          value: gen(() => values),
        }));
        if (!isSurelyRecord(changed)) return;
        accepted += 1;
        expect(RUN_RECORD.parse(changed), JSON.stringify(changed)).to.deep.equal(changed);
      }),
      { numRuns: 2000 },
    );
    expect(accepted).to.be.within(100, 1900);
  });

  it('accepts what the schema accepts, and leaves as it is', () => {
    for (const record of ordinary) {
      for (const name of Object.keys(record)) {
        const rest = Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
        for (const value of [undefined, null, '', 'x', 0, 0.5, -1, [], {}, { a: 1 }]) {
          const changed = value === undefined ? rest : { ...rest, [name]: value };
          expect(isSurelyRecord(changed), JSON.stringify(changed)).to.equal(
            RUN_RECORD.safeParse(changed).success,
          );
        }
      }
    }
  });
});
