/** Explains the values that the kit writes, to those who read a story. */

import type { Operation } from '../../history/operation.js';
import { TOKEN } from '../../scenarios/stage/workload.js';

/** One sentence if such a value stands in one of the operations. */
export function explainValues(operations: readonly Operation[]): string | undefined {
  const values = operations.flatMap(({ value, returned }) => [value ?? '', returned ?? '']);
  const [text, client, number] = values.map((value) => TOKEN.exec(value)).find(Boolean) ?? [];
  if (text === undefined) return undefined;
  return `Each value is written once: "${text}" is the value number ${number} of client ${client}.`;
}
