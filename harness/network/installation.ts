/**
 * A fault at work on the links of a run. A call fault counts its hits. A link fault cuts links
 * and restores them; that alone need not affect the submission, so it also notes whether a call
 * was in progress then, or was dialled while the link was cut.
 */

import type { Fault, InstalledFault, LinkFault, Target } from '../faults/fault.js';
import type { FaultEvent } from '../history/timeline.js';
import type { Link } from './link.js';

/** A fault that nothing gets past, and since when, in ms since the start of the run. */
export interface Standstill {
  fault: string;
  sinceMs: number;
}

export interface Installation extends InstalledFault {
  /** Calls that met the target's conditions, `kth` and `probability` apart. */
  eligible: number;
  /** When it was installed, in ms since the start of the run. */
  readonly sinceMs: number;
  /** Resolves when it is removed. */
  readonly healed: Promise<void>;
  /** It has hit a call. */
  hit(): void;
  /** It has taken this link away, and severed so many calls under way. */
  took(link: Link, severedCalls: number): void;
  /** Like `heal`, because the run ends: a cut link stays cut in the log. */
  end(): void;
}

export interface InstallationOptions {
  now: () => number;
  onFault: (event: FaultEvent) => void;
  /** It is removed, and its links are to be given back. */
  onHeal: () => void;
}

interface TakenLink {
  link: Link;
  dialsBefore: number | undefined;
  event: FaultEvent;
}

export function createInstallation(
  fault: Fault,
  target: Target,
  { now, onFault, onHeal }: InstallationOptions,
): Installation {
  let release = () => {};
  const healed = new Promise<void>((resolve) => (release = resolve));
  const taken: TakenLink[] = [];
  let hits = 0;
  let isOver = false;
  const settle = () => {
    // Who dials the link later, while another fault has taken it, has not met this one.
    if (isOver) return;
    for (const { link, dialsBefore, event } of taken) {
      const dials = link.dialsWhileAway();
      // Where dials cannot be seen, the link is taken to have been met.
      if (dials === undefined || dials > (dialsBefore ?? 0)) event.met = true;
    }
  };
  const end = () => {
    settle();
    isOver = true;
    onHeal();
    release();
  };
  return {
    fault,
    target,
    eligible: 0,
    sinceMs: now(),
    healed,
    get hits() {
      settle();
      return hits + taken.filter(({ event }) => event.met).length;
    },
    hit: () => void hits++,
    took(link, severedCalls) {
      const event = linkEvent(fault, link, now());
      if (severedCalls > 0) event.met = true;
      taken.push({ link, dialsBefore: link.dialsWhileAway(), event });
      onFault(event);
    },
    end,
    heal() {
      end();
      for (const { event } of taken) event.untilMs ??= now();
    },
  };
}

function linkEvent(
  { name }: Pick<LinkFault, 'name'>,
  { from, to }: Link,
  atMs: number,
): FaultEvent {
  return { kind: 'fault', atMs, fault: name, from, to, callerSaw: 'refused', delivered: false };
}
