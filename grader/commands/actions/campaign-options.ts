/** From the options of a command to those of its campaign, and from its end to an exit code. */

import { shellWord, type World } from '../../../harness/index.js';
import type { CampaignOptions, CampaignOutcome } from '../../campaign/campaign.js';
import type { GradingOptions } from '../../grading/grading.js';
import { commandFor } from './directory.js';
import type { IsolationChoice } from './isolate.js';

/** As on the command line: how runs are done, and where their results go. */
export interface CampaignChoice extends IsolationChoice {
  jobs?: number;
  /** The address of a queue; without one, runs are performed on this machine. */
  queue?: string;
  out?: string;
  /** Whether pages and files for course systems are written, too; they are unless said otherwise. */
  report?: boolean;
}

/** As on the command line: how submissions are read. */
export interface SubmissionChoice {
  /** For directories that have none of their own. */
  manifest?: string;
  /** Whether archives that were handed in are opened. */
  openArchives?: boolean;
}

/** As on the command line, of commands that make a plan. */
export interface PlanChoice extends CampaignChoice, SubmissionChoice {
  seed?: string;
  world?: World;
}

/**
 * The options of a campaign that Ctrl-C stops. They are made when its submissions are built: during a build, Ctrl-C
 * ends the command at once, and the guardian cleans up.
 */
export function campaignOptions(
  directory: string,
  { jobs, queue, report = true }: CampaignChoice,
  submissions: CampaignOptions['submissions'] = new Map(),
): GradingOptions {
  const signal = interruptSignal();
  const common = { directory, jobs, submissions, signal, report };
  return queue === undefined ? common : { ...common, queue: { address: queue } };
}

/** A signal that aborts when the process is first asked to end, so that results are written; later signals do nothing. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) process.stderr.write('\nstopping, and cleaning up ...\n');
      controller.abort();
    });
  }
  return controller.signal;
}

/** The exit code of a command that was interrupted, as shells have it. */
export const EXIT_INTERRUPTED = 130;

/** The exit code of what ended with `code`; if it was interrupted, says how to continue. */
export function exitCodeAfter(
  directory: string,
  { interrupted, queue }: Pick<CampaignOutcome, 'interrupted' | 'queue'>,
  code: number,
): number {
  if (!interrupted) return code;
  const resume = commandFor('resume', directory);
  process.stdout.write(
    queue === undefined
      ? `interrupted; continue with: ${resume}\n`
      : `interrupted; the agents wait. Continue with: ${resume} --queue ${shellWord(queue)}\n`,
  );
  return EXIT_INTERRUPTED;
}
