/**
 * Every scenario but one passes every variant of the reference. Variants that settle different questions play as
 * one service, so that a few services are all of them.
 */

import { expect } from 'chai';
import { FAILOVER } from '../../../harness/scenarios/failover/registry.js';
import { SCENARIOS } from '../../../harness/scenarios/registry.js';
import { missingOperations, type Scenario } from '../../../harness/scenarios/stage/scenario.js';
import { TRANSFER } from '../../../harness/scenarios/transfer/registry.js';
import { VARIANTS } from '../../../reference/variants/registry.js';
import { refusals, variantsTogether } from '../../support/lawful.js';
import { useSession } from '../../support/session.js';

interface Service {
  variants: readonly string[];
  /** The scenarios that it plays, of those for which it offers the operations. */
  plays: (scenario: Scenario) => boolean;
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

/** Where it matters how a state comes to a backup. */
const OF_STATES = [...FAILOVER, ...TRANSFER];

/** Costly families, of which the first service is enough here. */
const OF_THE_FIRST = ['generated-', 'resources-'];

const SERVICES: readonly Service[] = [
  {
    variants: [
      'views-change-at-ticks',
      'transfer-in-pieces',
      'forwards-in-batches',
      'clerk-asks-after-two-failures',
    ],
    // Thousands of operations in real time take as long as all others together.
    plays: ({ id }) => id !== 'resources-of-operations',
  },
  {
    variants: [
      'views-change-at-pings',
      'retries-answered-from-filter',
      'one-connection-kept',
      'server-asks-every-time',
      'clerk-asks-every-time',
    ],
    plays: ({ id }) => !OF_THE_FIRST.some((word) => id.startsWith(word)),
  },
  {
    variants: ['backup-pulls-state'],
    plays: (scenario) =>
      OF_STATES.includes(scenario) && !NEED_A_SENDING_PRIMARY.includes(scenario.id),
  },
];

describe('the scenarios', () => {
  const session = useSession();

  it('meet every variant in one of the services', () => {
    const played = SERVICES.flatMap(({ variants }) => variants);
    expect(played).to.have.members(VARIANTS.map(({ name }) => name));
  });

  for (const { variants, plays } of SERVICES) {
    it(`pass the service that is ${variants.join(', ')}`, async () => {
      const submission = await variantsTogether(variants);
      const { operations } = submission.manifest;
      const isPlayed = (scenario: Scenario) =>
        missingOperations(scenario, operations).length === 0 && plays(scenario);
      expect(
        await refusals(submission, SCENARIOS.filter(isPlayed), session(), 'virtual'),
      ).to.deep.equal([]);
    }).timeout(600_000);
  }
});
