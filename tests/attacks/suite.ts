/** The tests of attempts: each attack works without the box, and the box stops it. */

import { expect } from 'chai';
import { findIsolation } from '../../harness/box/probe.js';
import type { Attempt } from './framework/attack.js';
import { attemptInJail, whyNoJail, type Report } from './framework/jail.js';

/** What two attempts take at most, on a machine that is busy with others. */
const PATIENCE_MS = 180_000;

type Level = 'none' | 'full';

interface Manner {
  /** The attempts without the box and with it are made at the same time; false where they would compete for the machine. */
  atOnce: boolean;
}

/** Call it at the top of a spec. */
export function testAttempts(
  room: string,
  attempts: Readonly<Record<string, Attempt>>,
  { atOnce }: Manner = { atOnce: true },
): void {
  describe(`attacks: ${room}`, function () {
    this.timeout(PATIENCE_MS);
    before(function () {
      if (whyNoJail() !== undefined) this.skip();
    });
    for (const [name, attempt] of Object.entries(attempts)) {
      const make = makerOf(name);
      describe(`of ${name}, without the box`, () => {
        before(async () => {
          if (atOnce && (await canBox())) void make('full');
        });
        testWithout(attempt, () => make('none'));
      });
      describe(`of ${name}, with the box`, () => testBoxed(attempt, () => make('full')));
    }
  });
}

/** Makes an attempt once at each level. */
function makerOf(name: string): (level: Level) => Promise<Report> {
  const made = new Map<Level, Promise<Report>>();
  return (level) => {
    const known = made.get(level);
    if (known !== undefined) return known;
    const report = attemptInJail(name, level);
    // The test that waits for it gets its error.
    report.catch(() => {});
    made.set(level, report);
    return report;
  };
}

function testWithout({ attacks }: Attempt, make: () => Promise<Report>): void {
  const report = useReport(make);
  for (const { name: attack, what, stoppedBy } of attacks) {
    if (stoppedBy === undefined) {
      it(`${attack} works: ${what}`, () => {
        expect(report().harms[attack], report().printed).to.be.a('string');
      });
    } else {
      it(`${attack} does not work, because ${stoppedBy}`, () => {
        expect(report().harms[attack], report().printed).to.equal(null);
      });
    }
  }
}

function testBoxed({ attacks }: Attempt, make: () => Promise<Report>): void {
  before(async function () {
    if (!(await canBox())) this.skip();
  });
  const report = useReport(make);
  for (const { name: attack, letThrough } of attacks) {
    const known = letThrough === undefined ? '' : ` (not yet: ${letThrough})`;
    it(`${attack} is stopped${known}`, function () {
      const harm = report().harms[attack];
      // Known, and not mended yet.
      if (harm !== null && letThrough !== undefined) this.skip();
      expect(harm, report().printed).to.equal(null);
    });
  }
}

let found: ReturnType<typeof findIsolation> | undefined;

async function canBox(): Promise<boolean> {
  found ??= findIsolation('full');
  return (await found).level === 'full';
}

/** The attempt is made, or waited for, before the tests of its attacks. */
function useReport(make: () => Promise<Report>): () => Report {
  let report: Report | undefined;
  before(async () => {
    report = await make();
    expect(report.wasTried, `not all was tried:\n${report.printed}`).to.equal(true);
  });
  return () => {
    if (report === undefined) throw new Error('the attempt was not made');
    return report;
  };
}
