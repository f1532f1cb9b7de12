/** Where submissions of others were not kept apart, every report says that its points cannot be relied on. */

import { expect } from 'chai';
import { redactFor } from '../../../grader/results/redaction.js';
import type { Results } from '../../../grader/results/results.js';
import { tooLittleIsolation } from '../../../grader/results/safety.js';
import { buildResults } from '../../../grader/results/build-results.js';
import { cleaned } from '../../../grader/text/sanitize.js';
import { ctrf } from '../../../grader/views/outputs/ctrf.js';
import { safetyNotes } from '../../../grader/views/outputs/submission-report.js';
import { makeStudentPage } from '../../../grader/views/pages/student-model.js';
import { renderStaffPage } from '../../../grader/views/pages/staff-page.js';
import { renderStudentPage } from '../../../grader/views/pages/student-page.js';
import { renderTerminal } from '../../../grader/views/terminal/terminal.js';
import type { Isolation } from '../../../harness/index.js';
import { FULL, planOf, withControl } from '../support.js';
import { contentOf } from '../views/outputs/readers.js';

const NONE: Isolation = { level: 'none', seccomp: false, because: 'no bubblewrap' };
const WEAK: Isolation = { level: 'weak', seccomp: false, because: 'no user namespaces' };

function resultsWith(isolation: Isolation, submissions = ['reference', 'alice']): Results {
  return buildResults({ ...withControl(planOf(submissions, ['append'], 2)), isolation }, [], {
    createdAt: '2026-01-02T03:14:05.000Z',
    machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
  });
}

function terminalOf(results: Results): string {
  return renderTerminal(cleaned(results), { color: false }).replaceAll(/\s+/g, ' ');
}

function studentPageOf(results: Results): string {
  return renderStudentPage(makeStudentPage(redactFor(results, 'alice'), '/nowhere'));
}

function ctrfOf(results: Results): string {
  const files = ctrf.files({ results, records: () => [] });
  return files.map((file) => contentOf(file)).join('');
}

describe('results of submissions that were not kept apart', () => {
  for (const isolation of [NONE, WEAK]) {
    const results = resultsWith(isolation);

    it(`are unsafe in every report, ${isolation.level}`, () => {
      expect(terminalOf(results)).to.match(
        /^UNSAFE: submissions were .*apart.* \(isolation (?:none|weak)\)\. .* do not publish points/,
      );
      const page = renderStaffPage(results);
      expect(page).to.contain('Unsafe: do not publish these grades.');
      expect(page).to.contain(isolation.because);
      expect(safetyNotes(results)).to.have.length(1);
      expect(studentPageOf(results)).to.match(/were not kept apart.*<p class="lead">/);
      expect(ctrfOf(results)).to.contain('"healthy": false').and.to.contain('not to be relied on');
    });

    it(`do not tell students about the machine, ${isolation.level}`, () => {
      expect(redactFor(results, 'alice').isolation).to.deep.equal({
        level: isolation.level,
        seccomp: false,
      });
      expect(studentPageOf(results)).not.to.contain(isolation.because);
    });
  }

  it('are safe as far as isolation goes where it was full', () => {
    const results = resultsWith(FULL);
    expect(tooLittleIsolation(results)).to.equal(undefined);
    expect(terminalOf(results)).to.contain(
      'isolation: full (bubblewrap 0.8.0, seccomp, cgroup v1: memory pids freezer)',
    );
    expect(terminalOf(results)).not.to.contain('UNSAFE');
    expect(studentPageOf(results)).not.to.contain('relied on');
    expect(safetyNotes(results)).to.deep.equal([]);
  });

  it('are those of others: the reference and mutants are parts of the kit', () => {
    const results = resultsWith(NONE, ['reference', 'mutant:forward-result-ignored']);
    expect(terminalOf(results)).not.to.contain('UNSAFE');
    expect(renderStaffPage(results)).not.to.contain('Unsafe');
    expect(terminalOf(results)).to.contain('isolation: NONE (no bubblewrap): submissions run as');
  });

  it('are those of an older plan, too, and nothing is known of older results', () => {
    const { isolation: _isolation, ...plan } = planOf(['alice'], ['append'], 2);
    const results = buildResults(plan, [], {
      createdAt: '2026-01-02T03:14:05.000Z',
      machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
    });
    expect(tooLittleIsolation(results)).to.include({ level: 'none' });
    const { isolation: _none, ...older } = results;
    expect(tooLittleIsolation(older)).to.equal(undefined);
    expect(terminalOf(older)).not.to.contain('isolation');
  });
});
