/**
 * Which cells of a plan belong to which shard, and which runs of its control arm. It follows from the plan alone, so
 * each machine comes to the same answer, and a shard can be resumed.
 *
 * A cell goes whole to one shard, because the decision to end a sequential test needs all of its runs.
 */

import { expectedDurations } from '../measured/run-duration.js';
import type { Plan, Shard } from './plan.js';

/** Which shard: `index` from 1 to `of`. */
export type ShardChoice = Pick<Shard, 'index' | 'of'>;

/** The part of a cell that decides where it goes. */
interface DealtCell {
  scenario: string;
  /** Runs at the most. */
  length: number;
}

/** The plan of one shard. It has the expected durations, since another machine may have another calibration. */
export function planOfShard(plan: Plan, { index, of }: ShardChoice): Plan {
  const durationOf = expectedDurations();
  const runMs = Object.fromEntries(plan.scenarios.map(({ id }) => [id, durationOf(id)]));
  return { ...plan, shard: { index, of, runMs } };
}

/** The plan that all shards have together. */
export function wholePlan({ shard: _shard, ...plan }: Plan): Plan {
  return plan;
}

/** `shard 3 of 8`. */
export function shardName({ index, of }: ShardChoice): string {
  return `shard ${index} of ${of}`;
}

/**
 * The shard of each of these cells, from 1: the longest cells first, each to the shard that has the least to do. Where
 * several have equally little, the first candidate moves on with each scenario. Otherwise a class of a multiple of
 * `of` would have all cells of a submission in one shard, and a slow submission would make one shard late.
 */
export function dealOut(cells: readonly DealtCell[], { of, runMs }: Shard): number[] {
  const costs = cells.map(({ scenario, length }) => length * (runMs[scenario] ?? 0));
  const longestFirst = costs
    .map((costMs, at) => ({ costMs, at, scenario: cells[at]?.scenario }))
    .toSorted((a, b) => b.costMs - a.costMs);
  const loads = Array.from({ length: of }, () => 0);
  const owners = cells.map(() => 1);
  let first = 0;
  let before = longestFirst[0]?.scenario;
  for (const { costMs, at, scenario } of longestFirst) {
    if (scenario !== before) [before, first] = [scenario, (first + 1) % of];
    const least = leastFrom(loads, first);
    loads[least] = (loads[least] ?? 0) + costMs;
    owners[at] = least + 1;
  }
  return owners;
}

/** The place of the least of these, and of equal ones the next from `first` on, in a circle. */
function leastFrom(loads: readonly number[], first: number): number {
  let least = first;
  for (let step = 1; step < loads.length; step += 1) {
    const place = (first + step) % loads.length;
    if ((loads[place] ?? 0) < (loads[least] ?? 0)) least = place;
  }
  return least;
}

/** The part of the control arm that is done in one shard. */
export interface ControlShare {
  /** The places of its runs among all control runs, ascending. */
  positions: number[];
  /** How many runs of submissions count as done before the first of this shard; less than `oneIn` - 1. */
  ahead: number;
}

/**
 * The control runs of a shard. `runs` are the numbers of runs of submissions in all shards. The runs of all shards are
 * counted through, so the shards have together as many control runs as the whole plan. The control runs go to the
 * shards in turn, so that shards that stop early have done the first ones. Each time that all scenarios have been
 * taken, the turn begins with the next shard: otherwise some shards would always have the same few scenarios.
 */
export function shareOfControl(
  runs: readonly number[],
  { index }: ShardChoice,
  { oneIn, scenarios }: { oneIn: number; scenarios: number },
): ControlShare {
  const every = oneIn - 1;
  let sum = 0;
  const quotas = runs.map((own) => {
    const before = Math.floor(sum / every);
    sum += own;
    return Math.floor(sum / every) - before;
  });
  const earlier = runs.slice(0, index - 1).reduce((all, own) => all + own, 0);
  const positions: number[] = [];
  let position = 0;
  for (let round = 0; round < Math.max(...quotas); round += 1) {
    for (let step = 0; step < runs.length; step += 1) {
      const shard = (step + Math.floor((round * runs.length) / scenarios)) % runs.length;
      if (round >= (quotas[shard] ?? 0)) continue;
      if (shard === index - 1) positions.push(position);
      position += 1;
    }
  }
  return { positions, ahead: earlier % every };
}
