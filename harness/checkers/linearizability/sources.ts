/**
 * Which writes can have written what. A put, or a puthash, makes a value out of nothing that went
 * before, from which appends go on: it is a source. A puthash whose answer never came is a source for
 * each value that it may have followed.
 */

import { putHashOf } from '../../../reference/protocol.js';
import type { Operation } from '../../history/operation.js';
import {
  INITIAL,
  isRequired,
  isTraceless,
  spanOfWrite,
  type PosedWrite,
  type Span,
} from './span.js';
import type { Answer } from './unanswered.js';

export interface Source {
  write: Span;
  /** For a puthash: the value that it must follow. */
  before: string | undefined;
}

export interface Sources {
  /** All writes but those that leave no trace. */
  writes: readonly Span[];
  origins: Iterable<string>;
  /** The writes that can have written the value as a whole. */
  of(origin: string): readonly Source[];
  appended: ReadonlyMap<string, readonly Span[]>;
  /** Most writes that can have written the same. */
  alternatives: number;
  /** The puthashes that must take effect: each is a read as well. */
  requiredHashes: readonly Source[];
}

export function indexSources(posed: readonly PosedWrite[], answers: readonly Answer[]): Sources {
  const writes = posed.filter(({ operation }) => !isTraceless(operation)).map(spanOfWrite);
  const sources = new Map<string, Source[]>([['', [{ write: INITIAL, before: undefined }]]]);
  const appended = new Map<string, Span[]>();
  const requiredHashes: Source[] = [];
  const unanswered = new Map<Operation, Span>();
  for (const write of writes) {
    const { operation } = write;
    if (operation === undefined) continue;
    const { op, value = '', returned } = operation;
    if (op === 'append') push(appended, value, write);
    else if (op === 'put') push(sources, value, { write, before: undefined });
    else if (returned === undefined) unanswered.set(operation, write);
    else {
      const source = { write, before: returned };
      push(sources, putHashOf(returned, value), source);
      if (isRequired(write)) requiredHashes.push(source);
    }
  }
  for (const { operation, before, after } of answers) {
    const write = unanswered.get(operation);
    if (write !== undefined) push(sources, after, { write, before });
  }
  const of = (origin: string) => sources.get(origin) ?? [];
  const alternatives = Math.max(largest(sources.values()), largest(appended.values()));
  return { writes, origins: sources.keys(), of, appended, alternatives, requiredHashes };
}

function largest(groups: Iterable<readonly unknown[]>): number {
  let most = 0;
  for (const { length } of groups) most = Math.max(most, length);
  return most;
}

function push<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}
