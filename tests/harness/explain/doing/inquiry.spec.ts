/** What a failed run tells of programs that were stuck: real programs are asked what they were doing. */

import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPrimary } from '../../../../harness/scenarios/stage/setting.js';
import type { Submission } from '../../../../harness/submission/submission.js';
import { built, GO_PATIENCE_MS } from '../../../support/go.js';
import { submissionPath } from '../../../support/programs.js';
import { runTest, scenario, submission } from '../../../support/runs.js';
import { useSession } from '../../../support/session.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';

describe('programs that are stuck', function () {
  this.timeout(GO_PATIENCE_MS);
  const session = useSession();
  const place = useTemporaryDirectory();
  const file = (name: string) => readFileSync(join(place(), 'run', name), 'utf8');

  /** What a program prints when it is asked is neither its output nor a crash. */
  const expectUntouched = () => {
    expect(file('logs/pb1.log')).not.to.match(/goroutine|most recent call first/);
    expect(file('events.jsonl')).not.to.include('"exited"');
    expect(existsSync(join(place(), 'run', 'crash-pb1.txt'))).to.equal(false);
  };

  /** Each clerk does an operation first, since the start of its process takes its time. */
  const getStuck = scenario(async ({ cluster }) => {
    await startPrimary(cluster);
    const [writer, reader] = [cluster.clerk('c1'), cluster.clerk('c2')];
    await Promise.all([writer.get('k'), reader.get('k')]);
    await writer.put('stuck', '1', { mayHang: true, deadlineMs: 800 });
    await reader.get('k', { deadlineMs: 800 });
  });
  const play = (stuck: Submission) =>
    runTest(
      { submission: stuck, scenario: getStuck, evidence: { root: place(), path: 'run' } },
      session(),
    );

  it('in Go: the story names the call to itself, and who waits for the lock', async () => {
    const record = await play(await built(submissionPath('go-wrong')));
    expect(record).to.include({ verdict: 'fail', class: 'liveness' });
    const story = file('story.txt');
    expect(story).to.match(
      /c1 waits for pb1 \(PBServer\.Write, for [\d.]+ s\), and pb1 waits for itself \(PBServer\.Read\)\./,
    );
    expect(story).to.match(
      /2 × waits for a lock +pbservice\.\(\*PBServer\)\.Read pbservice\.go:\d+\n/,
    );
    expect(story).to.match(
      /If (?:pbservice\.\(\*PBServer\)\.Write|one of them) holds that lock during its call/,
    );
    expect(file('stacks/pb1.txt')).to.include('goroutine ');
    expectUntouched();
  });

  it('in Python: the story shows the lines at which the threads are', async () => {
    const stuck = submission('python', { server: 'python3 stuck.py {view} {self}' });
    const record = await play(stuck);
    expect(record).to.include({ verdict: 'fail', class: 'liveness' });
    const story = file('story.txt');
    expect(story).to.include('pb1 has an open connection to itself.');
    expect(story).to.match(/2 × is here +"with LOCK:" ← answer stuck\.py:\d+\n/);
    expectUntouched();
  });
});
