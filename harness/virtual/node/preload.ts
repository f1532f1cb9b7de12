/**
 * Is loaded into a program of Node before its own code, and puts it on the virtual clock: its timers, its clocks and its
 * chance. In each turn it does what is due and what has come, and says when its next timer is due; then it waits for the
 * next turn in a system call, so that nothing of it goes on meanwhile. What it starts is not on the clock, and it tells the kit of that.
 */

import { readSync, writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { comeToRest } from '../at-rest.js';
import { DueTimers } from './due-timers.js';
import { openPageClock } from './page-clock.js';
import { REPLY } from './reply.js';
import { seedChance } from './seeded-chance.js';
import { noteStartedPrograms } from './started-programs.js';
import { virtualiseClocks } from './virtual-clocks.js';
import { virtualiseTimeouts } from './virtual-timeouts.js';

/** Work that a program has given away and waits for, by the names that Node has for it. */
const WORK = /^(?:FSReq|CloseReq|Immediate|GetAddrInfo|ZLIB|.*REQUEST$|.*Job$)/s;

/** What Node calls a write for which a socket had no room. */
const SENDING = /WriteWrap$/s;

/** While its modules are loaded, a program may also wait for a compiler, which has no name there; in ms of real time. */
const LOADING_PAUSE_MS = 5;

const {
  PBLAB_CLOCK_PAGE: page,
  PBLAB_CLOCK_CHANNEL: channel,
  NODE_OPTIONS: options = '',
} = process.env;

if (page !== undefined && channel !== undefined && isMainThread) {
  delete process.env['PBLAB_CLOCK_PAGE'];
  delete process.env['PBLAB_CLOCK_CHANNEL'];
  process.env['NODE_OPTIONS'] = options.replace(/--import=\S*\/preload\.js/s, '').trim();
  takePlace(page, Number(channel));
}

function takePlace(pagePath: string, descriptor: number): void {
  const clock = openPageClock(pagePath);
  // Kept, because the program will find others in their places.
  const { setImmediate, setTimeout } = globalThis;
  const timers = new DueTimers(() => Number(clock.now()));
  seedChance(clock.seed);
  virtualiseClocks(clock);
  virtualiseTimeouts(timers);
  const hasStarted = noteStartedPrograms();
  syncBuiltinESMExports();

  /** Gives what is left that could happen, when nothing is left to do. */
  const rest = async (): Promise<string[]> => {
    for (;;) {
      await comeToRest();
      const left = process.getActiveResourcesInfo();
      if (!left.some((name) => WORK.test(name))) return left;
    }
  };
  const callAllDue = async () => {
    for (let due = timers.takeDue(); due !== undefined; due = timers.takeDue()) {
      const { act } = due;
      // Each in a turn of its own of the loop, and what it throws is thrown as from any timer.
      await new Promise<void>((resolve) =>
        setImmediate(() => {
          resolve();
          act();
        }),
      );
    }
  };
  const live = async () => {
    await rest();
    await new Promise((resolve) => setTimeout(resolve, LOADING_PAUSE_MS));
    for (;;) {
      await callAllDue();
      const left = await rest();
      sayRest(descriptor, timers.nextNs, { left, hasStarted: hasStarted() });
      // Then it ends by itself.
      if (!timers.keepAlive && left.length === 0) return;
      waitForTurn(descriptor);
    }
  };
  void live();
}

function sayRest(
  descriptor: number,
  nextNs: number,
  { left, hasStarted }: { left: readonly string[]; hasStarted: boolean },
): void {
  const reply = Buffer.alloc(9);
  reply.writeDoubleLE(nextNs);
  const isSending = left.some((name) => SENDING.test(name));
  reply.writeUInt8((isSending ? REPLY.isSending : 0) | (hasStarted ? REPLY.hasStarted : 0), 8);
  writeSync(descriptor, reply);
}

function waitForTurn(descriptor: number): void {
  // Without the kit there is no time.
  if (readSync(descriptor, Buffer.alloc(1), 0, 1, null) === 0) process.exit(1);
}
