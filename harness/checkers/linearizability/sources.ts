/**
 * Which writes can have written what. A put, or a puthash, makes a value out of nothing that went
 * before, from which appends go on: it is a source. A puthash whose answer never came is a source for
 * every value before it that is known from elsewhere.
 */

import { putHashOf } from '../../../reference/protocol.js';
import { INITIAL, spanOfWrite, type PosedWrite, type Span } from './span.js';

export interface Source {
  write: Span;
  /** For a puthash: the value that it must follow. */
  before: string | undefined;
}

export interface Sources {
  /** All writes but those that leave no trace. */
  writes: readonly Span[];
  origins: Iterable<string>;
  /** What can have written the value as a whole. */
  of(origin: string): readonly Source[];
  appended: ReadonlyMap<string, readonly Span[]>;
  /** The puthashes that must take effect: each is a read as well. */
  requiredHashes: readonly Source[];
  /** Whether there can be no sources beyond these. */
  complete: boolean;
}

/** Most values, times puthashes without an answer, that are tried together. */
const MAX_TRIED = 200_000;

export function indexSources(seen: readonly string[], posed: readonly PosedWrite[]): Sources {
  const writes = posed.filter(({ operation }) => !isTraceless(operation)).map(spanOfWrite);
  const sources = new Map<string, Source[]>([['', [{ write: INITIAL, before: undefined }]]]);
  const appended = new Map<string, Span[]>();
  const requiredHashes: Source[] = [];
  const unanswered: Span[] = [];
  for (const write of writes) {
    const { op, value = '', returned } = write.operation ?? { op: 'put' };
    if (op === 'append') push(appended, value, write);
    else if (op === 'put') push(sources, value, { write, before: undefined });
    else if (returned === undefined) unanswered.push(write);
    else {
      const source = { write, before: returned };
      push(sources, putHashOf(returned, value), source);
      if (write.return !== Number.POSITIVE_INFINITY) requiredHashes.push(source);
    }
  }
  const returned = writes.flatMap(({ operation }) => operation?.returned ?? []);
  const known = new Set([...seen, ...returned]);
  const complete = guessAnswers(unanswered, known, sources, appended.size > 0);
  const of = (origin: string) => sources.get(origin) ?? [];
  return { writes, origins: sources.keys(), of, appended, requiredHashes, complete };
}

/** Adds what puthashes without an answer can have written. Returns whether that is all. */
function guessAnswers(
  unanswered: readonly Span[],
  seen: ReadonlySet<string>,
  sources: Map<string, Source[]>,
  hasAppends: boolean,
): boolean {
  const befores = new Set([...seen, ...sources.keys()]);
  if (befores.size * unanswered.length > MAX_TRIED) return false;
  const found: [string, Source][] = [];
  for (const write of unanswered) {
    for (const before of befores) {
      const after = putHashOf(before, write.operation?.value ?? '');
      if (hasAppends || seen.has(after)) found.push([after, { write, before }]);
    }
  }
  for (const [after, source] of found) push(sources, after, source);
  // Two in a row pass through a value that nobody has seen, and so does one that follows an append.
  return unanswered.length === 0 || (unanswered.length === 1 && !hasAppends);
}

function isTraceless({ op, value = '' }: PosedWrite['operation']): boolean {
  return op === 'append' && value === '';
}

function push<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}
