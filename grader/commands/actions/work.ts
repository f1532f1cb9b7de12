/** `pblab work`: an agent of a queue on this machine. */

import { hostname } from 'node:os';
import { usualJobs } from '../../campaign/execute.js';
import { runAgent } from '../../campaign/queue/agent.js';
import { HOST } from '../../campaign/queue/queue-messages.js';
import { UsageError } from '../../../harness/index.js';
import { EXIT } from '../../ground/exit-code.js';
import { say } from '../../text/message.js';
import { EXIT_INTERRUPTED, interruptSignal } from './campaign-options.js';
import { isolate, type IsolationChoice } from './isolate.js';

export interface WorkOptions extends IsolationChoice {
  queue: string;
  name?: string;
  /** In ms. */
  idle?: number;
  jobs?: number;
}

/** Performs runs until it is asked to end; resolves to the exit code. */
export async function work({ queue, name, idle, jobs, ...choice }: WorkOptions): Promise<number> {
  // Programs of submissions must not find the password of the queue.
  delete process.env['PBLAB_QUEUE'];
  const isolation = await isolate(choice);
  const signal = interruptSignal();
  // Asked once more, it leaves its runs to others; its workers clean up when it is gone.
  signal.addEventListener('abort', () => {
    process.once('SIGINT', () => process.exit(EXIT_INTERRUPTED));
  });
  const why = await runAgent({
    address: queue,
    name: hostName(name),
    jobs: jobs ?? usualJobs(),
    isolation,
    signal,
    idleMs: idle,
    say,
  });
  if (why === undefined) return EXIT.passed;
  say(`this machine takes no more runs: ${why}`);
  return EXIT.kitBroke;
}

function hostName(asked: string | undefined): string {
  const name =
    asked ??
    hostname()
      .replaceAll(/[^\w.-]/g, '-')
      .slice(0, 64);
  if (HOST.shape.name.safeParse(name).success) return name;
  throw new UsageError('this is not a name for a machine', {
    got: `"${name}"`,
    expected: 'letters, digits, `_`, `.` and `-`, at most 64',
  });
}
