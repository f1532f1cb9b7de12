/** Chooses how the programs of submissions are kept apart, before a command builds or runs any, and says it. */

import {
  chooseIsolation,
  describeIsolation,
  type Isolation,
  type IsolationLevel,
} from '../../../harness/index.js';
import {
  assertProtected,
  assertSameIsolation,
  assertStillProtected,
} from '../../grading/assert-isolation.js';
import { readPlan } from '../../plan/plan-file.js';
import { say } from '../../text/message.js';
import { displayPath } from './directory.js';

/** As on the command line. */
export interface IsolationChoice {
  isolation?: IsolationLevel;
}

/** For the caller's own programs, and those of the kit: they may run without isolation. */
export async function isolate({ isolation: asked }: IsolationChoice): Promise<Isolation> {
  return told(await chooseIsolation(asked));
}

/** For submissions that others may have written. */
export async function isolateOthers(
  specs: readonly string[],
  { isolation: asked }: IsolationChoice,
): Promise<void> {
  const isolation = await chooseIsolation(asked);
  assertProtected(asSubmissions(specs), isolation);
  told(isolation);
}

/** For the runs that the plan of a directory still has, in the isolation of the earlier ones. */
export async function isolateAgain(
  directory: string,
  { isolation: asked }: IsolationChoice,
): Promise<void> {
  const isolation = await chooseIsolation(asked);
  assertSameIsolation(readPlan(directory), isolation, displayPath(directory));
  told(isolation);
}

/** The same for a grading, to which submissions may be added. */
export async function isolateGrading(
  directory: string,
  late: readonly string[],
  { isolation: asked }: IsolationChoice,
): Promise<void> {
  const isolation = await chooseIsolation(asked);
  const plan = readPlan(directory);
  assertSameIsolation(plan, isolation, displayPath(directory));
  assertStillProtected(plan, asSubmissions(late), isolation);
  told(isolation);
}

function told(isolation: Isolation): Isolation {
  say(`isolation: ${describeIsolation(isolation)}`);
  return isolation;
}

function asSubmissions(specs: readonly string[]): { spec: string }[] {
  return specs.map((spec) => ({ spec }));
}
