/**
 * The question put to the search: reads and writes of one key, when each may take effect, and whether
 * it must. The full check and the smaller questions of core finding pose it differently.
 */

import type { Operation, OperationKind } from '../../history/operation.js';
import { indexPrefixes, type Prefix, type PrefixIndex } from './prefixes.js';
import { isRequired, spanOfRead, spanOfWrite, type PosedWrite } from './span.js';
import { createUsefulness, type Usefulness } from './usefulness.js';

/** An operation as the search sees it. */
export interface Task {
  kind: OperationKind;
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

/**
 * Reads must be ok; writes ok or indefinite. Writes that may be left out and help no read are left
 * out. Who poses many questions about the same reads, or some of them, can hand in what helps them.
 */
export function poseProblem(
  reads: readonly Operation[],
  writes: readonly PosedWrite[],
  helps?: Usefulness,
): Problem {
  const index = indexPrefixes(reads.map(readValue));
  const operations = writes.map(({ operation }) => operation);
  const isUseful = helps ?? createUsefulness(index, operations);
  const identities = new Map<string, number>();
  const tasks = [
    ...reads.map((operation) => poseRead(operation, index)),
    ...writes
      .map((write) => poseWrite(write, index, !isUseful(write.operation), identities))
      .filter((task) => isRequired(task) || !task.useless),
  ].toSorted((a, b) => a.call - b.call);
  const places = { required: 0, optional: 0 };
  for (const task of tasks) {
    task.place = isRequired(task) ? places.required++ : places.optional++;
  }
  return { tasks, index };
}

/** What a read returned; nothing is the empty text. */
export function readValue(operation: Operation): string {
  return operation.value ?? '';
}

function poseRead(operation: Operation, index: PrefixIndex): Task {
  const value = readValue(operation);
  const { call, return: returns } = spanOfRead(operation);
  return {
    kind: 'get',
    value,
    call,
    return: returns,
    place: 0,
    sameAs: index.indexOf(value),
    begins: index.empty,
    useless: false,
  };
}

function poseWrite(
  posed: PosedWrite,
  index: PrefixIndex,
  useless: boolean,
  identities: Map<string, number>,
): Task {
  const { op: kind, value = '' } = posed.operation;
  const { call, return: returns } = spanOfWrite(posed);
  const identity = `${kind}:${value}`;
  const sameAs = identities.get(identity) ?? identities.size;
  identities.set(identity, sameAs);
  return {
    kind,
    value,
    call,
    return: returns,
    place: 0,
    sameAs,
    begins: kind === 'put' ? index.extend(index.empty, value) : index.empty,
    useless,
  };
}
