/** The latitude that the lab leaves to a view service must not be held against it by any scenario. */

import { join } from 'node:path';
import { expect } from 'chai';
import { SCENARIOS } from '../../../harness/scenarios/registry.js';
import { referenceWith, refusals } from '../../support/lawful.js';
import { useSession } from '../../support/session.js';

const PROGRAM = join(import.meta.dirname, 'programs/lawful-view-service.js');

const PART_A = SCENARIOS.filter(({ part }) => part === 'A');

describe('the scenarios of Part A', () => {
  const session = useSession();

  for (const name of ['slow', 'hasty']) {
    it(`pass a view service that is ${name}, and right`, async () => {
      const submission = await referenceWith({ view: `node ${PROGRAM} ${name} view {self}` });
      expect(await refusals(submission, PART_A, session(), 'virtual')).to.deep.equal([]);
    }).timeout(600_000);
  }
});
