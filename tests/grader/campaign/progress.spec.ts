import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import * as sinon from 'sinon';
import { describeProgress, estimate, startProgress } from '../../../grader/campaign/progress.js';
import { screenAfter } from '../screen.js';

/** A stream that remembers what was written to it. */
function capture(isTTY: boolean): { stream: PassThrough & { isTTY: boolean }; text: () => string } {
  const chunks: string[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  return { stream, text: () => chunks.join('') };
}

describe('the estimate of what is left', () => {
  it('scales the time so far to the runs that are left', () => {
    expect(estimate(100, 400, 15_000)).to.equal(45_000);
    expect(estimate(400, 400, 15_000)).to.equal(0);
  });

  it('is not made before a run is done', () => {
    expect(estimate(0, 400, 15_000)).to.equal(undefined);
  });

  const phrases: [number, string][] = [
    [200, 'about 1 s left'],
    [45_300, 'about 45 s left'],
    [240_000, 'about 4 min left'],
    [9_000_000, 'about 2.5 h left'],
  ];
  for (const [ms, phrase] of phrases) {
    it(`reads "${phrase}" for ${ms} ms`, () => {
      const counts = { done: 120, failed: 3, unknown: 0 };
      expect(describeProgress(counts, 400, ms)).to.equal(
        `120 of 400 runs, 3 failed, 0 unknown, ${phrase}`,
      );
    });
  }

  it('says that there may be fewer, and counts on what is likely', () => {
    const counts = { done: 30, failed: 3, unknown: 0, atMost: 120, likely: 60 };
    expect(describeProgress(counts, 400, 45_000)).to.equal(
      '30 of at most 120 runs, 3 failed, 0 unknown, about 45 s left',
    );
    const all = { ...counts, done: 120 };
    expect(describeProgress(all, 400, 0)).to.equal('120 of 120 runs, 3 failed, 0 unknown');
  });

  it('is left out when all is done', () => {
    const text = describeProgress({ done: 4, failed: 0, unknown: 1 }, 4, 0);
    expect(text).to.equal('4 of 4 runs, 0 failed, 1 unknown');
  });
});

describe('live progress', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => clock.restore());

  it('is a plain line every few seconds and one at the end where there is no terminal', () => {
    const { stream, text } = capture(false);
    const progress = startProgress({ total: 40, stream });
    for (let done = 1; done <= 40; done += 1) {
      clock.tick(300);
      progress.update({ done, failed: done > 20 ? 1 : 0, unknown: 0 });
    }
    progress.stop();
    progress.stop();
    progress.update({ done: 41, failed: 0, unknown: 0 });
    expect(text().split('\n')).to.deep.equal([
      '17 of 40 runs, 0 failed, 0 unknown, about 7 s left',
      '34 of 40 runs, 1 failed, 0 unknown, about 2 s left',
      '40 of 40 runs, 1 failed, 0 unknown',
      '',
    ]);
  });

  it('estimates from the runs done since the grading was taken up again', () => {
    const { stream, text } = capture(false);
    const start = { done: 900, failed: 0, unknown: 0 };
    const progress = startProgress({ total: 1000, start, stream });
    clock.tick(10_000);
    progress.update({ done: 950, failed: 0, unknown: 0 });
    progress.stop();
    expect(text().split('\n')[0]).to.contain('about 10 s left');
  });

  it('estimates from what is likely where the runs decide how many they are', () => {
    const { stream, text } = capture(false);
    const progress = startProgress({ total: 1000, stream });
    clock.tick(10_000);
    progress.update({ done: 10, failed: 0, unknown: 0, atMost: 500, likely: 40 });
    progress.stop();
    expect(text()).to.contain('10 of at most 500 runs, 0 failed, 0 unknown, about 30 s left');
  });

  it('is a bar on a terminal that tells the same and leaves no timer behind', () => {
    const { stream, text } = capture(true);
    const progress = startProgress({ total: 4, stream });
    clock.tick(1000);
    progress.update({ done: 1, failed: 1, unknown: 0 });
    clock.tick(1000);
    expect(text()).to.contain(
      '[#####...............] 1 of 4 runs, 1 failed, 0 unknown, about 3 s left',
    );
    progress.stop();
    expect(clock.countTimers()).to.equal(0);
    const before = text();
    progress.update({ done: 2, failed: 1, unknown: 0 });
    progress.stop();
    expect(text()).to.equal(before);
  });

  for (const rows of [3, 24]) {
    it(`goes on below lines that are written in between, on a screen of ${rows} rows`, () => {
      const { stream, text } = capture(true);
      const progress = startProgress({ total: 2, stream });
      for (const done of [1, 2]) {
        clock.tick(1000);
        progress.update({ done, failed: 0, unknown: 0 });
        progress.stepAside(() => stream.write(`line ${done}\n`));
      }
      progress.stop();
      progress.stepAside(() => stream.write('the end\n'));
      const all = [
        'line 1',
        'line 2',
        '[####################] 2 of 2 runs, 0 failed, 0 unknown',
        'the end',
        '',
      ];
      const shown = screenAfter(text(), rows).slice(0, all.length);
      expect(shown).to.deep.equal(rows < all.length ? all.slice(-rows) : all);
      expect(clock.countTimers()).to.equal(0);
    });
  }

  it('leaves nothing on the screen of what was written below a bar without asking', () => {
    const { stream, text } = capture(true);
    const progress = startProgress({ total: 2, stream });
    stream.write('\nstopping, and cleaning up ...\n');
    progress.stop();
    stream.write('alice\n');
    expect(screenAfter(text(), 24).slice(0, 3)).to.deep.equal([
      '[....................] 0 of 2 runs, 0 failed, 0 unknown',
      'alice',
      '',
    ]);
  });

  it('leaves lines in between alone where there is no terminal', () => {
    const { stream, text } = capture(false);
    const progress = startProgress({ total: 1, stream });
    progress.stepAside(() => stream.write('line 1\n'));
    progress.update({ done: 1, failed: 0, unknown: 0 });
    progress.stop();
    expect(text()).to.equal('line 1\n1 of 1 runs, 0 failed, 0 unknown\n');
  });
});
