/** Keys that are used as a log: what was appended to them, and how a read of them falls into appends. */

import type { Operation } from '../../history/operation.js';
import { precedes } from '../../history/precedence.js';

/** A key whose reads fall into appends in one way only. */
export interface AppendLog {
  /** The put that came before all appends, if there was one; it was acknowledged. */
  start: Operation | undefined;
  /** Appends that took effect or may have, by value; those of "" leave no trace and are not here. */
  appends: ReadonlyMap<string, Operation>;
  /** Gets that returned. */
  reads: readonly Operation[];
}

/** The key as a log; undefined if it is not one, or if a read could be taken apart in two ways. */
export function asAppendLog(operations: readonly Operation[]): AppendLog | undefined {
  const writes = operations.filter(({ op, outcome }) => op !== 'get' && outcome !== 'failed');
  const appends = writes.filter(({ op }) => op === 'append');
  const puts = writes.filter(({ op }) => op === 'put');
  const [start] = puts;
  if (puts.length > 1 || appends.length === 0) return undefined;
  if (puts.length + appends.length < writes.length) return undefined;
  if (start !== undefined && !appends.every((append) => isAfter(append, start))) return undefined;
  const visible = appends.filter(({ value = '' }) => value !== '');
  if (!isPrefixFree(visible.map(({ value = '' }) => value))) return undefined;
  return {
    start,
    appends: new Map(visible.map((append) => [append.value ?? '', append])),
    reads: operations.filter(({ op, outcome }) => op === 'get' && outcome === 'ok'),
  };
}

/** Whether `first` was acknowledged before `second` was asked. */
export function isAfter(second: Operation, first: Operation): boolean {
  return precedes(first, second);
}

/** The appends that a text consists of, in its order, and what is left where none fits. */
export function takeApart(
  text: string,
  appends: ReadonlyMap<string, Operation>,
): { found: Operation[]; rest: string } {
  const lengths = [...new Set([...appends.keys()].map(({ length }) => length))];
  const found: Operation[] = [];
  let at = 0;
  const next = () => {
    for (const length of lengths) {
      const append = appends.get(text.slice(at, at + length));
      if (append !== undefined) return append;
    }
    return undefined;
  };
  for (let append = next(); append !== undefined; append = next()) {
    found.push(append);
    at += append.value?.length ?? 0;
  }
  return { found, rest: text.slice(at) };
}

/** No value is, or begins with, another: then a text falls into them in one way at most. */
function isPrefixFree(values: readonly string[]): boolean {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : 1));
  return sorted.every((value, at) => !(sorted[at + 1]?.startsWith(value) ?? false));
}
