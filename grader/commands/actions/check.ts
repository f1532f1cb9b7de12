/** `pblab check`: judges a recorded history, of this kit or of another tool. */

import {
  checkHistory,
  HistoryFormatError,
  readRegularFile,
  tellStory,
  UsageError,
  type CheckedHistory,
} from '../../../harness/index.js';
import { EXIT } from '../../ground/exit-code.js';
import { count } from '../../text/count.js';
import { sanitize, sanitizeEvent } from '../../text/sanitize.js';

const LINE_LENGTH = 1000;

const FORMATS = 'pblab check --help says which formats there are';

export interface CheckOptions {
  /** How long judging may take, in ms. */
  budget: number;
}

/** Prints the verdict on the history in `file`; resolves to the exit code. */
export function check(file: string, { budget }: CheckOptions): number {
  const checked = judge(file, budget);
  const { finding, operations, durationMs } = checked;
  process.stdout.write(
    `${finding.verdict}: ${sanitize(finding.says, LINE_LENGTH)}${hint(checked, budget)} (${count(operations, 'operation')}, judged in ${durationMs.toFixed(1)} ms)\n`,
  );
  if (finding.verdict === 'pass') return EXIT.passed;
  if (finding.verdict === 'unknown') return EXIT.unknown;
  for (const line of tellStory(finding.evidence)) {
    process.stdout.write(`  ${sanitizeEvent(line, LINE_LENGTH)}\n`);
  }
  return EXIT.failed;
}

/** Advice if the time was too short; empty otherwise. */
function hint({ finding, durationMs }: CheckedHistory, budgetMs: number): string {
  const isShort = finding.verdict === 'unknown' && finding.cause === 'budget-exhausted';
  if (!isShort || durationMs < budgetMs) return '';
  return ` Allow more with --budget SECONDS, such as --budget ${Math.ceil((budgetMs * 6) / 1_000)}.`;
}

function judge(file: string, budgetMs: number): CheckedHistory {
  const bytes = readRegularFile(file, { links: 'followed' });
  try {
    return checkHistory(bytes, budgetMs);
  } catch (cause) {
    if (!(cause instanceof HistoryFormatError)) throw cause;
    throw new UsageError(`${file}: ${cause.message}`, { hint: FORMATS, cause });
  }
}
