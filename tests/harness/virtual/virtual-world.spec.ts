/** Runs in the virtual world: what programs see of it, and that they come out the same. */

import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findScenario } from '../../../harness/scenarios/registry.js';
import { resolveSubmission, type Submission } from '../../../harness/submission/submission.js';
import { clockOf } from '../../../harness/virtual/runtimes.js';
import { runOnceAsTest, scenario, submission } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const HOUR_MS = 3_600_000;

describe('a run in the virtual world', () => {
  const session = useSession();
  const place = useTemporaryDirectory();
  let reference: Submission;

  before(async () => {
    const resolved = await resolveSubmission('reference');
    if (resolved.kind !== 'ready') throw new Error('the reference needs no build');
    reference = resolved.submission;
  });

  const play = (id: string, seed: string, spec = reference) => {
    const found = findScenario(id);
    if (found === undefined) throw new Error(`there is no ${id}`);
    return runOnceAsTest({ submission: spec, scenario: found, seed, world: 'virtual' }, session());
  };

  /** Starts the view service of a submission, and lets a second pass. */
  const playStart = (spec: Submission) => {
    const starts = scenario(async ({ cluster, clock }) => {
      await cluster.startView();
      await clock.sleep(1000);
    });
    return runOnceAsTest({ submission: spec, scenario: starts, world: 'virtual' }, session());
  };

  it('shows a program hours that pass in a moment, on each of its clocks and timers', async () => {
    const evidence = { root: place(), path: 'run', passing: true };
    const hours = scenario(
      async ({ cluster, clock }) => {
        await cluster.startView();
        await clock.sleep(7 * HOUR_MS);
      },
      { deadlineMs: 8 * HOUR_MS },
    );
    const record = await runOnceAsTest(
      { submission: submission('virtual'), scenario: hours, evidence, world: 'virtual' },
      session(),
    );
    expect(record).to.include({ verdict: 'pass', world: 'virtual' });
    const lines = readFileSync(join(place(), 'run/logs/vs.log'), 'utf8').trim().split('\n');
    const [date, chance, ...rest] = lines;
    expect(date).to.match(/^date: 2024-01-01T00:00:00/s);
    expect(chance).to.match(/^chance: 0\.\d+ [\da-f-]{36} \d+ [\da-f]{8}$/s);
    expect(rest).to.have.members([
      'idle for: 1 h',
      'waited: 1 h',
      'date: 1 h',
      'hrtime: 1 h',
      'bigint: 1 h',
      'ticks: 4 h',
      'refreshed: 5.25 h',
      'signal: TimeoutError',
      'rounds: 6.25 h',
    ]);
  });

  for (const id of ['frozen-primary', 'concurrent-mixed-unreliable']) {
    it(`is the same run again with the same seed, event by event (${id})`, async () => {
      const [first, second] = [await play(id, 'one seed'), await play(id, 'one seed')];
      expect(first.verdict, first.reason).to.equal('pass');
      expect(second.trace).to.equal(first.trace);
      expect(first.trace).to.match(/^[\da-f]{16}$/s);
    });
  }

  it('is another run with another seed', async () => {
    const [first, second] = [await play('equal-values', 'a'), await play('equal-values', 'b')];
    expect([first.verdict, second.verdict]).to.deep.equal(['pass', 'pass']);
    expect(second.trace).to.not.equal(first.trace);
  });

  it('proves nothing about a program that never waits, and says so', async () => {
    const spinning = submission('virtual', { view: 'node never-waits.mjs {self}' });
    const record = await playStart(spinning);
    expect(record).to.include({ verdict: 'unknown', cause: 'stood-still' });
    expect(record.reason).to.match(/^Time stood still: vs worked for 5 s of processor time/s);
  });

  for (const what of ['program', 'thread']) {
    it(`proves nothing about a program that leaves its work to another ${what}, and says so`, async () => {
      const delegating = submission('virtual', { view: `node delegates.mjs ${what} {self}` });
      const record = await playStart(delegating);
      expect(record).to.include({ verdict: 'unknown', cause: 'stood-still' });
      expect(record.reason).to.match(
        /^vs has started another program or a thread, .* Use --world /s,
      );
    });
  }

  it('is not for programs whose clock it does not know', () => {
    const clock = clockOf(submission('virtual', { server: 'python3 server.py' }));
    expect(clock).to.have.property('impossible').that.includes('python3');
  });
});
