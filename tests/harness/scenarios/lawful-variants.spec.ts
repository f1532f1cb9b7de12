/**
 * Every scenario passes every variant of the reference. Variants that settle different questions play as
 * one service, so that two services are all of them.
 */

import { expect } from 'chai';
import { SCENARIOS } from '../../../harness/scenarios/registry.js';
import { missingOperations, type Scenario } from '../../../harness/scenarios/stage/scenario.js';
import { VARIANTS } from '../../../reference/variants/registry.js';
import { refusals, variantsTogether } from '../../support/lawful.js';
import { useSession } from '../../support/session.js';

interface Service {
  variants: readonly string[];
  /** Ids of scenarios that it does not play. */
  without: readonly string[];
}

/** They do something to the call in which the primary sends its state; a backup that fetches it gets none. */
const NEED_A_SENDING_PRIMARY = [
  'transfer-cut-off',
  'transfer-races-updates',
  'transfer-outlasts-pings',
  'transfer-arrives-late',
  'transfer-of-deposed-primary',
  'backup-dies-during-transfer',
];

const SERVICES: readonly Service[] = [
  {
    variants: [
      'views-change-at-ticks',
      'transfer-in-pieces',
      'forwards-in-batches',
      'server-asks-every-time',
      'clerk-asks-every-time',
    ],
    without: [],
  },
  {
    variants: [
      'views-change-at-pings',
      'backup-pulls-state',
      'retries-answered-from-filter',
      'one-connection-kept',
      'clerk-asks-after-two-failures',
    ],
    // Ten thousand keys take long, and a state in pieces is the one that they might be too much for.
    without: [...NEED_A_SENDING_PRIMARY, 'transfer-large'],
  },
];

describe('the scenarios', () => {
  const session = useSession();

  it('meet every variant in one of the services', () => {
    const played = SERVICES.flatMap(({ variants }) => variants);
    expect(played).to.have.members(VARIANTS.map(({ name }) => name));
  });

  for (const { variants, without } of SERVICES) {
    it(`pass the service that is ${variants.join(', ')}`, async () => {
      const submission = await variantsTogether(variants);
      const { operations } = submission.manifest;
      const isPlayed = (scenario: Scenario) =>
        missingOperations(scenario, operations).length === 0 && !without.includes(scenario.id);
      expect(await refusals(submission, SCENARIOS.filter(isPlayed), session())).to.deep.equal([]);
    }).timeout(600_000);
  }
});
