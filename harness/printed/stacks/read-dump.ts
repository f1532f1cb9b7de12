/** Reads the stacks that a program has printed, whatever its runtime is. */

import { readGoDump } from './go-dump.js';
import { readJvmDump } from './jvm-dump.js';
import { readPythonDump } from './python-dump.js';
import type { ThreadDump } from './thread.js';

/** Undefined if the text is not one of a runtime that is known. */
export function readDump(text: string): ThreadDump | undefined {
  return readJvmDump(text) ?? readGoDump(text) ?? readPythonDump(text);
}
