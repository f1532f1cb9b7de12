/**
 * What the lab leaves to a service must not be held against it: a primary that holds its lock during calls,
 * or keeps its clients waiting, is not accused because another server is frozen or out of reach.
 */

import { join } from 'node:path';
import { expect } from 'chai';
import { CRASHES } from '../../../harness/scenarios/crashes/registry.js';
import { FORWARDING } from '../../../harness/scenarios/forwarding/registry.js';
import { PARTITIONS } from '../../../harness/scenarios/partitions/registry.js';
import { ROLES } from '../../../harness/scenarios/roles/registry.js';
import { TRANSFER } from '../../../harness/scenarios/transfer/registry.js';
import { resolveSubmission, type Submission } from '../../../harness/submission/submission.js';
import { runTest } from '../../support/runs.js';
import { useSession } from '../../support/session.js';

const PROGRAM = join(import.meta.dirname, 'programs/lawful-service.js');

/** Runs at the same time: they wait most of the time. */
const AT_ONCE = 3;

/** Where what the lab leaves open matters; the ten thousand keys of one of them would take too long here. */
const PLAYED = [...FORWARDING, ...TRANSFER, ...ROLES, ...PARTITIONS, ...CRASHES].filter(
  ({ id }) => id !== 'transfer-large',
);

describe('the scenarios in which servers wait for each other', () => {
  const session = useSession();

  /** The reference with other servers and clerks. */
  const lawful = async (name: string): Promise<Submission> => {
    const resolved = await resolveSubmission('reference');
    if (resolved.kind !== 'ready') throw new Error('the reference needs no build');
    const { submission } = resolved;
    const server = `node ${PROGRAM} ${name} server {view} {self}`;
    const run = {
      ...submission.manifest.run,
      server,
      clerk: `node ${PROGRAM} ${name} clerk {view}`,
    };
    return { ...submission, manifest: { ...submission.manifest, run } };
  };

  for (const name of ['blocking', 'unhurried']) {
    it(`pass a service that is ${name}, and right`, async () => {
      const submission = await lawful(name);
      const left = [...PLAYED];
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
