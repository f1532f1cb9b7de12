import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { atWorkplace, journalLines, PATIENCE_MS, skipIfDisturbed, type Workplace } from './cli.js';

const RESULTS = z.object({
  submissions: z.array(
    z.looseObject({
      name: z.string(),
      outOfTime: z.object({ undone: z.number() }).loose().optional(),
      tallies: z.array(z.object({ planned: z.number(), runs: z.number() })),
    }),
  ),
});

/** Servers that listen, and never answer. */
const SILENT = {
  run: 'node silent.mjs {self}',
  files: {
    'silent.mjs':
      'import { createServer } from "node:net";\ncreateServer(() => {}).listen(process.argv[2]);\n',
  },
};

function resultsIn(place: Workplace) {
  return RESULTS.parse(JSON.parse(place.read(join('out', 'results.json')))).submissions;
}

describe('pblab grade --budget-per-submission', function () {
  this.timeout(PATIENCE_MS);

  it('ends the runs of one that is slow, says so, and comes to the same when it is resumed', function () {
    return atWorkplace(async (place) => {
      const slow = place.submission('slow', SILENT);
      const words = ['-n', '4', '-s', 'view-zero', '-j', '1', '--control', '0', '--replays', '0'];
      const budget = ['--budget-per-submission', '6s', '-o', 'out'];
      const first = await place.pblab('grade', 'reference', slow, ...words, ...budget);
      skipIfDisturbed(this, first);
      const [reference, other] = resultsIn(place);
      // On a machine that is busy with others the reference is slow, too, or no run of the other ends in time.
      if (reference?.outOfTime || other?.outOfTime?.undone === 4) this.skip();
      expect(first.code, first.stderr).to.equal(1);
      expect(reference?.tallies[0]).to.deep.equal({ planned: 4, runs: 4 });
      expect(reference).not.to.have.property('outOfTime');
      const undone = other?.outOfTime?.undone ?? 0;
      expect(undone).to.be.within(1, 3);
      expect(first.stdout.replaceAll(/\s+/g, ' ')).to.match(
        /to look at: [123] planned runs? w\w+ not done: the other runs took \d+ s, and the limit is 6 s/,
      );
      const lines = journalLines(place, 'out');
      const resumed = await place.here('resume', 'out');
      expect(resumed.code).to.equal(1);
      expect(journalLines(place, 'out')).to.equal(lines);
      expect(resultsIn(place)[1]?.outOfTime?.undone).to.equal(undone);
    });
  });

  it('takes a time with a unit', () =>
    atWorkplace(async (place) => {
      for (const wrong of ['5 weeks', '-1s', 'h', '0s', '1e3s', '0.0']) {
        const args = ['reference', `--budget-per-submission=${wrong}`];
        const { code, stderr } = await place.here('grade', ...args);
        expect(code, wrong).to.equal(64);
        expect(stderr).to.contain(
          'Expected a time above 0 in seconds, such as 60, or with a unit: 90s, 30m, 2h.',
        );
      }
    }));
});
