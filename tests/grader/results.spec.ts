import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { plannedRuns } from '../../grader/plan.js';
import type { PlannedRun } from '../../grader/plan.js';
import { renderTerminal } from '../../grader/reports/terminal.js';
import { wrap } from '../../grader/reports/wrap.js';
import { buildResults } from '../../grader/results.js';
import type { Results } from '../../grader/results.js';
import type { RunRecord } from '../../harness/index.js';
import { expectGolden } from './golden.js';
import { failing, planOf, recordOf, unknown } from './support.js';

const context = {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
};

const plan = planOf(
  ['reference', 'alice'],
  ['single-primary', 'concurrent-puts', 'forward-lost-then-failover', 'backup-dies-mid-forward'],
  100,
);

/** How each of Alice's runs ended; the reference passes everything. */
function ending({ submission, scenario, index }: PlannedRun): Partial<RunRecord> {
  if (submission.name === 'reference') return {};
  const evidence = { artifacts: `evidence/alice-${scenario}-${index}` };
  switch (scenario) {
    case 'concurrent-puts':
      if (index % 40 === 7) return failing('kv-latest replicas-diverged put', evidence);
      return index === 30 ? unknown('disturbed') : {};
    case 'forward-lost-then-failover':
      return failing('kv-forwarding lost-acknowledged-write put drop-request', evidence);
    case 'backup-dies-mid-forward':
      return index % 3 === 0
        ? failing('kv-clerk-retries deadline-passed append hang', {
            ...evidence,
            class: 'liveness',
          })
        : failing(`kit-process exited-by-itself \u001b[31m${'reset-mid-call '.repeat(9)}`, {
            class: 'crash',
          });
    default:
      return {};
  }
}

const records = plannedRuns(plan).map((run) => recordOf(run, ending(run)));
const results = buildResults(plan, records, context);

describe('the results', () => {
  it('are data that survive JSON, with finite numbers only', () => {
    expect(JSON.parse(JSON.stringify(results))).to.deep.equal(results);
  });

  it('name their format, the kit, the seed and the machine', () => {
    const { submissions: _submissions, ...head } = results;
    expect(head).to.deep.equal({
      format: 'pblab/results/1',
      kit: '0.1.0',
      createdAt: context.createdAt,
      seed: 'golden',
      runsPerScenario: 100,
      machine: context.machine,
    });
  });

  it('hold every submission with a tally for each scenario', () => {
    expect(results.submissions.map(({ name, tallies }) => [name, tallies.length])).to.deep.equal([
      ['reference', 4],
      ['alice', 4],
    ]);
    const tally = results.submissions[1]?.tallies[1];
    expect(tally).to.have.all.keys([
      'scenario',
      'planned',
      'runs',
      'passed',
      'failed',
      'unknown',
      'failureRate',
      'word',
      'signatures',
      'unknownCauses',
      'durationMs',
      'cpuMs',
    ]);
    expect(tally).to.include({ scenario: 'concurrent-puts', passed: 96, failed: 3, unknown: 1 });
    const example = records.find(({ key }) => key === 'alice/concurrent-puts/7');
    expect(tally?.signatures).to.deep.equal([
      {
        signature: 'kv-latest replicas-diverged put',
        class: 'safety',
        count: 3,
        exampleRun: 'alice/concurrent-puts/7',
        seed: example?.seed,
        reason: 'A write is gone.',
        artifacts: 'evidence/alice-concurrent-puts-7',
      },
    ]);
  });

  it('are the same in whatever order the records came', () => {
    expect(buildResults(plan, records.toReversed(), context)).to.deep.equal(results);
  });
});

describe('the report for a terminal', () => {
  const plain = renderTerminal(results, { color: false });

  it('is the golden one', () => {
    expectGolden('terminal.txt', plain);
  });

  for (const width of [40, 72, 80, 100, 250]) {
    it(`keeps its lines within bounds on a terminal of ${width} columns`, () => {
      const text = renderTerminal(results, { color: false, width });
      const longest = Math.max(...text.split('\n').map((line) => line.length));
      expect(longest).to.be.at.most(Math.max(72, Math.min(100, width)));
    });
  }

  it('differs from the plain one by its colours only', () => {
    const colored = renderTerminal(results, { color: true });
    expect(colored).not.to.equal(plain);
    expect(stripVTControlCharacters(colored)).to.equal(plain);
  });

  it('lets nothing through with which a submission could paint on the terminal', () => {
    const hostile: Results = structuredClone(results);
    for (const submission of hostile.submissions) {
      submission.name = '\u001b[2Jall passed\n\n\u202E';
      for (const { signatures } of submission.tallies) {
        for (const one of signatures) one.artifacts = '\u001b]0;title\u0007\r\u009b1A';
      }
    }
    const text = renderTerminal(hostile, { color: false });
    expect(text).not.to.match(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    expect(text).to.match(/^all passed {2}dddddddddddd…\n/);
  });

  it('shows a grading in which nothing has been done yet', () => {
    const text = renderTerminal(buildResults(plan, [], context), { color: false });
    expect(text.replaceAll(/\s+/g, ' ')).to.contain(
      'no run has been done; 100 planned runs not done',
    );
  });
});

describe('wrapping', () => {
  it('breaks at blanks and indents what follows', () => {
    expect(wrap('one two three four', 9, '  ')).to.deep.equal(['one two', '  three', '  four']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('a 0123456789', 6, '  ')).to.deep.equal(['a', '  0123', '  4567', '  89']);
  });

  it('leaves a line that fits', () => {
    expect(wrap('  fits', 6, '    ')).to.deep.equal(['  fits']);
  });
});
