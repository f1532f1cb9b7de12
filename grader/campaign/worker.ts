/**
 * A worker, as a program: performs runs one after the other, in the order of its IPC channel. It has a session of its
 * own, so that no process of its runs survives it, however it ends. Its argument is the isolation of the grading, as
 * JSON.
 */

import {
  ISOLATION,
  limitFiles,
  openSession,
  useIsolation,
  runOnce,
  findScenario,
  type PlanData,
  type RunRecord,
  type RunRequest,
  type StandingDelay,
  type Session,
  type Submission,
  type World,
} from '../../harness/index.js';
import { isDiskFull } from '../ground/exit-code.js';
import { ignoreDebuggerSignal } from '../ground/no-inspector.js';

/** The order to a worker: one run. */
export interface WorkerOrder {
  submission: Submission;
  scenario: string;
  key: string;
  attempt: number;
  index: number;
  seed: string;
  evidence?: NonNullable<RunRequest['evidence']>;
  standing?: readonly StandingDelay[];
  plan?: PlanData;
  world?: World;
}

/** The answer of a worker: a record, or that the kit broke during the run, perhaps for want of disk space. */
export type WorkerReport =
  { kind: 'record'; record: RunRecord } | { kind: 'broke'; why: string; diskFull?: boolean };

ignoreDebuggerSignal();
// Before the session, which may depend on it.
useIsolation(ISOLATION.parse(JSON.parse(process.argv[2] ?? '')));
limitFiles();
void serve();

async function serve(): Promise<void> {
  const session = await openSession();
  process.on('message', (order: WorkerOrder) => void perform(order, session));
  // The grader is gone or wants no more: the guardian of the session removes what is left.
  process.on('disconnect', () => void session.close().finally(() => process.exit(0)));
  // Ctrl-C reaches the whole group; the grader itself stops its workers.
  process.on('SIGINT', () => {});
  process.on('unhandledRejection', (error) => report(broken(error)));
  process.send?.('ready');
}

async function perform(order: WorkerOrder, session: Session): Promise<void> {
  const scenario = findScenario(order.scenario);
  try {
    if (scenario === undefined) throw new Error(`there is no scenario ${order.scenario}`);
    report({ kind: 'record', record: await runOnce({ ...order, scenario }, session) });
  } catch (error) {
    report(broken(error));
  }
}

function report(message: WorkerReport): void {
  // After a disconnect there is no receiver.
  if (process.connected) process.send?.(message);
}

function broken(error: unknown): WorkerReport {
  if (isDiskFull(error)) return { kind: 'broke', why: String(error), diskFull: true };
  return {
    kind: 'broke',
    why: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
