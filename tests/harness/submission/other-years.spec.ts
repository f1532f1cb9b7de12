/**
 * The labs of other years: the suite is played with a submission that offers what the clerks of 2013
 * and 2014 did, so that no scenario asks for an operation that it does not require.
 */

import { expect } from 'chai';
import { deriveSeed } from '../../../harness/ground/seed.js';
import type { OperationKind } from '../../../harness/history/operation.js';
import { findScenario } from '../../../harness/scenarios/registry.js';
import { missingOperations } from '../../../harness/scenarios/stage/scenario.js';
import { resolveSubmission, type Submission } from '../../../harness/submission/submission.js';
import { runTest } from '../../support/runs.js';
import { useSession } from '../../support/session.js';

/** Scenarios with an update that depends on what it changes, where the lab has one. */
const REPRESENTATIVE = [
  'single-primary',
  'empty-values',
  'primary-failure',
  'second-failover',
  'backup-dies-mid-forward',
  'forward-lost-then-failover',
];

/** Scenarios with an update that must not be done twice. */
const AT_MOST_ONCE = ['equal-values', 'retry-overlaps-original', 'concurrent-mixed-unreliable'];

const YEARS: Record<string, { operations: OperationKind[]; scenarios: string[] }> = {
  2013: { operations: ['get', 'put'], scenarios: REPRESENTATIVE },
  2014: {
    operations: ['get', 'put', 'puthash'],
    scenarios: [
      ...REPRESENTATIVE,
      ...AT_MOST_ONCE,
      'at-most-once-puthash',
      'forwarded-puthash-retried-after-failover',
    ],
  },
};

/** Attempts, with other seeds, at a run whose fault happens not to take effect. */
const ATTEMPTS = 3;

describe('the lab of another year', () => {
  const session = useSession();

  for (const [year, { operations, scenarios }] of Object.entries(YEARS)) {
    for (const id of scenarios) {
      it(`${year} can play ${id}`, async () => {
        const scenario = findScenario(id) ?? expect.fail(`no scenario is called ${id}`);
        expect(missingOperations(scenario, operations)).to.deep.equal([]);
        const submission = await referenceOffering(operations);
        for (let attempt = 0; ; attempt++) {
          const seed = deriveSeed('other-years', year, id, attempt);
          const record = await runTest({ submission, scenario, seed, world: 'virtual' }, session());
          if (record.verdict === 'unknown' && attempt + 1 < ATTEMPTS) continue;
          expect(record.verdict, record.reason).to.equal('pass');
          return;
        }
      });
    }
  }
});

/** The reference, as if its clerk offered these operations only. */
async function referenceOffering(operations: OperationKind[]): Promise<Submission> {
  const resolved = await resolveSubmission('reference');
  if (resolved.kind !== 'ready') throw new Error('the reference needs no build');
  const { submission } = resolved;
  return { ...submission, manifest: { ...submission.manifest, operations } };
}
