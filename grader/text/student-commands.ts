/**
 * Commands for students to type at home. They are called by their plain name, because the way in which staff
 * called pblab (from a checkout, through npx) may not work on another machine.
 */

/** The directory of the submission: `.` in the student's own directory, `DIR` for other readers. */
type Where = '.' | 'DIR';

/** Runs the seed of a failing run again. */
export function replayAtHome(scenario: string, seed: string, where: Where): string {
  return `pblab replay ${scenario}@${seed} --submission ${where} -k 20`;
}

/** Runs a scenario with other seeds, in the directory of the submission. */
export function gradeAtHome(scenario: string, runs: number): string {
  return `pblab grade . -s ${scenario} -n ${runs}`;
}

/** Builds the submission and runs each scenario once. */
export function testAtHome(where: Where): string {
  return `pblab test ${where}`;
}
