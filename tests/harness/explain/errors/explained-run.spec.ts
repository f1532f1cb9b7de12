/** The story of a failing run, with what its programs printed about their connections. */

import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropReply } from '../../../../harness/faults/drop-reply.js';
import { oneWay } from '../../../../harness/faults/fault.js';
import type { Scenario } from '../../../../harness/scenarios/stage/scenario.js';
import { settle, startPair, startPrimary } from '../../../../harness/scenarios/stage/setting.js';
import { referenceWith } from '../../../support/lawful.js';
import { runTest, scenario } from '../../../support/runs.js';
import { useSession } from '../../../support/session.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';

describe('the evidence of a run that fails', () => {
  const session = useSession();
  const place = useTemporaryDirectory();

  const file = (name: string) => readFileSync(join(place(), 'evidence', name), 'utf8');
  const run = async (what: Scenario) =>
    runTest(
      {
        submission: await referenceWith({}),
        scenario: what,
        evidence: { root: place(), path: 'evidence' },
      },
      session(),
    );

  it('tells of a printed error what had happened to the call and what was done next', async () => {
    const record = await run(
      scenario(async ({ cluster }) => {
        await startPrimary(cluster);
        cluster.install(dropReply('late'), { links: oneWay('c1', 'pb1'), kth: 1 });
        await cluster.clerk('c1').put('key', 'value');
        expect('the sky', 'the colour of').to.equal('green');
      }),
    );
    expect(record).to.include({ verdict: 'fail' });
    expect(file('story.txt')).to.match(
      new RegExp(
        [
          ' {2}c1: unexpected EOF once \\(1 in calls to pb1\\)\\n[^]*',
          " ms {2}c1's call kv\\.update to pb1 \\(call 1\\) ended with unexpected EOF:\\n",
          ' {10}the request was executed, the reply was lost\\n',
          ' {10}c1 tried again \\d+ ms later \\(answered\\)\\n',
        ].join(''),
      ),
    );
    const { errors, explanations } = JSON.parse(file('symptoms.json'));
    expect(errors[0]).to.include({ process: 'c1', phrase: 'unexpected EOF', peer: 'pb1', call: 1 });
    expect(errors[0].line).to.match(/^clerk: kv\.update to pb1 failed: end of stream /);
    expect(explanations[0].says).to.contain('; the request was executed, the reply was lost; ');
  });

  it('tells why somebody could not be reached', async () => {
    const record = await run(
      scenario(async ({ cluster }) => {
        const view = await startPair(cluster);
        const clerk = cluster.clerk('c1');
        // Once both know of each other, the next put comes before the view service has missed anybody.
        await settle(cluster, clerk, view);
        await cluster.kill(view.backup);
        await clerk.put('key', 'value');
        expect('the sky', 'the colour of').to.equal('green');
      }),
    );
    expect(record).to.include({ verdict: 'fail' });
    expect(file('story.txt')).to.match(
      / ms {2}pb[12] could not reach (pb[12]) \(no such socket\)(?: \(and \d+ more like it\))?:\n {10}\1 was killed at \d+ ms\n/,
    );
  });
});
