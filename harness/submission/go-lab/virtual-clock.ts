/** The virtual clock for programs that the installed Go builds; see harness/virtual/go. */

import { makeOverlay, type Overlay } from '../../virtual/go/overlay/overlay.js';
import type { World } from '../../ground/world.js';
import { goRoot } from './toolchain.js';

/** A clock that programs can be built with. */
export type GoClock = Extract<Overlay, { kind: 'made' }>;

/** The clock of a build, and what a submission says of it. */
export interface ClockFound {
  /** Absent for the machine's clock. */
  clock?: GoClock;
  /** Absent in the world of processes. */
  virtualClock?: VirtualClock;
}

/** Whether programs of Go were built for a virtual clock, or why they were not. */
export type VirtualClock = { has: true } | { has: false; reason: string };

/** The clock of programs that are built in a world by the Go of this version. */
export async function findGoClock(world: World, version: string): Promise<ClockFound> {
  if (world === 'processes') return {};
  const overlay = makeOverlay(await goRoot(), version);
  if (overlay.kind === 'made') return { clock: overlay, virtualClock: { has: true } };
  return { virtualClock: { has: false, reason: overlay.reason } };
}
