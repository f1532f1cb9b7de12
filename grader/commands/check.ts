/** `pblab check`: judges a recorded history, whoever recorded it. */

import {
  checkHistory,
  HistoryFormatError,
  readRegularText,
  tellStory,
  UnreadableFile,
  UsageError,
} from '../../harness/index.js';
import { EXIT } from '../errors.js';
import { sanitize, sanitizeEvent } from '../sanitize.js';

const LINE_LENGTH = 1000;

/** Prints the verdict on the history in `file`; resolves to the exit code. */
export function check(file: string): number {
  const { finding, operations, durationMs } = judge(file);
  process.stdout.write(
    `${finding.verdict}: ${sanitize(finding.says, LINE_LENGTH)} (${operations} operations, judged in ${durationMs.toFixed(1)} ms)\n`,
  );
  if (finding.verdict === 'pass') return EXIT.passed;
  if (finding.verdict === 'unknown') return EXIT.unknown;
  for (const line of tellStory(finding.evidence)) {
    process.stdout.write(`  ${sanitizeEvent(line, LINE_LENGTH)}\n`);
  }
  return EXIT.failed;
}

function judge(file: string): ReturnType<typeof checkHistory> {
  try {
    return checkHistory(readRegularText(file, { links: 'followed' }));
  } catch (cause) {
    if (cause instanceof HistoryFormatError) {
      throw new UsageError(`${file}: ${cause.message}`, { cause });
    }
    if (cause instanceof UnreadableFile) {
      const { got, expected } = cause;
      throw new UsageError(`${file} cannot be read`, { got, expected, cause });
    }
    throw cause;
  }
}
