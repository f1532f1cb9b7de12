import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { displayWidth } from '../../../../grader/views/terminal/wrap.js';
import { renderStories } from '../../../../grader/views/terminal/stories.js';
import { renderTerminal } from '../../../../grader/views/terminal/terminal.js';
import type { Results } from '../../../../grader/results/results.js';
import { expectGolden } from '../../golden.js';
import { controlled, madeUpClass, NOTHING_DONE, TWO_SUBMISSIONS } from './made-up-results.js';
import { cleaned } from '../../../../grader/text/sanitize.js';

const CLASS = madeUpClass();

function widest(text: string): number {
  return Math.max(...text.split('\n').map(displayWidth));
}

describe('the report for a terminal', () => {
  const plain = renderTerminal(cleaned(TWO_SUBMISSIONS), { color: false });

  it('is the golden one', () => {
    expectGolden('terminal.txt', plain);
  });

  it('is the golden one on a narrow terminal', () => {
    expectGolden(
      'terminal-narrow.txt',
      renderTerminal(cleaned(TWO_SUBMISSIONS), { color: false, width: 48 }),
    );
  });

  it('is the golden one of a class, a line for each submission', () => {
    expectGolden('terminal-class.txt', renderTerminal(cleaned(CLASS), { color: false }));
    expectGolden(
      'terminal-class-narrow.txt',
      renderTerminal(cleaned(CLASS), { color: false, width: 60 }),
    );
  });

  for (const width of [20, 40, 60, 72, 80, 100, 250]) {
    it(`keeps its lines within bounds on a terminal of ${width} columns`, () => {
      for (const results of [TWO_SUBMISSIONS, CLASS, { ...TWO_SUBMISSIONS, ...controlled(2) }]) {
        const text = renderTerminal(cleaned(results), { color: false, width });
        expect(widest(text)).to.be.at.most(Math.max(40, Math.min(100, width)));
      }
    });
  }

  it('tells in lines what has no room as a table', () => {
    const graded = { ...CLASS, submissions: CLASS.submissions.slice(4, 8) };
    const at = (width: number) => renderTerminal(cleaned(graded), { color: false, width });
    expect(at(100)).to.match(/^forward-lost-then-failover {2}\w+ +\w+ +\d+/m);
    expect(at(72)).to.match(/^forward-lost-then-failover \(asked\): \w+, 2.5\/10 points; fails/m);
    expect(at(72)).not.to.contain('failure rate (95 %)');
  });

  it('warns of a machine that was too busy', () => {
    const { provenance } = CLASS;
    if (provenance === undefined) expect.fail('no provenance');
    const load = { attempts: 142, disturbedAttempts: 107 };
    const busy = { ...CLASS, provenance: { ...provenance, load } };
    expect(renderTerminal(cleaned(busy), { color: false })).to.match(
      /^The machine was too busy: 107 of 142 attempts were disturbed/,
    );
    expect(renderTerminal(cleaned(CLASS), { color: false })).not.to.contain('too busy');
  });

  it('differs from the plain one by its colours only', () => {
    for (const results of [TWO_SUBMISSIONS, CLASS]) {
      const colored = renderTerminal(cleaned(results), { color: true });
      expect(colored).not.to.equal(renderTerminal(cleaned(results), { color: false }));
      expect(stripVTControlCharacters(colored)).to.equal(
        renderTerminal(cleaned(results), { color: false }),
      );
    }
  });

  it('shows the scenarios that fail, by tier and the worst first, and folds the others', () => {
    const lines = plain.split('\n').map((line) => line.split(' ')[0]);
    const table = lines.slice(lines.indexOf('scenario') + 1);
    expect(table.slice(0, 3)).to.deep.equal([
      'forward-lost-then-failover',
      'concurrent-puts',
      'backup-dies-mid-forward',
    ]);
    expect(plain.match(/single-primary/g)).to.have.lengthOf(2);
  });

  it('warns before everything else of a control arm that failed', () => {
    const unsafe = renderTerminal(cleaned({ ...TWO_SUBMISSIONS, ...controlled(2) }), {
      color: false,
    });
    expect(unsafe).to.match(/^UNSAFE: the reference failed 2 of 40 runs on/);
    expect(unsafe).to.contain('\n  2 × chaos: c1 read k = "" at 1 ms.\n');
    const safe = renderTerminal(cleaned({ ...TWO_SUBMISSIONS, ...controlled(0) }), {
      color: false,
    });
    expect(safe).not.to.contain('UNSAFE');
    expect(safe.replaceAll(/\s+/g, ' ')).to.contain(
      'control runs: the reference passed 40 of 40 runs (one run in 20); a failure rate above 8.8 % is ruled out (95 %); 1 unknown run not counted',
    );
  });

  it('tells what staff have to look at, and what was not run', () => {
    const [alice] = CLASS.submissions.filter(({ name }) => name === 'student-1');
    if (alice === undefined) return expect.fail();
    const noted = {
      ...alice,
      suspicions: ['It reads its\u001b[2J links.'],
      leftOut: ['paced-retries'],
    };
    const text = renderTerminal(cleaned({ ...CLASS, submissions: [noted] }), { color: false });
    expect(text).to.match(/^student-1 \(.*\) {2}d+… {2}12\.5 of 20 points\n/);
    expect(text).to.contain(
      '\nto review: forward-lost-then-failover: the interval straddles a step\n',
    );
    expect(text).to.contain('\nto look at: It reads its links.\n');
    expect(text).to.contain('not run, because it does not offer their operations: paced-retries\n');
  });

  it('lets nothing through with which a submission could paint on the terminal', () => {
    const hostile: Results = structuredClone(TWO_SUBMISSIONS);
    for (const submission of hostile.submissions) {
      submission.name = '\u001b[2Jall passed\n\n\u202E';
      for (const { signatures } of submission.tallies) {
        for (const one of signatures) {
          one.artifacts = '\u001b]0;title\u0007\r\u009b1A';
          one.reason = 'gone\u001b[2J\n\n';
        }
      }
    }
    const many = {
      ...hostile,
      submissions: Array.from({ length: 9 }, () => hostile.submissions).flat(),
    };
    for (const results of [hostile, many]) {
      const text = renderTerminal(cleaned(results), { color: false });
      expect(text).not.to.match(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    }
    expect(renderTerminal(cleaned(hostile), { color: false })).to.match(
      /^all passed {2}dddddddddddd…\n/,
    );
  });

  it('shows a grading in which nothing has been done yet', () => {
    const text = renderTerminal(cleaned(NOTHING_DONE), { color: false });
    expect(text.replaceAll(/\s+/g, ' ')).to.contain(
      'no run has been done; 100 planned runs not done',
    );
  });
});

describe('the report on a class', () => {
  const text = renderTerminal(cleaned(CLASS), { color: false });
  const lines = text.split('\n');

  it('has one line for each submission, those with the fewest points first', () => {
    const named = lines.flatMap((line) => /^student-\d+/.exec(line)?.[0] ?? []);
    expect(named).to.have.lengthOf(13);
    expect(named[0]).to.equal('student-12');
    expect(lines.find((line) => line.startsWith('student-12'))).to.contain('not understood');
  });

  it('says in full why one could not be graded', () => {
    expect(text).to.match(/^cannot be graded: student-12 .*: go build ended with exit code 1$/m);
  });

  it('aligns its columns whatever the script of a name', () => {
    const at = lines
      .filter((line) => line.startsWith('student-'))
      .map((line) => {
        const points = /\d+(?:\.\d+)?\/20|(?<= )-(?= )/.exec(line);
        return points === null ? -1 : displayWidth(line.slice(0, points.index + points[0].length));
      });
    expect(new Set(at).size).to.equal(1);
  });

  it('names what most of them fail in', () => {
    expect(text).to.contain('\n  8 submissions: acknowledged write lost when the forward fails\n');
  });

  it('comes without the stories of each of them', () => {
    expect(renderStories(cleaned(CLASS), { directory: '/nowhere', shownAs: 'out' })).to.equal('');
  });
});
