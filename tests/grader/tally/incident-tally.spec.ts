/** Incidents over many runs: counted for staff, shown with an example, and never to students. */

import { expect } from 'chai';
import { plannedRuns } from '../../../grader/plan/run-cells.js';
import { buildResults } from '../../../grader/results/build-results.js';
import { redactFor } from '../../../grader/results/redaction.js';
import { RESULTS } from '../../../grader/results/results.js';
import {
  describeIncidents,
  incidentsInRuns,
  tallyIncidents,
} from '../../../grader/tally/incident-tally.js';
import { cleaned } from '../../../grader/text/sanitize.js';
import { OUTPUTS } from '../../../grader/views/outputs/registry.js';
import { makeStudentPage } from '../../../grader/views/pages/student-model.js';
import { renderStaffPage } from '../../../grader/views/pages/staff-page.js';
import { renderStudentPage } from '../../../grader/views/pages/student-page.js';
import { renderTerminal } from '../../../grader/views/terminal/terminal.js';
import type { Incident, RunRecord } from '../../../harness/index.js';
import { contentOf } from '../views/outputs/readers.js';
import { planOf, recordOf, unknown, withControl } from '../support.js';

const plan = withControl(planOf(['alice', 'bob'], ['append', 'chaos'], 10));

const FORBIDDEN: Incident = { kind: 'forbidden-call', process: 'pb1', atMs: 812, detail: 'ptrace' };
const MEMORY: Incident = { kind: 'memory-limit', process: 'pb2', atMs: 40 };

/** In two runs of each of Alice's scenarios; in the second, evidence was kept. */
function incidentsOf({ key, submission, index }: RunRecord): Partial<RunRecord> {
  if (submission.name !== 'alice') return {};
  if (index === 3) return { incidents: [FORBIDDEN, { ...FORBIDDEN, process: 'pb2' }] };
  if (index !== 5) return {};
  return {
    incidents: key.includes('append') ? [FORBIDDEN, MEMORY] : [FORBIDDEN],
    artifacts: `evidence/${key}`,
  };
}

const records = plannedRuns(plan).map((run) => {
  const record = recordOf(run);
  return { ...record, ...incidentsOf(record) };
});

const results = buildResults(plan, records, {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
});

const TOLD =
  'a program of this submission made a system call that is forbidden (4 runs), used all the memory that it may have (1 run)';

describe('incidents', () => {
  it('are counted by runs, with an example that has kept its evidence', () => {
    const [alice, bob] = results.submissions;
    expect(bob).not.to.have.property('incidents');
    expect(alice?.incidents).to.deep.equal([
      {
        kind: 'forbidden-call',
        says: 'made a system call that is forbidden',
        runs: 4,
        scenarios: ['append', 'chaos'],
        example: {
          run: 'alice/append/5',
          process: 'pb1',
          atMs: 812,
          detail: 'ptrace',
          artifacts: 'evidence/alice/append/5',
        },
      },
      {
        kind: 'memory-limit',
        says: 'used all the memory that it may have',
        runs: 1,
        scenarios: ['append'],
        example: {
          run: 'alice/append/5',
          process: 'pb2',
          atMs: 40,
          artifacts: 'evidence/alice/append/5',
        },
      },
    ]);
    expect(RESULTS.parse(JSON.parse(JSON.stringify(results)))).to.deep.equal(results);
  });

  it('count once for a run that was tried several times, and without evidence that is replaced', () => {
    const [run] = plannedRuns(plan);
    if (run === undefined) return expect.fail();
    const noted = { incidents: [MEMORY], artifacts: 'evidence/x' };
    const attempts = [
      recordOf(run, { ...unknown('disturbed'), ...noted }),
      recordOf(run, { ...unknown('disturbed', 1), ...noted }),
      recordOf(run, { attempt: 2 }),
    ];
    const [tally] = tallyIncidents(incidentsInRuns(plan, attempts)).get('alice') ?? [];
    expect(tally).to.include({ kind: 'memory-limit', runs: 1 });
    expect(tally?.example).not.to.have.property('artifacts');
  });

  it('are not those of runs that were begun again, nor of control runs', () => {
    const [run] = plannedRuns(plan);
    if (run === undefined) return expect.fail();
    const old = recordOf({ ...run, key: 'alice/append/r7/0' }, { incidents: [MEMORY] });
    const submission = { name: 'control', digest: 'c'.repeat(64) };
    const control = recordOf(run, { key: 'control/append/0', submission, incidents: [MEMORY] });
    expect(incidentsInRuns(plan, [old, control])).to.deep.equal([]);
  });

  it('can be those of a build', () => {
    const noted = [{ submission: 'alice', incident: { ...MEMORY, process: 'the build' } }];
    const built = tallyIncidents(noted).get('alice') ?? [];
    expect(built).to.have.length(1);
    expect(built[0]).to.deep.include({ runs: 0, scenarios: [] });
    expect(describeIncidents(built)).to.equal(
      'a program of this submission used all the memory that it may have (in the build)',
    );
  });

  it('are told to staff: on the terminal, on their page and in their files', () => {
    const terminal = renderTerminal(cleaned(results), { color: false }).replaceAll(/\s+/g, ' ');
    expect(terminal).to.contain(`incidents: ${TOLD}`);
    const page = renderStaffPage(results);
    expect(page).to.contain('<h2>Incidents</h2>');
    expect(page).to.contain('pb1 (ptrace), 812 ms after the start of alice/append/5');
    expect(page).to.contain('href="../evidence/alice/append/5/"');
    for (const name of ['markdown', 'junit', 'ctrf', 'tap', 'github-summary']) {
      expect(filesOf(name), name).to.contain('made a system call that is forbidden (4 runs)');
    }
    expect(filesOf('runs-csv')).to.contain('forbidden-call memory-limit');
  });

  it('have a line for each submission of a class that has any', () => {
    const [alice, bob] = results.submissions;
    if (alice === undefined || bob === undefined) return expect.fail();
    const others = Array.from({ length: 9 }, (_, at) => ({ ...bob, name: `student-${at}` }));
    const submissions = [alice, ...others];
    const text = renderTerminal(cleaned({ ...results, submissions }), { color: false });
    const told = text.split(/\n(?! )/).filter((line) => line.startsWith('incidents:'));
    expect(told.map((line) => line.replaceAll(/\s+/g, ' '))).to.deep.equal([
      `incidents: alice: ${TOLD}`,
    ]);
  });

  it('are not shown to students', () => {
    const redacted = redactFor(results, 'alice');
    expect(JSON.stringify(redacted)).not.to.match(/incident|forbidden|ptrace/);
    const page = renderStudentPage(makeStudentPage(redacted, '/nowhere'));
    expect(page).not.to.match(/incident|forbidden|ptrace/i);
    for (const { name, audience } of OUTPUTS) {
      if (audience !== 'student') continue;
      expect(filesOf(name), name).not.to.match(/incident|forbidden|ptrace/i);
    }
  });
});

/** The content of all files of an output; empty where it needs points or a template. */
function filesOf(name: string): string {
  const output = OUTPUTS.find((one) => one.name === name);
  if (output === undefined) throw new Error(`no output ${name}`);
  if (output.needsRubric === true || output.needsTemplate === true) return '';
  return output
    .files({ results, records: () => records })
    .map((file) => contentOf(file))
    .join('');
}
