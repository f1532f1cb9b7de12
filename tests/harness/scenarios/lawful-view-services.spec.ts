/** The latitude that the lab leaves to a view service must not be held against it by any scenario. */

import { join } from 'node:path';
import { expect } from 'chai';
import { SCENARIOS } from '../../../harness/scenarios/registry.js';
import { resolveSubmission, type Submission } from '../../../harness/submission/submission.js';
import { runTest } from '../../support/runs.js';
import { useSession } from '../../support/session.js';

const PROGRAM = join(import.meta.dirname, 'programs/lawful-view-service.js');

/** Runs at the same time: they wait most of the time. */
const AT_ONCE = 3;

describe('the scenarios of Part A', () => {
  const session = useSession();

  /** The reference with another view service. */
  const lawful = async (name: string): Promise<Submission> => {
    const resolved = await resolveSubmission('reference');
    if (resolved.kind !== 'ready') throw new Error('the reference needs no build');
    const { submission } = resolved;
    const run = { ...submission.manifest.run, view: `node ${PROGRAM} ${name} view {self}` };
    return { ...submission, manifest: { ...submission.manifest, run } };
  };

  for (const name of ['slow', 'hasty']) {
    it(`pass a view service that is ${name}, and right`, async () => {
      const submission = await lawful(name);
      const left = SCENARIOS.filter(({ part }) => part === 'A');
      const refused: string[] = [];
      const runSome = async () => {
        for (let scenario = left.pop(); scenario !== undefined; scenario = left.pop()) {
          const { verdict, cause, reason } = await runTest({ submission, scenario }, session());
          // A machine that was too busy each time has accused nobody.
          if (verdict === 'pass' || cause === 'disturbed') continue;
          refused.push(`${scenario.id}: ${verdict}, ${reason}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, runSome));
      expect(refused).to.deep.equal([]);
    }).timeout(600_000);
  }
});
