/** `pblab shrink`: the smallest plan with which a failing run of a generated scenario still fails in the same way. */

import {
  findScenario,
  invocation,
  shellWord,
  replayCommand,
  SCENARIOS,
  stageRandom,
  UsageError,
  type PlanData,
  type RunRecord,
  type World,
} from '../../../harness/index.js';
import { usualJobs } from '../../campaign/execute.js';
import { count } from '../../text/count.js';
import { EXIT, exitCode } from '../../ground/exit-code.js';
import { cleaned } from '../../text/sanitize.js';
import { inWorld } from '../../text/student-commands.js';
import { renderNotFailing, renderShrunk, type Shrunk } from '../../views/terminal/shrink-lines.js';
import { shrinkPlan } from '../../studies/shrink/smallest-plan.js';
import { isDisturbed, openTrials, type TrialReport } from '../../studies/shrink/trials.js';
import { EXIT_INTERRUPTED, interruptSignal, type CampaignChoice } from './campaign-options.js';
import { displayPath, outDirectory } from './directory.js';
import { isolate } from './isolate.js';
import { findOriginal, resolveOriginal, type Original } from './original.js';
import { printEvidence, screen } from './screen.js';

export interface ShrinkOptions extends CampaignChoice {
  /** How often a plan is run before it counts as one that does not fail. */
  times: number;
  /** Runs in all, at most. */
  budget: number;
  seconds: number;
  submission?: string;
  world?: World;
}

/** The run itself is repeated so many times more often than a smaller one before it counts as not failing. */
const PATIENCE = 5;

/**
 * Shrinks a run, given as its evidence folder or as SCENARIO@SEED, in its world unless another is asked for; resolves to the
 * exit code.
 */
export async function shrink(run: string, options: ShrinkOptions): Promise<number> {
  const original = findOriginal(run, options.submission);
  const plan = planOf(original);
  await isolate(options);
  const world = options.world ?? original.record?.world;
  const { resolved, submission } = await resolveOriginal(original, world);
  if (resolved.kind === 'build-failed') {
    throw new UsageError(`${original.spec} cannot be run: ${resolved.failure.reason}`, {
      hint: `${invocation()} test ${shellWord(original.spec)} shows what the build printed`,
    });
  }
  const { scenario, seed, record: { standing, signature } = {} } = original;
  const { budget, seconds } = options;
  // In the virtual world, a plan that has passed passes again.
  const isSame = world === 'virtual';
  const times = isSame ? 1 : options.times;
  const patience = isSame ? 1 : PATIENCE * times;
  const directory = outDirectory(options.out);
  const signal = interruptSignal();
  const trials = openTrials({
    submission,
    resolved,
    run: { scenario, seed, ...(standing && { standing }) },
    world,
    times,
    jobs: options.jobs ?? usualJobs(world),
    budget: { runs: budget, seconds },
    directory,
    signature,
    signal,
    onTrial: sayTrial,
  });
  try {
    process.stderr.write(`first repeating the run itself, up to ${count(patience, 'time')} ...\n`);
    await trials.repeat(plan, patience);
    const first = trials.failing();
    if (first === undefined) {
      reportNotFailing({ run, world }, original, trials.records);
      return signal.aborted ? EXIT_INTERRUPTED : exitCodeOf(trials.records);
    }
    const smallest = await shrinkPlan(plan, trials);
    const disturbed = trials.records.filter(isDisturbed).length;
    const runs = trials.records.length - disturbed;
    report(directory, {
      before: { plan, record: original.record ?? first },
      after: { plan: smallest, record: trials.failing() ?? first },
      runs,
      disturbed,
      ...(signal.aborted
        ? { endedBy: 'interruption' }
        : trials.isSpent() && { endedBy: runs >= budget ? 'runs' : 'seconds' }),
    });
    return signal.aborted ? EXIT_INTERRUPTED : EXIT.failed;
  } finally {
    trials.close();
  }
}

/** The plan of the run that is to be shrunk. */
function planOf({ scenario, seed, record }: Original): PlanData {
  const draw = findScenario(scenario)?.draw;
  if (draw === undefined) {
    const generated = SCENARIOS.filter((one) => one.draw !== undefined).map(({ id }) => id);
    throw new UsageError('only runs of generated scenarios can be shrunk', {
      got: scenario,
      expected: `one of ${generated.join(', ')}`,
    });
  }
  if (record !== undefined && record.verdict !== 'fail') {
    throw new UsageError('only a run that has failed can be shrunk', {
      got: `a run that is recorded as ${record.verdict}`,
    });
  }
  return record?.plan ?? draw(stageRandom(seed));
}

function sayTrial({ runs, failing, passed }: TrialReport): void {
  const so = `${count(runs, 'run')} so far`;
  const said = failing === undefined ? passed.map(sizeOf).join('; ') : sizeOf(failing);
  const result = failing === undefined ? 'does not fail' : 'fails';
  const line =
    said === '' ? 'the machine was too busy to judge the last ones' : `${said}: ${result}`;
  process.stderr.write(`${so}: ${line}\n`);
}

function sizeOf({ moves, clients, servers }: PlanData): string {
  return [count(moves.length, 'move'), count(clients, 'client'), count(servers, 'server')].join(
    ', ',
  );
}

function reportNotFailing(
  { run, world }: { run: string; world: World | undefined },
  original: Original,
  records: readonly RunRecord[],
): void {
  const { scenario, seed, spec, record } = original;
  const replay =
    record === undefined
      ? `${invocation()} replay ${scenario}@${seed} --submission ${shellWord(spec)}${inWorld(world)} -k 50`
      : replayCommand(displayPath(run), 50) + (world === record.world ? '' : inWorld(world));
  const facts = { scenario, seed, records, reason: record?.reason, replay };
  process.stdout.write(renderNotFailing(cleaned(facts), screen()));
}

function report(directory: string, shrunk: Shrunk): void {
  process.stdout.write(renderShrunk(cleaned(shrunk), screen()));
  const { artifacts } = shrunk.after.record;
  if (artifacts !== undefined) printEvidence(directory, artifacts);
}

/** The exit code of a replay with these runs. */
function exitCodeOf(records: readonly RunRecord[]): number {
  const numberOf = (verdict: string) => records.filter((one) => one.verdict === verdict).length;
  const runs = records.length;
  const planned = Math.max(1, runs);
  return exitCode([{ runs, planned, failed: numberOf('fail'), unknown: numberOf('unknown') }]);
}
