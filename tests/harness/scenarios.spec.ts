/** Every scenario passes the reference, and every mutant is caught by those that its entry names. */

import { expect } from 'chai';
import { deriveSeed } from '../../harness/seed.js';
import { SCENARIOS } from '../../harness/scenarios/registry.js';
import type { Scenario } from '../../harness/scenarios/stage/scenario.js';
import type { RunRecord } from '../../harness/run-record.js';
import { resolveSubmission } from '../../harness/submission/submission.js';
import { MUTANTS } from '../../reference/mutants/registry.js';
import { runTest } from '../support/runs.js';
import { useSession } from '../support/session.js';

/** Attempts, with other seeds, at a run whose fault happens not to bite. */
const ATTEMPTS = 3;

describe('a scenario', () => {
  const session = useSession();

  /** Runs until it is known what the run says. */
  const judge = async (spec: string, scenario: Scenario): Promise<RunRecord> => {
    const resolved = await resolveSubmission(spec);
    if (resolved.kind !== 'ready') throw new Error(`${spec} needs no build`);
    const { submission } = resolved;
    for (let attempt = 0; ; attempt++) {
      const seed = deriveSeed('scenarios', spec, scenario.id, attempt);
      const record = await runTest({ submission, scenario, seed }, session());
      if (record.verdict !== 'unknown' || attempt + 1 === ATTEMPTS) return record;
    }
  };
  const called = (id: string): Scenario => {
    const scenario = SCENARIOS.find((each) => each.id === id);
    return scenario ?? expect.fail(`no scenario is called ${id}`);
  };

  for (const scenario of SCENARIOS) {
    it(`${scenario.id} passes the reference`, async () => {
      const { verdict, reason } = await judge('reference', scenario);
      expect(verdict, reason).to.equal('pass');
    });
  }

  for (const { name, caughtBy } of MUTANTS) {
    for (const id of caughtBy) {
      it(`${id} catches the mutant ${name}`, async () => {
        const spec = name === 'loses-writes' ? 'mutant:loses-writes:rate=1' : `mutant:${name}`;
        const record = await judge(spec, called(id));
        expect(record.verdict, record.reason).to.equal('fail');
        // Caught by what clients saw, not because a process broke down.
        expect(record.class, record.reason).to.be.oneOf(['safety', 'liveness']);
      }).timeout(40_000);
    }
  }
});
