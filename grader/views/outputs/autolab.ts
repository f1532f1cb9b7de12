/**
 * What an Autolab job prints: some text, the formatted feedback, and the result as the last line. The problems of
 * the lab are the parts of the rubric, and must have their names.
 */

import { groupBy } from '../../ground/group-by.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { filesForStudents } from './for-students.js';
import type { Output } from './output.js';
import { describeFailure, type ReportedTest } from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';

const HINT_LENGTH = 2000;

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

/** A test has passed or failed here, so one that could not be judged is told of in words alone. */
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
    tests.map(({ title, status, says, failures }) => {
      const told = [says, ...failures.slice(0, 1).flatMap(lines)].join('; ');
      return [title, { passed: status === 'passed', hint: sanitizeLine(told, HINT_LENGTH) }];
    }),
  );
}

function lines(failure: ReportedTest['failures'][number]): string[] {
  return [describeFailure(failure), failure.replay];
}
