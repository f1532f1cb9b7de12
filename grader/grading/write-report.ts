/**
 * The report of a grading: pages for staff and students, and files for course systems. All of it is made from the
 * results and the evidence; each file is written as a whole or not at all.
 */

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError, type RunRecord } from '../../harness/index.js';
import type { Output, OutputContext, OutputFile } from '../views/outputs/output.js';
import { possibleOutputs } from '../views/outputs/registry.js';
import { writeOutputs } from '../views/outputs/write-outputs.js';
import { renderStaffPage } from '../views/pages/staff-page.js';
import { makeStudentPage } from '../views/pages/student-model.js';
import { renderStudentPage } from '../views/pages/student-page.js';
import { redactFor } from '../results/redaction.js';
import type { Results } from '../results/results.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { filledPlaces } from './filled-files.js';
import { say } from '../text/message.js';

const REPORT_FOLDER = 'report';
const STUDENTS_FOLDER = 'students';
const OUTPUTS_FOLDER = 'outputs';

/** The paths of the written files. */
export interface WrittenReport {
  /** The page to look at first. */
  page: string;
  /** The folder of files for course systems. */
  outputs: string;
  /** Warnings for staff before they hand the files on; each a sentence without its full stop. */
  notes: string[];
}

/** `records` are those that count, one a run. */
export async function writeReport(
  directory: string,
  results: Results,
  records: () => Iterable<RunRecord>,
): Promise<WrittenReport> {
  const page = await writePages(directory, results);
  const outputs = join(directory, OUTPUTS_FOLDER);
  const notes = new Set<string>();
  const filled = filledPlaces(directory);
  for (const output of possibleOutputs(results)) {
    const files = filesOf(output, { results, records });
    for (const note of files.flatMap((file) => file.notes ?? [])) notes.add(note);
    const isFilled = ({ path }: OutputFile) => filled.has(resolve(outputs, path));
    for (const { path } of files.filter(isFilled)) {
      notes.add(
        `${join(OUTPUTS_FOLDER, path)} was filled in with \`pblab export --template\` and is not changed`,
      );
    }
    await writeOutputs(
      outputs,
      files.filter((file) => !isFilled(file)),
    );
  }
  return { page, outputs, notes: [...notes] };
}

/**
 * A format may need something that this grading does not have, such as a roster: the other formats are still written.
 */
function filesOf(output: Output, context: OutputContext): OutputFile[] {
  try {
    return output.files(context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(`output ${output.name} not written: ${error.message}`);
    return [];
  }
}

/** The page for staff, which leads to a page for each student. */
async function writePages(directory: string, results: Results): Promise<string> {
  await writeStudentPages(directory, results);
  const page = join(directory, REPORT_FOLDER, 'index.html');
  await writeFileAtomically(page, renderStaffPage(results));
  return page;
}

/** Writes a page for each student; their paths. */
export async function writeStudentPages(directory: string, results: Results): Promise<string[]> {
  const students = join(directory, REPORT_FOLDER, STUDENTS_FOLDER);
  await mkdir(students, { recursive: true });
  const paths: string[] = [];
  for (const { name } of results.submissions) {
    const model = makeStudentPage(redactFor(results, name), directory);
    const path = join(students, `${name}.html`);
    await writeFileAtomically(path, renderStudentPage(model));
    paths.push(path);
  }
  return paths;
}
