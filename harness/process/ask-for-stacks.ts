/**
 * Asks running programs what each of their threads is doing. Runtimes print that on a signal that ends or does not end
 * the program, so only a program whose run is over may be asked.
 */

import { readProc } from './proc.js';
import { signal } from './marker.js';

/**
 * Signals on which a runtime prints its stacks, the first one that a process catches counts: Go and the JVM print on
 * SIGQUIT, Python's `faulthandler` on SIGABRT. A process that catches neither is left alone.
 */
const ASKING: readonly (readonly [name: NodeJS.Signals, number: number])[] = [
  ['SIGQUIT', 3],
  ['SIGABRT', 6],
];

/** The variable with which Python prints the stacks of all threads when it is aborted, or has crashed. */
export const PYTHON_STACKS = { PYTHONFAULTHANDLER: '1' };

/** A process that prints its stacks on this signal. */
export interface Answerer {
  pid: number;
  signal: NodeJS.Signals;
}

/** Those of these processes that can answer. */
export function findAnswerers(pids: readonly number[]): Answerer[] {
  return pids.flatMap((pid) => {
    const found = signalFor(readProc(`${pid}/status`) ?? '');
    return found === undefined ? [] : [{ pid, signal: found }];
  });
}

/** Asks them, which takes no time; whether any of them is there. */
export function askForStacks(answerers: readonly Answerer[]): boolean {
  return answerers.filter(({ pid, signal: name }) => signal(pid, name)).length > 0;
}

/** The signal on which a process may print its stacks, by its `status` (proc(5)). */
export function signalFor(status: string): NodeJS.Signals | undefined {
  const caught = /(?<![^\n])SigCgt:\s*([0-9a-f]+)/.exec(status)?.[1];
  if (caught === undefined) return undefined;
  const mask = BigInt(`0x${caught}`);
  return ASKING.find(([, number]) => ((mask >> BigInt(number - 1)) & 1n) === 1n)?.[0];
}
