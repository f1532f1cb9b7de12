/** Whether an agent may work for a campaign: runs of another kit, or in another isolation, must not be counted with its. */

import { describeIsolation, findScenario, type Isolation } from '../../../harness/index.js';
import { kitVersion } from '../../plan/preparation.js';
import type { CampaignMessage } from './queue-messages.js';

/** Why it may not, as a clause with what was got and what was expected; undefined if it may. */
export function whyNot(
  campaign: CampaignMessage,
  { name, isolation }: { name: string; isolation: Isolation },
): string | undefined {
  if (campaign.unsafe.includes(name)) return 'a control run has failed here';
  if (campaign.kit !== kitVersion()) {
    return `this is pblab ${kitVersion()}, and the campaign is of pblab ${campaign.kit}`;
  }
  for (const [id, expected] of Object.entries(campaign.scenarios)) {
    const scenario = findScenario(id);
    const version = String(scenario?.version ?? 1);
    if (scenario !== undefined && version === expected) continue;
    const got = scenario === undefined ? 'not here' : `version ${version} here`;
    return `the scenario ${id} is ${got}, and version ${expected} in the campaign`;
  }
  if (campaign.isolation.level !== isolation.level) {
    const [ours, theirs] = [isolation, campaign.isolation].map(describeIsolation);
    return `the isolation is ${ours} here, and ${theirs} in the campaign`;
  }
  return undefined;
}
