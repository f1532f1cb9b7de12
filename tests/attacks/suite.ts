/** The tests of attempts: each attack works without the box, and the box stops it. */

import { expect } from 'chai';
import { findIsolation } from '../../harness/box/probe.js';
import type { Attempt } from './framework/attack.js';
import { attemptInJail, whyNoJail, type Report } from './framework/jail.js';

/** What two attempts take at most, on a machine that is busy with others. */
const PATIENCE_MS = 180_000;

/** Call it at the top of a spec. */
export function testAttempts(room: string, attempts: Readonly<Record<string, Attempt>>): void {
  describe(`attacks: ${room}`, function () {
    this.timeout(PATIENCE_MS);
    before(function () {
      if (whyNoJail() !== undefined) this.skip();
    });
    for (const [name, attempt] of Object.entries(attempts)) {
      describe(`of ${name}, without the box`, () => testWithout(name, attempt));
      describe(`of ${name}, with the box`, () => testBoxed(name, attempt));
    }
  });
}

function testWithout(name: string, { attacks }: Attempt): void {
  const report = useReport(name, 'none');
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

function testBoxed(name: string, { attacks }: Attempt): void {
  before(async function () {
    const { level } = await findIsolation('full');
    if (level !== 'full') this.skip();
  });
  const report = useReport(name, 'full');
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

/** Makes the attempt once for all attacks of it. */
function useReport(name: string, level: 'none' | 'full'): () => Report {
  let report: Report | undefined;
  before(async () => {
    report = await attemptInJail(name, level);
    expect(report.wasTried, `not all was tried:\n${report.printed}`).to.equal(true);
  });
  return () => {
    if (report === undefined) throw new Error('the attempt was not made');
    return report;
  };
}
