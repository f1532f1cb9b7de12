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
import { referenceWith, refusals } from '../../support/lawful.js';
import { useSession } from '../../support/session.js';

const PROGRAM = join(import.meta.dirname, 'programs/lawful-service.js');

/** Where what the lab leaves open matters. */
const PLAYED = [...FORWARDING, ...TRANSFER, ...ROLES, ...PARTITIONS, ...CRASHES];

describe('the scenarios in which servers wait for each other', () => {
  const session = useSession();

  for (const name of ['blocking', 'unhurried']) {
    it(`pass a service that is ${name}, and right`, async () => {
      const submission = await referenceWith({
        server: `node ${PROGRAM} ${name} server {view} {self}`,
        clerk: `node ${PROGRAM} ${name} clerk {view}`,
      });
      expect(await refusals(submission, PLAYED, session(), 'virtual')).to.deep.equal([]);
    }).timeout(600_000);
  }
});
