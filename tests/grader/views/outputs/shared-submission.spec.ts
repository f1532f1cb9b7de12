import { expect } from 'chai';
import { canvas } from '../../../../grader/views/outputs/canvas.js';
import { moodleGradebook } from '../../../../grader/views/outputs/moodle-gradebook.js';
import { moodleWorksheet } from '../../../../grader/views/outputs/moodle-worksheet.js';
import type { Output } from '../../../../grader/views/outputs/output.js';
import { reportsOn, studentReportsOn } from '../../../../grader/views/outputs/submission-report.js';
import { makeStudentPage } from '../../../../grader/views/pages/student-model.js';
import { labelOf } from '../../../../grader/views/pages/staff/class-model.js';
import { redactFor } from '../../../../grader/results/redaction.js';
import { renderTerminal } from '../../../../grader/views/terminal/terminal.js';
import type { Results, SubmissionResults } from '../../../../grader/results/results.js';
import { gradedResults } from './made-up-results.js';
import { contentOf } from './readers.js';
import { cleaned } from '../../../../grader/text/sanitize.js';

/** Alice has handed in together with Zoe. */
function withPair(): Results {
  const results = gradedResults();
  const [alice, ...others] = results.submissions;
  if (alice === undefined) throw new Error('there is no first submission');
  const zoe = {
    name: 'zoe example',
    id: '1077',
    email: 'zoe@example.edu',
    other: { 'SIS Login ID': 'zoe', Identifier: 'Participant 1077', note: 'for staff' },
  };
  const pair: SubmissionResults = { ...alice, students: [...(alice.students ?? []), zoe] };
  return { ...results, submissions: [pair, ...others] };
}

const results = withPair();
const points = String(results.submissions[0]?.grade?.points);

function written(output: Output, template?: string): { rows: string[]; notes: string[] } {
  const context = { results, records: () => [], ...(template === undefined ? {} : { template }) };
  const [file] = output.files(context);
  if (file === undefined) throw new Error('there is no file');
  return { rows: contentOf(file).split(/\r?\n/), notes: file.notes ?? [] };
}

describe('a submission of two students', () => {
  it('gives each of them a row with the same points in every table', () => {
    const gradebook = [
      'Student,ID,SIS User ID,Section,Lab 2 (42)',
      'A,7,1001,A,',
      'Z,8,1077,A,',
      '',
    ].join('\n');
    const worksheet = [
      'Identifier,ID number,Grade,Last modified (grade),Feedback comments',
      'Participant 1001,1001,,-,',
      'Participant 1077,1077,,-,',
      '',
    ].join('\n');
    for (const { rows } of [
      written(canvas),
      written(moodleGradebook),
      written(canvas, gradebook),
      written(moodleWorksheet, worksheet),
    ]) {
      const own = rows.filter((row) => /1001|1077/.test(row));
      expect(own).to.have.length(2);
      for (const row of own) expect(row).to.contain(`,${points}`);
    }
  });

  it('is counted as one submission of two students', () => {
    const { notes } = written(moodleGradebook);
    expect(notes).to.include('points for 4 students, who handed in 3 of 4 submissions');
    expect(notes.join('\n')).to.match(
      /3 students with points that are not final \(2 submissions\): alice.*, zoe.*, carol/,
    );
  });

  it('is called by both, for staff and for students', () => {
    const both = 'alice example; zoe example';
    expect(reportsOn(results)[0]?.title).to.equal(both);
    expect(studentReportsOn(results).get('alice')?.title).to.equal(both);
    const [pair] = results.submissions;
    expect(pair && labelOf(pair)).to.equal(`${both} (alice)`);
    expect(renderTerminal(cleaned(results), { color: false, width: 100 })).to.contain(
      'alice (alice example; zoe example)',
    );
  });

  it('shows both names on its page, and no number of the other', () => {
    const page = makeStudentPage(redactFor(results, 'alice'), '/nowhere');
    expect(page.name).to.equal('alice example; zoe example');
    expect(page).not.to.have.property('id');
    const alone = makeStudentPage(redactFor(results, 'bob'), '/nowhere');
    expect(alone).to.include({ name: 'bob example', id: '1002' });
  });

  it('has its own students and no others in what they may see', () => {
    const { submissions } = redactFor(results, 'alice');
    expect(submissions.map(({ students }) => students)).to.deep.equal([
      [
        { name: 'alice example', id: '1001', email: 'alice@example.edu' },
        { name: 'zoe example', id: '1077', email: 'zoe@example.edu' },
      ],
    ]);
  });
});
