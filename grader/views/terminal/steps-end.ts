/** The end of a test of some steps of the lab: which step is done, and what to build and to type next. */

import { STEPS, type RunRecord, type Step } from '../../../harness/index.js';
import { textOf } from './terminal-layout.js';
import { wrap } from './wrap.js';

const INDENT = '  ';

/** What was tested of the steps. */
interface Tested {
  /** Ids of the scenarios that were to be run. */
  planned: readonly string[];
  records: readonly Pick<RunRecord, 'scenario' | 'verdict'>[];
}

interface StepsEndContext {
  /** Tests the submission. */
  command: string;
  /** In columns. */
  width: number;
}

/** Some lines about the first of these steps that is not done, or about the step after them. */
export function renderStepsEnd(
  steps: readonly [Step, ...Step[]],
  tested: Tested,
  { command, width }: StepsEndContext,
): string {
  const build = ({ build: text, number }: Step) => [
    ...wrap(`${INDENT}${text}`, width, INDENT),
    `${INDENT}${command} --step ${number}`,
  ];
  const undone = steps.find((step) => openIn(step, tested).some((id) => !isUnknown(id, tested)));
  if (undone !== undefined) {
    const heading = `Step ${undone.number} of ${STEPS.length}, ${undone.title}, is not done yet.`;
    return textOf([heading, ...build(undone)]);
  }
  const unjudged = steps.flatMap((step) => openIn(step, tested));
  if (unjudged.length > 0) {
    const [of, them] = unjudged.length === 1 ? ['run', 'it'] : ['runs', 'them'];
    const says = `The ${of} of ${unjudged.join(', ')} could not be judged. Nothing failed; test ${them} again:`;
    const again = `${INDENT}${command} ${unjudged.map((id) => `-s ${id}`).join(' ')}`;
    return textOf([...wrap(says, width, INDENT), again]);
  }
  const [{ number: first }] = steps;
  const last = first + steps.length - 1;
  const passed = `${first === last ? `Step ${first}` : `Steps ${first} to ${last}`} of ${STEPS.length} passed.`;
  const next = STEPS.find(({ number }) => number === last + 1);
  return next === undefined
    ? textOf([`${passed} Next, all scenarios:`, `${INDENT}${command}`])
    : textOf([`${passed} Next, step ${next.number}: ${next.title}.`, ...build(next)]);
}

/** The scenarios of it that were to be run and have not passed. */
function openIn({ scenarios }: Step, { planned, records }: Tested): string[] {
  const passed = new Set(
    records.filter(({ verdict }) => verdict === 'pass').map(({ scenario }) => scenario),
  );
  return scenarios.filter((id) => planned.includes(id) && !passed.has(id));
}

function isUnknown(id: string, { records }: Tested): boolean {
  return records.some(({ scenario, verdict }) => scenario === id && verdict === 'unknown');
}
