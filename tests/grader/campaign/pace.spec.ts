import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { keepPace, PACE_FILE, ratesOf, readPace } from '../../../grader/campaign/pace.js';
import { withFolder } from '../support.js';

describe('the pace of a campaign', () => {
  it('goes on where an earlier one has ended', () =>
    withFolder(async (folder) => {
      for (const runs of [3, 4]) {
        const pace = keepPace(folder);
        for (let run = 0; run < runs; run += 1) pace.settled();
        await pace.stop();
      }
      const pace = readPace(folder);
      expect(pace?.settled).to.equal(7);
      expect(pace?.recent.map(({ settled }) => settled)).to.deep.equal([3, 7]);
    }));

  it('leaves no file where nothing was settled, and replaces one that cannot be read', () =>
    withFolder(async (folder) => {
      await keepPace(folder).stop();
      expect(readPace(folder)).to.equal(undefined);
      writeFileSync(join(folder, PACE_FILE), '{"format":');
      expect(readPace(folder)).to.equal(undefined);
      const pace = keepPace(folder);
      pace.settled();
      await pace.stop();
      expect(readPace(folder)?.settled).to.equal(1);
    }));

  it('does not fail where it cannot be written', async () => {
    const pace = keepPace('/proc/nowhere');
    pace.settled();
    await pace.stop();
    expect(readPace('/proc/nowhere')).to.equal(undefined);
  });

  it('is known for the last minutes only while samples come in', () => {
    const pace = {
      format: 'pblab/pace/1' as const,
      settled: 100,
      activeMs: 50_000,
      recent: [
        { at: '2026-01-02T03:00:00.000Z', settled: 40 },
        { at: '2026-01-02T03:00:20.000Z', settled: 100 },
      ],
    };
    const at = (time: string) => ratesOf(pace, Date.parse(`2026-01-02T${time}.000Z`));
    expect(at('03:00:25')).to.deep.equal({ recentPerSecond: 3, perSecond: 2 });
    expect(at('03:05:00')).to.deep.equal({ recentPerSecond: undefined, perSecond: 2 });
    const none = { ...pace, settled: 0, activeMs: 0, recent: [] };
    expect(ratesOf(none, 0)).to.deep.equal({ recentPerSecond: undefined, perSecond: undefined });
  });
});
