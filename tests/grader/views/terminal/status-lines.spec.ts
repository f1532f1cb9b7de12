import { expect } from 'chai';
import type { Status } from '../../../../grader/campaign/status.js';
import { cleaned } from '../../../../grader/text/sanitize.js';
import { renderStatus } from '../../../../grader/views/terminal/status-lines.js';
import { displayWidth } from '../../../../grader/views/terminal/wrap.js';
import { expectGolden } from '../../golden.js';
import { FULL } from '../../support.js';

const machine = { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' };
const host = { slots: 4, kit: '0.1.0', machine, isolation: FULL, isLive: true };

const RUNNING: Status = {
  atWork: { pid: 4711, host: 'lab', since: '2026-01-02T03:04:05.000Z', isKnownToLive: true },
  attempts: 1234,
  damagedLines: 1,
  runs: { settled: 1200, failed: 31, unknown: 2, atMost: 8000, likely: 3210.4 },
  recentPerSecond: 12.34,
  perSecond: 7.125,
  leftMs: 163_000,
  submissions: [
    { name: 'alice', scenarios: 40, openScenarios: 3, runsLeft: 120 },
    { name: 'bob', scenarios: 40, openScenarios: 0, runsLeft: 0 },
    { name: '李小龍', scenarios: 40, openScenarios: 0, runsLeft: 0, ended: 'not-started' },
    { name: 'dave', scenarios: 38, openScenarios: 0, runsLeft: 0, ended: 'out-of-time' },
  ],
  queue: {
    at: '2026-01-02T03:10:00.000Z',
    ordered: 17,
    late: { same: 3, other: 1 },
    isCurrent: true,
    hosts: [
      { ...host, name: 'lab-a' },
      { ...host, name: 'lab-b', isLive: false },
      {
        ...host,
        name: 'lab-c',
        slots: 0,
        refuses: 'this is pblab 0.3.0, and the campaign is of pblab 0.4.0',
      },
      {
        ...host,
        name: 'lab-d',
        refuses: 'a control run has failed here',
        unsafe: 'the control run of chaos failed there: a write is gone.',
      },
    ],
  },
};

function shown(status: Status, width?: number): string {
  return renderStatus(cleaned(status), { color: false, width, resume: 'pblab resume grading' });
}

describe('the status for a terminal', () => {
  it('is the golden one', () => expectGolden('status.txt', shown(RUNNING)));

  it('says that nobody is at work, and that hosts are as they were then', () => {
    const { atWork: _, recentPerSecond: __, leftMs: ___, queue, ...rest } = RUNNING;
    if (queue === undefined) expect.fail('no queue');
    const text = shown({ ...rest, queue: { ...queue, isCurrent: false } });
    expect(text).to.contain('continue with: pblab resume grading --queue ADDRESS');
    expect(text).to.contain('hosts as of 2026-01-02T03:10:00.000Z');
    expect(text).to.match(/^lab-a +4 +not known$/m);
    expect(text).not.to.contain('about');
  });

  it('says that a grading is finished, without hosts where there was no queue', () => {
    const text = shown({
      attempts: 40,
      damagedLines: 0,
      runs: { settled: 40, failed: 0, unknown: 0, atMost: 40, likely: 40 },
      submissions: [{ name: 'alice', scenarios: 2, openScenarios: 0, runsLeft: 0 }],
    });
    expect(text).to.equal(
      'finished\n40 of 40 runs settled, 0 failed, 0 unknown\n\n1 submission with nothing left\n',
    );
  });

  it('names another machine, on which the grader may be gone', () => {
    const atWork = { pid: 1, host: 'elsewhere', since: 'T', isKnownToLive: false };
    expect(shown({ ...RUNNING, atWork })).to.contain('(pid 1) on elsewhere, which may be gone,');
  });

  for (const width of [40, 60, 100]) {
    it(`keeps its lines within ${width} columns`, () => {
      const widest = Math.max(...shown(RUNNING, width).split('\n').map(displayWidth));
      expect(widest).to.be.at.most(width);
    });
  }
});
