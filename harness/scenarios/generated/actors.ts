/** The objects that a move of a generated run acts on: the cluster, its clients, and the installed faults. */

import type { Clerk } from '../../cluster/cluster.js';
import type { Fault, InstalledFault, LinkSelector, Target } from '../../faults/fault.js';
import type { View } from '../../history/timeline.js';
import type { Stage } from '../stage/scenario.js';
import { settle, settleAnew } from '../stage/setting.js';
import { deathMs } from '../stage/silence.js';
import type { Met } from '../stage/met.js';
import type { Crew } from './crew.js';
import type { Model } from './model.js';

export interface Scene extends Stage {
  crew: Crew;
  /** The client that asks what the kit itself needs to know; it takes no part in the work. */
  witness: Clerk;
  /** The keys that everybody uses. */
  keys: readonly string[];
  /** A value that no client has written before. */
  freshValue(clerk: Clerk): string;
  /** This many clients without work of their own; the same clients each time. */
  crowd(count: number): readonly Clerk[];
  /** A client for one purpose, with a name of its own that begins with this word. */
  newClerk(word: string): Clerk;
  install(fault: Fault, target: Target | LinkSelector): InstalledFault;
  /** Removes every fault, and wakes up every process that was frozen. */
  healAll(): void;
  pause(process: string): void;
  resume(process: string): void;
  /** This has happened; it is counted as covered. */
  met(met: Met): void;
}

/**
 * Heals everything, and waits until the service is as it should be: a settled view of all who live, and every
 * operation done that was under way. Where nothing is owed any more, it only heals.
 */
export async function calmDown(scene: Scene, model: Model): Promise<void> {
  const { cluster, witness, crew } = scene;
  scene.healAll();
  if (!model.isOwed) return;
  if (model.mayBeLeaderless && (await staysLeaderless(scene))) {
    model.isOwed = false;
    return;
  }
  model.view = model.alive.size > 1 ? await settleAnew(cluster, witness) : await settleAlone(scene);
  await crew.caughtUp();
  model.isSettled = true;
  model.mayBeLeaderless = false;
}

/** Calms the service down unless it is settled; whether something is owed then. */
export async function isCalm(scene: Scene, model: Model): Promise<boolean> {
  if (!model.isSettled) await calmDown(scene, model);
  return model.isOwed;
}

/** Whether the view service has given everybody up, and not only until the next pings come. */
async function staysLeaderless({ cluster, clock }: Scene): Promise<boolean> {
  await clock.sleep(deathMs(cluster.lab));
  return (await cluster.view()).primary === '';
}

/** Like `settleAnew`, for a server without a backup. */
async function settleAlone({ cluster, witness }: Scene): Promise<View> {
  const isSole = ({ primary, backup }: View) => primary !== '' && backup === '';
  const view = await cluster.waitForView('a view with the only living server as primary', isSole);
  await settle(cluster, witness, view);
  return view;
}
