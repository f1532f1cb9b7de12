/** What is told of the crashes and data races of real Go programs, which are wrong on purpose. */

import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../../harness/record/record.js';
import { startPrimary } from '../../../harness/scenarios/stage/setting.js';
import { assertCanDetectRaces } from '../../../harness/submission/go-lab/toolchain.js';
import type { Submission } from '../../../harness/submission/submission.js';
import { built, GO_PATIENCE_MS } from '../../support/go.js';
import { submissionPath } from '../../support/programs.js';
import { runTest, scenario } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { useSharedDirectory } from '../../support/temporary.js';

describe('a Go program that', function () {
  this.timeout(GO_PATIENCE_MS);
  const place = useSharedDirectory();
  const session = useSession();
  let wrong: Submission;

  before(async () => {
    wrong = await built(submissionPath('go-wrong'));
  });

  /** The primary, or the clerk, does what the key stands for; a crash has the time to be noticed. */
  const put = (submission: Submission, key: string): Promise<RunRecord> =>
    runTest(
      {
        submission,
        scenario: scenario(async ({ cluster, clock }) => {
          await startPrimary(cluster);
          await cluster.clerk('c1').put(key, '');
          if (key !== 'race') await clock.sleep(10_000);
        }),
      },
      session(),
    );

  const crashes: [string, string, RegExp][] = [
    [
      'panic',
      'kit-process / exited / panic in pbservice.(*PBServer).Write',
      /^pb1 .* exit code 2: panic: this is no key, in pbservice\.\(\*PBServer\)\.Write pbservice\.go:\d+$/,
    ],
    [
      'map',
      'kit-process / exited / concurrent map access in pbservice.writeMap.func1',
      /^pb1 .* exit code 2: fatal error: concurrent map .*, in pbservice\.writeMap\.func1 pbservice\.go:\d+$/,
    ],
    [
      'clerk-panic',
      'kit-clerk / exited / panic in pbservice.(*Clerk).Put',
      /^c1 .* exit code 2: panic: this is no key either, in pbservice\.\(\*Clerk\)\.Put pbservice\.go:\d+$/,
    ],
  ];
  for (const [key, signature, reason] of crashes) {
    it(`crashes by ${key} fails: with the cause and the function`, async () => {
      const record = await put(wrong, key);
      expect(record).to.include({ verdict: 'fail', class: 'crash', signature });
      expect(record.reason).to.match(reason);
      expect(record).not.to.have.property('races');
    });
  }

  it('has a data race passes, and the race is counted', async function () {
    if (!canDetectRaces()) return this.skip();
    const manifest = join(place(), 'race.yaml');
    writeFileSync(manifest, 'preset: go-lab\nrace: true\n');
    const racy = await built(`manifest:${manifest}:${submissionPath('go-wrong')}`);
    const record = await put(racy, 'race');
    expect(record).to.include({ verdict: 'pass' });
    expect(record.races?.map(({ signature }) => signature)).to.deep.equal([
      'pbservice.writeVariable.func1 / pbservice.writeVariable.func1',
    ]);
  });
});

/** The race detector needs a C compiler, which is not on every machine. */
function canDetectRaces(): boolean {
  try {
    assertCanDetectRaces();
    return true;
  } catch {
    return false;
  }
}
