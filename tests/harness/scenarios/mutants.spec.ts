/**
 * Mutants are caught by each scenario that names them, in the virtual world, where the same seed always ends the same
 * way: whether a mutant is caught here does not depend on this machine.
 */

import { expect } from 'chai';
import type { RunRecord } from '../../../harness/record/record.js';
import { COVERABLE } from '../../../harness/scenarios/generated/coverable.js';
import { findScenario, SCENARIOS } from '../../../harness/scenarios/registry.js';
import { describeMet } from '../../../harness/scenarios/stage/met.js';
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
  ['starts-over-when-cut-off', 'generated-links'],
  ['slow-to-bury', 'generated-views'],
];

/** Their mistake is that they end themselves. */
const CRASHING = new Set(['mutant:exits-on-lost-call']);

const isPlayed = ({ id, readsProcesses }: Scenario) => !isGenerated(id) && readsProcesses !== true;

describe('in the virtual world', function () {
  this.timeout(120_000);
  const session = useSession();

  const met = new Set<string>();
  const play = async (spec: string, scenario: Scenario, seed: string): Promise<RunRecord> => {
    const submission = await partOfTheKit(spec);
    const run = { submission, scenario, seed, world: 'virtual' as const };
    const record = await runOnceAsTest(run, session());
    for (const one of record.met ?? []) met.add(describeMet(one));
    return record;
  };

  /** A mutant is a mistake in the service, not bad manners towards the kit, and only few of them crash. */
  const catches = async (spec: string, scenario: Scenario): Promise<boolean> => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const { verdict, class: kind = '' } = await play(spec, scenario, `mutants-${seed}`);
      const isCrash = kind === 'crash' && !CRASHING.has(spec);
      if (verdict === 'fail' && !isCrash && !['protocol', 'build'].includes(kind)) return true;
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
    it(`the reference passes ${scenario.id}`, async () => {
      const { verdict, reason } = await play('reference', scenario, 'reference');
      expect(verdict, reason).to.equal('pass');
    });
  }

  it('generated scenarios have met only what their moves say that they can bring about', () => {
    const known = new Set(COVERABLE.map(describeMet));
    expect(met.size).to.be.above(0);
    expect([...met].filter((one) => !known.has(one))).to.deep.equal([]);
  });
});
