import { expect } from 'chai';
import * as fc from 'fast-check';
import { isSurelyRecord } from '../../../../grader/campaign/journal/quick-check.js';
import { RUN_RECORD } from '../../../../grader/campaign/journal/run-record-schema.js';
import type { RunRecord } from '../../../../harness/index.js';
import { failing, recordOf, someRun, unknown } from '../../support.js';

const evidence = { artifacts: 'evidence/alice/append/0' };

const ordinary: RunRecord[] = [
  recordOf(someRun(0)),
  recordOf(someRun(1), failing('lost-write', evidence)),
  recordOf(someRun(2), unknown('disturbed', 2)),
  recordOf(someRun(3), { faults: { 'drop-reply': 3 }, costs: { latencyP50Ms: 0.5 } }),
];

/** What somebody might write into a field. */
const values = fc.oneof(
  fc.constantFrom(null, '', 'x', 'fail', 'safety', 'disturbed', 0, -1, 0.5, NaN, Infinity, 2 ** 53),
  fc.constantFrom([], {}, { a: 1 }, { a: -1 }, { name: '' }, { name: 'a', digest: 'b' }),
);

describe('the quick look at a record', () => {
  it('knows the ordinary ones', () => {
    for (const record of ordinary) expect(isSurelyRecord(record), record.reason).to.be.true;
  });

  it('leaves what it does not know to the schema', () => {
    expect(isSurelyRecord({ ...ordinary[0], calls: [] })).to.be.false;
    expect(isSurelyRecord({ ...ordinary[0], later: 1 })).to.be.false;
    expect(isSurelyRecord('record')).to.be.false;
  });

  it('accepts nothing that the schema refuses', () => {
    const names = [...new Set(ordinary.flatMap((record) => Object.keys(record)))];
    fc.assert(
      fc.property(
        fc.constantFrom(...ordinary),
        fc.dictionary(fc.constantFrom(...names, 'class', 'cause', 'signature'), values),
        fc.subarray(names, { maxLength: 2 }),
        (record, changes, removed) => {
          const changed = Object.fromEntries(
            Object.entries({ ...record, ...changes }).filter(([name]) => !removed.includes(name)),
          );
          if (!isSurelyRecord(changed)) return;
          expect(RUN_RECORD.safeParse(changed).success, JSON.stringify(changed)).to.be.true;
        },
      ),
      { numRuns: 2000 },
    );
  });
});
