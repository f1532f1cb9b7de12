/** Time in a virtual world: when it goes on, and when it stands still. */

import { expect } from 'chai';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { randomFrom } from '../../../harness/ground/seed.js';
import { CLOCK_START_NS } from '../../../harness/virtual/clock-page.js';
import { Coordinator } from '../../../harness/virtual/coordinator.js';
import { StoodStill, type Participant, type Rest } from '../../../harness/virtual/participant.js';
import { VirtualTimers } from '../../../harness/virtual/virtual-timers.js';
import { Ways } from '../../../harness/virtual/ways.js';
import { eventually } from '../../support/eventually.js';

/** Has a timer each so many ms, and notes when it had a turn. */
class Ticking implements Participant {
  readonly turnsMs: number[] = [];
  #nowMs = 0;
  #dueMs: number;

  constructor(private readonly everyMs: number) {
    this.#dueMs = everyMs;
  }

  setNow(ns: number): void {
    this.#nowMs = (ns - CLOCK_START_NS) / 1e6;
  }

  turn(): Promise<Rest> {
    this.turnsMs.push(this.#nowMs);
    if (this.#nowMs >= this.#dueMs) this.#dueMs = this.#nowMs + this.everyMs;
    return Promise.resolve({ nextNs: CLOCK_START_NS + this.#dueMs * 1e6 });
  }

  close(): void {}
}

describe('the coordinator of a virtual world', () => {
  let timers: VirtualTimers;
  let coordinator: Coordinator;
  let broken: unknown;

  beforeEach(() => {
    timers = new VirtualTimers();
    broken = undefined;
    const ways = new Ways(timers, randomFrom('s'));
    coordinator = new Coordinator(timers, ways, (error) => (broken = error));
    coordinator.start();
  });
  afterEach(() => coordinator.stop());

  const until = (ms: number) => eventually(`${ms} ms on the clock`, () => timers.now() >= ms);

  it('goes from timer to timer, hours in a moment', async () => {
    const hourly = new Ticking(3_600_000);
    coordinator.seat('hourly', hourly);
    await until(36_000_000);
    expect(hourly.turnsMs.slice(0, 4)).to.deep.equal([0, 3_600_000, 7_200_000, 10_800_000]);
  });

  it('stands still while something takes real time', async () => {
    const release = coordinator.hold();
    coordinator.seat('ticking', new Ticking(10));
    for (let turn = 0; turn < 50; turn++) await nextTurn();
    expect(timers.now()).to.equal(0);
    release();
    await until(100);
  });

  it('gives a frozen process no turn, and one as soon as it goes on', async () => {
    const frozen = new Ticking(10);
    coordinator.seat('ticking', new Ticking(100));
    coordinator.seat('frozen', frozen);
    await until(50);
    coordinator.freeze('frozen', true);
    const before = frozen.turnsMs.length;
    await until(1000);
    expect(frozen.turnsMs.length).to.equal(before);
    coordinator.freeze('frozen', false);
    coordinator.touch('frozen');
    await eventually('a turn', () => frozen.turnsMs.length > before);
  });

  it('gives a turn to a process that was touched, before time goes on', async () => {
    const quiet = new Ticking(1_000_000);
    coordinator.seat('quiet', quiet);
    let touchedMs: number | undefined;
    timers.after(30, () => {
      touchedMs = timers.now();
      coordinator.touch('quiet');
    });
    await eventually('its turn', () => quiet.turnsMs.length >= 2);
    expect(quiet.turnsMs[1]).to.equal(touchedMs);
  });

  it('says that time stands still for a process that never waits, and not for one that is gone', async () => {
    const never: Participant = {
      setNow: () => {},
      turn: () => Promise.reject(new StoodStill('it spins')),
      close: () => {},
    };
    coordinator.seat('gone', never);
    coordinator.remove('gone');
    await nextTurn();
    coordinator.seat('spinning', never);
    await eventually('the end', () => broken !== undefined);
    expect(broken).to.be.instanceOf(StoodStill);
  });
});
