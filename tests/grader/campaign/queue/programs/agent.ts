/**
 * An agent whose runs are made up, as a program. Its argument is an `AgentChoice` as JSON. It writes one line for each
 * run that it begins, `begins KEY#ATTEMPT`, to its standard output, and what it says to its standard error.
 */

import { runAgent } from '../../../../../grader/campaign/queue/agent.js';
import { interruptSignal } from '../../../../../grader/commands/actions/campaign-options.js';
import { noIsolation, UsageError } from '../../../../../harness/index.js';
import { madeUpWorkers, type AgentChoice } from '../made-up-workers.js';

const [, , argument = '{}'] = process.argv;
const choice: AgentChoice = JSON.parse(argument);

void work();

async function work(): Promise<void> {
  try {
    const { address, name, jobs, idleMs } = choice;
    const why = await runAgent({
      address,
      name,
      jobs,
      idleMs,
      isolation: noIsolation(),
      workers: () => madeUpWorkers(choice, (line) => process.stdout.write(`${line}\n`)),
      signal: interruptSignal(),
      say: (line) => process.stderr.write(`${line}\n`),
    });
    if (why !== undefined) process.exitCode = 70;
  } catch (error) {
    process.stderr.write(`${error instanceof UsageError ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 64 : 70;
  }
}
