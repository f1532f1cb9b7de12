/**
 * Results for a terminal: the failures of each submission, the worst first, and the failure rates that its passing
 * scenarios rule out. A class has one line for each submission, and its failure groups. A damaged journal and failed
 * control runs come first. Text in, text out.
 */

import type { Results } from '../../results/results.js';
import type { Clean } from '../../text/clean-text.js';
import { renderClass } from './class-lines.js';
import { renderBusy, renderControl, renderUnsafe } from './control-lines.js';
import { renderHosts } from './host-lines.js';
import { damageLines } from './journal-damage.js';
import { paperFor, report, type PaperOptions } from './terminal-layout.js';
import { renderSubmission } from './submission-lines.js';

/** At most so many submissions get a section each. */
const SECTIONS_AT_MOST = 8;

/** Whether these are so many that they are shown together and not one by one. */
export function isClass({ submissions }: Results): boolean {
  return submissions.length > SECTIONS_AT_MOST;
}

/** The report, with a line feed at its end. */
export function renderTerminal(results: Clean<Results>, options: PaperOptions): string {
  const paper = paperFor(options);
  return report([
    damageLines(results, paper),
    renderUnsafe(results, paper),
    renderBusy(results, paper),
    ...(isClass(results)
      ? renderClass(results, paper)
      : results.submissions.map((one) => renderSubmission(one, paper))),
    renderControl(results, paper),
    renderHosts(results.hosts, paper),
  ]);
}
