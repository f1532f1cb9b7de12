/**
 * The question put to the search: reads and writes of one key, when each may take effect, and whether
 * it must. The full check and the smaller questions of core finding pose it differently.
 */

import type { Operation } from '../../history/operation.js';
import { indexPrefixes, type Prefix, type PrefixIndex } from './prefixes.js';

/** Work, in characters compared, that finding useless appends may cost before it is left alone. */
const USELESS_WORK = 50_000_000;

/** A write of the question. */
export interface PosedWrite {
  operation: Operation;
  /** Its times are taken away: it may take effect at any time at all, or never. */
  relaxed: boolean;
}

/** An operation as the search sees it. */
export interface Task {
  kind: 'get' | 'put' | 'append';
  value: string;
  /** May take effect from here ... */
  call: number;
  /** ... to here; Infinity if it need not take effect at all. */
  return: number;
  /** Its place among the required tasks or among the optional ones, in the order of calls. */
  place: number;
  /** Equal for writes of the same kind and value. For a read: the place of its value in the index. */
  sameAs: number;
  /** For a put: the read values that begin with what it wrote. */
  begins: Prefix;
  /** A write that no read can have seen. */
  useless: boolean;
}

export interface Problem {
  /** In the order of calls. */
  tasks: readonly Task[];
  index: PrefixIndex;
}

/** Reads must be ok; writes ok or indefinite. Writes that may be left out and help no read are. */
export function poseProblem(reads: readonly Operation[], writes: readonly PosedWrite[]): Problem {
  const index = indexPrefixes(reads.map(readValue));
  const isUseless = judgeUse(index, writes);
  const identities = new Map<string, number>();
  const tasks = [
    ...reads.map((operation) => poseRead(operation, index)),
    ...writes
      .map((write) => poseWrite(write, index, isUseless, identities))
      .filter((task) => isRequired(task) || !task.useless),
  ].toSorted((a, b) => a.call - b.call);
  const places = { required: 0, optional: 0 };
  for (const task of tasks) {
    task.place = isRequired(task) ? places.required++ : places.optional++;
  }
  return { tasks, index };
}

export function isRequired(task: Task): boolean {
  return task.return !== Number.POSITIVE_INFINITY;
}

/** What a read returned; nothing is the empty text. */
export function readValue(operation: Operation): string {
  return operation.value ?? '';
}

function poseRead(operation: Operation, index: PrefixIndex): Task {
  const value = readValue(operation);
  return {
    kind: 'get',
    value,
    call: operation.callMs,
    return: operation.returnMs ?? Number.POSITIVE_INFINITY,
    place: 0,
    sameAs: index.indexOf(value),
    begins: index.empty,
    useless: false,
  };
}

function poseWrite(
  { operation, relaxed }: PosedWrite,
  index: PrefixIndex,
  isUseless: (task: Task) => boolean,
  identities: Map<string, number>,
): Task {
  const { op: kind, value = '', callMs, returnMs, outcome } = operation;
  const open = relaxed || outcome !== 'ok' || returnMs === undefined;
  const identity = `${kind}:${value}`;
  const sameAs = identities.get(identity) ?? identities.size;
  identities.set(identity, sameAs);
  const task: Task = {
    kind,
    value,
    call: relaxed ? Number.NEGATIVE_INFINITY : callMs,
    return: open ? Number.POSITIVE_INFINITY : returnMs,
    place: 0,
    sameAs,
    begins: kind === 'put' ? index.extend(index.empty, value) : index.empty,
    useless: false,
  };
  task.useless = isUseless(task);
  return task;
}

/** Appends are looked for only in values that no other value begins with; the rest are parts of those. */
function judgeUse(index: PrefixIndex, writes: readonly PosedWrite[]): (task: Task) => boolean {
  const longest = index.values.filter((value, at) => !index.values[at + 1]?.startsWith(value));
  const characters = longest.reduce((sum, value) => sum + value.length, 0);
  const affordable = characters * writes.length <= USELESS_WORK;
  return ({ kind, value, begins }) => {
    if (kind === 'put') return begins.high < begins.low;
    if (value === '') return true;
    return affordable && !longest.some((read) => read.includes(value));
  };
}
