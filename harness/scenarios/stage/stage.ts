/** The tools of a scenario and the traces it leaves; it knows nothing else of the world. */

import type { Clock } from '../../ground/clock.js';
import type { Random } from '../../ground/seed.js';
import type { Cluster } from '../../cluster/cluster.js';
import type { History } from '../../history/operation.js';
import type { TimelineEvent } from '../../history/timeline.js';
import type { Met } from './met.js';
import type { PlanData } from './plan-data.js';

export interface Stage {
  cluster: Cluster;
  clock: Clock;
  random: Random;
  /** The plan that a generated scenario plays instead of the one that it draws. */
  plan?: PlanData;
  /** Notes what a generated scenario has brought about. */
  met(met: Met): void;
  /** Notes that a generated scenario begins the move with this number, from 0, of its plan. */
  began(move: number): void;
}

/** The records of a run, for the proof of exercise. */
export interface Facts {
  history: History;
  timeline: readonly TimelineEvent[];
  /** The situations that a generated scenario met. */
  met?: readonly Met[];
}
