/** Clerk processes that a test asks itself. */

import { expect } from 'chai';
import { talk, type Answer } from '../../harness/cluster/clerk-lines.js';
import type { Session } from '../../harness/process/session.js';
import { startProgram } from '../../harness/process/spawn.js';

/** Starts a clerk, asks it one thing after the other, and ends it; gives its answers. */
export async function askClerk(
  argv: readonly string[],
  session: Session,
  requests: readonly Record<string, unknown>[],
): Promise<Answer[]> {
  const program = startProgram({
    argv,
    directory: session.directory,
    mark: `${session.mark}clerk/`,
    environment: {},
    conversation: true,
    onFlood: () => {},
  });
  try {
    const { stdin, stdout } = program;
    if (stdin === undefined || stdout === undefined) return expect.fail('it does not talk');
    const clerk = talk('the clerk', { stdin, stdout }, ({ finding }) => {
      throw new Error(finding.says);
    });
    const answers: Answer[] = [];
    for (const request of requests) answers.push(await clerk.ask(request));
    return answers;
  } finally {
    await program.kill();
  }
}
