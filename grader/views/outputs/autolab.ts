/**
 * The output of an Autolab job: some text, the formatted feedback, and the result as the last line. The problems of
 * the lab are the parts of the rubric, and must have their names.
 */

import { groupBy } from '../../ground/group-by.js';
import { filesForStudents } from './one-file-each.js';
import type { Output } from './output.js';
import { testInOneLine, type ReportedTest } from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';

export const autolab: Output = {
  name: 'autolab',
  title: 'Output of an Autolab job, one for each submission; its last line is the result',
  audience: 'student',
  isPrinted: true,
  files: (context) =>
    filesForStudents(context, { folder: 'autolab', extension: 'txt' }, (report) => {
      const scores = Object.fromEntries(report.parts.map(({ name, points }) => [name, points]));
      return [...spoken(report), JSON.stringify(feedback(report)), JSON.stringify({ scores })]
        .map((line) => `${line}\n`)
        .join('');
    }),
};

/** Every line begins with `#`, so that none can be taken for one of the two that Autolab reads. */
function spoken({ headline, notes, tests, origin }: SubmissionReport): string[] {
  const sentences = [headline, ...notes, origin, ...tests.map(({ id, says }) => `${id}: ${says}`)];
  return sentences.map((sentence) => `# ${sentence}`);
}

/** Only tests that passed or failed; Autolab has no word for one that could not be judged. */
function feedback({ tests }: SubmissionReport): object {
  const judged = tests.filter(({ status }) => status === 'passed' || status === 'failed');
  const stages = [...groupBy(judged, ({ part }) => part)].map(
    ([part, ofPart]) => [stageName(part), stageOf(ofPart)] as const,
  );
  return {
    _presentation: 'semantic',
    stages: stages.map(([name]) => name),
    ...Object.fromEntries(stages),
  };
}

/** A part may not be called like the keys beside it. */
function stageName(part: string): string {
  return part === 'stages' || part.startsWith('_') ? `part ${part}` : part;
}

function stageOf(tests: readonly ReportedTest[]): object {
  return Object.fromEntries(
    tests.map((test) => [
      test.title,
      { passed: test.status === 'passed', hint: testInOneLine(test) },
    ]),
  );
}
