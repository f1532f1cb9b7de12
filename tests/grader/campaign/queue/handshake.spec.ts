import { expect } from 'chai';
import { whyNot } from '../../../../grader/campaign/queue/handshake.js';
import type { CampaignMessage } from '../../../../grader/campaign/queue/queue-messages.js';
import { kitVersion, planScenario } from '../../../../grader/plan/preparation.js';
import { noIsolation } from '../../../../harness/index.js';

const isolation = noIsolation();
const HOST = { name: 'here', isolation };

const CAMPAIGN: CampaignMessage = {
  id: 'c',
  kit: kitVersion(),
  scenarios: { 'single-primary': planScenario('single-primary').version ?? '' },
  isolation,
  leaseMs: 1000,
  unsafe: ['elsewhere'],
  beat: 1,
};

describe('an agent', () => {
  it('works for a campaign of the same kit, with the same scenarios, in the same isolation', () => {
    expect(whyNot(CAMPAIGN, HOST)).to.equal(undefined);
  });

  const refusals: [string, Partial<CampaignMessage>, RegExp][] = [
    [
      'another kit',
      { kit: '99.1.0' },
      /^this is pblab \S+, and the campaign is of pblab 99\.1\.0$/,
    ],
    [
      'another version of a scenario',
      { scenarios: { 'single-primary': '99' } },
      /^the scenario single-primary is version \d+ here, and version 99 in the campaign$/,
    ],
    [
      'a scenario that is not here',
      { scenarios: { 'single-king': '1' } },
      /^the scenario single-king is not here, and version 1 in the campaign$/,
    ],
    [
      'another isolation',
      { isolation: { level: 'full', seccomp: true, bubblewrap: '0.8.0' } },
      /^the isolation is NONE.* here, and full \(bubblewrap 0\.8\.0, seccomp\).* in the campaign$/,
    ],
    ['a failed control run here', { unsafe: ['here'] }, /^a control run has failed here$/],
  ];
  for (const [what, changes, why] of refusals) {
    it(`refuses ${what}, and says why`, () => {
      expect(whyNot({ ...CAMPAIGN, ...changes }, HOST)).to.match(why);
    });
  }
});
