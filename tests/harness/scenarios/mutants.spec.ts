/**
 * Every mutant is caught by every scenario that names it, in the virtual world, where the same seed always ends the same
 * way: whether a mutant is caught here does not depend on this machine.
 */

import { expect } from 'chai';
import type { RunRecord } from '../../../harness/record/record.js';
import { findScenario, SCENARIOS } from '../../../harness/scenarios/registry.js';
import type { Scenario } from '../../../harness/scenarios/stage/scenario.js';
import { MUTANTS } from '../../../reference/mutants/registry.js';
import { partOfTheKit } from '../../support/lawful.js';
import { runOnceAsTest } from '../../support/runs.js';
import { useSession } from '../../support/session.js';
import { isGenerated, specOf } from './surest-pairs.js';

/** Seeds that are tried until one of them catches the mutant. */
const SEEDS = 20;

/**
 * Generated scenarios catch a mutant in some runs only; how many, a calibration measures. Here each of them has to catch
 * one that it catches nearly always.
 */
const OF_GENERATED: readonly [string, string][] = [
  ['no-duplicate-filter', 'generated-retries'],
  ['no-state-transfer', 'generated-transfer'],
  ['ignores-empty-values', 'generated-workload'],
  ['no-state-transfer', 'generated-membership'],
  ['resigns-when-ping-fails', 'generated-links'],
  ['slow-to-bury', 'generated-views'],
];

const isPlayed = ({ id, readsProcesses }: Scenario) => !isGenerated(id) && readsProcesses !== true;

describe('in the virtual world', function () {
  this.timeout(120_000);
  const session = useSession();

  const play = async (spec: string, scenario: Scenario, seed: string): Promise<RunRecord> =>
    runOnceAsTest(
      { submission: await partOfTheKit(spec), scenario, seed, world: 'virtual' },
      session(),
    );

  /** A mutant is a mistake in the service, not bad manners towards the kit. */
  const catches = async (spec: string, scenario: Scenario): Promise<boolean> => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const { verdict, class: kind = '' } = await play(spec, scenario, `mutants-${seed}`);
      if (verdict === 'fail' && !['protocol', 'build'].includes(kind)) return true;
    }
    return false;
  };

  for (const { name, caughtBy } of MUTANTS) {
    const scenarios = caughtBy.flatMap((id) => findScenario(id) ?? []).filter(isPlayed);
    if (scenarios.length === 0) continue;
    it(`mutant:${name} is caught by ${scenarios.map(({ id }) => id).join(', ')}`, async () => {
      const missedBy: string[] = [];
      for (const scenario of scenarios) {
        if (!(await catches(specOf(name), scenario))) missedBy.push(scenario.id);
      }
      expect(missedBy).to.deep.equal([]);
    });
  }

  for (const [name, id] of OF_GENERATED) {
    it(`mutant:${name} is caught by ${id}`, async () => {
      const scenario = findScenario(id);
      expect(scenario !== undefined && (await catches(specOf(name), scenario))).to.equal(true);
    });
  }

  for (const scenario of SCENARIOS.filter(({ readsProcesses }) => readsProcesses !== true)) {
    it(`the reference passes ${scenario.id}, and the same run again`, async () => {
      const first = await play('reference', scenario, 'again');
      const second = await play('reference', scenario, 'again');
      expect([first.verdict, second.verdict], first.reason).to.deep.equal(['pass', 'pass']);
      expect(second.trace).to.equal(first.trace);
    });
  }
});
