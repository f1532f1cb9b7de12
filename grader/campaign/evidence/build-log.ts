/**
 * The output of a failed build: kept once for each submission in the grading's evidence and shown from there, so that a
 * later report also has the compiler's words.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTextIfPresent, UnreadableFile } from '../../../harness/index.js';
import { LENGTHS, type CleanText } from '../../text/clean-text.js';
import { sanitizeEvent, sanitizeLine } from '../../text/sanitize.js';

export const BUILD_LOG_FILE = 'build.log';

/** Lines shown of a log; compilers say what matters first, package managers last. */
const HEAD_LINES = 15;
const TAIL_LINES = 15;

/**
 * Keeps the reason and the output of a failed build below `directory`, in the place of those of an earlier content
 * that was graded there; returns the folder they are in, relative to that.
 */
export function keepBuildLog(
  directory: string,
  submission: string,
  { reason, output }: { reason: string; output: string },
): string {
  const artifacts = `evidence/${submission}`;
  const file = join(directory, artifacts, BUILD_LOG_FILE);
  mkdirSync(join(directory, artifacts), { recursive: true });
  const text = `${reason}\n${output}`;
  if (readTextIfPresent(file) !== text) writeFileSync(file, text);
  return artifacts;
}

/**
 * The reason, then the beginning and the end of the output, of the build in a folder, as harmless lines; undefined where
 * no build has failed. Blanks stay: compilers point at a column of the line above.
 */
export function readBuildLog(folder: string): CleanText[] | undefined {
  const text = readIfRegular(join(folder, BUILD_LOG_FILE));
  if (text === undefined) return undefined;
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => sanitizeEvent(line, LENGTHS.paragraph));
  const omitted = lines.length - HEAD_LINES - TAIL_LINES;
  if (omitted <= 1) return lines;
  const gap = sanitizeLine(`[... ${omitted} lines left out ...]`, LENGTHS.sentence);
  return [...lines.slice(0, HEAD_LINES), gap, ...lines.slice(-TAIL_LINES)];
}

/** The text of a regular file; undefined for anything else, which must not keep other students from their pages. */
function readIfRegular(file: string): string | undefined {
  try {
    return readTextIfPresent(file);
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}
