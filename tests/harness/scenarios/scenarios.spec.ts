/**
 * In real time, the reference passes the scenarios that stand for stock tests and those that behave differently on a real
 * machine; scenarios that read what processes hold also catch the mutant that they catch most surely. All others are played
 * in the virtual world (mutants.spec.ts). All runs are made first, several at once, as a grading makes them; then each is a
 * test.
 */

import { expect } from 'chai';
import { execute } from '../../../grader/campaign/execute.js';
import type { PlannedRun } from '../../../grader/plan/plan.js';
import { cellsOfRuns } from '../../../grader/plan/run-cells.js';
import { deriveSeed } from '../../../harness/ground/seed.js';
import { SCENARIOS } from '../../../harness/scenarios/registry.js';
import type { RunRecord } from '../../../harness/record/record.js';
import { resolveSubmission } from '../../../harness/submission/submission.js';
import { useSharedDirectory } from '../../support/temporary.js';
import { caughtShare, SUREST_PAIRS } from './surest-pairs.js';

/**
 * Rounds, each with other seeds and only of what is still open, because not every mistake shows in every run. So many
 * that a mutant is missed by chance in fewer than one of 10,000 suites, even if each is caught half as often as measured.
 */
const ROUNDS = 40;

/** Taken for the share of runs that catch a mutant which no calibration has measured yet. */
const UNMEASURED_SHARE = 0.6;

/** So many runs of one case may say nothing because the machine was too busy; then it is left open. */
const DISTURBED_RUNS = 4;

/** All runs together may take so long, in ms; they end in a fraction of it on two cores. */
const PATIENCE_MS = 900_000;

/** What is left of it for cleaning up, in ms. */
const CLEAN_UP_MS = 60_000;

interface Case {
  spec: string;
  scenario: string;
}

/** They freeze processes, send more than a socket holds, or have many connections at once. */
const DIFFERENT_ON_A_MACHINE = [
  'frozen-primary',
  'frozen-backup',
  'repeated-freeze',
  'large-values',
  'transfer-large',
  'view-concurrent-pings',
  'view-many-clients',
  'chaos',
];

const ON_REFERENCE: readonly Case[] = SCENARIOS.filter(
  ({ id, stockTest, readsProcesses }) =>
    stockTest !== undefined || readsProcesses === true || DIFFERENT_ON_A_MACHINE.includes(id),
).map(({ id }) => ({ spec: 'reference', scenario: id }));

/** Each scenario that needs processes, with the first of the mutants that it catches most surely. */
const ON_MUTANTS = SCENARIOS.filter(({ readsProcesses }) => readsProcesses === true).flatMap(
  ({ id }) => SUREST_PAIRS.find(({ scenario }) => scenario === id) ?? [],
);

describe('a scenario', () => {
  const place = useSharedDirectory();
  const records = new Map<string, RunRecord>();

  before(async function () {
    this.timeout(PATIENCE_MS);
    const signal = AbortSignal.timeout(PATIENCE_MS - CLEAN_UP_MS);
    const disturbedRuns = new Map<string, number>();
    const disturbedOf = (one: Case) => disturbedRuns.get(keyOf(one)) ?? 0;
    let open = [...ON_REFERENCE, ...ON_MUTANTS];
    for (let round = 0; round < ROUNDS && open.length > 0 && !signal.aborted; round++) {
      await perform(open, { round, directory: place(), signal }, records);
      for (const one of open) {
        const isDisturbed = records.get(keyOf(one))?.cause === 'disturbed';
        disturbedRuns.set(keyOf(one), disturbedOf(one) + (isDisturbed ? 1 : 0));
      }
      open = open.filter((one) => isOpen(one, records.get(keyOf(one)), disturbedOf(one)));
    }
  });

  /** How it ended; of a machine that was too slow or too busy nothing is known, and the test is skipped. */
  const recordOf = (one: Case, test: Mocha.Context): RunRecord => {
    const record = records.get(keyOf(one));
    return record === undefined || record.cause === 'disturbed' ? test.skip() : record;
  };

  it('has each name that is said to behave differently on a real machine', () => {
    const names = SCENARIOS.map(({ id }) => id);
    expect(names).to.include.members(DIFFERENT_ON_A_MACHINE);
  });

  it('was played by most of them', () => {
    expect(records.size).to.be.above((ON_REFERENCE.length + ON_MUTANTS.length) / 2);
  });

  it('misses a mutant by chance hardly ever', () => {
    const shares = ON_MUTANTS.map((pair) => caughtShare(pair) ?? UNMEASURED_SHARE);
    const misses = shares.map((share) => (1 - share / 2) ** ROUNDS);
    expect(misses.reduce((sum, each) => sum + each, 0)).to.be.below(1e-4);
  });

  for (const one of ON_REFERENCE) {
    it(`${one.scenario} passes the reference`, function () {
      const { verdict, reason } = recordOf(one, this);
      expect(verdict, reason).to.equal('pass');
    });
  }

  for (const one of ON_MUTANTS) {
    it(`${one.scenario} catches ${one.spec}`, function () {
      const record = recordOf(one, this);
      expect(record.verdict, record.reason).to.equal('fail');
      // A mutant is a mistake in the service, not bad manners towards the kit.
      expect(record.class, record.reason).to.not.be.oneOf(['protocol', 'build']);
    });
  }
});

/** The reference has to pass its first run that says anything, and a mutant has to be caught in one of its runs. */
function isOpen({ spec }: Case, record: RunRecord | undefined, disturbedRuns: number): boolean {
  if (record?.cause === 'disturbed') return disturbedRuns < DISTURBED_RUNS;
  return record?.verdict === 'unknown' || (spec !== 'reference' && record?.verdict === 'pass');
}

function keyOf({ spec, scenario }: Case): string {
  return `${spec}/${scenario}/0`;
}

async function perform(
  cases: readonly Case[],
  { round, directory, signal }: { round: number; directory: string; signal: AbortSignal },
  records: Map<string, RunRecord>,
): Promise<void> {
  const specs = [...new Set(cases.map(({ spec }) => spec))];
  const submissions = new Map(
    await Promise.all(specs.map(async (spec) => [spec, await resolveSubmission(spec)] as const)),
  );
  const runs = cases.map((one): PlannedRun => {
    const { spec, scenario } = one;
    const seed = deriveSeed('scenarios', spec, scenario, round);
    const submission = { name: spec, spec, digest: '' };
    return { key: keyOf(one), submission, scenario, index: 0, seed };
  });
  await execute({
    cells: cellsOfRuns(runs),
    submissions,
    directory,
    signal,
    onRecord(record) {
      records.set(record.key, record);
      return Promise.resolve();
    },
  });
}
